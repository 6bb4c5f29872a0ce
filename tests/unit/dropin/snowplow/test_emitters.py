import base64
import datetime as dt
import json
import logging
import sys
import threading
import traceback

import pytest
import snowplow_tracker as sdk
from snowplow_tracker.event_store import InMemoryEventStore

import safetrack.dropin.snowplow as dropin
from safetrack import PolicyError
from safetrack.dropin.snowplow import sanitizing
from safetrack.testing import Answer, assert_no_canary

KINDS = pytest.mark.parametrize("kind", [dropin.Emitter, dropin.AsyncEmitter])
METHODS = pytest.mark.parametrize("method", ["post", "get"])


def described(**data):
    document = sdk.SelfDescribingJson("iglu:com.acme/signed_up/jsonschema/1-0-0", data)
    return dropin.SelfDescribing(document)


def titled(title):
    return dropin.PageView("https://shop.example/", title)


@KINDS
@METHODS
def test_the_collector_gets_what_the_policy_lets_out(kind, method, capture, policy, canaries):
    emitter = kind(capture.url, method=method, policy=policy)
    subject = dropin.Subject().set_user_id(canaries.email()).set_ip_address(canaries.ip())
    tracker = dropin.Tracker("shop", emitter, subject, app_id="web")
    entity = sdk.SelfDescribingJson(
        "iglu:com.acme/user/jsonschema/2-0-1", {"plan": "pro", "email": canaries.email()}
    )

    event = described(plan="pro", seats=5, email=canaries.email(), note=canaries.text())
    event.context = [entity]
    eid = tracker.track(event)
    tracker.flush()

    (message,) = capture.messages()
    assert message["ue_px"]["data"] == {
        "schema": "iglu:com.acme/signed_up/jsonschema/1-0-0",
        "data": {"plan": "pro", "seats": 5},
    }
    assert message["cx"]["data"] == [
        {"schema": "iglu:com.acme/user/jsonschema/2-0-1", "data": {"plan": "pro"}}
    ]
    assert message["uid"].startswith("st1_")
    assert {key: message[key] for key in ("e", "p", "tna", "aid")} == {
        "e": "ue",
        "p": "pc",
        "tna": "shop",
        "aid": "web",
    }
    assert message["eid"] != eid
    assert_no_canary(capture, canaries)
    assert emitter.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


@METHODS
def test_the_collector_is_asked_to_derive_nothing_from_the_request(method, capture, policy):
    emitter = dropin.Emitter(capture.url, method=method, batch_size=1, policy=policy)

    dropin.Tracker("shop", emitter).track(titled("Home"))

    assert capture.last.header("SP-Anonymous") == "*"


@KINDS
def test_the_same_event_has_the_same_id_at_every_attempt(kind, capture, policy):
    capture.answers += [Answer(503)]
    failed, sent = [], []
    emitter = kind(
        capture.url,
        on_failure=lambda _count, events: failed.extend(events),
        on_success=sent.extend,
        policy=policy,
    )
    tracker = dropin.Tracker("shop", emitter)

    tracker.track(titled("Home"))
    tracker.flush()
    emitter.retry_timer.cancel()
    tracker.flush()

    first, second = (json.loads(request.body)["data"][0] for request in capture.requests)
    assert first["eid"] == second["eid"] == failed[0]["eid"] == sent[0]["eid"]
    assert emitter.safetrack.stats()["tracked"] == 1


@KINDS
def test_callbacks_get_sanitized_events(kind, capture, policy, canaries):
    capture.answers += [Answer(400)]
    called = []
    emitter = kind(
        capture.url,
        batch_size=1,
        on_failure=lambda count, events: called.append((count, events)),
        on_success=called.append,
        policy=policy,
    )
    tracker = dropin.Tracker("shop", emitter)
    for title in ("refused", "taken"):
        tracker.track(titled(f"{title} {canaries.email()}"))
    tracker.flush()

    (count, (failed,)), (taken,) = called
    assert (count, failed["page"]) == (0, "refused <EMAIL_ADDRESS>")
    assert taken["page"] == "taken <EMAIL_ADDRESS>"


def test_what_an_emitter_holds_back_in_memory_is_sanitized(capture, policy, canaries):
    emitter = dropin.Emitter(capture.url, policy=policy)

    dropin.Tracker("shop", emitter).track(titled(canaries.email()))

    assert_no_canary(repr(emitter.event_store.event_buffer), canaries)


def test_an_asynchronous_emitter_sanitizes_on_its_own_thread(capture, policy, monkeypatch):
    threads = []
    emitter = dropin.AsyncEmitter(capture.url, policy=policy)
    clean = emitter.safetrack.clean
    monkeypatch.setattr(
        emitter.safetrack,
        "clean",
        lambda *given: threads.append((threading.current_thread(), len(given[0]))) or clean(*given),
    )
    tracker = dropin.Tracker("shop", emitter)
    for _ in range(10):
        tracker.track(titled("Home"))
    tracker.flush()

    ((thread, count),) = [one for one in threads if one[1]]
    assert thread is not threading.main_thread()
    assert count == 10


