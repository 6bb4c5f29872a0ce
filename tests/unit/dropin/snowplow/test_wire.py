import base64
import json

import pytest
import snowplow_tracker as sdk
from snowplow_tracker.constants import VERSION

from safetrack.dropin.snowplow.wire import Tracked, closed, frozen, opened, written
from safetrack.vendors.snowplow import ENTITIES_SCHEMA, EVENT_SCHEMA, MOST_ENTITIES


def document(schema="com.acme/signed_up", version="1-0-0", **data):
    return sdk.SelfDescribingJson(f"iglu:{schema}/jsonschema/{version}", data)


def payload(event, *, encode=True):
    pairs = event.build_payload(encode, None, sdk.Subject()).nv_pairs
    return {**pairs, "eid": "x", "dtm": 1, "tv": VERSION, "tna": "shop"}


EVENTS = {
    "page": lambda: sdk.PageView("https://a.example/", "Title", "https://b.example/"),
    "ping": lambda: sdk.PagePing("https://a.example/", min_x=1),
    "structured": lambda: sdk.StructuredEvent("shop", "add", "label", "red", 2.5),
    "described": lambda: sdk.SelfDescribing(document(plan="pro", name="Zoë")),
    "screen": lambda: sdk.ScreenView("id", "Home"),
    "entities": lambda: sdk.PageView("https://a.example/", context=[document(a=1), document(a=2)]),
}


@pytest.mark.parametrize("encode", [True, False])
@pytest.mark.parametrize("name", EVENTS)
def test_an_event_of_which_nothing_was_taken_closes_as_it_was(name, encode):
    given = payload(EVENTS[name](), encode=encode)
    event = opened(given)

    assert closed(event, event.message) == given


def test_a_self_describing_event_is_known_by_the_vendor_and_the_name_of_its_schema():
    event = opened(payload(sdk.SelfDescribing(document(plan="pro"))))

    assert event.message["event"] == "com.acme/signed_up"
    assert event.message["data"] == {"plan": "pro"}


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (EVENTS["page"], "page_view"),
        (EVENTS["ping"], "page_ping"),
        (EVENTS["structured"], "add"),
        (EVENTS["screen"], "screen_view"),
    ],
)
def test_an_event_of_the_sdks_own_is_known_by_its_name_alone(event, name):
    assert opened(payload(event())).message["event"] == name


def test_entities_are_known_by_their_number_and_their_schema():
    own = document("com.snowplowanalytics.snowplow/web_page", id="1")
    event = opened(payload(sdk.PageView("https://a.example/", context=[document(a=1), own])))

    assert event.message["entities"] == {
        "0": {"com.acme/signed_up": {"a": 1}},
        "1": {"web_page": {"id": "1"}},
    }


def test_an_entity_of_which_nothing_is_left_is_left_out():
    event = opened(payload(EVENTS["entities"]()))
    clean = {**event.message, "entities": {"1": event.message["entities"]["1"]}}

    (one,) = json.loads(base64.urlsafe_b64decode(closed(event, clean)["cx"]))["data"]

    assert one["data"] == {"a": 2}
    assert "cx" not in closed(event, {**clean, "entities": {}})


def test_of_an_event_whose_name_was_changed_nothing_is_left():
    event = opened(payload(EVENTS["described"]()))

    assert closed(event, {**event.message, "event": "com.acme/<PERSON>"}) is None


def ue(text):
    return {"e": "ue", "ue_px": text}


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


DEEP = base64.urlsafe_b64encode(b'{"data":' * 100_000 + b"1" + b"}" * 100_000).decode()


@pytest.mark.parametrize(
    "given",
    [
        {"e": "ue"},
        ue(None),
        ue("jane@acme.com"),
        ue(base64.urlsafe_b64encode(b"{").decode()),
        ue(DEEP),
        ue("A" * 1_000_001),
        ue(encoded(["jane"])),
        ue(encoded({"schema": EVENT_SCHEMA, "data": "jane"})),
        ue(encoded({"schema": EVENT_SCHEMA, "data": {"schema": 1, "data": {}}})),
        ue(encoded({"data": document("com.acme/jane@acme.com").to_json()})),
        ue(encoded({"data": document(version="202-555-0147").to_json()})),
        {"e": "ue", "ue_pr": "{"},
    ],
)
def test_a_self_describing_event_that_cannot_be_read_is_none(given):
    assert opened(given) is None


@pytest.mark.parametrize("given", ["jane", encoded({"data": "jane"}), encoded({})])
def test_entities_that_cannot_be_read_stay_where_no_shape_names_them(given):
    event = opened({"e": "pv", "cx": given})

    assert event.message["cx"] == given
    assert event.entities == {}


def test_an_entity_without_a_schema_is_left_out():
    many = [{"schema": "jane", "data": {}}, document(a=1).to_json(), "jane"]

    event = opened({"e": "pv", "cx": encoded({"schema": ENTITIES_SCHEMA, "data": many})})

    assert event.message["entities"] == {"1": {"com.acme/signed_up": {"a": 1}}}


def test_more_entities_than_the_shape_has_places_for_are_still_opened():
    many = [document(a=number).to_json() for number in range(MOST_ENTITIES + 2)]

    event = opened({"e": "pv", "cx": encoded({"schema": ENTITIES_SCHEMA, "data": many})})

    assert len(event.message["entities"]) == MOST_ENTITIES + 2


def test_what_a_caller_writes_where_the_opened_form_stands_is_left_out():
    event = opened({"e": "pv", "event": "jane", "data": {"a": 1}, "entities": {}})

    assert event.message == {"e": "pv", "event": "page_view"}


def test_the_version_is_the_sdks_and_the_platform_one_that_there_is():
    event = opened({"e": "pv", "tv": "jane", "p": "web"})

    assert closed(event, event.message) == {"e": "pv", "tv": VERSION, "p": "web"}
    for platform in ("jane", ["web"], None):
        assert "p" not in closed(opened({"e": "pv", "p": platform}), {})


def test_a_trackers_own_configuration_is_not_given_to_the_sanitizer():
    event = opened(Tracked({"e": "pv", "tna": "jane", "aid": "x"}, {"tna": "jane"}))

    assert event.message == {"e": "pv", "event": "page_view", "aid": "x"}
    assert closed(event, {"e": "pv"}) == {"e": "pv", "tna": "jane"}


@pytest.mark.parametrize("kind", [None, ["pv"], "xx", 1])
def test_an_event_of_no_known_kind_has_no_name(kind):
    assert opened({"e": kind, "se_ac": "jane"}).message == {"e": kind, "se_ac": "jane"}


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5), ("-2.50", -2.5), ("1e9", "1e9"), ("5 ", "5 "), (7, 7)]
)
def test_numbers_that_were_written_as_text_are_numbers_again(text, number):
    message = opened({"e": "se", "se_va": text, "se_la": "5"}).message

    assert message["se_va"] == number
    assert type(message["se_va"]) is type(number)
    assert message["se_la"] == "5"


def test_only_a_post_has_nothing_but_texts():
    assert written("post", {"a": 1, "b": None}) == {"a": "1", "b": "None"}
    assert written("get", {"a": 1, "b": None}) == {"a": 1, "b": None}


def test_a_frozen_event_can_no_longer_be_changed_by_its_caller():
    items = ["a"]
    given = Tracked({"e": "se", "se_va": 1, "se_la": items}, {"tna": "shop"})

    kept = frozen("post", given)
    items.append("b")

    assert kept == {"e": "se", "se_va": 1, "se_la": "['a']"}
    assert kept.constants == {"tna": "shop"}
    assert type(frozen("get", {"e": "pv"})) is dict
