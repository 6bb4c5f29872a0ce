"""From raw events to rows of the outbox."""

from __future__ import annotations

import pytest

from safetrack.delivery.counters import Counters
from safetrack.delivery.worker import Worker
from safetrack.event import Event, Reason
from safetrack.outbox.memory import MemoryOutbox
from sanitizing import sanitizer, track

EMAIL = "jane.doe@acme.com"


class Made:
    """A worker for two destinations, with its outbox and books, not started."""

    def __init__(self, outbox=None, *, before=None, policy=None, **sections):
        self.outbox = outbox or MemoryOutbox()
        self.told = []
        self.put = []
        self.done = []
        self.counters = Counters(["a", "b"], lambda *heard: self.told.append(heard))
        self.worker = Worker(
            policy or sanitizer(properties={"plan": "keep"}, **sections),
            self.outbox,
            self.counters,
            ["a", "b"],
            before=before,
            on_drop=lambda *heard: self.told.append(heard),
            on_put=self.put.append,
            on_done=self.done.extend,
        )

    def process(self, *messages):
        for _ in messages:
            self.counters.track()
        return self.worker.process([Event(message) for message in messages])

    def rows(self, name="a"):
        return [row.event.to_dict() for row in self.outbox.lease(name, 99, seconds=1000)]

    def dropped(self, name="a"):
        return self.counters.stats()[name]["dropped"]


def test_an_event_becomes_a_row_for_every_destination():
    made = Made()
    assert made.process(track({"plan": "pro"}, userId="u")) == []
    one, two = made.rows("a"), made.rows("b")
    assert one[0]["properties"] == two[0]["properties"] == {"plan": "pro"}
    assert one[0]["userId"] != two[0]["userId"]
    assert made.put == ["a", "b"]


def test_what_is_dropped_is_told_by_reason_and_path_and_never_by_value():
    made = Made()
    made.process(track({EMAIL: EMAIL, "plan": EMAIL, "seats": 1}, userId="u"))
    assert set(made.told) == {
        (Reason.UNLISTED, "properties.<key#1>"),
        (Reason.UNLISTED, "properties.seats"),
    }
    assert EMAIL not in repr(made.told)


def test_an_event_that_is_dropped_is_counted_by_reason_for_each_destination():
    made = Made(
        events={"Debug *": "drop"},
        destinations={"b": {"type": "stdout", "events": {"Signed Up": "drop"}}},
    )
    reasons = made.process(track({}), track({}, event="Debug X"))
    assert reasons == [Reason.EVENT_DROPPED] * 3
    assert made.dropped("a") == {"event_dropped": 1}
    assert made.dropped("b") == {"event_dropped": 2}
    assert len(made.rows("a")) == 1
    assert made.put == ["a"]


def test_before_runs_ahead_of_the_policy_and_may_change_an_event():
    def before(event):
        event.message["properties"]["plan"] = f"ask {EMAIL}"
        return event

    made = Made(before=before)
    made.process(track({"plan": "pro"}))
    assert made.rows()[0]["properties"] == {"plan": "ask <EMAIL_ADDRESS>"}


def test_before_may_return_another_event_or_a_mapping():
    for made in (
        Made(before=lambda _: {"type": "identify", "userId": EMAIL}),
        Made(before=lambda _: Event({"type": "identify", "userId": EMAIL})),
    ):
        made.process(track({}))
        (row,) = made.rows()
        assert row["type"] == "identify"
        assert EMAIL not in repr(row)


def test_an_event_that_before_changes_keeps_its_time_of_receipt():
    made = Made(before=lambda event: {**event.message, "timestamp": "nonsense"})
    made.counters.track()
    event = Event(track({}))
    made.worker.process([event])
    assert made.rows()[0]["timestamp"][:19] == event.received_at.isoformat()[:19]