def test_no_lock_is_held_while_an_emitter_detects(capture, policy, monkeypatch):
    free = []
    emitter = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    clean = emitter.safetrack.clean

    def probe():
        taken = emitter.lock.acquire(blocking=False)
        free.append(taken)
        if taken:
            emitter.lock.release()

    def watched(*given):
        other = threading.Thread(target=probe)
        other.start()
        other.join()
        return clean(*given)

    monkeypatch.setattr(emitter.safetrack, "clean", watched)
    dropin.Tracker("shop", emitter).track(titled("Home"))

    assert free == [True]


@KINDS
def test_events_that_the_policy_drops_are_counted_and_not_sent(kind, capture):
    policy = {"version": 1, "unlisted_events": "drop"}
    emitter = kind(capture.url, batch_size=1, policy=policy)
    tracker = dropin.Tracker("shop", emitter)

    tracker.track(described())
    tracker.track(dropin.Event({"e": "ue", "ue_px": "nothing"}))
    tracker.track(dropin.Event({"e": "xx"}))
    tracker.flush()

    assert capture.requests == []
    assert emitter.safetrack.stats() == {
        "tracked": 3,
        "passed": 0,
        "dropped": {"event_dropped": 1, "unreadable": 1, "unknown_event_type": 1},
    }


def test_an_event_whose_name_holds_something_is_dropped(capture, policy):
    named = sdk.SelfDescribingJson("iglu:com.acme/198-51-100-23/jsonschema/1-0-0", {"plan": "pro"})
    emitter = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    named.schema = "iglu:10.198.51.100/x/jsonschema/1-0-0"

    dropin.Tracker("shop", emitter).track(dropin.SelfDescribing(named))

    assert capture.requests == []
    assert emitter.safetrack.stats()["dropped"] == {"detected": 1}


def test_byte_limits_are_those_of_what_is_sent(capture, policy):
    emitter = dropin.Emitter(capture.url, byte_limit=1000, batch_size=50, policy=policy)
    tracker = dropin.Tracker("shop", emitter)

    while not capture.requests:
        tracker.track(titled("Home"))

    assert 1 < len(capture.messages()) < 10
    assert emitter.bytes_queued == 0


@KINDS
def test_an_error_of_a_callback_does_not_end_the_sending(kind, capture, policy):
    def fail(_events):
        raise RuntimeError

    emitter = kind(capture.url, batch_size=1, on_success=fail, policy=policy)
    tracker = dropin.Tracker("shop", emitter)
    for _ in range(3):
        if kind is dropin.Emitter:
            with pytest.raises(RuntimeError, match="left out"):
                tracker.track(titled("Home"))
        else:
            tracker.track(titled("Home"))
    tracker.flush()

    assert len(capture.messages()) == 3


def test_the_same_tracker_serves_several_policies(capture, policy):
    strict = dropin.Emitter(capture.url, batch_size=1, policy={"version": 1})
    open_ = dropin.Emitter(capture.url, batch_size=1, policy=policy, destination="other")

    dropin.Tracker("shop", [strict, open_], dropin.Subject().set_user_id("u-1")).track(
        titled("Home")
    )

    first, second = capture.messages()
    assert "page" not in first
    assert second["page"] == "Home"
    assert first["uid"] != second["uid"]
    assert first["eid"] != second["eid"]


@KINDS
def test_nothing_is_sent_where_everything_is_switched_off(kind, capture, policy, monkeypatch):
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    emitter = kind(capture.url, batch_size=1, policy=policy)
    tracker = dropin.Tracker("shop", emitter)

    assert tracker.track(titled("Home"))
    tracker.flush()

    assert capture.requests == []
    assert emitter.safetrack.stats()["dropped"] == {"disabled": 1}


