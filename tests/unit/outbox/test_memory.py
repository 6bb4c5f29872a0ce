"""What is special about the outbox in memory."""

from __future__ import annotations

from safetrack.event import Reason, SafeEvent
from safetrack.outbox.memory import DEFAULT_ROWS, MemoryOutbox


def safe():
    return SafeEvent({"type": "track"}, message_id="m", destination="a")


def test_dead_letters_are_counted_by_reason_and_not_kept():
    outbox = MemoryOutbox()
    outbox.put("a", [safe(), safe()])
    keys = [row.key for row in outbox.lease("a", 9, seconds=10)]
    outbox.bury("a", keys, Reason.REJECTED)
    outbox.bury("a", keys, Reason.REJECTED)  # once is enough
    assert outbox.dead == {"a": {Reason.REJECTED: 2}}
    assert outbox.pending("a") == 0


def test_its_bound_is_that_of_the_queue_unless_it_is_told_another():
    outbox = MemoryOutbox()
    assert outbox.put("a", [safe()] * (DEFAULT_ROWS + 1)) == DEFAULT_ROWS


def test_rows_wait_by_the_machine_s_own_clock():
    outbox = MemoryOutbox()
    outbox.put("a", [safe()])
    outbox.lease("a", 1, seconds=3600)
    assert 3500 < outbox.next_due("a") <= 3600


def test_bytes_are_bounded_too_and_freed_again():
    size = len(safe().to_json())
    outbox = MemoryOutbox(bytes=2 * size + 1)
    assert outbox.put("a", [safe()] * 3) == 2
    assert outbox.put("b", [safe()]) == 1
    first, second = outbox.lease("a", 9, seconds=10)
    outbox.ack("a", [first.key])
    assert outbox.put("a", [safe()] * 3) == 1
    outbox.bury("a", [second.key], Reason.REJECTED)
    assert outbox.put("a", [safe()] * 3) == 1


def test_notes_of_rows_that_have_ended_do_not_pile_up():
    outbox = MemoryOutbox()
    outbox.put("a", [safe()])
    outbox.lease("a", 1, seconds=60)  # due before all others
    for _ in range(50):
        outbox.put("a", [safe()] * 100)
        outbox.ack("a", [row.key for row in outbox.lease("a", 100, seconds=3600)])
    assert len(outbox._rows["a"].later) < 2500
    outbox.put("a", [safe()])
    assert len(outbox.lease("a", 100, seconds=10)) == 1


def test_a_row_that_ends_before_it_is_leased_is_never_handed_out():
    outbox = MemoryOutbox()
    outbox.put("a", [safe(), safe(), safe()])
    outbox.ack("a", [1, 3])
    assert [row.key for row in outbox.lease("a", 9, seconds=10)] == [2]
    outbox.put("a", [safe()])
    outbox.ack("a", [4])
    assert outbox.next_due("a") is not None
