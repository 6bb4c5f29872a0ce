"""The decorator for platforms that freeze the process."""

from __future__ import annotations

import asyncio

import pytest

import safetrack
from recording import Recorder
from safetrack import default
from safetrack.client import Client
from safetrack.serverless import flush_after
from sanitizing import KEYS

POLICY = {"version": 1}


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("SAFETRACK_KEYS", KEYS)
    monkeypatch.setattr(default, "_policy", None)
    monkeypatch.setattr(default, "_client", None)
    yield
    default.close(0)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def client(recorder):
    with Client(POLICY, destinations={"v": recorder}, outbox=None) as one:
        yield one


class Context:
    def __init__(self, milliseconds):
        self._milliseconds = milliseconds

    def get_remaining_time_in_millis(self):
        return self._milliseconds


def test_what_a_handler_tracked_has_left_when_it_returns(client, recorder):
    @flush_after(client=client, timeout=60)
    def handler(event, context):
        """Handles."""
        client.track("u", event)
        return {"statusCode": 200}

    assert handler("Signed Up", Context(60_000)) == {"statusCode": 200}
    assert recorder.names == ["Signed Up"]
    assert handler.__doc__ == "Handles."


def test_an_error_is_the_handler_s_own_and_what_it_tracked_has_left(client, recorder):
    @flush_after(client=client, timeout=60)
    def handler(event):
        client.track("u", event)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        handler("Signed Up")
    assert recorder.names == ["Signed Up"]


def test_a_coroutine_function_stays_one(client, recorder):
    @flush_after(client=client, timeout=60)
    async def handler(event, context):
        client.track("u", event)
        await asyncio.sleep(0)
        return event

    assert asyncio.run(handler("Signed Up", None)) == "Signed Up"
    assert recorder.names == ["Signed Up"]


def test_without_arguments_it_flushes_the_process_wide_client(recorder):
    safetrack.configure(POLICY, destinations={"v": recorder}, outbox=None)

    @flush_after
    def handler(event, context):
        safetrack.track("u", event)

    handler("Signed Up", Context(60_000))
    assert recorder.names == ["Signed Up"]


def test_a_process_that_tracks_nothing_needs_no_client():
    assert flush_after(lambda event, context: event)(1, None) == 1
    assert default.current_client() is None


@pytest.mark.parametrize(
    ("context", "seconds"),
    [
        (Context(60_000), 2.0),
        (Context(1_000), 0.75),
        (Context(100), 0.0),
        (Context(-5), 0.0),
        (object(), 2.0),
        (None, 2.0),
    ],
)
def test_it_waits_as_long_as_the_call_has_time_and_never_longer(context, seconds):
    asked = []

    class Spy:
        flush = staticmethod(asked.append)

    flush_after(client=Spy())(lambda *_: None)({}, context)

    assert asked == [pytest.approx(seconds)]


def test_what_cannot_be_delivered_in_time_waits_and_harms_nobody():
    down = Client(POLICY, destinations={"v": Recorder(*[OSError("down")] * 99)}, outbox=None)

    @flush_after(client=down, timeout=0.1)
    def handler(event, context):
        down.track("u", event)
        return "done"

    assert handler("Signed Up", Context(60_000)) == "done"
    assert down.stats()["v"]["pending"] == 1
    down.close(0)
