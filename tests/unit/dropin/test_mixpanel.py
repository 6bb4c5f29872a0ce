"""What Mixpanel's drop-in does beside letting nothing out: `tests/dropin` proves that."""

import asyncio
import copy
import importlib
import inspect
import json
import logging
import pickle
import traceback
from unittest import mock
from urllib.parse import urlsplit

import httpx
import mixpanel as vendor
import pytest

from capture.mixpanel import API_KEY, API_SECRET, definition, reroute, variant
from safetrack import PolicyError
from safetrack.detect.detector import SearchFailed
from safetrack.dropin import mixpanel
from safetrack.dropin.mixpanel import wire
from safetrack.dropin.mixpanel.client import Outlet
from safetrack.event import Reason
from safetrack.testing import capturing
from safetrack.testing.vendor import answer
from safetrack.vendors.channel import channel_at
from safetrack.vendors.mixpanel import CHANNELS
from safetrack.vendors.shape import IdKind

EMAIL = "jane.canary@example.org"
RULES = {
    "version": 1,
    "properties": {"plan": "keep", "note": "scrub", "n": "keep"},
    "traits": {"plan": "keep", "logins": {"keep": "integer"}, "tags": "keep"},
    "group_traits": {"plan": "keep"},
}
DESTINATION = {"destinations": {"mp": {"type": "mixpanel", "token": "policy-token"}}}
ALONE = {**RULES, **DESTINATION}


@pytest.fixture
def capture(monkeypatch):
    with capturing() as running:
        reroute(running, monkeypatch)
        yield running


def client(*args, policy=RULES, **kwargs):
    return mixpanel.Mixpanel("t", *args, policy=policy, **kwargs)


def sent(capture):
    return [message for request in capture.requests for message in request.messages]


def observing(**rules):
    return {**RULES, **rules, "mode": "observe", "until": "2999-01-01"}


# Names and types


def test_every_public_name_of_the_sdk_is_here_and_what_sends_is_ours():
    ours = {
        "Mixpanel",
        "Consumer",
        "BufferedConsumer",
        "LocalFeatureFlagsProvider",
        "RemoteFeatureFlagsProvider",
        "flags",
    }

    for name in (name for name in vars(vendor) if not name.startswith("_")):
        same = getattr(mixpanel, name) is getattr(vendor, name)
        assert same is (name not in ours), name
        assert name in mixpanel.__all__
    assert mixpanel.__version__ == vendor.__version__


def test_instances_are_of_the_sdks_types(capture):
    one = client(
        local_flags_config=mixpanel.LocalFlagsConfig(),
        remote_flags_config=mixpanel.RemoteFlagsConfig(),
    )

    assert isinstance(one, vendor.Mixpanel)
    assert isinstance(one._consumer, vendor.Consumer)
    assert isinstance(one._consumer, mixpanel.Consumer)
    assert isinstance(mixpanel.BufferedConsumer(), vendor.BufferedConsumer)
    assert isinstance(one.local_flags, vendor.LocalFeatureFlagsProvider)
    assert isinstance(one.remote_flags, vendor.RemoteFeatureFlagsProvider)


@pytest.mark.parametrize(
    "name",
    [
        "credentials",
        "flags",
        "flags.local_feature_flags",
        "flags.remote_feature_flags",
        "flags.types",
        "flags.utils",
    ],
)
def test_the_modules_of_the_sdk_are_here_with_their_names(name):
    theirs = importlib.import_module(f"mixpanel.{name}")
    ours = importlib.import_module(f"safetrack.dropin.mixpanel.{name}")

    for public in (one for one in vars(theirs) if not one.startswith("_")):
        member = getattr(theirs, public)
        sends = public.endswith("FeatureFlagsProvider")
        same = getattr(ours, public) is member
        assert (not same) if sends else (same or inspect.ismodule(member)), public


def test_the_sdk_itself_stays_as_it_is(capture):
    client().track("u-1", "Signed Up", {"email": EMAIL})
    vendor.Mixpanel("t").track("u-1", "Signed Up", {"email": EMAIL})

    ours, plain = sent(capture)
    assert "email" not in ours["properties"]
    assert plain["properties"]["email"] == EMAIL


# Internals that applications reach


def test_time_and_insert_id_can_be_replaced_as_in_the_sdk(capture):
    one = client()
    one._now = lambda: 1_700_000_000.5
    one._make_insert_id = lambda: "fixed"
    one.track("u-1", "Signed Up")
    one.track("u-1", "Signed Up")

    first, second = sent(capture)
    assert first["properties"]["time"] == 1_700_000_000
    assert first["properties"]["$insert_id"] == second["properties"]["$insert_id"] != "fixed"


def test_a_consumer_is_reached_through_the_client_and_can_be_replaced(capture):
    buffered = mixpanel.BufferedConsumer(10)
    one = client(buffered)
    one.track("u-1", "Signed Up")

    assert one._consumer == buffered
    assert one._consumer == one._consumer
    assert one._consumer != client()._consumer
    assert hash(one._consumer) == hash(buffered)
    assert len(one._consumer._buffers["events"]) == 1
    one._consumer._max_size = 1
    assert buffered._max_size == 1
    one._consumer.flush()
    one._consumer = mixpanel.Consumer()
    one.track("u-2", "Signed Up")
    assert len(sent(capture)) == 2


