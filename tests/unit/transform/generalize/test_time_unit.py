from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.generalize.time_unit import TimeUnit

PLACE = Place("at", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("second", "2026-11-25T15:48:10Z"),
        ("minute", "2026-11-25T15:48:00Z"),
        ("hour", "2026-11-25T15:00:00Z"),
        ("day", "2026-11-25T00:00:00Z"),
        ("week", "2026-11-23T00:00:00Z"),
        ("month", "2026-11-01T00:00:00Z"),
        ("year", "2026-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_cut_to_the_beginning_of_its_unit_in_utc(unit, expected):
    outcome = TimeUnit(unit).apply("2026-11-25T17:48:10.987654+02:00", PLACE)
    assert outcome == Outcome(expected, Search.NONE, Reason.RULE)


def test_a_time_that_is_a_beginning_already_is_left_as_it_is():
    assert TimeUnit("hour").apply("2026-11-25T15:00:00Z", PLACE).reason is None


@pytest.mark.parametrize("value", ["tomorrow", None, True, "1950-01-01", -1])
def test_what_is_no_time_is_dropped(value):
    assert TimeUnit("day").apply(value, PLACE) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


@given(st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(2200, 1, 1)))  # noqa: DTZ001
def test_a_narrower_unit_can_be_had_from_the_wider_one(time):
    """What `is_narrower_than` promises: nothing of the time is needed but the other's result."""
    for inner in map(TimeUnit, UNITS):
        for outer in map(TimeUnit, UNITS):
            if inner.is_narrower_than(outer):
                direct = inner.apply(time.isoformat(), PLACE).value
                assert (
                    inner.apply(outer.apply(time.isoformat(), PLACE).value, PLACE).value == direct
                )


def test_weeks_lie_in_no_month_or_year():
    week = TimeUnit("week")
    for unit in UNITS:
        assert week.is_narrower_than(TimeUnit(unit)) is (unit not in ("month", "year"))
        assert TimeUnit(unit).is_narrower_than(week) is (unit == "week")
