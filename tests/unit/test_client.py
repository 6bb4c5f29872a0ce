"""The client, as the contract describes it."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import re
import subprocess
import sys
import threading
import time
import traceback
import uuid

import pytest

import hostile
from recording import Recorder
from safetrack import request_context
from safetrack.client import Client
from safetrack.delivery import endings, pipeline
from safetrack.destinations.destination import SendResult
from safetrack.errors import ConfigError, DeliveryError, EventError, PolicyError
from safetrack.event import Event, Reason
from safetrack.keys.keyring import TOKEN
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.open import open_spool
from safetrack.outbox.sealed.log import HEADER_BYTES
from safetrack.outbox.sqlite import SqliteOutbox
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from sanitizing import KEYS

EMAIL = "jane.canary@acme.com"
RULES = {"plan": {"keep": ["free", "pro"]}, "n": {"keep": "integer", "min": 0, "max": 99}}
POLICY = {
    "version": 1,
    "properties": RULES,
    "traits": RULES,
    "group_traits": RULES,
    "context": {"locale": {"keep": ["de", "fr"]}},
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch, tmp_path):
    for name in ("SAFETRACK_POLICY", "SAFETRACK_DISABLED", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAFETRACK_KEYS", KEYS)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def make(recorder):
    made = []

    def client(policy=None, **options):
        options.setdefault("destinations", {"vendor": recorder})
        made.append(Client({**POLICY, **(policy or {})}, **options))
        return made[-1]

    yield client
    for client_ in made:
        client_.close(0)


def wait_for(condition, seconds=30):
    """Until a thread has come so far."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def sent(client, recorder):
    """What reached the destination."""
    assert client.flush(60)
    return recorder.events


# The calls


def test_track_sends_what_the_policy_lets_out(make, recorder):
    client = make()
    client.track(
        "user-42",
        "Signed Up",
        {"plan": "pro", "email": EMAIL},
        groups={"company": "org-7"},
        anonymous_id="anon-1",
        context={"locale": "de", "ip": "192.0.2.1"},
        timestamp=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        message_id="m-1",
    )
    (event,) = sent(client, recorder)
    ids = [event.pop("userId"), event.pop("anonymousId"), event.pop("groups")["company"]]
    assert all(map(TOKEN.fullmatch, ids))
    uuid.UUID(event.pop("messageId"))
    assert event == {
        "type": "track",
        "event": "Signed Up",
        "properties": {"plan": "pro"},
        "context": {"locale": "de"},
        "timestamp": "2026-01-02T03:04:05Z",
    }


def test_identify_sends_traits_and_those_to_be_set_once(make, recorder):
    client = make()
    client.identify("u", {"plan": "pro", "email": EMAIL}, set_once={"plan": "free", "x": EMAIL})
    client.identify("u", {"plan": "pro"})
    first, second = sent(client, recorder)
    assert (first["type"], first["traits"]) == ("identify", {"plan": "pro"})
    assert first["properties"] == {"$set_once": {"plan": "free"}}
    assert "properties" not in second


def test_group_sends_the_group_its_type_and_its_traits(make, recorder):
    client = make()
    client.group("u", "org-7", {"plan": "pro", "email": EMAIL}, group_type="company")
    (event,) = sent(client, recorder)
    assert (event["type"], event["groupType"], event["traits"]) == (
        "group",
        "company",
        {"plan": "pro"},
    )
    assert TOKEN.fullmatch(event["groupId"])


def test_alias_sends_both_ids(make, recorder):
    client = make()
    client.alias("u", previous_id="anon-9")
    client.track("anon-9", "Signed Up")
    alias, track = sent(client, recorder)
    assert alias["type"] == "alias"
    assert alias["previousId"] == track["userId"] != alias["userId"]


@pytest.mark.parametrize("kind", ["page", "screen"])
def test_pages_and_screens_have_a_name_and_a_category(make, recorder, kind):
    client = make()
    getattr(client, kind)("u", "Pricing", {"plan": "pro", "x": 1}, category="Docs")
    (event,) = sent(client, recorder)
    assert (event["type"], event["name"], event["category"]) == (kind, "Pricing", "Docs")
    assert event["properties"] == {"plan": "pro"}


CALLS = ("track", "identify", "group", "alias", "page", "screen")