def test_a_consumer_can_be_patched_for_a_while(capture):
    one = client()
    before = vars(one)["_consumer"]
    with mock.patch.object(one, "_consumer") as patched:
        one.track("u-1", "Signed Up", {"email": EMAIL})
    one._consumer = one._consumer

    assert EMAIL not in repr(patched.mock_calls)
    assert patched.send.call_count == 1
    assert vars(one)["_consumer"] is before


def pickled(one):
    return pickle.loads(pickle.dumps(one))  # noqa: S301  our own


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_client_can_be_copied_and_pickled_as_in_the_sdk(copied, capture):
    one = client(mixpanel.BufferedConsumer(2))
    one.track("u-1", "Signed Up", {"n": 1, "email": EMAIL})
    other = copied(one)
    other.track("u-1", "Signed Up", {"n": 2, "email": EMAIL})

    ids = {message["properties"]["distinct_id"] for message in sent(capture)}
    assert [message["properties"]["n"] for message in sent(capture)] == [1, 2]
    assert ids == {one.safetrack.identifier(IdKind.PERSON, "u-1")}
    assert EMAIL not in json.dumps(sent(capture))
    assert one.safetrack.stats()["tracked"] == 0


def test_a_serializer_of_the_applications_own_is_used(capture):
    class Hex(mixpanel.DatetimeSerializer):
        def default(self, obj):
            return obj.hex() if isinstance(obj, bytes) else super().default(obj)

    client(serializer=Hex).track("u-1", "Signed Up", {"plan": b"\x01\xff"})

    assert sent(capture)[0]["properties"]["plan"] == "01ff"


def test_a_subclass_of_the_drop_in_is_as_safe(capture):
    class Own(mixpanel.Mixpanel):
        def track(self, distinct_id, event_name, properties=None, meta=None):
            super().track(distinct_id, event_name, {**(properties or {}), "host": EMAIL}, meta)

    Own("t", policy=RULES).track("u-1", "Signed Up", {"plan": "pro"})

    assert sent(capture)[0]["properties"].keys() >= {"plan", "distinct_id"}
    assert EMAIL not in json.dumps(sent(capture))


# Ids


def test_an_id_is_the_same_in_every_channel(capture):
    account = mixpanel.ServiceAccountCredentials("a", "b", "7")
    one = client(credentials=account, remote_flags_config=mixpanel.RemoteFlagsConfig())
    known = one.safetrack.identifier(IdKind.PERSON, "u-1")
    one.track("u-1", "Signed Up")
    one.import_data(None, "u-1", "Signed Up", 1_700_000_000)
    one.people_set("u-1", {"plan": "pro"})
    one.alias("u-1", "u-2")
    one.merge(None, "u-1", "u-2")
    one.remote_flags.is_enabled("new", {"distinct_id": "u-1"})

    track, imported, person, alias, merge, asked = sent(capture)
    other = one.safetrack.identifier(IdKind.PERSON, "u-2")
    assert track["properties"]["distinct_id"] == known
    assert imported["properties"]["distinct_id"] == known
    assert person["$distinct_id"] == known
    assert alias["properties"] == {"token": "t", "distinct_id": other, "alias": known}
    assert merge["properties"]["$distinct_ids"] == [known, other]
    assert asked["distinct_id"] == known


def test_a_group_is_the_same_in_every_channel(capture):
    one = client(
        remote_flags_config=mixpanel.RemoteFlagsConfig(),
        policy={
            **RULES,
            "properties": {"company": {"pseudonymize": True, "kind": "group"}},
            "traits": {"company": {"pseudonymize": True, "kind": "group"}},
        },
    )
    known = one.safetrack.identifier(IdKind.GROUP, "org-7")
    one.group_set("company", "org-7", {"plan": "pro"})
    one.track("u-1", "Signed Up", {"company": "org-7"})
    one.people_union("u-1", {"company": ["org-7"]})
    one.remote_flags.is_enabled("new", {"distinct_id": "u-1", "company": "org-7"})

    group, event, person, asked = sent(capture)
    assert group["$group_id"] == known
    assert event["properties"]["company"] == known
    assert person["$union"] == {"company": [known]}
    assert asked["company"] == known


def test_an_event_of_nobody_leaves_without_a_person_and_an_update_does_not(capture):
    one = client(policy={**RULES, "identity": {"person": "drop"}})
    one.track("u-1", "Signed Up")
    one.people_set("u-1", {"plan": "pro"})
    one.alias("u-1", "u-2")

    (event,) = sent(capture)
    assert event["properties"]["distinct_id"] == ""
    assert one.safetrack.stats() == {"tracked": 3, "passed": 1, "dropped": {"rule": 2}}


