"""Segment's and RudderStack's drop-ins beside the host: threads, forks, errors, what they return."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import importlib
import inspect
import logging
import multiprocessing
import os
import queue
import random
import subprocess
import sys
import textwrap
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import hypothesis.strategies as st
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings

from safetrack import Policy
from safetrack.detect.detector import Finding
from safetrack.dropin import guard
from safetrack.testing import Answer, Canaries, assert_no_canary, capturing
from safetrack.vendors.channel import Carries, channel_at
from safetrack.vendors.segment import CHANNELS

LISTED = [
    "Signed Up",
    "One",
    "Two",
    "Three",
    "Before",
    "While",
    "At Once",
    "After",
    "Later",
    "Busy",
]
EVENTS = {name: {} for name in LISTED}
"""Names that somebody wrote down are not searched: most of these tests need no model."""
KEEP_PLAN = {"version": 1, "properties": {"plan": {"keep": ["pro"]}}, "events": EVENTS}
OBSERVE = {"version": 1, "mode": "observe", "until": "2999-01-01"}
HOSTILE_MESSAGES = 10_000 if os.environ.get("SAFETRACK_STRESS") else 120


@pytest.fixture(params=["segment", "rudderstack"])
def vendor(request):
    return request.param


@pytest.fixture
def plain(vendor):
    return importlib.import_module(f"{vendor}.analytics")


@pytest.fixture
def ours(vendor):
    return importlib.import_module(f"safetrack.dropin.{vendor}")


@pytest.fixture(autouse=True)
def loggers_as_they_were(vendor):
    """A client that is told to debug leaves a level and a handler behind."""
    logger = logging.getLogger(vendor)
    level, handlers = logger.level, list(logger.handlers)
    yield
    logger.setLevel(level)
    logger.handlers[:] = handlers


@pytest.fixture
def capture():
    with capturing() as capture:
        yield capture


@pytest.fixture
def made():
    clients = []
    yield clients
    for client in clients:
        client.join()


@pytest.fixture
def client(ours, capture, made):
    """Makes clients that send to the capture server, and ends them."""

    def make(policy: Any = None, **options: Any) -> Any:
        given = {"host": capture.url, "upload_interval": 0.05, **options}
        if type(policy) is not Policy:
            policy = Policy.from_dict({"events": EVENTS, **(policy or KEEP_PLAN)})
        made.append(ours.Client("write-key", policy=policy, **given))
        return made[-1]

    return make


# The same classes and names


def test_a_client_is_one_of_the_sdks_own(plain, client):
    made = client()

    assert isinstance(made, plain.Client)
    assert isinstance(made.consumers[0], plain.consumer.Consumer)
    assert isinstance(made.queue, queue.Queue)
    assert made.log is plain.Client.log


def test_every_public_name_of_the_sdk_can_be_imported(plain, ours):
    public = {name for name in vars(plain) if not name.startswith("_")}

    assert public <= set(ours.__all__)
    for name in public | {"__version__"}:
        assert hasattr(ours, name)
    for part in ("client", "consumer", "request"):
        for name in vars(getattr(plain, part)):
            assert hasattr(getattr(ours, part), name)


def test_what_can_send_is_never_the_sdks_own(plain, ours):
    for part in (ours, ours.client, ours.consumer, ours.request):
        for name in ("Client", "Consumer", "post", "track", "_proxy"):
            theirs = getattr(plain, part.__name__.rpartition(".")[2], plain)
            if hasattr(part, name) and hasattr(theirs, name):
                assert getattr(part, name) is not getattr(theirs, name)


def test_a_function_that_nobody_has_looked_at_is_refused(plain, ours, monkeypatch):
    def send_elsewhere() -> None:
        """A call of a future version."""

    send_elsewhere.__module__ = plain.__name__
    monkeypatch.setattr(plain, "send_elsewhere", send_elsewhere, raising=False)

    with pytest.raises(AttributeError, match="might send what is raw"):
        _ = ours.send_elsewhere
    with pytest.raises(AttributeError):
        _ = ours.there_is_no_such_name


def test_a_method_that_nobody_has_looked_at_is_blocked_and_counted(ours, client, monkeypatch):
    from safetrack.dropin.segment_family.client import guarded

    class Newer(ours.Client):
        def send_elsewhere(self, *_given: Any) -> str:
            return "sent"

    guarded(Newer)
    made = Newer("write-key", policy=Policy.from_dict(KEEP_PLAN), send=False)

    assert made.send_elsewhere("jane@acme.com", user="jane") is None
    assert made.safetrack.stats()["dropped"] == {"unknown_channel": 1}


def test_the_arguments_of_the_sdk_stay_in_their_places(plain, ours, capture, made):
    made.append(ours.Client("write-key", capture.url, policy=Policy.from_dict(KEEP_PLAN)))

    assert made[0].host == capture.url
    theirs, mine = map(inspect.signature, (plain.Client, ours.Client))
    assert list(mine.parameters) == [*theirs.parameters, "policy", "destination"]
    with pytest.raises(TypeError, match="no_such_option"):
        ours.Client("write-key", no_such_option=1, policy=Policy.from_dict(KEEP_PLAN))
    with pytest.raises(AssertionError):
        ours.Client(None, policy=Policy.from_dict(KEEP_PLAN))


# What the caller gets, and what becomes of what the caller gave


def test_the_caller_gets_the_message_as_the_sdk_makes_it(plain, client):
    theirs = plain.Client("write-key", send=False)
    given = {"timestamp": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "message_id": "m-1"}

    for speaker in (client(), client(sync_mode=True)):
        got = speaker.track("jane@acme.com", "Signed Up", {"plan": "pro"}, **given)
        assert got == theirs.track("jane@acme.com", "Signed Up", {"plan": "pro"}, **given)


def test_nothing_of_the_callers_is_changed(client):
    speaker = client()
    traits = {"plan": "pro", "list": [1, {"a": (1, 2)}], "set": {3}}
    context = {"ip": "203.0.113.9", "device": {"id": "d"}}
    switches = {"All": True, "Mixpanel": {"x": 1}}
    before = copy.deepcopy((traits, context, switches))

    speaker.identify("u", traits, context, integrations=switches)
    speaker.track("u", "Signed Up", traits, context, integrations=switches)
    speaker.group("u", "g", traits, context, integrations=switches)
    speaker.alias("p", "u", context, integrations=switches)
    speaker.page("u", "c", "n", traits, context, integrations=switches)
    speaker.screen("u", "c", "n", traits, context, integrations=switches)
    speaker.flush()

    assert (traits, context, switches) == before


def test_what_the_caller_does_to_the_returned_message_is_sanitized_too(client, capture):
    speaker = client()
    _, message = speaker.track("u", "Signed Up")
    message["properties"].update(plan="pro", email="jane@acme.com")
    speaker.flush()

    assert capture.messages()[0]["properties"].keys() <= {"plan"}


def test_ids_are_the_same_in_every_call(client, capture, vendor):
    speaker = client()
    context = {"traits": {}, "groupId": "g"}
    speaker.identify("jane", anonymous_id="anon")
    speaker.alias("anon", "jane")
    speaker.group("jane", "g", context=context)
    speaker.flush()

    person, alias, group = capture.messages()
    assert person["userId"] == alias["userId"] == group["userId"]
    assert person["anonymousId"] == alias["previousId"]
    assert group["groupId"] == group["context"]["groupId"]
    assert person["userId"].startswith("st1_")


def test_an_event_of_nobody_still_counts_and_one_that_would_be_refused_is_left_out(client, capture):
    nobody = {"version": 1, "identity": {"person": "drop", "group": "drop"}}
    speaker = client(nobody)
    speaker.track("jane", "Signed Up")
    speaker.group("jane", "g")
    speaker.alias("anon", "jane")
    speaker.flush()

    (message,) = capture.messages()
    assert message["anonymousId"] == message["messageId"]
    assert speaker.safetrack.stats() == {"tracked": 3, "passed": 1, "dropped": {"rejected": 2}}


def test_an_event_without_an_id_gets_one(client, capture):
    speaker = client()
    speaker.track("jane", "Signed Up", message_id="")
    speaker.track("jane", "Signed Up", message_id="")
    speaker.flush()

    first, second = (message["messageId"] for message in capture.messages())
    assert first != second


def test_switches_restrict_at_the_vendor_and_its_own_stops_the_event(client, capture, vendor):
    speaker = client()
    speaker.track("u", "One", integrations={"All": False, "Mixpanel": {"key": 1}})
    speaker.track("u", "Two", integrations={vendor.title(): False})
    speaker.track("u", "Three", integrations={"All": "maybe"})
    speaker.flush()

    (message,) = capture.messages()
    assert message["integrations"] == {"All": False, "Mixpanel": True}
    assert speaker.safetrack.stats()["dropped"] == {"integration_off": 1, "bad_control": 1}


# Batches, the queue, flush


def test_flush_returns_when_all_messages_were_dropped(client, capture):
    speaker = client({"version": 1, "unlisted_events": "drop"})
    for _ in range(250):
        speaker.track("u", "Unlisted")
    speaker.flush()

    assert speaker.safetrack.stats()["dropped"] == {"event_dropped": 250}
    assert capture.requests == []
    assert speaker.queue.unfinished_tasks == 0


def test_what_is_no_message_costs_itself_alone(client, capture):
    speaker = client()
    for thing in ("jane@acme.com", None, {}, {"type": "track"}, {"type": "jane@acme.com"}):
        speaker.queue.put(thing)
    speaker.track("u", "Signed Up")
    speaker.flush()

    assert [message["event"] for message in capture.messages()] == ["Signed Up"]


def test_a_message_that_grows_too_large_is_left_out(client, capture, monkeypatch, plain):
    policy = {"version": 1, "properties": {"ids": "pseudonymize"}}
    speaker = client(policy)
    limit = plain.consumer.MAX_MSG_SIZE
    monkeypatch.setattr(plain.consumer, "MAX_MSG_SIZE", min(limit, 32 << 10))
    speaker.track("u", "Signed Up", {"ids": list(range(2000))})
    speaker.track("u", "Signed Up")
    speaker.flush()

    assert len(capture.messages()) == 1
    assert speaker.safetrack.stats()["dropped"] == {"too_large": 1}


def test_large_messages_go_in_several_requests(client, capture, monkeypatch, plain):
    monkeypatch.setattr(plain.consumer, "BATCH_SIZE_LIMIT", 50_000)
    speaker = client({"version": 1, "properties": {"ids": "pseudonymize"}}, upload_interval=0.3)
    for _ in range(8):
        speaker.track("u", "Signed Up", {"ids": list(range(300))})
    speaker.flush()

    assert len(capture.messages()) == 8
    assert max(len(request.content()) for request in capture.requests) < 90_000


def test_a_full_queue_is_counted(ours, capture):
    speaker = ours.Client("k", capture.url, max_queue_size=1, policy=Policy.from_dict(KEEP_PLAN))
    speaker.join()
    speaker._start = lambda: None

    assert speaker.track("u", "One")[0]
    assert not speaker.track("u", "Two")[0]
    assert speaker.safetrack.stats()["dropped"] == {"queue_full": 1}


def test_threads_that_ended_begin_again(client, capture):
    speaker = client()
    speaker.shutdown()
    speaker.track("u", "Signed Up")
    speaker.flush()

    assert len(capture.messages()) == 1


def test_join_sends_what_is_queued_and_all_threads_end(client, capture):
    speaker = client(upload_size=1, thread=3)
    for number in range(40):
        speaker.track("u", LISTED[number % 3])
    speaker.join()

    assert len(capture.messages()) == 40
    assert [consumer.is_alive() for consumer in speaker.consumers] == [False] * 3


def test_a_client_without_threads_can_be_shut_down(client):
    client(sync_mode=True).shutdown()


def test_no_thread_starts_while_the_interpreter_ends(client, monkeypatch, caplog):
    speaker = client()
    speaker.join()

    def start(_self: Any) -> None:
        raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", start)
    speaker.track("u", "Signed Up")

    assert "no sender thread" in caplog.text


# Errors and logs


@pytest.mark.parametrize("sync_mode", [False, True])
def test_errors_before_the_last_hop_hold_no_value(client, ours, capture, sync_mode, caplog):
    caplog.set_level(logging.DEBUG)
    own = Canaries()
    speaker = client(sync_mode=sync_mode, debug=True)
    ours.default_client = speaker
    cyclic: dict[str, Any] = {"by": own.email()}
    cyclic["self"] = cyclic
    wrong = [
        lambda by: by.track(None, own.email()),
        lambda by: by.track(own.email(), None),
        lambda by: by.track(own.email(), "x", own.email()),
        lambda by: by.track(own.email(), "x", cyclic),
        lambda by: by.track(own.email(), "x", {"a": own.email() * 300_000}),
        lambda by: by.track(own.email(), "x", {"a": 10**5000}),
        lambda by: by.track(own.email(), "x", {(own.email(),): 1}),
        lambda by: by.identify(own.email(), timestamp=own.email()),
        lambda by: by.identify(own.email(), context=own.email()),
        lambda by: by.alias(own.email()),
        lambda by: by.group(own.email(), [own.email()]),
        lambda by: by.page(own.email(), 7, own.email()),
        lambda by: by.page(own.email(), no_such=own.email()),
    ]

    shown = []
    for call in wrong:
        for by in (speaker, ours):
            with pytest.raises(Exception) as caught:
                call(by)
            shown.append(frames_of(caught.value))
    ours.default_client = None

    assert_no_canary(shown, own)
    assert_no_canary(caplog.text, own)


def frames_of(error: BaseException) -> str:
    """What an error tracker ships of an error, but for the frames of this test."""
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    while found.stack and found.stack[0].filename == __file__:
        del found.stack[0]
    return "".join(found.format())


def test_an_error_of_the_transport_keeps_what_callers_read(client, capture, plain):
    speaker = client(sync_mode=True)
    capture.answers.append(Answer(400, b'{"code": "invalid_request", "message": "no"}'))

    with pytest.raises(plain.request.APIError) as caught:
        speaker.track("jane@acme.com", "Signed Up", {"email": "jane@acme.com"})

    error = caught.value
    assert (error.status, error.code, error.message) == (400, "invalid_request", "no")
    assert "jane" not in frames_of(error)


def test_an_unreachable_server_is_an_error_of_its_own_type(client):
    speaker = client(sync_mode=True, host="http://127.0.0.1:9")

    with pytest.raises(requests.ConnectionError) as caught:
        speaker.track("jane@acme.com", "Signed Up")

    assert caught.value.request is not None
    assert "jane" not in frames_of(caught.value)


def test_while_observing_an_error_of_the_transport_holds_no_value(client, capture, plain):
    speaker = client(OBSERVE, sync_mode=True)
    capture.answers.append(Answer(400, b'{"code": "jane@acme.com", "message": "jane@acme.com"}'))

    with pytest.raises(plain.request.APIError) as caught:
        speaker.track("jane@acme.com", "Signed Up", {"email": "jane@acme.com"})

    assert caught.value.status == 400
    assert "jane" not in frames_of(caught.value)


def test_callbacks_get_sanitized_messages(client, capture):
    own = Canaries()
    given: list[Any] = []
    speaker = client(on_error=lambda *args: given.append(args), max_retries=0)
    capture.answers.append(Answer(400))
    speaker.track(own.email(), "Signed Up", {"email": own.email(), "plan": "pro"})
    speaker.flush()

    ((error, batch),) = given
    assert batch[0]["properties"] == {"plan": "pro"}
    assert_no_canary([repr(batch), frames_of(error)], own)


def test_a_callback_that_fails_does_not_end_the_thread(client, capture):
    def fail(*_args: Any) -> None:
        raise ValueError

    speaker = client(on_error=fail, max_retries=0)
    capture.answers.append(Answer(400))
    speaker.track("u", "One")
    speaker.flush()
    speaker.track("u", "Two")
    speaker.flush()

    assert len(capture.requests) == 2


def test_a_message_that_comes_again_keeps_its_id_and_is_counted_once(ours, client, capture):
    if not hasattr(ours.Client.DefaultConfig, "max_rate_limit_duration"):
        pytest.skip("this SDK puts nothing back into its queue")
    speaker = client()
    capture.answers.append(Answer(429, headers=(("Retry-After", "1"),)))
    speaker.track("u", "Signed Up")
    speaker.flush()

    first, second = (request.json()["batch"][0] for request in capture.requests)
    assert first == second
    assert speaker.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_a_retry_carries_the_same_message(client, capture):
    speaker = client(max_retries=3)
    capture.answers.append(Answer(503))
    speaker.track("u", "Signed Up")
    speaker.flush()

    first, second = (request.json()["batch"] for request in capture.requests)
    assert first == second


# What is changed behind the guard


EMAIL = "jane.canary@example.org"
PLAN = {"version": 1, "properties": {"plan": "keep", "n": "keep"}, "events": EVENTS}


@pytest.fixture
def sender(ours, capture):
    """Makes a consumer with one message in its queue, whose `request` is as given."""

    def make(request: Any, policy: Any = PLAN, **properties: Any) -> Any:
        kind = type("Own", (ours.consumer.Consumer,), {"request": request} if request else {})
        found = queue.Queue()
        found.put({"type": "track", "event": "One", "userId": "u", **TRACKED, **properties})
        own = kind(found, "k", host=capture.url, policy=Policy.from_dict(policy), retries=0)
        own.upload_interval = 0.05
        return own

    return make


TRACKED = {"messageId": "m", "timestamp": "2026-01-01T00:00:00Z", "context": {}}


def top(message: dict[str, Any]) -> None:
    message["userId"] = EMAIL


def deep(message: dict[str, Any]) -> None:
    message["properties"]["plan"] = EMAIL


def in_disguise(message: dict[str, Any]) -> None:
    class Same(str):
        __slots__ = ()

        def __eq__(self, _other: object) -> bool:
            return True

        __hash__ = str.__hash__

    message["properties"]["plan"] = Same(EMAIL)


def with_other_items(message: dict[str, Any]) -> None:
    class Other(dict):
        def items(self) -> Any:
            return [("plan", EMAIL)]

    message["properties"] = Other(message["properties"])


def what_cannot_be_written(message: dict[str, Any]) -> None:
    message["properties"]["plan"] = {EMAIL}


CHANGES = [top, deep, in_disguise, with_other_items, what_cannot_be_written]


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_subclass_writes_into_a_batch_is_sanitized(change, sender, ours, capture):
    def request(self: Any, batch: Any) -> Any:
        for message in batch:
            change(message)
        return ours.consumer.Consumer.request(self, batch)

    own = sender(request, properties={"plan": "pro"})
    own.upload()

    assert EMAIL not in str([found.content() for found in capture.requests])
    assert own.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}
    assert len(capture.messages()) == 1


def test_what_a_callback_writes_into_a_batch_and_queues_again_is_sanitized(client, capture):
    def again(_error: Any, batch: Any) -> None:
        for message in batch:
            top(message)
            speaker.queue.put(message)

    speaker = client(on_error=again, max_retries=0)
    capture.answers.append(Answer(400))
    speaker.track("u", "Signed Up")
    speaker.flush()

    assert len(capture.requests) == 2
    assert EMAIL not in str([found.content() for found in capture.requests])
    assert speaker.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_what_a_callback_queues_again_unchanged_keeps_its_id(client, capture):
    speaker = client(
        on_error=lambda _error, batch: [speaker.queue.put(one) for one in batch],
        policy={"version": 1, "properties": {"n": "keep"}},
        max_retries=0,
    )
    capture.answers.append(Answer(400))
    speaker.track("u", "Signed Up", {"n": 2**70, "name": "Zoë"})
    speaker.flush()

    first, second = (request.json()["batch"] for request in capture.requests)
    assert first == second
    assert speaker.safetrack.stats()["tracked"] == 1


def test_what_one_policy_let_out_is_sanitized_by_the_next_one(client, capture):
    failed: list[Any] = []
    lax = {"version": 1, "properties": {"plan": "keep"}, "identity": {"person": "keep"}}
    first = client(lax, on_error=lambda _error, batch: failed.extend(batch), max_retries=0)
    second = client({"version": 1})
    capture.answers.append(Answer(400))
    first.track("u", "Signed Up", {"plan": "pro"})
    first.flush()
    for message in failed:
        second.queue.put(message)
    second.flush()

    raw, sanitized = (request.json()["batch"][0] for request in capture.requests)
    assert (raw["userId"], raw["properties"]) == ("u", {"plan": "pro"})
    assert sanitized["userId"] != "u"
    assert not sanitized.get("properties")
    assert second.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_what_is_changed_to_something_that_may_not_leave_is_counted(sender, ours, capture):
    def request(self: Any, batch: Any) -> Any:
        for message in batch:
            message["event"] = "Debug"
        return ours.consumer.Consumer.request(self, batch)

    own = sender(request, PLAN | {"unlisted_events": "drop"})
    own.upload()

    assert capture.requests == []
    assert own.safetrack.stats() == {"tracked": 1, "passed": 0, "dropped": {"event_dropped": 1}}


def test_while_observing_a_subclass_sends_what_it_likes(sender, ours, capture, monkeypatch):
    is_over: list[bool] = []

    def request(self: Any, batch: Any) -> Any:
        for message in batch:
            top(message)
        if is_over:
            monkeypatch.setattr(guard, "_today", lambda: dt.date(2999, 1, 2))
        return ours.consumer.Consumer.request(self, batch)

    own = sender(request, OBSERVE)
    own.upload()
    own.queue.put({"type": "track", "event": "Two", "userId": "u", **TRACKED})
    is_over.append(True)
    own.upload()

    during, after = capture.messages()
    assert during["userId"] == EMAIL
    assert after["userId"] != EMAIL


def test_what_is_handed_to_a_sender_is_in_no_frame_of_its_error(sender, capture, plain):
    capture.answers.append(Answer(400, b'{"code": "c", "message": "m"}'))

    with pytest.raises(plain.request.APIError) as caught:
        sender(None).request([{"type": "track", "event": "One", "userId": EMAIL, **TRACKED}])

    assert EMAIL not in frames_of(caught.value)


# Endpoints


def moved(url: str) -> Answer:
    return Answer(307, headers=(("Location", url),))


@pytest.mark.parametrize("sync_mode", [False, True])
def test_a_request_to_an_endpoint_that_is_in_no_table_is_blocked(client, capture, sync_mode, plain):
    errors: list[Any] = []
    speaker = client(sync_mode=sync_mode, on_error=lambda error, _batch: errors.append(error))
    capture.answers.append(moved(f"{capture.url}/elsewhere"))

    try:
        speaker.track("u", "Signed Up")
    except plain.request.APIError as error:
        errors.append(error)
    speaker.flush()

    assert [request.path for request in capture.requests] == ["/v1/batch"]
    assert [error.code for error in errors] == ["unknown_channel"]
    books = {"tracked": 1, "passed": 0, "dropped": {"unknown_channel": 1}}
    assert speaker.safetrack.stats() == books


def test_plain_clients_and_those_that_observe_go_where_the_server_sends_them(
    client, capture, plain
):
    theirs = plain.Client("write-key", host=capture.url, sync_mode=True)
    for speaker in (theirs, client(OBSERVE, sync_mode=True)):
        capture.answers.extend([moved(f"{capture.url}/elsewhere"), Answer(200)])
        speaker.track("u", "Signed Up")

    assert [request.path for request in capture.requests] == ["/v1/batch", "/elsewhere"] * 2
    assert isinstance(plain.request._session.get_adapter("http://a"), requests.adapters.HTTPAdapter)


# Policies


def test_clients_with_different_policies_live_side_by_side(client, capture, plain):
    open_one = client({"version": 1, "properties": {"plan": "keep"}}, sync_mode=True)
    shut_one = client({"version": 1}, sync_mode=True)
    theirs = plain.Client("write-key", host=capture.url, sync_mode=True)

    for speaker in (open_one, shut_one, theirs):
        speaker.track("jane", "Signed Up", {"plan": "pro", "note": "n"})

    assert [message["properties"] for message in capture.messages()] == [
        {"plan": "pro"},
        {},
        {"plan": "pro", "note": "n"},
    ]
    assert capture.messages()[2]["userId"] == "jane"


def test_the_scope_is_the_destination(client, capture, vendor):
    for name in (None, "other"):
        client(sync_mode=True, destination=name).track("jane", "Signed Up")

    mine, other = (message["userId"] for message in capture.messages())
    assert mine != other


def test_a_switch_of_the_environment_stops_everything(client, capture, monkeypatch):
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    speaker, at_once = client(), client(sync_mode=True)
    speaker.track("u", "Signed Up")
    at_once.track("u", "Signed Up")
    speaker.flush()

    assert capture.requests == []
    assert speaker.safetrack.stats()["dropped"] == {"disabled": 1}


def test_what_observing_would_have_changed_is_recorded(client, capture):
    speaker = client(OBSERVE)
    speaker.track("jane@acme.com", "Signed Up", {"plan": "pro"})
    speaker.queue.put({"type": "track", "bad": object()})
    speaker.flush()

    summary = speaker.safetrack.observation.summary()
    paths = {decision["path"] for decision in summary["decisions"]}
    assert capture.messages()[0]["userId"] == "jane@acme.com"
    assert {"userId", "properties.plan"} <= paths
    assert "context.library" not in paths
    assert speaker.safetrack.stats()["dropped"] == {"unreadable": 1}


# OAuth, which Segment's SDK alone has


@pytest.fixture
def oauth(capture):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "oauth_client_id": "id",
        "oauth_client_key": key,
        "oauth_key_id": "kid",
        "oauth_auth_server": capture.url,
    }


@pytest.mark.parametrize("vendor", ["segment"])
def test_a_token_is_asked_for_without_any_of_the_users_data(client, capture, oauth):
    own = Canaries()
    speaker = client(**oauth)
    speaker.track(own.email(), "Signed Up", {"email": own.email()})
    speaker.flush()
    speaker.oauth_manager.thread.cancel()

    asked, sent = capture.requests
    assert (asked.path, sent.path) == ("/token", "/v1/batch")
    assert sent.bearer()
    assert_no_canary(capture, own)
    assert channel_at(CHANNELS, asked.method, asked.path).carries is Carries.NOTHING


@pytest.mark.parametrize("vendor", ["segment"])
def test_a_child_can_ask_for_a_token_of_its_own(client, capture, oauth):
    speaker = client(**oauth)
    speaker.oauth_manager.token_mutex.acquire()  # as a thread that does not exist in the child

    def child() -> None:
        speaker.track("u", "After")
        speaker.flush()

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(30)
    speaker.oauth_manager.token_mutex.release()

    assert process.exitcode == 0
    assert [request.path for request in capture.requests] == ["/token", "/v1/batch"]


# Threads, processes


def test_32_threads_lose_nothing(client, capture):
    speaker = client()

    def speak(number: int) -> None:
        for count in range(20):
            speaker.track(f"user-{number}", "Signed Up", {"plan": f"p{count}"})

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(speak, range(32)))
    speaker.flush()

    messages = capture.messages()
    assert len(messages) == 640
    assert len({message["messageId"] for message in messages}) == 640
    assert len({message["userId"] for message in messages}) == 32


def test_32_threads_make_one_client_of_the_module(ours, capture, monkeypatch):
    for name, value in {
        "default_client": None,
        "write_key": "k",
        "host": capture.url,
        "dataPlaneUrl": capture.url,
        "policy": Policy.from_dict(KEEP_PLAN),
    }.items():
        monkeypatch.setattr(ours, name, value, raising=False)
    barrier = threading.Barrier(32)

    def speak(number: int) -> int:
        barrier.wait()
        ours.track(f"user-{number}", "Signed Up")
        return id(ours.default_client)

    with ThreadPoolExecutor(32) as pool:
        clients = set(pool.map(speak, range(32)))
    ours.shutdown()

    assert len(clients) == 1
    assert len(capture.messages()) == 32


def test_asyncio_tasks_track_without_waiting(client, capture):
    speaker = client()

    async def speak(number: int) -> None:
        await asyncio.sleep(0)
        speaker.track(f"user-{number}", "Signed Up")

    async def all_of_them() -> None:
        await asyncio.gather(*(speak(number) for number in range(100)))
        await asyncio.to_thread(speaker.flush)

    asyncio.run(all_of_them())

    assert len(capture.messages()) == 100


def test_a_client_made_before_a_fork_sends_in_the_child(client, capture):
    speaker, at_once = client(), client(sync_mode=True)
    speaker.track("parent", "Before")
    speaker.flush()
    speaker.track("parent", "While")

    def child() -> None:
        at_once.track("child", "At Once")
        for _ in range(5):
            speaker.track("child", "After")
        speaker.flush()
        speaker.shutdown()

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(30)
    speaker.track("parent", "Later")
    speaker.flush()

    assert process.exitcode == 0
    events = sorted(message["event"] for message in capture.messages())
    assert events == sorted(["Before", "While", "At Once", *["After"] * 5, "Later"])
    assert speaker.safetrack.stats()["tracked"] == 3


def test_children_of_a_busy_parent_never_hang(client, capture):
    speaker = client(upload_interval=0.01)
    ending = threading.Event()

    def keep_busy() -> None:
        while not ending.is_set():
            speaker.track("parent", "Busy")
            ending.wait(0.002)

    busy = threading.Thread(target=keep_busy)
    busy.start()

    def child() -> None:
        speaker.track("child", "After")
        speaker.flush()

    processes = [multiprocessing.get_context("fork").Process(target=child) for _ in range(6)]
    try:
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
    finally:
        ending.set()
        busy.join()

    assert [process.exitcode for process in processes] == [0] * 6
    after = [message for message in capture.messages() if message["event"] == "After"]
    assert len(after) == 6


def test_connections_of_the_parent_are_not_used_in_the_child(client, capture, plain):
    speaker = client(sync_mode=True)
    speaker.track("parent", "Before")
    before = {id(adapter) for adapter in plain.request._session.adapters.values()}

    def child() -> None:
        after = {id(adapter) for adapter in plain.request._session.adapters.values()}
        os._exit(bool(before & after))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(30)

    assert process.exitcode == 0
    assert {id(adapter) for adapter in plain.request._session.adapters.values()} == before


def test_the_end_of_the_interpreter_sends_what_is_queued(vendor, capture, tmp_path):
    program = f"""
        import safetrack.dropin.{vendor} as analytics
        from safetrack import Policy
        analytics.write_key = "k"
        analytics.host = analytics.dataPlaneUrl = {capture.url!r}
        analytics.policy = Policy.from_dict({KEEP_PLAN!r})
        for number in range(300):
            analytics.track("jane@acme.com", "Signed Up", {{"plan": "pro", "n": number}})
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert len(capture.messages()) == 300
    assert "jane" not in repr(capture.messages())