def test_before_may_drop_an_event():
    made = Made(before=lambda event: event if event.message["event"] == "Signed Up" else None)
    assert made.process(track({}, event="Logged In"), track({})) == [Reason.BEFORE_DROPPED]
    assert made.dropped() == made.dropped("b") == {"before_dropped": 1}
    assert made.told == [(Reason.BEFORE_DROPPED, "")]
    assert len(made.rows()) == 1


def test_before_that_raises_costs_its_event_alone_and_nothing_is_logged_of_it(caplog):
    def before(event):
        if event.message["event"] == "Logged In":
            raise ValueError(EMAIL)
        return event

    made = Made(before=before)
    assert made.process(track({}, event="Logged In"), track({})) == [Reason.BEFORE_FAILED]
    assert made.dropped() == {"before_failed": 1}
    assert len(made.rows()) == 1
    assert EMAIL not in caplog.text


@pytest.mark.parametrize("answer", [5, "text", [1], True, object()])
def test_before_that_returns_something_else_costs_the_event(answer):
    made = Made(before=lambda _: answer)
    made.process(track({}))
    assert made.dropped() == {"unknown_event_type": 1}


def test_before_that_hides_a_restriction_in_an_unreadable_key_is_refused_still():
    made = Made(before=lambda event: {**event.message, "integrations": {(1,): False}})
    made.process(track({}))
    assert made.dropped() == {"bad_control": 1}


def test_what_the_outbox_does_not_take_is_counted():
    made = Made(MemoryOutbox(rows=2))
    reasons = made.process(*[track({"plan": n}) for n in range(5)])
    assert reasons == [Reason.OUTBOX_FULL] * 6
    assert made.dropped("a") == made.dropped("b") == {"outbox_full": 3}
    assert [row["properties"]["plan"] for row in made.rows()] == [0, 1]
    assert made.told == [(Reason.OUTBOX_FULL, "")] * 6


class Broken(MemoryOutbox):
    """An outbox that takes nothing for one destination."""

    def put(self, destination, events):
        if destination == "a":
            raise OSError(EMAIL)
        return super().put(destination, events)


def test_an_outbox_that_fails_costs_its_events_and_no_other_destination_s(caplog):
    made = Made(Broken())
    assert made.process(track({})) == [Reason.OUTBOX_FAILED]
    assert made.dropped("a") == {"outbox_failed": 1}
    assert len(made.rows("b")) == 1
    assert "the outbox failed: OSError" in caplog.text
    assert EMAIL not in caplog.text


class Breaks:
    """A sanitizer that breaks."""

    def process_for(self, *_, **_ways):
        raise RuntimeError(EMAIL)


def test_a_sanitizer_that_breaks_costs_the_batch_and_is_logged_by_type(caplog):
    made = Made(policy=Breaks())
    assert made.process(track({}), track({})) == [Reason.SANITIZER_ERROR]
    assert made.dropped("a") == made.dropped("b") == {"sanitizer_error": 2}
    assert "sanitizing failed: RuntimeError" in caplog.text
    assert EMAIL not in caplog.text


def test_what_was_looked_at_is_done_whatever_became_of_it():
    made = Made(before=lambda event: None if event.message["event"] == "A" else event)
    made.process(track({}, event="A"), track({}, event="B"))
    assert [event.message["event"] for event in made.done] == ["A", "B"]


def test_a_batch_that_breaks_beyond_sanitizing_costs_itself_alone(caplog, monkeypatch):
    made = Made()
    made.counters.track()
    with monkeypatch.context() as patch:
        patch.setattr(made.worker, "_put", lambda *_: {}[EMAIL])
        made.worker.take_turn([Event(track({}))])
    assert made.dropped("a") == {"sanitizer_error": 1}
    assert len(made.done) == 1
    assert "a batch failed: KeyError" in caplog.text
    assert EMAIL not in caplog.text
    made.counters.track()
    made.worker.take_turn([Event(track({}))])
    assert len(made.rows("a")) == 1


def test_stopping_a_worker_that_never_started_does_nothing():
    Made().worker.stop(0)
