"""What every outbox keeps to, whatever it is made of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from safetrack.event import Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.outbox import Outbox
from safetrack.outbox.sqlite import SqliteOutbox


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Made(NamedTuple):
    """An outbox of three rows a destination, and its clock."""

    outbox: Outbox
    clock: Clock


MAKERS: dict[str, Callable[[Clock, Path], Outbox]] = {
    "memory": lambda clock, _folder: MemoryOutbox(rows=3, clock=clock),
    "sqlite": lambda clock, folder: SqliteOutbox(
        folder / "box", Keyring.parse(new_key()), rows=3, clock=clock
    ),
}


@pytest.fixture(params=MAKERS)
def made(request, tmp_path) -> Iterator[Made]:
    clock = Clock()
    outbox = MAKERS[request.param](clock, tmp_path)
    yield Made(outbox, clock)
    outbox.close()


def safe(name="Signed Up"):
    return SafeEvent({"type": "track", "event": name}, message_id=name, destination="a")


def names(leased):
    return [row.event.to_dict()["event"] for row in leased]


def test_what_is_put_is_handed_out_oldest_first(made):
    assert made.outbox.put("a", [safe("1"), safe("2")]) == 2
    assert made.outbox.put("a", [safe("3")]) == 1
    assert names(made.outbox.lease("a", 2, seconds=10)) == ["1", "2"]
    assert names(made.outbox.lease("a", 9, seconds=10)) == ["3"]


def test_an_event_comes_out_as_it_went_in(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 1, seconds=10)
    assert type(row.event) is SafeEvent
    assert (row.event.to_dict(), row.event.message_id) == (safe("1").to_dict(), "1")


def test_each_destination_has_rows_of_its_own(made):
    made.outbox.put("a", [safe("1")])
    assert made.outbox.lease("b", 9, seconds=10) == []
    assert made.outbox.pending("b") == 0
    assert made.outbox.pending("a") == 1


def test_what_does_not_fit_is_refused_last_ones_first(made):
    assert made.outbox.put("a", [safe(str(number)) for number in range(5)]) == 3
    assert made.outbox.put("a", [safe("9")]) == 0
    assert made.outbox.put("b", [safe("9")]) == 1
    assert names(made.outbox.lease("a", 9, seconds=10)) == ["0", "1", "2"]


def test_a_leased_row_is_not_handed_out_twice(made):
    made.outbox.put("a", [safe("1")])
    assert len(made.outbox.lease("a", 9, seconds=10)) == 1
    assert made.outbox.lease("a", 9, seconds=10) == []
    assert made.outbox.pending("a") == 1


def test_a_lease_that_runs_out_is_handed_out_again(made):
    made.outbox.put("a", [safe("1")])
    (first,) = made.outbox.lease("a", 9, seconds=10)
    made.clock.now += 9.9
    assert made.outbox.lease("a", 9, seconds=10) == []
    made.clock.now += 0.1
    (second,) = made.outbox.lease("a", 9, seconds=10)
    assert (first.key, first.attempts) == (second.key, 1)
    assert second.attempts == 2


def test_an_acknowledged_row_is_gone(made):
    made.outbox.put("a", [safe("1"), safe("2")])
    first, _ = made.outbox.lease("a", 9, seconds=10)
    made.outbox.ack("a", [first.key])
    assert made.outbox.pending("a") == 1
    made.clock.now += 10
    assert names(made.outbox.lease("a", 9, seconds=10)) == ["2"]


def test_a_row_to_be_tried_again_is_handed_out_after_its_delay(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=10)
    made.outbox.retry("a", [row.key], delay=30)
    made.clock.now += 29.9  # longer than its lease was
    assert made.outbox.lease("a", 9, seconds=10) == []
    made.clock.now += 0.1
    assert names(made.outbox.lease("a", 9, seconds=10)) == ["1"]


def test_a_row_may_be_tried_again_sooner_than_its_lease_would_end(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=100)
    made.outbox.retry("a", [row.key], delay=1)
    made.clock.now += 1
    assert len(made.outbox.lease("a", 9, seconds=100)) == 1
    made.clock.now += 99.5  # when the first lease would have ended
    assert made.outbox.lease("a", 9, seconds=100) == []


def test_a_row_that_is_put_off_twice_is_handed_out_once(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=10)
    for _ in range(2):
        made.outbox.retry("a", [row.key], delay=10)
    made.clock.now += 10
    assert len(made.outbox.lease("a", 9, seconds=10)) == 1


def test_a_buried_row_is_handed_out_no_more(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=10)
    made.outbox.bury("a", [row.key], Reason.REJECTED)
    made.clock.now += 100
    assert made.outbox.pending("a") == 0
    assert made.outbox.lease("a", 9, seconds=10) == []


def test_rows_that_are_too_old_are_forgotten_and_counted(made):
    made.outbox.put("a", [safe("1"), safe("2")])
    made.clock.now += 50
    made.outbox.put("a", [safe("3")])
    made.clock.now += 51
    assert made.outbox.expire("a", age=100) == 2
    assert names(made.outbox.lease("a", 9, seconds=10)) == ["3"]
    assert made.outbox.expire("a", age=100) == 0
    assert made.outbox.expire("b", age=0) == 0


def test_trying_again_does_not_make_a_row_younger(made):
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=10)
    made.clock.now += 60
    made.outbox.retry("a", [row.key], delay=1)
    made.clock.now += 60
    assert made.outbox.expire("a", age=100) == 1


def test_room_is_made_by_every_end_of_a_row(made):
    for end in ("ack", "bury", "expire"):
        assert made.outbox.put("a", [safe("1"), safe("2"), safe("3")]) == 3
        keys = [row.key for row in made.outbox.lease("a", 9, seconds=10)]
        if end == "ack":
            made.outbox.ack("a", keys)
        elif end == "bury":
            made.outbox.bury("a", keys, Reason.REJECTED)
        else:
            made.clock.now += 1000
            made.outbox.expire("a", age=100)
        assert made.outbox.pending("a") == 0


def test_what_outlives_the_process_is_all_that_pends_or_nothing(made):
    made.outbox.put("a", [safe("1"), safe("2")])
    (row,) = made.outbox.lease("a", 1, seconds=10)

    assert made.outbox.kept("a") == (2 if made.outbox.is_durable else 0)
    made.outbox.ack("a", [row.key])
    assert made.outbox.kept("a") == (1 if made.outbox.is_durable else 0)


def test_when_the_next_row_is_due_is_known(made):
    assert made.outbox.next_due("a") is None
    made.outbox.put("a", [safe("1"), safe("2")])
    assert made.outbox.next_due("a") == 0
    first, second = made.outbox.lease("a", 9, seconds=10)
    assert made.outbox.next_due("a") == pytest.approx(10)
    made.outbox.retry("a", [first.key], delay=4)
    assert made.outbox.next_due("a") == pytest.approx(4)
    made.clock.now += 5
    assert made.outbox.next_due("a") == 0
    made.outbox.ack("a", [first.key, second.key])
    assert made.outbox.next_due("a") is None


def test_ends_of_rows_that_are_not_there_do_nothing(made):
    made.outbox.ack("a", [7])
    made.outbox.bury("a", [7], Reason.REJECTED)
    made.outbox.retry("a", [7], delay=1)
    made.outbox.put("a", [safe("1")])
    (row,) = made.outbox.lease("a", 9, seconds=10)
    made.outbox.ack("a", [row.key])
    made.outbox.retry("a", [row.key], delay=0)
    made.outbox.ack("a", [row.key])
    assert made.outbox.pending("a") == 0
    assert made.outbox.lease("a", 9, seconds=10) == []


def test_many_threads_lose_and_double_nothing(made):
    outbox = made.outbox
    seen: list[str] = []
    lock = threading.Lock()
    total = 200

    def put(start):
        for number in range(start, total, 2):
            while not outbox.put("a", [safe(str(number))]):
                pass

    def take():
        while True:
            rows = outbox.lease("a", 2, seconds=1000)
            outbox.ack("a", [row.key for row in rows])
            with lock:
                seen.extend(names(rows))
                if len(seen) >= total:
                    return

    threads = [threading.Thread(target=put, args=(start,)) for start in (0, 1)]
    threads += [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen, key=int) == [str(number) for number in range(total)]


def test_an_outbox_can_be_closed(made):
    made.outbox.put("a", [safe("1")])
    made.outbox.close()


def test_the_age_is_that_of_the_oldest_row(made):
    assert made.outbox.age("a") is None
    made.outbox.put("a", [safe("first")])
    made.clock.now += 10
    made.outbox.put("a", [safe("second")])
    made.clock.now += 5
    assert made.outbox.age("a") == 15
    made.outbox.ack("a", [row.key for row in made.outbox.lease("a", 1, seconds=60)])
    assert made.outbox.age("a") == 5
    assert made.outbox.expire("a", age=6) == 0
    assert made.outbox.expire("a", age=4) == 1
    assert made.outbox.age("a") is None