@pytest.mark.parametrize("call", CALLS)
def test_every_call_takes_the_same_keywords_and_returns_the_message_id(make, recorder, call):
    client = make()
    own = getattr(client, call)(
        *("u", "Signed Up" if call == "track" else None),
        anonymous_id="a",
        groups={"company": "g"},
        context={"locale": "fr"},
        timestamp="2026-01-02T03:04:05Z",
        message_id="m-1",
        integrations={"Other": False},
    )
    assert own == "m-1"
    (event,) = sent(client, recorder)
    assert event.keys() >= {"anonymousId", "groups", "context", "integrations", "messageId"}
    assert event["timestamp"] == "2026-01-02T03:04:05Z"
    assert event["messageId"] != "m-1"


@pytest.mark.parametrize("call", CALLS)
def test_a_call_without_an_id_returns_a_new_one(make, call):
    client = make()
    first, second = (getattr(client, call)("u") for _ in range(2))
    assert uuid.UUID(first) != uuid.UUID(second)


def test_a_message_id_may_be_a_number_or_a_uuid(make):
    client = make()
    assert client.track("u", "A", message_id=7) == "7"
    own = uuid.uuid4()
    assert client.track("u", "A", message_id=own) == str(own)


def test_a_call_without_a_time_has_that_of_the_call(make, recorder):
    client = make()
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    client.track("u", "Signed Up")
    (event,) = sent(client, recorder)
    assert before <= dt.datetime.fromisoformat(event["timestamp"]) <= dt.datetime.now(dt.UTC)


def test_a_keyword_that_no_form_knows_does_not_leave(make, recorder):
    client = make()
    client.track("u", "Signed Up", custom={"email": EMAIL})
    assert EMAIL not in repr(sent(client, recorder))


def test_the_caller_may_change_what_it_passed_at_once(make, recorder):
    client = make()
    properties = {"plan": "pro"}
    client.track("u", "Signed Up", properties)
    properties["plan"] = "free"
    assert sent(client, recorder)[0]["properties"] == {"plan": "pro"}


# The caller is never hurt


POSITIONS = {"track": 3, "identify": 2, "group": 3, "alias": 2, "page": 3, "screen": 3}
KEYWORDS = {"identify": ["set_once"], "group": ["group_type"], "page": ["category"]}


@pytest.mark.parametrize("call", CALLS)
def test_no_call_raises_or_runs_code_whatever_it_is_given(make, call):
    client = make(default_properties={"n": 1})
    words = [
        "anonymous_id",
        "groups",
        "context",
        "timestamp",
        "message_id",
        "integrations",
        "other",
    ]
    words += KEYWORDS.get(call, [])
    hostile.CALLS.clear()
    for thing in (*hostile.objects(), b"x", float("nan"), 10**5000, "\ud800", [[]], object()):
        given = [thing] * POSITIONS[call]
        message_id = getattr(client, call)(*given, **dict.fromkeys(words, thing))
        assert type(message_id) is str
    assert hostile.CALLS == []
    assert client.flush(60)


def test_calls_with_a_context_of_hostile_things_raise_nothing(make):
    client = make()
    hostile.CALLS.clear()
    for thing in hostile.objects():
        with request_context.context(user_id=thing, groups=thing, properties=thing):
            client.track("u", "A", {"n": 1}, groups={"company": "g"})
    assert hostile.CALLS == []


def test_a_thread_that_changes_the_values_meanwhile_does_no_harm(make):
    client = make()
    properties = {"plan": "pro"}
    stop = threading.Event()

    def change():
        number = 0
        while not stop.is_set():
            number += 1
            properties[f"k{number % 99}"] = number
            properties.pop(f"k{number * 7 % 99}", None)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(200):
            client.track("u", "Signed Up", properties)
    finally:
        stop.set()
        thread.join()
    assert client.flush(60)
    assert client.stats()["vendor"]["tracked"] == 200


# Added properties


def test_default_properties_are_added_and_the_call_s_own_win(make, recorder):
    client = make(default_properties={"plan": "free", "n": 1})
    client.track("u", "A1", {"plan": "pro"})
    client.page("u", "A2")
    client.identify("u", {"n": 5})
    track, page, identify = sent(client, recorder)
    assert track["properties"] == {"plan": "pro", "n": 1}
    assert page["properties"] == {"plan": "free", "n": 1}
    assert "properties" not in identify