# What the SDK writes, and what steers


def test_what_the_sdk_writes_is_its_own_and_never_the_callers(capture):
    one = client()
    said = {
        "token": "other",
        "mp_lib": EMAIL,
        "$lib_version": EMAIL,
        "ip": "203.0.113.9",
        "$ip": "203.0.113.9",
    }
    one.track("u-1", "Signed Up", {"plan": "pro"})
    one.track("u-1", "Signed Up", {"plan": "pro", **said})
    one.people_update({"$token": "other", "$distinct_id": "u-1", "$ip": "203.0.113.9", "$set": {}})

    plain, steered, person = sent(capture)
    lib = {"mp_lib": "python", "$lib_version": vendor.__version__}
    assert {key: plain["properties"].get(key) for key in lib} == lib
    assert plain["properties"]["token"] == steered["properties"]["token"] == "t"
    assert steered["properties"].keys() & said.keys() == {"token"}
    assert person["$token"] == "t"
    assert "$ip" not in person
    assert all(request.query["ip"] == "0" for request in capture.requests)


def test_a_call_that_always_says_the_same_needs_no_rule(capture):
    one = client()
    one.people_delete("u-1")
    one.people_clear_charges("u-1")
    one.group_delete("company", "org-7")
    one.people_unset("u-1", ["plan", EMAIL])

    deleted, cleared, group, unset = sent(capture)
    assert deleted["$delete"] == ""
    assert cleared["$unset"] == ["$transactions"]
    assert group["$delete"] == ""
    assert unset["$unset"] == ["plan"]


def test_an_update_of_which_nothing_is_left_is_not_sent(capture):
    one = client()
    one.people_unset("u-1", ["secret"])
    one.people_update({"$distinct_id": "u-1", "odd": EMAIL})
    one.track("u-1", None)

    assert sent(capture) == []
    assert one.safetrack.stats()["dropped"] == {"rule": 2, "nameless": 1}


def test_keys_of_the_project_are_passed_on_and_nothing_else_in_their_place(capture):
    one = client()
    one.import_data(API_KEY, "u-1", "Signed Up", 1_700_000_000, api_secret=API_SECRET)
    with pytest.raises(mixpanel.MixpanelException):
        one.import_data(EMAIL, "u-1", "Signed Up", 1_700_000_000, api_secret=EMAIL)

    good, bad = capture.requests
    assert good.basic() == f"{API_SECRET}:"
    assert good.query["api_key"] == API_KEY
    assert bad.basic() is None
    assert b"api_key" not in bad.body


def test_the_callers_own_objects_are_never_changed(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    said = {"plan": "pro", "nested": {"email": EMAIL}, "list": [{"a": 1}]}
    context = {"distinct_id": "u-1", "custom_properties": said}
    before = copy.deepcopy((said, context))
    one.track("u-1", "Signed Up", said, {"meta": said})
    one.people_set("u-1", said)
    one.people_track_charge("u-1", 12.5, said)
    one.remote_flags.get_all_variants(context)

    assert (said, context) == before


# Consumers


def test_an_alias_goes_to_the_server_of_the_clients_own_consumer(capture):
    addresses = {"events_url": f"{capture.url}/track", "people_url": "http://localhost:9/"}
    for consumer in (mixpanel.Consumer(**addresses), mixpanel.BufferedConsumer(**addresses)):
        client(consumer).alias("u-1", "u-2")

    assert [request.path for request in capture.requests] == ["/track", "/track"]


class Collecting:
    """A consumer of the application's own, which may send to anywhere."""

    def __init__(self):
        self.got = []

    def send(self, *args, **kwargs):
        self.got.append((args, kwargs))


def test_a_consumer_of_the_applications_own_gets_sanitized_messages(capture):
    own = Collecting()
    one = client(own)
    one.track("u-1", "Signed Up", {"plan": "pro", "email": EMAIL})
    one.import_data(EMAIL, "u-1", "Signed Up", 1_700_000_000, api_secret=API_SECRET)
    one.track(EMAIL, "Signed Up", {"plan": {1: "x"}})
    one._consumer.send("people", "not JSON", api_key=EMAIL)
    one._consumer.send("people", '{"$distinct_id": "u-1", "$set": {}}', api_key=EMAIL)

    (first, _), (second, _), _, (last, keywords) = own.got
    assert first[0] == "events"
    assert json.loads(first[1])["properties"]["plan"] == "pro"
    assert second[2] == (None, API_SECRET)
    assert last[0] == "people"
    assert keywords == {"api_key": None}
    assert EMAIL not in repr(own.got)
    assert one._consumer.got is own.got
    assert sent(capture) == []


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (mixpanel.Consumer, "send"),
        (mixpanel.Consumer, "_write_request"),
        (mixpanel.BufferedConsumer, "send"),
    ],
)
def test_a_step_that_is_replaced_on_an_instance_gets_sanitized_messages(kind, step, capture):
    got, consumer = [], kind()
    setattr(consumer, step, lambda *args, **more: got.append((args, more)))
    one = client(consumer)
    one.track("u-1", "Signed Up", {"plan": "pro", "email": EMAIL})

    ((args, _),) = got
    assert json.loads(args[1])["properties"]["plan"] == "pro"
    assert EMAIL not in repr(got)
    assert sent(capture) == []


