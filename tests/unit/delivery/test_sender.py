"""One destination's sender: what becomes of each event of a batch."""

from __future__ import annotations

import threading

import pytest

from recording import Recorder
from safetrack.delivery.counters import Counters
from safetrack.delivery.sender import LEASE, Sender
from safetrack.destinations.destination import SendResult
from safetrack.event import Reason, SafeEvent
from safetrack.outbox.memory import MemoryOutbox


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Made:
    """A sender with its outbox, its books and a clock, not started."""

    def __init__(self, *answers, events=3, age=1000.0, batch_size=100, outbox=None):
        self.clock = Clock()
        self.outbox = outbox or MemoryOutbox(clock=self.clock)
        self.recorder = Recorder(*answers, batch_size=batch_size)
        self.counters = Counters(["a"])
        self.sender = Sender("a", self.recorder, self.outbox, self.counters, age)
        for number in range(events):
            self.counters.track()
            name = {"type": "track", "event": f"e{number}"}
            self.outbox.put("a", [SafeEvent(name, message_id="m", destination="a")])

    @property
    def books(self):
        return self.counters.stats()["a"]


def test_what_is_accepted_is_delivered_and_forgotten():
    made = Made()
    assert made.sender.send_batch() == 0
    assert made.recorder.names == ["e0", "e1", "e2"]
    assert made.outbox.pending("a") == 0
    assert made.books == {"tracked": 3, "delivered": 3, "pending": 0, "dropped": {}}


def test_no_batch_is_larger_than_the_destination_takes():
    made = Made(batch_size=2)
    made.sender.send_batch()
    made.sender.send_batch()
    assert [len(batch) for batch in made.recorder.batches] == [2, 1]


def test_an_empty_outbox_is_no_request():
    made = Made(events=0)
    assert made.sender.send_batch() == 0
    assert made.recorder.batches == []


def test_what_is_refused_for_good_is_counted_and_not_sent_again(caplog):
    made = Made(SendResult(rejected={1: "http_400"}))
    made.sender.send_batch()
    made.clock.now += 10 * LEASE
    made.sender.send_batch()
    assert made.recorder.names == ["e0", "e1", "e2"]
    assert made.books["delivered"] == 2
    assert made.books["dropped"] == {"rejected": 1}
    assert made.outbox.dead == {"a": {Reason.REJECTED: 1}}
    assert "a refused 1 events: http_400" in caplog.text


def test_what_is_to_be_sent_again_waits_and_is_sent_again():
    made = Made(SendResult(retry=frozenset({0, 2})))
    pause = made.sender.send_batch()
    assert 0 <= pause <= 1
    assert made.books["pending"] == 2
    made.clock.now += 60
    made.sender.send_batch()
    assert made.recorder.names == ["e0", "e1", "e2", "e0", "e2"]
    assert made.books == {"tracked": 3, "delivered": 3, "pending": 0, "dropped": {}}


def test_a_position_in_both_is_rejected():
    made = Made(SendResult(retry=frozenset({0}), rejected={0: "http_413"}), events=1)
    made.sender.send_batch()
    assert made.books["dropped"] == {"rejected": 1}
    assert made.books["pending"] == 0


def test_a_destination_that_raises_loses_nothing_and_its_error_s_text_is_not_logged(caplog):
    made = Made(ValueError("jane@acme.com"))
    made.sender.send_batch()
    assert made.books["pending"] == 3
    made.clock.now += 60
    made.sender.send_batch()
    assert made.books["delivered"] == 3
    assert "destination a failed: ValueError" in caplog.text
    assert "jane" not in caplog.text


def test_retry_after_holds_back_the_failed_events_and_every_next_request():
    made = Made(SendResult(retry=frozenset({0}), retry_after=3600.0), batch_size=1)
    assert made.sender.send_batch() == 3600.0
    assert made.outbox.next_due("a") == 0  # the others are ready: the sender waits
    made.sender.send_batch()
    made.sender.send_batch()
    assert made.outbox.next_due("a") == 3600.0


def test_retry_after_holds_when_everything_was_accepted_too():
    made = Made(SendResult(retry_after=5.0))
    assert made.sender.send_batch() == 5.0


def test_a_destination_that_takes_nothing_is_asked_again_after_the_whole_backoff(monkeypatch):
    monkeypatch.setattr("safetrack.delivery.sender.backoff", lambda failures, _: 10.0 * failures)
    all_again = SendResult(retry=frozenset({0}))
    made = Made(all_again, all_again, SendResult(), all_again, batch_size=1, events=4)
    assert made.sender.send_batch() == 10.0
    assert made.sender.send_batch() == 20.0
    assert made.sender.send_batch() == 0.0
    assert made.sender.send_batch() == 10.0  # a success begins the count anew


def test_what_is_too_old_is_dropped_and_counted():
    made = Made(SendResult(retry=frozenset({0, 1, 2})), age=100.0)
    made.sender.send_batch()
    made.clock.now += 101
    made.sender.send_batch()
    assert len(made.recorder.batches) == 1
    assert made.books["dropped"] == {"aged_out": 3}