def test_default_properties_are_added_to_any_mapping_that_can_be_read(make, recorder):
    from collections import OrderedDict
    from dataclasses import dataclass

    @dataclass
    class Properties:
        plan: str

    client = make(default_properties={"n": 1})
    client.track("u", "A1", OrderedDict(plan="pro"))
    client.track("u", "A2", Properties("pro"))
    first, second = sent(client, recorder)
    assert first["properties"] == second["properties"] == {"plan": "pro", "n": 1}


def test_default_properties_go_through_the_policy_too(make, recorder):
    client = make(default_properties={"email": EMAIL})
    client.track("u", "A")
    assert EMAIL not in repr(sent(client, recorder))


def test_a_request_s_context_is_added_and_the_call_s_own_win(make, recorder):
    client = make(default_properties={"plan": "free", "n": 1})
    with request_context.context(
        user_id="u",
        groups={"company": "c", "team": "t"},
        context={"locale": "de"},
        properties={"n": 2},
    ):
        client.track(event="A1")
        client.track("v", "A2", {"n": 3}, groups={"team": "s"}, context={"x": 1})
    client.track("u", "A3")
    client.track("v", "A4", groups={"company": "c", "team": "s"})
    first, second, third, fourth = sent(client, recorder)
    assert first["userId"] == third["userId"]
    assert second["userId"] == fourth["userId"] != first["userId"]
    assert first["properties"] == {"plan": "free", "n": 2}
    assert second["properties"] == {"plan": "free", "n": 3}
    assert third["properties"] == {"plan": "free", "n": 1}
    assert second["groups"] == fourth["groups"]
    assert second["context"] == first["context"] == {"locale": "de"}


def test_a_request_s_properties_are_those_of_events_and_not_of_people(make, recorder):
    client = make()
    with request_context.context(properties={"n": 2}):
        client.identify("u", {"plan": "pro"})
    assert "properties" not in sent(client, recorder)[0]


# before, on_drop


def test_before_runs_ahead_of_the_policy_off_the_caller_s_thread(make, recorder):
    threads = []

    def before(event):
        threads.append(threading.current_thread())
        return {**event.message, "properties": {"plan": "pro", "email": EMAIL}}

    client = make(before=before)
    client.track("u", "Signed Up")
    assert sent(client, recorder)[0]["properties"] == {"plan": "pro"}
    assert threads[0] is not threading.current_thread()


def test_on_drop_hears_reasons_and_paths_and_no_value(make):
    heard = []
    client = make({"events": {"Debug *": "drop"}}, on_drop=lambda *told: heard.append(told))
    client.track("u", "Signed Up", {"email": EMAIL, EMAIL: 1})
    client.track("u", "Debug X")
    client.flush(60)
    client.close()
    client.track("u", "Late")
    assert set(heard) == {
        (Reason.UNLISTED, "properties.email"),
        (Reason.UNLISTED, "properties.<key#1>"),
        (Reason.EVENT_DROPPED, ""),
        (Reason.CLOSED, ""),
    }


def test_on_drop_that_raises_harms_nobody(make, recorder, caplog):
    def on_drop(reason, path):
        raise ValueError(EMAIL)

    client = make(on_drop=on_drop)
    client.track("u", "Signed Up", {"email": EMAIL})
    assert len(sent(client, recorder)) == 1
    assert EMAIL not in caplog.text


# Switched off


def test_disabled_sends_nothing_warns_once_and_counts(make, recorder, monkeypatch, caplog):
    client = make()
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    for call in CALLS:
        assert uuid.UUID(getattr(client, call)("u"))
    assert client.track("u", "A", message_id="m-1") == "m-1"
    assert sent(client, recorder) == []
    assert client.stats()["vendor"]["dropped"] == {"disabled": 7}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "SAFETRACK_DISABLED" in caplog.text
    monkeypatch.delenv("SAFETRACK_DISABLED")
    client.track("u", "Signed Up")
    assert len(sent(client, recorder)) == 1


@pytest.mark.parametrize("respected", [True, False])
def test_do_not_track_is_honoured_where_the_policy_says_so(make, recorder, monkeypatch, respected):
    client = make({"respect_do_not_track": respected})
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    client.track("u", "Signed Up")
    assert len(sent(client, recorder)) == (0 if respected else 1)
    expected = {"do_not_track": 1} if respected else {}
    assert client.stats()["vendor"]["dropped"] == expected