def test_a_step_that_is_replaced_on_an_instance_gets_aliases_too(capture):
    got, consumer = [], mixpanel.Consumer()
    consumer.send = lambda *args, **_more: got.append(args)

    client(consumer).alias(EMAIL, "u-1")

    ((endpoint, text),) = got
    assert endpoint == "events"
    assert json.loads(text)["event"] == "$create_alias"
    assert EMAIL not in text
    assert sent(capture) == []


def test_a_message_handed_to_a_clients_consumer_is_in_no_frame_of_its_error():
    one = client(mixpanel.Consumer(events_url="http://127.0.0.1:9/track", retry_limit=0))
    text = json.dumps({"event": "Signed Up", "properties": {"token": "t", "plan": EMAIL}})

    with pytest.raises(vendor.MixpanelException) as raised:
        one._consumer.send("events", text)

    frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)][1:]
    assert EMAIL not in repr([frame.f_locals for frame in frames])


def test_a_process_that_ends_during_a_call_leaves_no_frame_with_values(monkeypatch):
    consumer = mixpanel.Consumer()
    ended = SystemExit(1)
    monkeypatch.setattr(consumer._session, "post", mock.Mock(side_effect=ended))

    with pytest.raises(SystemExit) as raised:
        client(consumer).track(EMAIL, "Signed Up", {"email": EMAIL})

    frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)][1:]
    assert raised.value is ended
    assert EMAIL not in repr([frame.f_locals for frame in frames])


def test_a_subclass_that_sends_in_its_own_way_gets_sanitized_messages(capture):
    queue = []

    class Queue(mixpanel.Consumer):
        def send(self, endpoint, json_message, api_key=None, api_secret=None):
            queue.append(json_message)
            super().send(endpoint, json_message, api_key, api_secret)

    client(Queue()).track("u-1", "Signed Up", {"plan": "pro", "email": EMAIL})

    (event,) = sent(capture)
    assert json.loads(queue[0]) == event
    assert EMAIL not in json.dumps(event)


def test_a_plain_consumer_of_the_sdk_gets_sanitized_messages(capture):
    plain = vendor.BufferedConsumer(2)
    one = client(plain)
    for number in range(3):
        one.track("u-1", "Signed Up", {"n": number, "email": EMAIL})
    plain.flush()

    assert [message["properties"]["n"] for message in sent(capture)] == [0, 1, 2]
    assert EMAIL not in json.dumps(sent(capture))


def test_a_batch_is_sanitized_once_it_is_sent(capture):
    consumer = mixpanel.BufferedConsumer(50)
    one = client(consumer)
    for number in range(51):
        one.track("u-1", "Signed Up", {"n": number, "email": EMAIL})
    assert [len(request.messages) for request in capture.requests] == [50]
    consumer.flush()

    assert [message["properties"]["n"] for message in sent(capture)] == list(range(51))


def test_a_batch_that_fails_is_kept_sanitized_and_sent_again_once(capture):
    consumer = mixpanel.BufferedConsumer(3)
    one = client(consumer)
    capture.answers.append(answer(200, status=0, error=EMAIL))
    one.track("u-1", "Signed Up", {"n": 1, "email": EMAIL})
    one.track("u-2", "Signed Up", {"n": 2, "note": f"of {EMAIL}"})
    with pytest.raises(mixpanel.MixpanelException) as caught:
        one.track("u-3", "Signed Up", {"n": 3})

    assert caught.value.endpoint == "events"
    failed = json.loads(caught.value.message)
    assert [message["properties"]["n"] for message in failed] == [1, 2, 3]
    assert EMAIL not in caught.value.message + str(caught.value)
    assert EMAIL not in "".join(consumer._buffers["events"])
    consumer.flush()
    assert capture.last.messages == failed
    assert one.safetrack.stats() == {"tracked": 3, "passed": 3, "dropped": {}}


def test_a_batch_that_an_interrupt_stops_is_kept(capture, monkeypatch):
    consumer = mixpanel.BufferedConsumer(3)
    client(consumer).track("u-1", "Signed Up", {"n": 1})

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(consumer._consumer, "send", interrupted)
        with pytest.raises(KeyboardInterrupt):
            consumer.flush()
    consumer.flush()

    assert [message["properties"]["n"] for message in sent(capture)] == [1]


def test_one_consumer_serves_clients_of_different_policies(capture):
    consumer = mixpanel.BufferedConsumer(10)
    narrow = client(consumer, policy={"version": 1})
    wide = mixpanel.Mixpanel("w", consumer, policy=RULES)
    for one in (narrow, wide, narrow):
        one.track("u-1", "Signed Up", {"plan": "pro"})
    consumer.flush()

    kept = [(own["token"], "plan" in own) for own in (m["properties"] for m in sent(capture))]
    assert kept == [("t", False), ("w", True), ("t", False)]
    assert narrow.safetrack.stats()["passed"] == 2