def test_without_a_policy_there_is_no_emitter(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFETRACK_POLICY", raising=False)

    with pytest.raises(PolicyError, match="there is no policy"):
        dropin.Emitter("https://c.example")


HOSTILE = {
    "bytes": b"jane@acme.com",
    "surrogate": "jane@acme.com\ud800",
    "object": type("Jane", (), {"__repr__": lambda _self: "jane@acme.com"})(),
}


@pytest.mark.parametrize("name", HOSTILE)
@KINDS
def test_errors_of_the_sdk_keep_their_type_and_lose_values_and_frames(name, kind, capture, policy):
    tracker = dropin.Tracker("shop", kind(capture.url, policy=policy))
    plain = sdk.Tracker("shop", sdk.Emitter(capture.url))
    event = described(note=HOSTILE[name], person="jane@acme.com")
    with pytest.raises(Exception, match=r"(?s).*") as expected:
        plain.track(event)

    with pytest.raises(expected.type, match="left out") as caught:
        tracker.track(event)

    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [frame for frame in frames.stack if "test_emitters" not in frame.filename]
    assert "jane" not in str(caught.value)
    assert not any("jane" in str(frame.locals) for frame in ours)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_logs_say_where_and_no_value(policy, canaries, caplog):
    caplog.set_level(logging.DEBUG, "snowplow_tracker")
    emitter = dropin.Emitter(
        "http://127.0.0.1:9", method="get", batch_size=1, policy={"version": 1, "unlisted": "scrub"}
    )

    dropin.Tracker("shop", emitter).track(titled(canaries.email()))
    emitter.retry_timer.cancel()

    assert "said something at emitters.py" in caplog.text
    assert_no_canary(caplog.text, canaries)


def test_an_event_store_in_memory_of_the_applications_own_gets_nothing_raw(
    capture, policy, canaries
):
    store = InMemoryEventStore(logger=logging.getLogger("own"), buffer_capacity=3)
    emitter = dropin.Emitter(capture.url, event_store=store, policy=policy)

    dropin.Tracker("shop", emitter).track(titled(canaries.email()))

    (kept,) = store.event_buffer
    assert kept["page"] == "<EMAIL_ADDRESS>"


def test_base64_is_as_the_tracker_was_told(capture, policy):
    emitter = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    for encode in (True, False):
        dropin.Tracker("shop", emitter, encode_base64=encode).track(described(plan="pro"))

    encoded, plain = (json.loads(request.body)["data"][0] for request in capture.requests)
    assert base64.urlsafe_b64decode(encoded["ue_px"]).decode() == plain["ue_pr"]


def test_the_vendors_own_emitters_stay_as_they_are(capture, policy):
    dropin.Emitter(capture.url, policy=policy)
    plain = sdk.Emitter(capture.url, batch_size=1)

    sdk.Tracker("shop", plain, sdk.Subject().set_user_id("jane@acme.com")).track(titled("Home"))

    assert capture.messages()[0]["uid"] == "jane@acme.com"
    assert capture.last.header("SP-Anonymous") is None
    assert sys.modules["snowplow_tracker.emitters"].Emitter is sdk.Emitter


@KINDS
def test_an_emitter_that_begins_again_sends_what_it_holds_and_its_timer_goes_on(
    kind, capture, policy
):
    sent = threading.Event()
    emitter = kind(capture.url, on_success=lambda _events: sent.set(), policy=policy)
    tracker = dropin.Tracker("shop", emitter)
    tracker.track(titled("Home"))
    before = emitter.lock
    before.acquire()  # as by a thread that a child process does not have
    emitter.set_flush_timer(0.01)
    emitter.timer.timer.cancel()  # nor does it have this one
    emitter.retry_timer.start(1000)
    emitter.retry_timer.timer.cancel()

    emitter.begin_again()

    assert emitter.lock is not before
    assert sent.wait(30)
    emitter.cancel_flush_timer()
    assert [message["page"] for message in capture.messages()] == ["Home"]


def test_an_event_that_cannot_even_be_read_is_dropped(capture, policy, caplog):
    class Odd(dict):
        def items(self):
            raise RuntimeError("jane@acme.com")

    emitter = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    emitter.input(Odd(e="pv"))

    assert capture.requests == []
    assert emitter.safetrack.stats()["dropped"] == {"unreadable": 1}
    assert "an event could not be read: RuntimeError" in caplog.text
    assert "jane" not in caplog.text


@KINDS
def test_events_for_which_the_buffer_has_no_room_are_counted(kind, capture, policy):
    emitter = kind(capture.url, buffer_capacity=2, batch_size=2, policy=policy)
    emitter.batch_size = 5
    tracker = dropin.Tracker("shop", emitter)
    for _ in range(3):
        tracker.track(titled("Home"))

    tracker.flush()

    assert len(capture.messages()) == 2
    assert emitter.safetrack.stats() == {"tracked": 3, "passed": 2, "dropped": {"queue_full": 1}}


@KINDS
def test_an_event_that_cannot_be_written_costs_itself_alone(
    kind, capture, policy, monkeypatch, caplog
):
    close = sanitizing.closed

    def fail(event, clean):
        if clean["page"] == "Odd":
            raise RuntimeError(clean)
        return close(event, clean)

    monkeypatch.setattr(sanitizing, "closed", fail)
    emitter = kind(capture.url, policy=policy)
    tracker = dropin.Tracker("shop", emitter)
    for title in ("Home", "Odd", "Pricing"):
        tracker.track(titled(title))
    tracker.flush()

    assert [message["page"] for message in capture.messages()] == ["Home", "Pricing"]
    assert emitter.safetrack.stats()["dropped"] == {"sanitizer_error": 1}
    assert "an event could not be written: RuntimeError" in caplog.text


def test_what_users_and_the_sdk_reach_into_is_there(capture, policy):
    emitter = dropin.AsyncEmitter(capture.url, byte_limit=9000, policy=policy)
    tracker = dropin.Tracker("shop", emitter, app_id="web")

    assert tracker.standard_nv_pairs == {"tv": f"py-{sdk.__version__}", "tna": "shop", "aid": "web"}
    assert tracker.emitters == [emitter]
    assert tracker.subject.standard_nv_pairs == {"p": "pc"}
    assert emitter.endpoint.startswith(capture.url)
    assert emitter.event_store.event_buffer == []
    assert emitter.queue.empty()
    assert not emitter.timer.is_active()
    assert not emitter.retry_timer.is_active()
    assert emitter.bytes_queued == emitter.retry_delay == 0


def test_a_dotted_pair_is_not_taken_for_an_entity(capture, policy):
    emitter = dropin.Emitter(capture.url, batch_size=1, policy={**policy, "unlisted": "scrub"})
    data = {"plan": "pro"}

    emitter.input(
        {"e": "pv", "entities.0": {"com.acme/user": data}, "data.plan": "pro", "page": "Home"}
    )

    (sent,) = json.loads(capture.last.body)["data"]
    assert sent.keys() == {"e", "page", "stm"}


@KINDS
@METHODS
def test_what_a_callback_writes_into_its_events_is_sanitized_when_they_are_sent_again(
    kind, method, capture, policy, canaries
):
    def annotate(_count, events):
        for event in events:
            event.update({"uid": canaries.identifier(), "refr": canaries.email(), "page": "Home 2"})

    capture.answers += [Answer(503)]
    emitter = kind(capture.url, method=method, on_failure=annotate, policy=policy)
    tracker = dropin.Tracker("shop", emitter, app_id="web")
    tracker.track(titled("Home"))
    tracker.flush()
    emitter.retry_timer.cancel()
    tracker.flush()

    first, second = (
        request.query or json.loads(request.body)["data"][0] for request in capture.requests
    )
    assert_no_canary(capture, canaries)
    assert second["uid"].startswith("st1_")
    assert second["page"] == "Home 2"
    assert {key: second[key] for key in ("eid", "dtm", "tna", "aid")} == {
        key: first[key] for key in ("eid", "dtm", "tna", "aid")
    }
    assert emitter.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


@KINDS
@pytest.mark.parametrize("first", [dropin.Emitter, dropin.AsyncEmitter])
def test_an_event_that_another_policy_let_out_is_sanitized_by_ones_own(
    kind, first, capture, canaries
):
    lax = {"version": 1, "properties": {"label": "keep", "title": {"keep": "string"}}}
    second = kind(capture.url, batch_size=1, policy={"version": 1})
    capture.answers += [Answer(400)]
    emitter = first(
        capture.url,
        batch_size=1,
        policy=lax,
        on_failure=lambda _count, events: [second.input(event) for event in events],
    )
    emitter.input({"e": "se", "se_ca": "shop", "se_ac": "add", "se_la": "SECRET77"})
    emitter.sync_flush()
    second.sync_flush()

    refused, sent = (json.loads(request.body)["data"][0] for request in capture.requests)
    assert refused["se_la"] == "SECRET77"
    assert "se_la" not in sent
    assert second.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


@KINDS
def test_an_emitter_of_the_same_policy_sends_what_another_was_refused_as_it_is(
    kind, capture, policy
):
    second = kind(capture.url, batch_size=1, policy=dict(policy))
    capture.answers += [Answer(400)]
    emitter = dropin.Emitter(
        capture.url,
        batch_size=1,
        policy=policy,
        on_failure=lambda _count, events: [second.input(event) for event in events],
    )
    dropin.Tracker("shop", emitter, app_id="web").track(titled("Home"))
    second.sync_flush()

    refused, sent = (json.loads(request.body)["data"][0] for request in capture.requests)
    assert sent == {**refused, "stm": sent["stm"]}
    assert second.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_while_observing_events_of_others_are_observed_as_ones_own(capture, policy):
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    observing = {**policy, "mode": "observe", "until": until}
    second = dropin.Emitter(capture.url, batch_size=1, policy=observing, destination="other")
    capture.answers += [Answer(400)]
    emitter = dropin.Emitter(
        capture.url,
        batch_size=1,
        policy=observing,
        on_failure=lambda _count, events: [second.input(event) for event in events],
    )
    dropin.Tracker("shop", emitter).track(titled("jane@acme.com"))

    assert capture.messages()[0]["page"] == "jane@acme.com"
    assert second.safetrack.observation.summary()["changed"] == 1
