"""Intake, worker, outbox and senders together, with real threads."""

from __future__ import annotations

import threading
import time

import pytest

from recording import Held, Recorder
from safetrack.delivery import pipeline as pipeline_module
from safetrack.delivery.intake import Bounds
from safetrack.delivery.pipeline import Pipeline, Route
from safetrack.errors import DetectorError
from safetrack.event import Event, Reason, SafeEvent
from safetrack.keys.keyring import Keyring
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.sealed.left import AT_A_TIME
from safetrack.outbox.sealed.spool import SealedSpool
from sanitizing import KEYS, sanitizer, track

KEYRING = Keyring.parse(KEYS)


@pytest.fixture
def make():
    made = []

    def pipeline(*destinations, sanitizing=None, outbox=MemoryOutbox, **options):
        names = {f"d{n}": (lambda own=own: own) for n, own in enumerate(destinations)}
        sanitizing = sanitizing or sanitizer(properties={"plan": {"keep": ["pro"]}})
        made.append(Pipeline(Route(sanitizing, outbox, names, **options)))
        return made[-1]

    yield pipeline
    for pipeline_ in made:
        pipeline_.close(0)


def send(pipeline, *names):
    return [pipeline.accept(Event(track({"plan": "pro"}, event=name))) for name in names]


def test_an_event_reaches_every_destination(make):
    one, two = Recorder(), Recorder()
    pipeline = make(one, two)
    assert send(pipeline, "Signed Up") == [None]
    assert pipeline.flush(60)
    assert one.names == two.names == ["Signed Up"]
    assert pipeline.stats()["d0"] == {"tracked": 1, "delivered": 1, "pending": 0, "dropped": {}}


def test_no_thread_is_started_before_the_first_event(make):
    before = threading.active_count()
    pipeline = make(Recorder())
    assert threading.active_count() == before
    assert pipeline.flush(0)


def test_nothing_runs_on_the_caller_s_thread(make):
    one = Recorder()
    pipeline = make(one)
    send(pipeline, "Signed Up")
    pipeline.flush(60)
    assert one.threads == {"safetrack-d0"}


def test_one_slow_destination_does_not_delay_another(make):
    slow, fast = Held(), Recorder()
    pipeline = make(slow, fast)
    send(pipeline, "Signed Up")
    assert slow.entered.wait(60)
    send(pipeline, "Logged In", "Logged Out")
    while fast.names != ["Signed Up", "Logged In", "Logged Out"]:
        pipeline.flush(0.01)
    books = pipeline.stats()
    assert (books["d0"]["pending"], books["d1"]["pending"]) == (3, 0)
    assert slow.names == []
    slow.go.set()
    assert pipeline.flush(60)
    assert slow.names == fast.names


def test_flush_says_when_it_could_not_deliver_in_time(make):
    slow = Held()
    pipeline = make(slow)
    send(pipeline, "Signed Up")
    assert not pipeline.flush(0.01)
    slow.go.set()
    assert pipeline.flush(60)


def new_threads(before):
    return {thread.name for thread in set(threading.enumerate()) - before}


def test_close_delivers_stops_and_releases(make):
    before = set(threading.enumerate())
    one = Recorder()
    pipeline = make(one)
    send(pipeline, "Signed Up")
    assert pipeline.close(60)
    assert pipeline.is_closed
    assert one.names == ["Signed Up"]
    assert one.closed == 1
    assert pipeline.close(60)  # once more does nothing
    assert one.closed == 1
    assert not new_threads(before) & {"safetrack-d0", "safetrack-worker"}


def test_what_comes_after_close_is_dropped_and_counted(make):
    pipeline = make(Recorder())
    pipeline.close(0)
    assert send(pipeline, "Signed Up") == [Reason.CLOSED]
    assert pipeline.accept_now(Event(track({}))) == [Reason.CLOSED]
    assert pipeline.stats()["d0"]["dropped"] == {"closed": 2}


def test_what_is_left_at_close_is_counted_and_the_books_balance(make, monkeypatch):
    monkeypatch.setattr("safetrack.delivery.pipeline.STOP_SECONDS", 0.01)
    slow = Held(batch_size=1)
    pipeline = make(slow)
    send(pipeline, "Signed Up", "Logged In")
    assert slow.entered.wait(60)
    assert not pipeline.close(0.01)
    books = pipeline.stats()["d0"]
    assert books == {"tracked": 2, "delivered": 0, "pending": 0, "dropped": {"process_ended": 2}}
    assert slow.closed == 0  # it is still in use
    slow.go.set()
    for thread in threading.enumerate():
        if thread.name == "safetrack-d0":
            thread.join(60)
    assert pipeline.stats()["d0"] == books  # what came too late is not counted again


def test_an_outbox_that_cannot_be_closed_is_logged_by_its_error_s_type(make, caplog):
    class Unclosable(MemoryOutbox):
        def close(self):
            raise OSError("jane@acme.com")

    assert make(Recorder(), outbox=Unclosable).close(0)
    assert "the outbox failed: OSError" in caplog.text
    assert "jane" not in caplog.text