def test_a_client_without_a_policy_takes_that_of_its_consumer(capture):
    consumer = mixpanel.Consumer(policy=RULES, destination="own")
    one = mixpanel.Mixpanel("t", consumer)

    assert one.safetrack is consumer.safetrack
    assert one.safetrack.destination == "own"
    assert client(consumer).safetrack is not consumer.safetrack


def test_a_wrong_policy_is_an_error_at_once_and_a_missing_one_when_it_is_needed(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFETRACK_POLICY", raising=False)
    consumer = mixpanel.Consumer()

    with pytest.raises(PolicyError):
        mixpanel.Consumer(policy={"version": 1, "properies": {}})
    with pytest.raises(PolicyError, match="there is no policy"):
        mixpanel.Mixpanel("t")
    with pytest.raises(PolicyError, match="there is no policy"):
        consumer.send("events", "{}")


# Messages that no client wrote


PROJECT = "policy-token"


def event(project=PROJECT):
    properties = {"token": project, "distinct_id": "u-1", "email": EMAIL}
    return json.dumps({"event": "Signed Up", "properties": properties})


def test_a_message_from_a_queue_goes_to_the_project_of_the_policy(capture):
    consumer = mixpanel.Consumer(policy=ALONE)
    consumer.send("events", event())
    consumer.send("events", event("somebody-else's"))
    buffered = mixpanel.BufferedConsumer(policy=ALONE)
    buffered.send("events", event())
    buffered.flush()
    buffered._consumer.send("events", event())

    assert {own["properties"]["token"] for own in sent(capture)} == {PROJECT}
    assert len(sent(capture)) == 4
    assert EMAIL not in json.dumps(sent(capture))


@pytest.mark.parametrize(
    "policy",
    [
        RULES,
        {**RULES, "destinations": {"mp": {"type": "mixpanel", "token": "env:NO_SUCH_TOKEN"}}},
    ],
)
def test_a_message_to_a_project_that_nobody_knows_is_dropped(policy, capture, caplog):
    consumer = mixpanel.Consumer(policy=policy)
    consumer.send("events", event())

    assert capture.requests == []
    assert consumer.safetrack.stats()["dropped"] == {"control": 1}
    assert "names a Mixpanel project that its consumer does not know" in caplog.text


def test_a_message_may_be_bytes(capture):
    consumer = mixpanel.Consumer(policy=ALONE)
    consumer.send("events", f"[{event()},{event()}]".encode())
    client()._consumer.send("events", event("t").encode())
    capture.answers.append(answer(200, status=1))
    mixpanel.Consumer(policy=observing()).send("events", b"\xff")

    assert len(sent(capture)) == 3
    assert EMAIL not in json.dumps(sent(capture))
    assert b"data=%FF&" in capture.last.body


@pytest.mark.parametrize("text", [None, "", "{", "3", "[]", '["a"]', '[{}, "a"]', "[" * 100_000])
def test_what_is_no_message_does_not_leave(text, capture):
    consumer = mixpanel.Consumer(policy=ALONE)
    consumer.send("events", text)

    assert capture.requests == []
    assert consumer.safetrack.stats()["dropped"] == {"unreadable": 1}


def test_a_list_of_messages_stays_a_list_of_those_that_may_leave(capture):
    consumer = mixpanel.Consumer(policy={**ALONE, "events": {"Debug": "drop"}})
    consumer.send("events", f'[{event()}, {{"event": "Debug"}}, {{"event": 7}}, {event()}]')

    assert len(capture.last.messages) == 2
    assert consumer.safetrack.stats() == {
        "tracked": 4,
        "passed": 2,
        "dropped": {"event_dropped": 1, "unreadable": 1},
    }


def test_the_table_of_channels_has_every_endpoint_of_the_sdk_and_no_other():
    posted = {name: urlsplit(url).path for name, url in vendor.Consumer()._endpoints.items()}
    fetched = (
        vendor.RemoteFeatureFlagsProvider.FLAGS_URL_PATH,
        vendor.LocalFeatureFlagsProvider.FLAGS_DEFINITIONS_URL_PATH,
    )
    met = {channel_at(CHANNELS, "GET", path) for path in fetched}

    for name, path in posted.items():
        channel = channel_at(CHANNELS, "POST", path)
        assert channel.name == name
        assert channel_at(CHANNELS, "POST", f"/behind/a.proxy{path}") is channel
        assert channel_at(CHANNELS, "POST", f"{path}/more") is None
        met.add(channel)
    assert met == set(CHANNELS)


def test_an_endpoint_that_nobody_knows_is_blocked_and_counted(capture):
    consumer = mixpanel.Consumer(policy=ALONE)
    consumer._endpoints["lookups"] = f"{capture.url}/lookup-tables"
    consumer.send("lookups", event())
    consumer._write_request(f"{capture.url}/other", event())
    consumer._write_request(f"{capture.url}/track", event())
    consumer._write_request(consumer._endpoints["events"], event())

    assert [request.path for request in capture.requests] == ["/track", "/track"]
    assert consumer.safetrack.stats()["dropped"] == {"unknown_channel": 2}


def test_an_endpoint_that_the_sdk_does_not_have_is_the_sdks_own_error(capture):
    for consumer in (mixpanel.Consumer(policy=ALONE), mixpanel.BufferedConsumer(policy=ALONE)):
        with pytest.raises(mixpanel.MixpanelException, match="send failed in mixpanel"):
            consumer.send(EMAIL, event())


# Errors and logs


@pytest.mark.parametrize("refused", [{EMAIL}, object(), b"raw", {(EMAIL,): 1}])
def test_what_the_sdk_cannot_encode_is_its_error_without_values(refused, capture):
    with pytest.raises(TypeError, match=r"track failed in json") as caught:
        client().track(EMAIL, "Signed Up", {"plan": refused})

    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    own = "".join(shown.format()).rpartition("value_free.py")[2]
    assert EMAIL not in own
    assert caught.value.__context__ is None


def test_a_server_that_cannot_be_reached_is_the_sdks_error_without_values(capture):
    consumer = mixpanel.Consumer(events_url="http://127.0.0.1:9/track", retry_limit=0)
    one = client(consumer)

    with pytest.raises(mixpanel.MixpanelException, match="failed in") as caught:
        one.track(EMAIL, "Signed Up", {"email": EMAIL})
    assert EMAIL not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_the_sdk_logs_holds_no_values(capture, caplog):
    caplog.set_level(logging.DEBUG)
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    capture.answers.append(answer(500, error=EMAIL))
    one.remote_flags.get_variant_value(EMAIL, None, {"distinct_id": EMAIL})
    one.remote_flags.track_exposure_event(EMAIL, None, {"email": EMAIL})

    assert "mixpanel.flags.remote_feature_flags said something at" in caplog.text
    assert EMAIL not in caplog.text


# Failing closed


class Failing:
    """A detector that fails, in one of two ways."""

    def __init__(self, error=None):
        self.error = error

    def find(self, queries):
        if self.error is not None:
            raise self.error
        return [SearchFailed(Reason.DETECTOR_ERROR) for _ in queries]


@pytest.mark.parametrize("error", [None, ValueError(EMAIL), RecursionError()])
def test_a_detector_that_fails_costs_the_value_and_never_privacy(error, capture):
    one = client()
    one.safetrack._sanitizer.detector = Failing(error)
    one.track("u-1", "Zork Blipped", {"n": 7, "note": EMAIL})

    (sent_event,) = sent(capture)
    assert sent_event["event"] == "<REDACTED>"
    assert "note" not in sent_event["properties"]
    assert sent_event["properties"]["n"] == 7


def test_whatever_goes_wrong_in_between_nothing_leaves(capture, monkeypatch, caplog):
    def fail(*_args):
        raise ValueError(EMAIL)

    one, watching = client(), client(policy=observing())
    monkeypatch.setattr(wire, "_read", fail)
    one.track("u-1", "Signed Up", {"plan": "pro"})
    assert capture.requests == []
    watching.track("u-1", "Signed Up", {"plan": "pro"})

    assert len(sent(capture)) == 1
    assert one.safetrack.stats()["dropped"] == {"sanitizer_error": 1}
    assert "a batch was dropped: ValueError" in caplog.text
    assert EMAIL not in caplog.text


def test_what_cannot_be_added_does_not_cost_the_update(capture):
    one = client(policy={**RULES, "traits": {"logins": "keep", "phone": "scrub"}})
    one.people_increment("u-1", {"logins": 2, "phone": 4111111111111111})

    (update,) = sent(capture)
    assert update["$add"] == {"logins": 2}


def test_switched_off_nothing_is_sent_and_everything_is_counted(capture, monkeypatch):
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    one = client(
        local_flags_config=mixpanel.LocalFlagsConfig(enable_polling=False),
        remote_flags_config=mixpanel.RemoteFlagsConfig(),
    )
    one.track("u-1", "Signed Up")
    one.alias("u-1", "u-2")
    assert one.remote_flags.get_variant_value("new", "fallback", {"distinct_id": "u"}) == "fallback"
    one.local_flags.start_polling_for_definitions()

    assert capture.requests == []
    assert one.safetrack.stats() == {"tracked": 4, "passed": 0, "dropped": {"disabled": 4}}


# Observing


def test_while_observing_even_what_is_no_message_leaves_as_it_came(capture):
    one = client(policy=observing())
    capture.answers.append(answer(200, status=1))
    one._consumer.send("events", "3")
    one.track("u-1", "Signed Up", {"token": "x", "email": EMAIL})

    odd, plain = capture.requests
    assert b"data=3&" in odd.body
    assert plain.messages[0]["properties"]["email"] == EMAIL
    summary = one.safetrack.observation.summary()
    assert summary["messages"] == 1
    assert {"properties.token", "properties.email"} <= {d["path"] for d in summary["decisions"]}


def test_while_observing_a_consumer_of_the_applications_own_gets_everything():
    own = Collecting()
    client(own, policy=observing()).import_data(EMAIL, "u-1", "Signed Up", 1, {"email": EMAIL})

    ((endpoint, text, keys), _) = own.got[0]
    assert (endpoint, keys) == ("imports", (EMAIL, None))
    assert json.loads(text)["properties"]["email"] == EMAIL


def test_while_observing_the_sdks_own_parts_are_not_said_to_change(capture):
    one = client(policy=observing())
    one.people_delete("u-1")

    decisions = one.safetrack.observation.summary()["decisions"]
    assert {decision["path"] for decision in decisions} == {"$distinct_id", "$time"}


# Flags


def local(capture, *flags, policy=RULES, **config):
    """A client that has fetched the definitions of some flags."""
    one = client(
        policy=policy,
        local_flags_config=mixpanel.LocalFlagsConfig(enable_polling=False, **config),
    )
    capture.answers.append(answer(200, flags=list(flags)))
    one.local_flags.start_polling_for_definitions()
    return one


def test_locally_the_variant_is_that_of_the_id_that_mixpanel_knows(capture):
    ours = local(capture, definition("new"))
    plain = vendor.Mixpanel("t", local_flags_config=vendor.LocalFlagsConfig(enable_polling=False))
    capture.answers.append(answer(200, flags=[definition("new")]))
    plain.local_flags.start_polling_for_definitions()
    fallback = vendor.flags.types.SelectedVariant(variant_value=None)
    known = [ours.safetrack.identifier(IdKind.PERSON, f"u-{n}") for n in range(30)]

    def variants(flags, ids):
        return [
            flags.get_variant("new", fallback, {"distinct_id": one}, False).variant_key
            for one in ids
        ]

    chosen = variants(ours.local_flags, [f"u-{n}" for n in range(30)])
    assert chosen == variants(plain.local_flags, known)
    assert set(chosen) == {"on", "off"}


def test_locally_properties_decide_as_they_are_and_do_not_leave(capture):
    rule = {"==": [{"var": "email"}, EMAIL]}
    one = local(capture, definition("told", rule=rule))
    context = {"distinct_id": "u-1", "custom_properties": {"email": EMAIL}}

    assert one.local_flags.get_all_variants(context).keys() == {"told"}
    assert one.local_flags.get_all_variants({"distinct_id": "u-1"}) == {}
    one.local_flags.get_variant_value("told", None, context)
    assert EMAIL not in json.dumps(sent(capture))


def test_locally_a_tester_is_named_by_the_id_that_mixpanel_knows(capture):
    one = client()
    known = one.safetrack.identifier(IdKind.PERSON, "u-1")
    one = local(capture, definition("new", test={"users": {known: "off", "u-2": "off"}}))
    fallback = vendor.flags.types.SelectedVariant(variant_value=None)

    def is_tester(person):
        found = one.local_flags.get_variant("new", fallback, {"distinct_id": person}, False)
        return found.is_qa_tester

    assert is_tester("u-1")
    assert not is_tester("u-2")


def test_an_exposure_is_of_the_person_whom_mixpanel_knows(capture):
    one = local(
        capture,
        definition("new"),
        policy={**RULES, "identity": {"person": "encrypt"}},
    )
    one.local_flags.get_variant_value("new", None, {"distinct_id": "user-0123456789"})

    (exposure,) = sent(capture)
    assert exposure["event"] == "$experiment_started"
    known = one.safetrack.identifier(IdKind.PERSON, "user-0123456789")
    assert exposure["properties"]["distinct_id"] == known


def test_a_tracker_of_the_applications_own_gets_the_applications_own_id(capture):
    tracked = []
    config = mixpanel.LocalFlagsConfig(enable_polling=False)
    flags = mixpanel.LocalFeatureFlagsProvider(
        "t", config, "5", lambda *args: tracked.append(args), policy=RULES
    )
    capture.answers.append(answer(200, flags=[definition("new")]))
    flags.start_polling_for_definitions()
    flags.is_enabled("new", {"distinct_id": "u-1"})

    assert tracked[0][:2] == ("u-1", "$experiment_started")


def test_locally_an_id_that_may_not_leave_is_no_id(capture):
    one = local(capture, definition("new"), policy={**RULES, "identity": {"person": "drop"}})

    assert one.local_flags.get_variant_value("new", "fallback", {"distinct_id": "u"}) == "fallback"


def test_a_context_that_is_none_is_the_sdks_own_error(capture):
    one = local(capture, definition("new"))

    with pytest.raises(AttributeError, match="get_variant failed in"):
        one.local_flags.get_variant_value("new", None, None)


def test_remotely_only_what_the_policy_lets_out_is_asked(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    custom = {"plan": "pro", "email": EMAIL}
    context = {"distinct_id": "u-1", "device_id": "d-1", "custom_properties": custom, "org": "o-7"}
    capture.answers.append(answer(200, code=200, flags={"new": variant()}))

    assert one.remote_flags.is_enabled("new", context) is True
    query = capture.requests[0].query
    asked = json.loads(query["context"])
    assert query["flag_key"] == "new"
    assert query["token"] == "t"
    assert asked == {
        "distinct_id": one.safetrack.identifier(IdKind.PERSON, "u-1"),
        "device_id": one.safetrack.identifier(IdKind.PERSON, "d-1"),
        "org": one.safetrack.identifier(IdKind.GROUP, "o-7"),
        "custom_properties": {"plan": "pro"},
    }


def test_remotely_nobody_is_asked_about_nobody(capture):
    config = mixpanel.RemoteFlagsConfig()
    one = client(policy={**RULES, "identity": {"person": "drop"}}, remote_flags_config=config)
    context = {"distinct_id": "u-1", "custom_properties": {"plan": "pro"}}

    assert one.remote_flags.get_variant_value("new", "fallback", context) == "fallback"
    assert capture.requests == []
    assert one.safetrack.stats() == {"tracked": 1, "passed": 0, "dropped": {"rule": 1}}


def test_remotely_a_flag_with_a_personal_name_is_found_among_all(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    capture.answers.append(answer(200, code=200, flags={EMAIL: variant()}))

    assert one.remote_flags.is_enabled(EMAIL, {"distinct_id": "u-1"}) is True
    assert "flag_key" not in capture.requests[0].query


@pytest.mark.parametrize("context", [None, "u-1", [EMAIL]])
def test_remotely_what_is_no_context_gives_the_fallback_without_a_request(context, capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())

    async def aget():
        return await one.remote_flags.aget_variant_value("new", "fallback", context)

    assert one.remote_flags.get_variant_value("new", "fallback", context) == "fallback"
    assert asyncio.run(aget()) == "fallback"
    assert capture.requests == []
    assert one.safetrack.stats()["dropped"] == {"unreadable": 2}


def test_remotely_what_is_no_context_is_the_sdks_to_refuse_while_observing(capture):
    one = client(policy=observing(), remote_flags_config=mixpanel.RemoteFlagsConfig())

    assert one.remote_flags.get_variant_value("new", "fallback", {1, 2}) == "fallback"
    assert one.safetrack.stats()["dropped"] == {}


def test_a_client_of_flags_reaches_no_other_endpoint(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())

    with pytest.raises(mixpanel.MixpanelException, match="unknown_channel"):
        one.remote_flags._sync_client.get("/other")
    with pytest.raises(mixpanel.MixpanelException, match="unknown_channel"):
        asyncio.run(one.remote_flags._async_client.get("/other"))
    assert capture.requests == []
    assert one.safetrack.stats()["dropped"] == {"unknown_channel": 2}


def test_a_provider_alone_has_a_policy_of_its_own(capture):
    tracked = []
    flags = mixpanel.RemoteFeatureFlagsProvider(
        "t",
        mixpanel.RemoteFlagsConfig(),
        "5",
        lambda *args: tracked.append(args),
        policy=RULES,
        destination="flags",
    )
    capture.answers.append(answer(200, code=200, flags={"new": variant()}))

    assert flags.is_enabled("new", {"distinct_id": "u-1"}) is True
    assert flags.safetrack.destination == "flags"
    assert tracked[0][:2] == ("u-1", "$experiment_started")


def test_an_exposure_that_nobody_waits_for_fails_quietly(capture, caplog):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    capture.answers.append(answer(200, code=200, flags={"new": variant()}))
    capture.answers.append(answer(200, status=0, error=EMAIL))

    async def evaluate():
        value = await one.remote_flags.aget_variant_value("new", None, {"distinct_id": EMAIL})
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
        return value

    assert asyncio.run(evaluate()) is True
    assert "an exposure event could not be sent: MixpanelException" in caplog.text
    assert EMAIL not in caplog.text


def test_an_exposure_that_somebody_waits_for_fails_loudly(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    chosen = vendor.flags.types.SelectedVariant(variant_value=1, variant_key="on")
    capture.answers.append(answer(200, status=0, error=EMAIL))

    with pytest.raises(mixpanel.MixpanelException) as caught:
        asyncio.run(one.remote_flags.atrack_exposure_event("new", chosen, {"distinct_id": EMAIL}))
    assert EMAIL not in str(caught.value)


def test_a_client_of_somebody_elses_is_kept(capture):
    one = client(remote_flags_config=mixpanel.RemoteFlagsConfig())
    other = httpx.Client(base_url=capture.url, auth=("t", ""))
    one.remote_flags._sync_client = other

    one.remote_flags.is_enabled("new", {"distinct_id": EMAIL})
    assert one.remote_flags._sync_client is other
    assert EMAIL not in capture.last.target


def test_an_outlet_is_what_its_consumer_is():
    consumer = Collecting()
    outlet = Outlet(client(), consumer)
    outlet.colour = "red"

    assert isinstance(outlet, Collecting)
    assert consumer.colour == "red"
