"""The queue in front of the sanitizer, and its bounds."""

from __future__ import annotations

import threading

import pytest

from safetrack.delivery.intake import Bounds, Intake
from safetrack.event import Event


def event(name, size=0):
    return Event({"type": "track", "event": name, "properties": {"x": "x" * size}})


def taken(intake, limit=100):
    return [found.message["event"] for found in intake.take(limit, linger=0)]


def test_events_come_out_as_they_went_in():
    intake = Intake(Bounds())
    for name in "abc":
        assert intake.put(event(name)) == []
    assert taken(intake, 2) == ["a", "b"]
    assert taken(intake) == ["c"]


def test_an_empty_queue_gives_nothing_to_one_that_is_woken():
    intake = Intake(Bounds())
    intake.hurry()
    assert taken(intake) == []


def test_taking_waits_for_the_first_event():
    intake = Intake(Bounds())
    found = []
    thread = threading.Thread(target=lambda: found.extend(taken(intake)))
    thread.start()
    intake.put(event("a"))
    thread.join(60)
    assert found == ["a"]


def test_a_flush_ends_the_wait_for_more():
    intake = Intake(Bounds())
    intake.put(event("a"))
    found = []
    thread = threading.Thread(target=lambda: found.extend(intake.take(100, linger=600)))
    thread.start()
    intake.hurry()
    thread.join(60)
    assert len(found) == 1


def test_when_full_the_newest_is_refused():
    intake = Intake(Bounds(events=2))
    assert [len(intake.put(event(name))) for name in "abc"] == [0, 0, 1]
    assert taken(intake) == ["a", "b"]
    assert intake.put(event("d")) == []  # there is room again


def test_when_full_the_oldest_gives_way():
    intake = Intake(Bounds(events=2, when_full="drop_oldest"))
    first, *others = (event(name) for name in "abc")
    assert [intake.put(one) for one in (first, *others)] == [[], [], [first]]
    assert taken(intake) == ["b", "c"]


SMALL = event("a").size


def test_bytes_are_bounded_as_well():
    intake = Intake(Bounds(bytes=3 * SMALL))
    assert [len(intake.put(event(name))) for name in "abcd"] == [0, 0, 0, 1]
    assert taken(intake) == ["a", "b", "c"]
    assert [len(intake.put(event(name))) for name in "ef"] == [0, 0]


def test_as_many_old_events_give_way_as_the_new_one_needs():
    intake = Intake(Bounds(bytes=4 * SMALL, when_full="drop_oldest"))
    for name in "abcd":
        intake.put(event(name))
    assert len(intake.put(event("e", size=2 * SMALL))) == 3
    assert taken(intake) == ["d", "e"]


@pytest.mark.parametrize("when_full", ["drop_newest", "drop_oldest", "block"])
def test_an_event_larger_than_the_whole_queue_is_refused_and_costs_no_other(when_full):
    intake = Intake(Bounds(bytes=2 * SMALL, when_full=when_full, deadline=0.0))
    intake.put(event("a"))
    assert len(intake.put(event("b", size=2 * SMALL))) == 1
    assert taken(intake) == ["a"]


def test_when_full_the_caller_waits_for_room():
    intake = Intake(Bounds(events=1, when_full="block", deadline=600))
    intake.put(event("a"))
    answers = []
    thread = threading.Thread(target=lambda: answers.append(intake.put(event("b"))))
    thread.start()
    assert taken(intake) == ["a"]
    thread.join(60)
    assert answers == [[]]
    assert taken(intake) == ["b"]


def test_a_caller_that_waited_too_long_is_refused():
    intake = Intake(Bounds(events=1, when_full="block", deadline=0.01))
    intake.put(event("a"))
    assert len(intake.put(event("b"))) == 1
    assert taken(intake) == ["a"]


@pytest.mark.parametrize("when_full", ["drop_newest", "drop_oldest", "block"])
def test_what_is_let_in_is_kept_in_its_order_and_what_is_refused_is_not(when_full):
    kept = []
    intake = Intake(Bounds(events=2, when_full=when_full, deadline=0.0), kept.append)
    dropped = [one for name in "abc" for one in intake.put(event(name))]

    names = [one.message["event"] for one in kept]
    assert names == (["a", "b", "c"] if when_full == "drop_oldest" else ["a", "b"])
    assert [one.message["event"] for one in dropped] == (
        ["a"] if when_full == "drop_oldest" else ["c"]
    )
