"""Ids, names, groups, times and control keys."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.event import Event, Reason
from safetrack.keys.keyring import TOKEN
from safetrack.vendors.amplitude import AMPLITUDE_EXPORT
from safetrack.vendors.mixpanel import MIXPANEL_EXPORT
from safetrack.vendors.posthog import POSTHOG_EXPORT
from safetrack.vendors.shape import (
    Bag,
    Id,
    IdKind,
    Name,
    Never,
    Property,
    Section,
    Shape,
    Time,
    Unset,
    Word,
)
from safetrack.walk.roles import ROLES, emit_time
from sanitizing import AT, decisions, process, sanitizer, track

EMAIL = "jane.doe@acme.com"


def left(event, **sections):
    safe = process(event, **sections).safe
    assert safe is not None
    return safe.to_dict()


# Ids


@pytest.mark.parametrize("key", ["userId", "anonymousId", "previousId"])
@pytest.mark.parametrize("value", ["u", 42, ["u", 42]])
def test_ids_of_people_leave_as_pseudonyms(key, value):
    found = left({"type": "alias", key: value})[key]
    assert all(TOKEN.fullmatch(t) for t in (found if isinstance(found, list) else [found]))


@pytest.mark.parametrize(
    "value", [True, b"u", {"id": "u"}, [["u"]], [], "", "  ", float("nan"), [None], 2**64]
)
def test_what_is_no_id_does_not_leave(value):
    assert left({"type": "identify", "userId": value}) == {"type": "identify"}


def test_a_missing_id_is_no_decision():
    assert process({"type": "identify", "userId": None}).decisions == ()


def test_ids_of_devices_are_dropped():
    context = {"device": {"id": "d", "advertisingId": "a", "token": "t"}, "groupId": "g"}
    found = left({"type": "identify", "context": context}, context={"**": "keep"})
    assert found["context"].keys() == {"groupId"}
    assert TOKEN.fullmatch(found["context"]["groupId"])


def test_the_policy_says_what_happens_to_each_kind_of_id():
    identity = {"person": "encrypt", "group": "drop", "device": "pseudonymize"}
    event = {
        "type": "group",
        "userId": "u",
        "groupId": "g",
        "groups": {"company": "g"},
        "context": {"device": {"id": "d"}},
    }
    found = left(event, identity=identity)
    assert found["userId"].startswith("st1e_")
    assert TOKEN.fullmatch(found["context"]["device"]["id"])
    assert found.keys() == {"type", "userId", "context"}


def test_a_kept_id_is_searched():
    found = left(
        {"type": "alias", "userId": EMAIL, "previousId": "u-1"}, identity={"person": "keep"}
    )
    assert (found["userId"], found["previousId"]) == ("<EMAIL_ADDRESS>", "u-1")


def test_what_is_found_in_a_kept_id_with_a_prefix_is_replaced_where_it_stands():
    event = {"type": "identify", "userId": f"$device:{EMAIL}"}
    assert left(event, identity={"person": "keep"})["userId"] == "$device:<EMAIL_ADDRESS>"


def test_items_of_a_kept_list_of_ids_are_searched_one_by_one():
    event = {"type": "identify", "userId": ["a", EMAIL]}
    assert left(event, identity={"person": "keep"})["userId"] == ["a", "<EMAIL_ADDRESS>"]


# Groups


def test_groups_leave_as_pseudonyms_under_their_types():
    found = left(track({"$groups": {"team": "t"}}, groups={"company": "g", "team": "t"}))
    assert TOKEN.fullmatch(found["groups"]["company"])
    assert found["properties"]["$groups"]["team"] == found["groups"]["team"]


def test_a_group_type_in_which_something_is_found_drops_its_group():
    found = left(track({}, groups={EMAIL: "g", "company": "c"}))
    assert found["groups"].keys() == {"company"}


@pytest.mark.parametrize("groups", ["company", ["a"], 1])
def test_groups_that_are_no_mapping_do_not_leave(groups):
    done = process(track({}, groups=groups))
    assert "groups" not in done.safe.to_dict()
    assert decisions(done)["groups"].reason is Reason.WRONG_TYPE


def test_groups_without_ids_do_not_leave():
    done = process(track({}, groups={"company": None, (1,): "x", "team": []}))
    assert "groups" not in done.safe.to_dict()


def test_the_type_of_a_group_leaves_unless_something_is_found_in_it():
    event = {"type": "group", "groupId": "g"}
    assert left({**event, "groupType": "company"})["groupType"] == "company"
    assert left({**event, "groupType": "quuxes"})["groupType"] == "quuxes"
    assert "groupType" not in left({**event, "groupType": EMAIL})
    assert "groupType" not in left({**event, "groupType": 5})


# Names


def test_listed_names_pass_and_in_others_what_is_found_is_redacted():
    name = f"Invited {EMAIL}"
    assert left(track({}, event=name))["event"] == "Invited <EMAIL_ADDRESS>"
    assert left(track({}, event=name), events={name: {}})["event"] == name


def test_what_is_found_in_a_name_is_redacted_and_never_pseudonymised_and_counted():
    entities = {"*": "pseudonymize", "EMAIL_ADDRESS": "keep"}
    done = process(track({}, event=f"Invited {EMAIL}"), detection={"entities": entities})
    assert done.safe.to_dict()["event"] == "Invited <EMAIL_ADDRESS>"
    decision = decisions(done)["event"]
    assert (decision.action, decision.entities) == ("redact", ("EMAIL_ADDRESS",))


def test_a_glob_lists_no_name():
    found = left(track({}, event=f"Invited {EMAIL}"), events={"Invited *": {}})
    assert found["event"] == "Invited <EMAIL_ADDRESS>"


def test_names_of_pages_and_categories_are_names_too():
    event = {"type": "page", "name": f"Profile of {EMAIL}", "category": EMAIL}
    found = left(event)
    assert (found["name"], found["category"]) == ("Profile of <EMAIL_ADDRESS>", "<EMAIL_ADDRESS>")
    assert left({"type": "screen", "name": "!!!"})["name"] == "!!!"


def test_the_second_pass_over_a_name_leaves_its_markers():
    once = left(track({}, event=f"Invited {EMAIL}"))
    assert left(once)["event"] == once["event"]


@pytest.mark.parametrize("name", [5, b"x", ["A"], {"a": 1}])
def test_an_event_whose_name_cannot_be_read_does_not_leave(name):
    assert process(track({}, event=name)).reason is Reason.UNREADABLE


def test_another_name_that_cannot_be_read_is_dropped_alone():
    done = process({"type": "page", "name": 5, "category": None})
    assert done.safe.to_dict() == {"type": "page"}
    assert decisions(done)["name"].reason is Reason.WRONG_TYPE


# Times


@pytest.mark.parametrize(
    ("given", "emitted"),
    [
        ("2026-01-02T03:04:05.678+01:00", "2026-01-02T02:04:05Z"),
        ("2026-01-02 03:04:05", "2026-01-02T03:04:05Z"),
        ("Fri, 02 Jan 2026 03:04:05 +0000", "2026-01-02T03:04:05Z"),
        (1767323045, "2026-01-02T03:04:05Z"),
        (1767323045678, "2026-01-02T03:04:05Z"),
        (dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "2026-01-02T03:04:05Z"),
    ],
)
def test_a_timestamp_is_parsed_and_re_emitted_as_whole_seconds(given, emitted):
    assert left(track({}, timestamp=given))["timestamp"] == emitted


@pytest.mark.parametrize("given", ["soon", EMAIL, "", b"x", [1], -1, float("nan"), True])
def test_a_timestamp_that_cannot_be_parsed_becomes_the_time_of_receipt(given):
    at = dt.datetime(2026, 5, 6, 7, 8, 9, 123456, tzinfo=dt.UTC)
    event = Event(track({}, timestamp=given), received_at=at)
    assert sanitizer().sanitize(event, "v").to_dict()["timestamp"] == "2026-05-06T07:08:09Z"


def test_a_time_of_receipt_that_no_rule_can_treat_does_not_leave():
    at = dt.datetime(1950, 1, 1, tzinfo=dt.UTC)  # a clock that is wrong
    event = Event(track({}, timestamp="soon"), received_at=at)
    done = sanitizer().process([event], "v")[0]
    assert "timestamp" not in done.safe.to_dict()
    assert decisions(done)["timestamp"].action == "drop"


def test_a_missing_timestamp_stays_missing():
    assert "timestamp" not in left(track({}, timestamp=None))


def test_the_policy_says_how_exact_a_timestamp_is():
    given = "2026-01-02T03:04:05.678Z"
    for rule, emitted in (
        ({"generalize": {"time": "hour"}}, "2026-01-02T03:00:00Z"),
        ({"generalize": {"time": "month"}}, "2026-01-01T00:00:00Z"),
        ("keep", given),
    ):
        assert left(track({}, timestamp=given), timestamp=rule)["timestamp"] == emitted


@pytest.mark.parametrize(
    ("form", "emitted"),
    [
        ("iso", "2026-01-02T03:04:05.600Z"),
        ("seconds", 1767323045),
        ("milliseconds", 1767323045600),
        ("sql", "2026-01-02 03:04:05.600000"),
    ],
)
def test_a_time_is_written_in_the_form_of_its_message(form, emitted):
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=dt.UTC)
    assert emit_time(moment, Time(form)) == emitted


# Control keys


@pytest.mark.parametrize("off", [False, "false", "FALSE ", 0])
@pytest.mark.parametrize("name", ["vendor", "Vendor", "VEN-DOR", "All", "all"])
def test_a_destination_that_the_caller_switches_off_does_not_get_the_event(name, off):
    done = process(track({}, integrations={name: off}))
    assert (done.safe, done.reason) == (None, Reason.INTEGRATION_OFF)


def test_a_destination_is_switched_off_by_its_type_too():
    sections = {"destinations": {"eu": {"type": "mixpanel", "token": "t"}}}
    event = track({}, integrations={"Mixpanel": False})
    assert process(event, "eu", **sections).reason is Reason.INTEGRATION_OFF
    assert process(event, "other", **sections).safe is not None
    segment = {"destinations": {"s": {"type": "segment", "write_key": "k"}}}
    assert process(track({}, integrations={"Segment.io": False}), "s", **segment).safe is None


def test_a_destination_s_own_switch_goes_before_all():
    assert process(track({}, integrations={"All": False, "vendor": True})).safe is not None
    assert process(track({}, integrations={"All": True, "vendor": False})).safe is None
    assert process(track({}, integrations={"All": False, "vendor": {"opt": 1}})).safe is not None


def test_switches_are_passed_on_as_booleans_and_nothing_of_their_options():
    given = {"All": "true", "Mixpanel": {"token": EMAIL}, "x@acme.com": True}
    assert left(track({}, integrations=given))["integrations"] == {"All": True, "Mixpanel": True}


def test_a_switch_of_an_unknown_name_is_not_passed_on_but_what_it_restricts_is():
    given = {"Mixpanel": True, "Jane's Tool": True}
    assert left(track({}, integrations=given))["integrations"] == {"Mixpanel": True}
    given = {"Mixpanel": True, "Jane's Tool": False}
    assert left(track({}, integrations=given))["integrations"] == {"Mixpanel": True, "All": False}


@pytest.mark.parametrize(
    "given",
    ["none", ["vendor"], {"vendor": None}, {"vendor": "nope"}, {"vendor": 2}, {(1,): False}, 0],
)
def test_switches_that_cannot_be_understood_drop_the_event(given):
    assert process(track({}, integrations=given)).reason is Reason.BAD_CONTROL


@pytest.mark.parametrize("given", [None, {}])
def test_no_switches_restrict_nothing(given):
    assert "integrations" not in left(track({}, integrations=given))


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("$process_person_profile", False, False),
        ("$process_person_profile", "false", False),
        ("$process_person_profile", 0, False),
        ("$process_person_profile", True, None),
        ("$geoip_disable", True, True),
        ("$geoip_disable", "TRUE", True),
        ("$geoip_disable", False, None),
        ("$geoip_disable", None, None),
    ],
)
def test_what_restricts_is_honoured_as_a_boolean_and_what_does_not_is_dropped(key, value, kept):
    assert left(track({key: value}))["properties"].get(key) is kept


@pytest.mark.parametrize("value", ["maybe", 2, [], {}, {"on": False}, b"1", 0.0])
@pytest.mark.parametrize("key", ["$process_person_profile", "$geoip_disable"])
def test_a_restricting_key_that_cannot_be_understood_drops_the_event(key, value):
    assert process(track({key: value})).reason is Reason.BAD_CONTROL


def test_what_reroutes_or_enriches_is_never_taken_from_the_caller():
    row = {
        "event": "Signed Up",
        "properties": {"token": "t", "api_key": "k", "$ip": "192.0.2.1", "plan": "pro"},
        "ip": "192.0.2.1",
    }
    done = sanitizer(properties={"**": "keep"}).process([row], "v", POSTHOG_EXPORT)[0]
    assert done.safe.to_dict() == {"event": "Signed Up", "properties": {"plan": "pro"}}
    reasons = {path: d.reason for path, d in decisions(done).items()}
    assert set(reasons.values()) == {Reason.CONTROL}
    assert len(reasons) == 4


# Shapes


def test_every_role_has_a_function():
    shapes = (MIXPANEL_EXPORT, POSTHOG_EXPORT, AMPLITUDE_EXPORT)
    used = {type(role) for shape in shapes for role in shape.roles.values()}
    assert used <= ROLES.keys()


def test_what_a_shape_expects_further_in_may_be_missing():
    shape = Shape("test", {"meta.at": Time(), "meta": Bag(Section.CONTEXT)}, {})
    made = sanitizer()
    for message in ({"meta": "text"}, {}, {"meta": {}}):
        assert made.sanitize_batch([message], "v", shape)[0].to_dict() in ({}, {"meta": {}})
    found = made.sanitize_batch([{"meta": {"at": AT}}], "v", shape)[0]
    assert found.to_dict() == {"meta": {"at": AT}}


def test_a_property_outside_any_bag_is_decided_by_the_name_that_its_shape_gives_it():
    shape = Shape(
        "test",
        {
            "country": Property(Section.PROPERTIES, "location.country"),
            "secret": Never(),
            "lang": Property(Section.CONTEXT, "locale"),
        },
        {},
    )
    made = sanitizer(properties={"location.country": {"keep": ["DE"]}})
    done = made.process([{"country": "DE", "secret": "x", "lang": "de", "y": 1}], "v", shape)[0]
    assert done.safe.to_dict() == {"country": "DE"}
    reasons = {path: d.reason for path, d in decisions(done).items()}
    assert list(reasons.values()) == [Reason.CONTROL, Reason.UNLISTED, Reason.UNLISTED]


# Names of calls, and of properties that are to be forgotten

CALLS = Shape(
    vendor="v",
    roles={
        "event": Name(event=True, calls=frozenset({"$identify"})),
        "id": Id(IdKind.PERSON),
        "$unset": Unset(Section.TRAITS),
        "$clearAll": Word(frozenset({"-"})),
    },
    fixed={},
)


def left_of_call(message, **sections):
    (done,) = sanitizer(**sections).process([message], "vendor", CALLS)
    return done


def test_a_call_needs_no_listing_but_can_be_dropped_by_its_name():
    message = {"event": "$identify"}
    strict = {"unlisted_events": "drop"}

    assert left_of_call(message, **strict).safe.to_dict() == message
    assert left_of_call({"event": "$other"}, **strict).reason is Reason.EVENT_DROPPED
    dropped = left_of_call(message, events={"$identify": "drop"})
    assert dropped.reason is Reason.EVENT_DROPPED


def test_a_name_that_is_no_text_is_no_call():
    assert left_of_call({"event": ["$identify"]}).reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["plan", "unknown", ["plan"], None], ["plan"]),
        ({"plan": EMAIL, "unknown": "-", (7,): "-"}, {"plan": "-"}),
    ],
)
def test_what_is_to_be_forgotten_leaves_by_name_where_a_rule_names_it(names, kept):
    done = left_of_call({"$unset": names}, traits={"plan": "keep"})

    assert done.safe.to_dict() == {"$unset": kept}
    assert Reason.UNLISTED in {one.reason for one in done.decisions}
    assert Reason.UNREADABLE in {one.reason for one in done.decisions}


def test_names_to_forget_that_nobody_wrote_down_are_searched():
    kept = left_of_call({"$unset": [EMAIL, "plan"]}, traits={"**": "keep"})
    assert kept.safe.to_dict() == {"$unset": ["plan"]}
    kept = left_of_call({"$unset": {EMAIL: "-", "plan": "-"}}, unlisted="scrub")
    assert kept.safe.to_dict() == {"$unset": {"plan": "-"}}


@pytest.mark.parametrize("value", ["plan", 7, None])
def test_names_to_forget_are_a_mapping_or_a_list(value):
    assert left_of_call({"$unset": value}, traits={"plan": "keep"}).safe.to_dict() == {}


@pytest.mark.parametrize("value", [EMAIL, 7, None, ["-"], {"-": "-"}])
def test_nothing_but_the_protocols_own_word_leaves_where_it_stands(value):
    assert left_of_call({"$clearAll": "-"}).safe.to_dict() == {"$clearAll": "-"}
    assert left_of_call({"$clearAll": value}).safe.to_dict() == {}