def test_what_the_queue_does_not_hold_is_dropped_counted_and_told(make):
    told = []
    gate = threading.Event()
    entered = threading.Event()

    def before(event):
        entered.set()
        assert gate.wait(60)
        return event

    pipeline = make(
        Recorder(),
        bounds=Bounds(events=2),
        before=before,
        on_drop=lambda *heard: told.append(heard),
    )
    send(pipeline, "Signed Up")
    assert entered.wait(60)  # the worker is busy: what follows waits in the queue
    assert send(pipeline, "A", "B", "C") == [None, None, Reason.QUEUE_FULL]
    gate.set()
    assert pipeline.flush(60)
    books = pipeline.stats()["d0"]
    assert books["dropped"] == {"queue_full": 1}
    assert books["delivered"] == 3
    assert (Reason.QUEUE_FULL, "") in told


def test_an_event_that_is_not_even_looked_at_is_counted_everywhere(make):
    pipeline = make(Recorder(), Recorder())
    pipeline.refuse(Reason.DISABLED)
    for books in pipeline.stats().values():
        assert books == {"tracked": 1, "delivered": 0, "pending": 0, "dropped": {"disabled": 1}}


def test_many_threads_may_send_the_first_event(make):
    before = set(threading.enumerate())
    one = Recorder()
    pipeline = make(one)
    barrier = threading.Barrier(8)

    def work(number):
        barrier.wait()
        send(pipeline, f"Step {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pipeline.flush(60)
    assert sorted(one.names) == [f"Step {number}" for number in range(8)]
    new = [thread.name for thread in set(threading.enumerate()) - before]
    assert new.count("safetrack-worker") == 1


class Warms:
    """A sanitizer of which only the loading is watched."""

    def __init__(self, inner, error=None):
        self.__dict__.update(inner.__dict__)
        self._inner = inner
        self._error = error
        self.warmed = threading.Event()

    def process_for(self, *arguments, **ways):
        return self._inner.process_for(*arguments, **ways)

    def warm(self):
        self.warmed.set()
        if self._error is not None:
            raise self._error


def test_detection_is_loaded_ahead_where_the_policy_searches(make):
    watched = Warms(sanitizer(properties={"x": "keep"}))
    pipeline = make(Recorder(), sanitizing=watched)
    assert not watched.warmed.is_set()
    send(pipeline, "Signed Up")
    assert watched.warmed.wait(60)


def test_detection_that_cannot_be_loaded_is_logged_and_stops_nothing(make, caplog):
    one = Recorder()
    watched = Warms(sanitizer(properties={"x": "keep"}), DetectorError("no model"))
    pipeline = make(one, sanitizing=watched)
    send(pipeline, "Signed Up")
    assert pipeline.flush(60)
    assert one.names == ["Signed Up"]
    for thread in threading.enumerate():
        if thread.name == "safetrack-warm":
            thread.join(60)
    assert "detection cannot start: DetectorError" in caplog.text


def test_detection_is_not_loaded_where_the_policy_searches_nothing(make):
    watched = Warms(sanitizer(properties={"plan": {"keep": ["pro"]}}))
    pipeline = make(Recorder(), sanitizing=watched)
    send(pipeline, "Signed Up")
    assert pipeline.flush(60)
    pipeline.close(60)
    for thread in threading.enumerate():
        if thread.name == "safetrack-warm":
            thread.join(60)
    assert not watched.warmed.is_set()


def no_threads(*_):
    raise RuntimeError("can't create new thread at interpreter shutdown")


def test_where_no_thread_can_be_started_closing_does_their_work(make, monkeypatch):
    one = Recorder()
    pipeline = make(one)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", no_threads)
        send(pipeline, "A", "B")
        assert pipeline.stats()["d0"]["pending"] == 2
        assert pipeline.close(60)

    assert one.names == ["A", "B"]


def test_threads_that_could_not_be_started_are_tried_again(make, monkeypatch):
    one = Recorder()
    pipeline = make(one)
    attempts = iter([threading.Thread.start, no_threads])

    def start(thread):
        return next(attempts)(thread)

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        send(pipeline, "A")
    send(pipeline, "B")

    assert pipeline.flush(60)
    assert one.names == ["A", "B"]


def test_without_threads_a_destination_that_is_down_is_asked_once(make, monkeypatch):
    one = Recorder(OSError("down"), OSError("down"))
    pipeline = make(one)
    monkeypatch.setattr(threading.Thread, "start", no_threads)
    send(pipeline, "A")

    assert not pipeline.close(60)
    assert len(one.batches) == 1


def test_hung_destinations_are_waited_for_together(make, monkeypatch):
    monkeypatch.setattr(pipeline_module, "STOP_SECONDS", 0.2)
    hung = [Held() for _ in range(5)]
    pipeline = make(*hung)
    send(pipeline, "A")
    for one in hung:
        assert one.entered.wait(60)
    waited = []
    join = threading.Thread.join
    monkeypatch.setattr(
        threading.Thread,
        "join",
        lambda self, timeout=None: waited.append(timeout) or join(self, timeout),
    )

    pipeline.close(0)

    assert sum(seconds or 0 for seconds in waited) < 2 * 0.2 + 0.2
    for one in hung:
        one.go.set()


def left_sealed(folder, *names):
    """What a killed process had accepted."""
    spool = SealedSpool(folder, KEYRING)
    for name in names:
        spool.append(Event(track({"plan": "pro"}, event=name)))
    spool._leave_to_parent()


def test_a_pipeline_that_has_ended_recovers_nothing_more(make, tmp_path):
    left_sealed(tmp_path, "A")
    one = Recorder()
    pipeline = make(one, spool=lambda: SealedSpool(tmp_path, KEYRING))
    pipeline._ended.set()

    pipeline._recover()

    assert pipeline.stats()["d0"]["tracked"] == 0
    pipeline.close(0)
    assert [e for left in SealedSpool(tmp_path, KEYRING).recover() for e in left.events]


def test_what_is_recovered_while_the_outbox_closes_is_recovered_once_more(make, tmp_path):
    left_sealed(tmp_path, "A")
    one = Recorder()

    def before(event):
        pipeline._close_outbox()  # meanwhile
        return event

    pipeline = make(one, spool=lambda: SealedSpool(tmp_path, KEYRING), before=before)
    pipeline._recover()

    assert pipeline.stats()["d0"]["tracked"] == 1
    pipeline.close(0)
    assert [e for left in SealedSpool(tmp_path, KEYRING).recover() for e in left.events]


def test_what_is_recovered_when_the_end_begins_is_done_and_the_rest_is_left(make, tmp_path):
    left_sealed(tmp_path, *map(str, range(AT_A_TIME + 1)))
    turns = []

    def before(event):
        turns.append(event)
        pipeline._ended.set()  # meanwhile
        return event

    pipeline = make(Recorder(), spool=lambda: SealedSpool(tmp_path, KEYRING), before=before)
    pipeline._recover()

    assert pipeline.stats()["d0"]["tracked"] == len(turns) == AT_A_TIME
    pipeline.close(0)
    left = [e for some in SealedSpool(tmp_path, KEYRING).recover() for e in some.events]
    assert [event.message["event"] for event in left] == [str(AT_A_TIME)]


class Durable(MemoryOutbox):
    """Has rows of an ended process, once it is let."""

    is_durable = True

    def __init__(self):
        super().__init__()
        self.go = threading.Event()
        self.ended = self.is_adopting = self.was_disturbed = False

    def kept(self, destination):
        return self.pending(destination)

    def close(self):
        self.was_disturbed = self.is_adopting

    def adopt(self, destinations, *, on_adopted, until):
        self.is_adopting = True
        assert self.go.wait(60)
        self.ended = until()
        time.sleep(0.05)  # time for who does not wait to come in between
        self.is_adopting = False
        if not self.ended:
            for name in destinations:
                event = SafeEvent({"event": "Left"}, message_id="1", destination=name)
                on_adopted(name, self.put(name, [event]))
        return dict.fromkeys(destinations, 1)


def test_flushing_waits_until_it_is_known_what_ended_processes_left_and_that_is_delivered(make):
    one, outbox = Recorder(), Durable()
    pipeline = make(one, outbox=lambda: outbox)
    pipeline.resume()

    assert not pipeline.flush(0.05)
    outbox.go.set()
    assert pipeline.flush(60)

    assert one.names == ["Left"]
    assert pipeline.stats()["d0"] == {"tracked": 1, "delivered": 1, "pending": 0, "dropped": {}}


def test_closing_waits_for_the_look_in_its_time_then_has_it_end_and_waits_for_that(make):
    one, outbox = Recorder(), Durable()
    pipeline = make(one, outbox=lambda: outbox)
    pipeline.resume()
    closing = threading.Thread(target=pipeline.close, args=(0.05,))
    closing.start()
    assert pipeline._ended.wait(60)
    outbox.go.set()
    closing.join(60)

    assert outbox.ended
    assert not outbox.was_disturbed
    assert pipeline.stats()["d0"]["tracked"] == 0


def test_a_look_that_fails_holds_no_flush_up(make, caplog):
    class Broken(Durable):
        def adopt(self, destinations, **_):
            raise RuntimeError("jane@acme.com")

    pipeline = make(Recorder(), outbox=Broken)
    pipeline.resume()

    assert pipeline.flush(60)
    assert "the outbox failed: RuntimeError" in caplog.text


def test_an_outbox_that_cannot_say_what_it_keeps_is_taken_to_keep_nothing(make, caplog):
    class Broken(MemoryOutbox):
        def kept(self, destination):
            raise RuntimeError("jane@acme.com")

    pipeline = make(Recorder(OSError("down")), outbox=Broken)
    send(pipeline, "A")
    pipeline.close(0)

    assert pipeline.stats()["d0"]["dropped"] == {"process_ended": 1}
    assert "the outbox failed: RuntimeError" in caplog.text
    assert "jane" not in caplog.text