# strict


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda client: client.track("u", 5), "unreadable"),
        (lambda client: client.track("u", "A", integrations={"vendor": "?"}), "bad_control"),
    ],
)
def test_strict_raises_what_is_refused_by_its_reason(make, call, reason):
    client = make(strict=True)
    with pytest.raises(EventError, match=f"^the event was refused: {reason}$"):
        call(client)
    assert client.stats()["vendor"]["dropped"] == {reason: 1}


@pytest.mark.parametrize("strict", [True, False])
def test_what_the_policy_or_the_caller_wants_is_no_error(make, strict):
    events = {"Debug *": "drop", "Old": {"expires": dt.date(2020, 1, 1)}}
    client = make({"events": events}, strict=strict, before=lambda e: e if e.message else None)
    client.track("u", "Debug X")
    client.track("u", "Old")
    client.track("u", "A", integrations={"All": False})
    client.track("u", "A", {"email": EMAIL})
    assert client.flush(60)


def test_strict_says_when_an_event_could_not_be_handed_over(make):
    client = make(strict=True, outbox=MemoryOutbox(rows=0))
    with pytest.raises(DeliveryError, match="outbox_full"):
        client.track("u", "A")
    client.close()
    with pytest.raises(DeliveryError, match="closed"):
        client.track("u", "A")


def test_strict_sanitizes_on_the_caller_s_thread_and_delivers_in_the_background(make, recorder):
    threads = []
    client = make(strict=True, before=lambda e: threads.append(threading.current_thread()) or e)
    client.track("u", "Signed Up")
    assert threads == [threading.current_thread()]
    assert len(sent(client, recorder)) == 1
    assert recorder.threads == {"safetrack-vendor"}


@pytest.mark.parametrize("call", CALLS)
def test_no_frame_of_a_strict_error_holds_what_was_passed(make, call):
    client = make(strict=True, outbox=MemoryOutbox(rows=0))
    options = {"anonymous_id": EMAIL, "context": {"x": EMAIL}, "groups": {EMAIL: EMAIL}}
    options |= {"message_id": EMAIL}
    with pytest.raises(DeliveryError) as caught:
        getattr(client, call)(EMAIL, EMAIL, **options)
    error = caught.value
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = list(report.stack)[1:]  # without the test's own
    assert frames
    assert EMAIL not in repr([(frame.line, frame.locals) for frame in frames])
    assert EMAIL not in repr(error)
    assert (error.__context__, error.__cause__) == (None, None)


def test_without_strict_nothing_is_raised_and_everything_counted(make):
    client = make(outbox=MemoryOutbox(rows=0))
    client.track("u", 5)
    client.track("u", "A")
    client.flush(60)
    assert client.stats()["vendor"]["dropped"] == {"unreadable": 1, "outbox_full": 1}


# flush, close, stats


def test_the_books_balance(make, recorder):
    recorder._answers = [SendResult(rejected={0: "http_400"})]
    client = make({"events": {"Debug *": "drop"}})
    for name in ("Signed Up", "Debug X", "Logged In", 5):
        client.track("u", name)
    assert client.flush(60)
    books = client.stats()["vendor"]
    assert books == {
        "tracked": 4,
        "delivered": 1,
        "pending": 0,
        "dropped": {"event_dropped": 1, "unreadable": 1, "rejected": 1},
    }


def test_a_client_is_a_context_manager_that_delivers(make, recorder):
    with make() as client:
        client.track("u", "Signed Up")
    assert recorder.names == ["Signed Up"]
    assert recorder.closed == 1


def test_closing_does_not_block_an_event_loop(make, recorder):
    client = make()
    client.track("u", "Signed Up")
    assert asyncio.run(client.aclose(60))
    assert recorder.names == ["Signed Up"]
    assert client._pipeline.is_closed


def test_a_client_that_never_sent_can_be_flushed_and_closed(make, recorder):
    client = make()
    assert client.flush(60)
    assert client.close(0)
    assert recorder.closed == 1
    assert client.close(0)


def test_flushing_does_not_block_an_event_loop(make, recorder):
    client = make()

    async def run():
        client.track("u", "Signed Up")
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0)

        ticking = asyncio.create_task(tick())
        delivered = await client.aflush(60)
        ticking.cancel()
        return delivered, ticks

    delivered, ticks = asyncio.run(run())
    assert delivered
    assert ticks > 0
    assert recorder.names == ["Signed Up"]