class FailsOnce(MemoryOutbox):
    """An outbox that fails at its first lease."""

    def __init__(self):
        super().__init__()
        self.failed = threading.Event()

    def lease(self, *arguments, **options):
        if not self.failed.is_set():
            self.failed.set()
            raise OSError("disk full")
        return super().lease(*arguments, **options)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_outbox_that_fails_does_not_end_the_thread(caplog, monkeypatch):
    monkeypatch.setattr("safetrack.delivery.sender.IDLE", 0.01)
    made = Made(outbox=FailsOnce())
    made.sender.start()
    assert made.counters.wait_settled(60)
    made.sender.stop(60)
    assert made.books["delivered"] == 3
    assert "the outbox failed: OSError" in caplog.text


def test_a_sender_waits_for_more_until_it_is_hurried(monkeypatch):
    monkeypatch.setattr("safetrack.delivery.sender.LINGER", 600)
    made = Made()
    made.sender.start()
    made.sender.hurry()
    assert made.counters.wait_settled(60)
    made.sender.stop(60)
    assert made.recorder.closed == 1


def test_a_full_batch_is_sent_without_waiting_for_more(monkeypatch):
    monkeypatch.setattr("safetrack.delivery.sender.LINGER", 600)
    made = Made(batch_size=3)
    made.sender.start()
    assert made.counters.wait_settled(60)
    made.sender.stop(60)


def test_a_sender_that_idles_is_woken(monkeypatch):
    monkeypatch.setattr("safetrack.delivery.sender.IDLE", 600)
    made = Made(events=0, batch_size=1)
    made.sender.start()
    made.counters.track()
    made.outbox.put("a", [SafeEvent({"event": "x"}, message_id="m", destination="a")])
    made.sender.wake()
    assert made.counters.wait_settled(60)
    made.sender.stop(60)


def test_a_pause_ends_when_the_sender_is_stopped():
    made = Made(SendResult(retry=frozenset({0}), retry_after=86_400.0), batch_size=1)
    made.sender.start()
    made.sender.hurry()
    while not made.recorder.batches:
        pass
    made.sender.stop(60)
    assert made.recorder.closed == 1
    assert len(made.recorder.batches) == 1  # the others were held back


def test_stopping_before_anything_was_sent_releases_the_destination():
    made = Made(events=0)
    made.sender.stop(0)
    assert made.recorder.closed == 1


def test_a_destination_that_cannot_be_closed_is_logged_by_its_error_s_type(caplog):
    made = Made(events=0)

    def fail():
        raise OSError("jane@acme.com")

    made.recorder.close = fail
    made.sender.stop(0)
    assert "destination a failed: OSError" in caplog.text
    assert "jane" not in caplog.text


def test_a_failure_says_why_it_is_tried_again(caplog):
    made = Made(SendResult(retry=frozenset({0, 1, 2}), why="http_503"))
    made.sender.send_batch()
    assert "a: 3 events could not be delivered (http_503); next try in" in caplog.text


def test_events_that_are_refused_for_a_while_do_not_make_the_destination_one_that_is_down():
    some = SendResult(retry=frozenset({0}))
    made = Made(*[some] * 6, events=12, batch_size=2)
    for _ in range(6):
        made.sender.send_batch()
    assert [len(batch) for batch in made.recorder.batches] == [2] * 6


def test_a_destination_that_is_down_is_probed_with_one_event_until_that_goes_through():
    down = SendResult(retry=frozenset(range(2)))
    one = SendResult(retry=frozenset({0}))
    made = Made(*[down] * 4, one, SendResult(), events=12, batch_size=2)
    for _ in range(7):
        made.clock.now += 61
        made.sender.send_batch()
    assert [len(batch) for batch in made.recorder.batches] == [2, 2, 2, 2, 1, 1, 2]


def test_what_is_tried_again_waits_by_how_often_it_was_tried(monkeypatch):
    tries = []
    monkeypatch.setattr(
        "safetrack.delivery.sender.backoff", lambda failures, _: float(tries.append(failures) or 0)
    )
    some = SendResult(retry=frozenset({0}))
    made = Made(*[some] * 3, events=4, batch_size=2)
    for _ in range(3):
        made.sender.send_batch()
    assert tries == [1, 1, 2]  # two new ones each time, then the first two again


class Lossy(MemoryOutbox):
    """An outbox one of whose rows turned out to be damaged."""

    def take_lost(self, destination):
        return 1 if self.pending(destination) else 0


def test_what_the_outbox_has_lost_is_counted():
    made = Made(outbox=Lossy())
    made.counters.track()
    made.sender.send_batch()
    assert made.books["dropped"] == {"outbox_damaged": 1}
    assert made.books["delivered"] == 3


def test_log_records_carry_their_fields_as_data(caplog):
    made = Made(SendResult(retry=frozenset({0}), rejected={1: "http_400"}, why="http_503"))
    made.sender.send_batch()
    refused, again = caplog.records
    assert (refused.destination, refused.events, refused.reason) == ("a", 1, "http_400")
    assert (again.destination, again.events, again.reason) == ("a", 1, "http_503")


def test_a_sender_may_be_started_twice():
    made = Made()
    made.sender.start()
    made.sender.start()
    assert made.counters.wait_settled(60)
    made.sender.stop(60)
    assert made.books["delivered"] == 3
