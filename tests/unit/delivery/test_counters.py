"""The books."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from safetrack.delivery.counters import Counters
from safetrack.delivery.listener import harmless
from safetrack.event import Reason


def test_every_destination_has_books_of_its_own():
    counters = Counters(["a", "b"])
    counters.track()
    counters.track()
    counters.deliver("a", 1)
    counters.drop("b", Reason.REJECTED)
    assert counters.stats() == {
        "a": {"tracked": 2, "delivered": 1, "pending": 1, "dropped": {}},
        "b": {"tracked": 2, "delivered": 0, "pending": 1, "dropped": {"rejected": 1}},
    }


STEPS = st.lists(
    st.one_of(
        st.just(("track",)),
        st.tuples(st.just("deliver"), st.sampled_from("ab"), st.integers(0, 5)),
        st.tuples(
            st.just("drop"), st.sampled_from("ab"), st.sampled_from(Reason), st.integers(0, 5)
        ),
        st.tuples(st.just("drop_everywhere"), st.sampled_from(Reason), st.integers(0, 5)),
        st.tuples(st.just("adopt"), st.sampled_from("ab"), st.integers(0, 5)),
    ),
    max_size=30,
)


@given(STEPS)
def test_the_books_balance_whatever_happens_in_whatever_order(steps):
    counters = Counters("ab")
    for name, *arguments in steps:
        getattr(counters, name)(*arguments)
        for books in counters.stats().values():
            dropped = sum(books["dropped"].values())
            assert books["tracked"] == books["delivered"] + books["pending"] + dropped
            assert books["pending"] >= 0


def test_what_is_counted_already_is_not_counted_twice():
    counters = Counters(["a"])
    counters.track()
    counters.drop("a", Reason.PROCESS_ENDED)
    counters.deliver("a", 1)  # by a thread that ended too late
    counters.drop("a", Reason.REJECTED)
    assert counters.stats()["a"] == {
        "tracked": 1,
        "delivered": 0,
        "pending": 0,
        "dropped": {"process_ended": 1},
    }


def test_more_that_is_kept_than_pends_drops_nothing():
    counters = Counters(["a"])
    counters.track()
    counters.drop("a", Reason.PROCESS_ENDED, -3)
    assert counters.stats()["a"]["dropped"] == {}
    assert counters.pending("a") == 1


def test_every_dropped_event_is_told_once_with_its_reason_and_no_path():
    told = []
    counters = Counters(["a", "b"], lambda *heard: told.append(heard))
    for _ in range(4):
        counters.track()
    counters.drop("a", Reason.REJECTED, 2)
    assert told == [(Reason.REJECTED, "")] * 2
    told.clear()
    counters.drop_everywhere(Reason.QUEUE_FULL, 2)  # two events, however many destinations
    assert told == [(Reason.QUEUE_FULL, "")] * 2


def test_waiting_ends_when_nothing_is_pending():
    counters = Counters(["a"])
    assert counters.wait_settled(0)
    counters.track()
    assert not counters.wait_settled(0)
    waiting = threading.Thread(target=lambda: counters.wait_settled(60))
    waiting.start()
    counters.deliver("a", 1)
    waiting.join(60)
    assert not waiting.is_alive()
    assert counters.wait_settled(0)


def test_without_destinations_there_is_nothing_to_wait_for():
    counters = Counters([])
    counters.track()
    counters.drop_everywhere(Reason.CLOSED)
    assert counters.wait_settled(0)
    assert counters.stats() == {}


def test_a_user_s_function_that_raises_is_harmless_and_logged_by_its_type_alone(caplog):
    def fail(reason, path):
        raise ValueError("jane@acme.com")

    harmless(fail)(Reason.RULE, "properties.x")
    assert [record.getMessage() for record in caplog.records] == ["on_drop failed: ValueError"]
    assert caplog.records[0].exc_info is None
    harmless(None)(Reason.RULE, "")  # nobody listens