def test_the_end_of_the_process_drains_every_client(make, recorder):
    client = make()
    client.track("u", "Signed Up")
    endings.end_all()
    assert recorder.names == ["Signed Up"]
    client.track("u", "Late")
    assert client.stats()["vendor"]["dropped"] == {"closed": 1}


def test_a_client_shows_its_destinations_only(make):
    assert repr(make()) == "<Client destinations=vendor>"


# Making one


def test_a_policy_is_a_path_a_policy_or_a_dict(tmp_path, recorder):
    path = tmp_path / "own.yaml"
    path.write_text("version: 1\n")
    for policy in (path, str(path), Policy.load(path), {"version": 1}):
        with Client(policy, destinations={"v": recorder}) as client:
            assert client.policy.document.version == 1


def test_without_one_the_environment_s_then_the_working_folder_s_is_used(
    tmp_path, monkeypatch, recorder
):
    (tmp_path / "safetrack.yaml").write_text("version: 1\nunlisted: scrub\n")
    other = tmp_path / "other.yaml"
    other.write_text("version: 1\nunlisted_events: drop\n")
    with Client(destinations={"v": recorder}) as client:
        assert client.policy.unlisted == "scrub"
    monkeypatch.setenv("SAFETRACK_POLICY", str(other))
    with Client(destinations={"v": recorder}) as client:
        assert client.policy.unlisted_events == "drop"


def test_without_any_the_error_says_how_to_make_one():
    with pytest.raises(PolicyError, match="safetrack init"):
        Client()


def test_what_can_be_no_policy_is_told_its_type():
    with pytest.raises(PolicyError, match="a path, a Policy or a dict, not int"):
        Client(42)


def test_observe_is_refused():
    policy = {"version": 1, "mode": "observe", "until": dt.date(2030, 1, 1)}
    with pytest.raises(PolicyError, match="drop-ins only"):
        Client(policy, destinations={"v": Recorder()})


FILES = {
    "version": 1,
    "destinations": {
        "a": {"type": "jsonl", "path": "a.jsonl"},
        "b": {"type": "jsonl", "path": "b.jsonl"},
    },
}


def test_all_destinations_of_the_policy_are_used_unless_some_are_named(tmp_path):
    with Client(FILES) as client:
        client.track("u", "Signed Up")
    assert {path.name for path in tmp_path.glob("*.jsonl")} == {"a.jsonl", "b.jsonl"}
    for path in tmp_path.glob("*.jsonl"):
        path.unlink()
    with Client(FILES, destinations=["b"]) as client:
        client.track("u", "Signed Up")
    assert [path.name for path in tmp_path.glob("*.jsonl")] == ["b.jsonl"]


def test_a_destination_that_the_policy_does_not_have_is_an_error():
    with pytest.raises(ConfigError, match=r"no destination named c \(it has: a, b\)"):
        Client(FILES, destinations=["a", "c"])
    with pytest.raises(ConfigError, match=r"no destination to send to \(it has: none\)"):
        Client({"version": 1})


def test_secrets_of_a_destination_are_read_from_the_environment(monkeypatch):
    webhook = {
        "type": "webhook",
        "url": "env:HOOK_URL",
        "headers": {"X-Key": "env:HOOK_KEY", "X-Other": "plain"},
    }
    policy = {"version": 1, "destinations": {"hook": webhook}}
    with pytest.raises(ConfigError, match="HOOK_URL"):
        Client(policy)
    monkeypatch.setenv("HOOK_URL", "https://127.0.0.1:9/hook")
    with pytest.raises(ConfigError, match="HOOK_KEY"):
        Client(policy)
    monkeypatch.setenv("HOOK_KEY", "k")
    Client(policy).close(0)


def test_a_destination_of_a_type_with_a_duration_option_is_made(tmp_path):
    pytest.importorskip("duckdb")
    destination = {"type": "duckdb", "path": "e.duckdb", "retention": "90d"}
    Client({"version": 1, "destinations": {"d": destination}}).close(0)


SEALED = {"version": 1, "delivery": {"spool": "sealed"}}


@pytest.mark.parametrize("how", ["policy", "argument", "outbox"])
def test_a_sealed_spool_beside_an_outbox_in_memory_is_refused(how, recorder):
    policy = {
        "version": 1,
        "delivery": {"spool": "sealed"} | ({"outbox": "memory"} if how == "policy" else {}),
    }
    options = {"policy": {}, "argument": {"outbox": None}, "outbox": {"outbox": MemoryOutbox()}}[
        how
    ]
    with pytest.raises(ConfigError, match="the outbox is in memory"):
        Client(policy, destinations={"v": recorder}, **options)