# Faults


class Failing:
    """A detector that fails at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  the same failures each time

    def find(self, queries: Any) -> list[tuple[Finding, ...]]:
        if self._random.random() < 0.5:
            raise RuntimeError("jane@acme.com")
        return [() for _ in queries]


def test_a_detector_that_fails_costs_the_value_and_nothing_hangs(client, capture, caplog):
    speaker = client({"version": 1, "properties": {"note": "keep", "plan": {"keep": ["pro"]}}})
    speaker.safetrack._sanitizer.detector = Failing(7)
    for number in range(200):
        speaker.track("u", "Signed Up", {"note": f"words {number}", "plan": "pro"})
    speaker.flush()

    assert len(capture.messages()) == 200
    assert all(message["properties"].get("plan") == "pro" for message in capture.messages())
    assert "jane" not in caplog.text


def test_a_sanitizer_that_fails_costs_the_batch_and_nothing_hangs(client, capture, monkeypatch):
    speaker = client()

    def fail(*_args: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(speaker.safetrack._sanitizer, "process", fail)
    speaker.track("u", "Signed Up")
    speaker.flush()

    assert capture.requests == []
    assert speaker.safetrack.stats()["dropped"] == {"sanitizer_error": 1}


class Odd:
    def __str__(self) -> str:
        raise ValueError("jane@acme.com")


class OddDict(dict):
    def items(self) -> Any:
        raise ValueError("jane@acme.com")


ODD = st.sampled_from(
    [
        Odd(),
        OddDict(a=1),
        b"jane@acme.com",
        10**40,
        float("nan"),
        float("-inf"),
        "\ud800jane@acme.com",
        "\x00jane@acme.com",
        "jane%40acme.com",
        "amFuZUBhY21lLmNvbQ==",
        "jane@acme.com",
        "+1 202 555 0143",
        dt.datetime(2026, 1, 1),  # noqa: DTZ001  as callers write it
        dt.date(2026, 1, 1),
        {1, 2},
        ("jane@acme.com",),
        None,
        True,
        object,
    ]
)
ANYTHING = st.recursive(
    ODD | st.text(max_size=20) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.just("jane@acme.com"), inner, max_size=3)
    ),
    max_leaves=8,
)
ARGUMENTS = {
    "identify": ("user_id", "traits", "context", "timestamp", "anonymous_id", "integrations"),
    "track": ("user_id", "event", "properties", "context", "timestamp", "anonymous_id"),
    "alias": ("previous_id", "user_id", "context", "timestamp", "integrations", "message_id"),
    "group": ("user_id", "group_id", "traits", "context", "message_id", "integrations"),
    "page": ("user_id", "category", "name", "properties", "context", "anonymous_id"),
    "screen": ("user_id", "category", "name", "properties", "context", "message_id"),
}


def test_hostile_messages_leak_nothing_and_hang_nothing(client, capture):
    speaker = client({"version": 1, "unlisted": "scrub", "context": {"**": "scrub"}}, max_retries=0)
    speaker.safetrack.warm()  # what it loads must not be half loaded while hypothesis looks at it
    bags = {"traits", "properties", "context", "integrations"}
    seen = []

    @settings(max_examples=HOSTILE_MESSAGES, database=None)
    @given(st.sampled_from(sorted(ARGUMENTS)), st.data())
    def speak(call: str, data: Any) -> None:
        arguments = {
            name: data.draw(st.dictionaries(st.text(max_size=6), ANYTHING, max_size=3) | ANYTHING)
            if name in bags
            else data.draw(st.text(max_size=12) | st.just("jane@acme.com") | ANYTHING)
            for name in ARGUMENTS[call]
        }
        try:
            getattr(speaker, call)(**arguments)
        except Exception as error:  # noqa: BLE001  of whatever type, it says nothing
            seen.append(repr(error))

    speak()
    speaker.flush()

    own = Canaries()
    own.plant("email", "jane@acme.com")
    assert_no_canary(capture, own)
    assert_no_canary(seen, own)
    books = speaker.safetrack.stats()
    assert books["tracked"] == books["passed"] + sum(books["dropped"].values())
    assert len(capture.messages()) == books["passed"]