def test_a_sealed_spool_needs_a_key(recorder, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")
    policy = SEALED | {"identity": {"person": "drop", "group": "drop"}}
    with pytest.raises(PolicyError, match="safetrack keys new"):
        Client(policy, destinations={"v": recorder})


@pytest.mark.parametrize("place", ["named", "auto"])
def test_a_sealed_event_is_on_disk_until_it_is_in_the_outbox(
    place, recorder, state_folder, tmp_path
):
    reached, go = threading.Event(), threading.Event()

    def before(event):
        reached.set()
        assert go.wait(60)
        return event

    options = {"outbox": tmp_path / "box"} if place == "named" else {}
    client = Client(SEALED, destinations={"v": recorder}, before=before, **options)
    client.track("u", "Signed Up", {"note": EMAIL})
    (log,) = (tmp_path if place == "named" else state_folder).rglob("sealed-*.log")
    assert reached.wait(60)
    assert client._pipeline._spool.waiting == 1
    assert b"canary" not in log.read_bytes()
    go.set()
    assert client.flush(60)
    wait_for(lambda: client._pipeline._spool.waiting == 0)
    assert client.close()
    assert not log.exists()


def test_an_own_durable_outbox_may_have_a_sealed_spool_beside_it(recorder, tmp_path, state_folder):
    keyring = Sanitizer(Policy.from_dict(SEALED)).keyring
    outbox = SqliteOutbox(tmp_path / "box", keyring)
    client = Client(SEALED, destinations={"v": recorder}, outbox=outbox)
    assert len(list(state_folder.rglob("sealed-*.log"))) == 1
    client.close(0)


def test_what_was_sealed_and_not_sanitized_is_delivered_by_the_next_client(recorder, monkeypatch):
    monkeypatch.setattr(pipeline, "STOP_SECONDS", 0.05)
    stuck = threading.Event()
    first = Client(SEALED, destinations={"v": Recorder()}, before=lambda event: stuck.wait(60))
    for number in range(5):
        first.track("u", "Signed Up", message_id=f"m-{number}")
    assert not first.close(0.05)
    assert first.stats()["v"] == {"tracked": 5, "delivered": 0, "pending": 5, "dropped": {}}

    second = Client(SEALED, destinations={"v": recorder})
    wait_for(lambda: second.stats()["v"]["delivered"] == 5)
    assert second.close()
    assert second.stats()["v"] == {"tracked": 5, "delivered": 5, "pending": 0, "dropped": {}}
    assert len({one["messageId"] for one in recorder.events}) == 5
    stuck.set()


def test_what_a_full_queue_refuses_is_not_kept_sealed(make):
    stuck = threading.Event()
    delivery = {"spool": "sealed", "queue": {"events": 1}}
    client = make({"delivery": delivery}, before=lambda event: stuck.wait(60))
    for _ in range(9):
        client.track("u", "Signed Up")
    refused = client.stats()["vendor"]["dropped"]["queue_full"]
    assert refused > 5
    assert client._pipeline._spool.waiting == 9 - refused
    stuck.set()


def test_a_sealed_record_that_is_damaged_is_counted(recorder, monkeypatch, state_folder):
    monkeypatch.setattr(pipeline, "STOP_SECONDS", 0.05)
    stuck = threading.Event()
    first = Client(SEALED, destinations={"v": Recorder()}, before=lambda event: stuck.wait(60))
    first.track("u", "Signed Up")
    first.track("u", "Signed Up")
    first.close(0)
    (log,) = state_folder.rglob("sealed-*.log")
    content = bytearray(log.read_bytes())
    content[HEADER_BYTES + 50] ^= 1
    log.write_bytes(content)

    second = Client(SEALED, destinations={"v": recorder})
    wait_for(lambda: second.stats()["v"]["delivered"] == 1)
    assert second.stats()["v"]["dropped"] == {"outbox_damaged": 1}
    assert second.close()
    stuck.set()


def test_where_no_spool_can_be_made_events_wait_in_memory_with_a_warning(
    recorder, monkeypatch, state_folder, caplog
):
    (state_folder / "safetrack").write_text("in the way")
    client = Client(SEALED, destinations={"v": recorder})
    client.track("u", "Signed Up")
    assert client.flush(60)
    assert client.close()
    assert "no sealed spool on disk" in caplog.text


def test_a_folder_that_cannot_hold_a_spool_is_an_error(recorder, tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "box").chmod(0o777)
    with pytest.raises(ConfigError, match="others may write"):
        open_spool(str(tmp_path / "box"), Sanitizer(Policy.from_dict(SEALED)).keyring, most_bytes=9)


@pytest.mark.parametrize("said", ["by the policy", "by the argument", "by nobody"])
def test_what_is_pending_at_the_end_is_delivered_by_the_next_client(
    said, recorder, tmp_path, state_folder
):
    place = str(tmp_path / "box")
    policy = {"version": 1}
    policy |= {"delivery": {"outbox": place}} if said == "by the policy" else {}
    options = {"outbox": place} if said == "by the argument" else {}
    down = Recorder(*[SendResult(retry=frozenset({0}))] * 99)
    first = Client(policy, destinations={"v": down}, **options)
    first.track("u", "Signed Up", message_id="m-1")
    assert not first.close(0.3)
    assert first.stats()["v"] == {"tracked": 1, "delivered": 0, "pending": 1, "dropped": {}}
    assert list((state_folder if said == "by nobody" else tmp_path).rglob("outbox-*.db"))

    second = Client(policy, destinations={"v": recorder}, **options)
    wait_for(lambda: second.stats()["v"]["delivered"] == 1)
    assert second.close()
    assert second.stats()["v"] == {"tracked": 1, "delivered": 1, "pending": 0, "dropped": {}}
    assert [one["messageId"] for one in recorder.events] == [down.events[0]["messageId"]]


def test_an_outbox_in_memory_leaves_no_file_and_counts_what_it_loses(tmp_path, state_folder):
    down = Recorder(*[SendResult(retry=frozenset({0}))] * 9)
    client = Client({"version": 1}, destinations={"v": down}, outbox=None)
    client.track("u", "Signed Up")
    client.close(0.3)
    assert client.stats()["v"]["dropped"] == {"process_ended": 1}
    assert list(state_folder.rglob("*")) == []


def test_an_own_outbox_is_used(make, recorder):
    outbox = MemoryOutbox()
    client = make(outbox=outbox)
    client.track("u", "Signed Up")
    assert len(sent(client, recorder)) == 1
    assert outbox.pending("vendor") == 0
    assert outbox._rows.keys() == {"vendor"}


def test_the_policy_s_bounds_reach_the_queue(make):
    delivery = {
        "queue": {"events": 5, "bytes": "1MB", "when_full": "block", "deadline": "3s"},
        "keep": {"age": "1d", "bytes": "2MB"},
    }
    client = make({"delivery": delivery})
    bounds = client._route.bounds
    assert (bounds.events, bounds.bytes, bounds.when_full, bounds.deadline) == (
        5,
        1_000_000,
        "block",
        3.0,
    )
    assert client._route.age == 86_400.0
    assert client._route.outbox()._most_bytes == 2_000_000


# Fork


def test_a_forked_child_tracks_and_flushes_through_its_own_pipeline(make, tmp_path):
    path = tmp_path / "events.jsonl"
    policy = {
        "properties": {"note": "keep", "n": RULES["n"]},
        "destinations": {"file": {"type": "jsonl", "path": str(path)}},
    }
    client = make(policy, destinations=["file"])
    client.track("u", "Signed Up", {"note": f"ask {EMAIL}", "n": 1})
    assert client.flush(60)
    parent = client.stats()["file"]
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        status = 1
        try:
            assert client.stats()["file"]["tracked"] == 0  # what the parent sent is the parent's
            client.track("u", "Signed Up", {"note": f"ask {EMAIL}", "n": 2})
            if client.flush(60) and client.stats()["file"]["delivered"] == 1 and client.close(60):
                status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    client.track("u", "Signed Up", {"n": 3})
    assert client.flush(60)
    assert client.stats()["file"]["tracked"] == parent["tracked"] + 1
    lines = path.read_text().splitlines()
    assert sorted(re.findall(r'"n":\s*(\d)', "\n".join(lines))) == ["1", "2", "3"]
    assert EMAIL not in "\n".join(lines)


def test_a_child_does_not_wait_for_a_model_that_a_thread_of_the_parent_was_loading(make, tmp_path):
    path = tmp_path / "events.jsonl"
    policy = {
        "properties": {"note": "scrub"},
        "destinations": {"file": {"type": "jsonl", "path": str(path)}},
    }
    client = make(policy, destinations=["file"])
    client.track("u", "Signed Up", {"note": f"ask {EMAIL}"})  # starts the loading
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        status = 1
        try:
            client.track("u", "Signed Up", {"note": f"ask Jane, {EMAIL}"})
            status = 0 if client.flush(120) and client.stats()["file"]["delivered"] == 1 else 2
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert client.flush(120)
    assert len(path.read_text().splitlines()) == 2


def test_a_closed_client_stays_closed_in_a_child(make):
    client = make()
    client.close(0)
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        client.track("u", "A")
        os._exit(0 if client.stats()["vendor"]["dropped"] == {"closed": 1} else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_a_child_that_ends_without_sending_makes_no_pipeline(make):
    client = make()
    client.leave_to_parent()
    client.close_at_exit(1)
    assert client._pipeline is None
    client.track("u", "Signed Up")
    assert client.flush(60)


def test_a_child_that_may_not_use_the_folder_goes_on_in_memory(recorder, tmp_path, caplog):
    """As a server's worker that gave up its rights after it was forked."""
    box = tmp_path / "box"
    client = Client(SEALED, destinations={"v": recorder}, outbox=box)
    client.leave_to_parent()
    box.chmod(0o777)
    client.track("u", "Signed Up")
    assert client.flush(60)
    assert recorder.names == ["Signed Up"]
    assert "no outbox in a child process (ConfigError)" in caplog.text
    client.close(0)


def test_many_threads_of_a_child_share_one_pipeline(make):
    client = make()
    client.leave_to_parent()
    barrier = threading.Barrier(8)
    found = []

    def work():
        barrier.wait()
        found.append(client._own_pipeline())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1


# Nothing raw in logs


def test_no_log_line_of_a_client_holds_a_value(make, recorder, caplog):
    caplog.set_level(logging.DEBUG)
    recorder._answers = [
        ValueError(EMAIL),
        SendResult(rejected={0: "http_400"}, retry=frozenset({1})),
    ]
    client = make(before=lambda event: event if event.message["event"] != EMAIL else 1 / 0)
    client.track(EMAIL, EMAIL, {EMAIL: EMAIL})
    client.track(EMAIL, "Signed Up", {"plan": EMAIL, EMAIL: EMAIL}, context={EMAIL: EMAIL})
    client.track(EMAIL, "Logged In", {"plan": "pro"})
    client.flush(60)
    client.close()
    assert caplog.records
    assert EMAIL not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


def test_an_event_given_to_before_shows_nothing(make):
    shown = []
    client = make(before=lambda event: shown.append(repr(event)) or event)
    client.track(EMAIL, EMAIL, {EMAIL: EMAIL})
    client.flush(60)
    assert re.fullmatch(r"<Event type=track keys=\d>", shown[0])


def test_before_gets_an_event_of_our_own(make):
    kinds = []
    client = make(before=lambda event: kinds.append(type(event)) or event)
    client.track("u", "A")
    client.flush(60)
    assert kinds == [Event]


def test_a_client_that_its_owner_forgets_delivers_what_it_has_when_the_process_ends(tmp_path):
    program = (
        "import safetrack\n"
        "def serve():\n"
        "    destinations = {'file': {'type': 'jsonl', 'path': 'events.jsonl'}}\n"
        "    policy = {'version': 1, 'events': {'Signed Up': {}}, 'destinations': destinations}\n"
        "    client = safetrack.Client(policy, outbox=None)\n"
        "    for _ in range(500):\n"
        "        client.track('user-1', 'Signed Up')\n"
        "serve()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, timeout=120)
    assert len((tmp_path / "events.jsonl").read_text().splitlines()) == 500


def test_an_unset_token_is_told_with_the_destination_that_needs_it(monkeypatch):
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    destination = {"type": "mixpanel", "token": "env:NO_SUCH_TOKEN", "region": "eu"}
    policy = {"version": 1, "destinations": {"mine": destination}}

    with pytest.raises(
        ConfigError, match=r"^destination mine: the environment variable NO_SUCH_TOKEN is"
    ):
        Client(policy, outbox=None)
