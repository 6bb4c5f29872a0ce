"""round, bins and geo."""

from __future__ import annotations

import datetime as dt
import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.generalize.bins import Bins
from safetrack.transform.generalize.geo import Geo
from safetrack.transform.generalize.rounding import Rounding

PLACE = Place("amount", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)
WRONG_TYPE = Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
NOT_NUMBERS = ["", "x", "1e5", "1;5", "0x10", "\u0661", "1" * 30, True, None, float("nan"), 10**30]


def value_of(action, value):
    return action.apply(value, PLACE).value


@pytest.mark.parametrize(
    ("step", "value", "expected"),
    [
        (10, 14, 10),
        (10, 15, 20),
        (10, -15, -20),
        (10, 14.99, 10),
        (10, " 12.5 ", 10),
        (0.1, 3.14159, 3.1),
        (0.1, 0.25, 0.3),
        (0.25, 1.3, 1.25),
        (0.1, -0.04, 0.0),
        (1000, 499, 0),
        (2.0, 3, 4),
    ],
)
def test_numbers_become_the_nearest_multiple(step, value, expected):
    rounded = value_of(Rounding(step), value)
    assert (type(rounded), str(rounded)) == (type(expected), str(expected))


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_a_rounded_number_is_a_multiple_at_most_half_a_step_away(value, step):
    rounded = value_of(Rounding(step), value)
    assert rounded % step == 0
    assert abs(rounded - value) * 2 <= step


@pytest.mark.parametrize("action", [Rounding(10), Bins((1, 2)), Geo(1)])
@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_what_is_no_number_is_dropped(action, value):
    assert action.apply(value, PLACE) == WRONG_TYPE


def test_results_that_other_json_readers_would_change_are_dropped():
    assert Rounding(10).apply(1e300, PLACE) == Outcome(DROP, Search.NONE, Reason.TOO_LARGE)


def test_what_is_still_long_enough_to_identify_is_searched():
    assert Rounding(10).apply(4915112345678, PLACE).search is Search.PATTERNS
    assert Rounding(10).apply(123456, PLACE).search is Search.NONE
    bounded = Rounding(10, minimum=0, maximum=10**13)
    assert bounded.apply(4915112345678, PLACE).search is Search.NONE


def test_numbers_out_of_range_are_dropped_by_their_exact_value():
    action = Rounding(10, minimum=0, maximum=99)
    assert value_of(action, 99) == 100
    for value in (-1, 99.5, "100"):
        assert action.apply(value, PLACE) == Outcome(DROP, Search.NONE, Reason.OUT_OF_RANGE)


def test_the_applications_decimal_context_changes_nothing():
    with decimal.localcontext() as context:
        context.prec = 2
        context.rounding = decimal.ROUND_DOWN
        context.traps[decimal.Inexact] = True
        context.traps[decimal.FloatOperation] = True
        assert value_of(Rounding(0.3), 12345.67) == 12345.6
        assert value_of(Bins((0.5, 12345.6)), 12345.67) == ">=12345.6"


@pytest.mark.parametrize("step", [0, -1, float("nan")])
def test_a_step_must_be_above_zero(step):
    with pytest.raises(ValueError, match="above 0"):
        Rounding(step)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (-11, "<-10"),
        (-10, "-10 to 0"),
        (0.25, "0 to 0.5"),
        ("0.5", "0.5 to 1000000"),
        (10**9, ">=1000000"),
    ],
)
def test_bins_include_their_lower_edge(value, label):
    assert Bins((-10, 0, 0.5, 1e6)).apply(value, PLACE) == Outcome(label, Search.NONE, Reason.RULE)


def test_a_bins_own_label_is_left_as_it_is_and_others_are_dropped():
    assert Bins((10,)).apply(">=10", PLACE) == Outcome(">=10")
    assert Bins((10,)).apply(">=20", PLACE) == WRONG_TYPE


@pytest.mark.parametrize("edges", [(), (2, 1), (1, 1)])
def test_bins_need_ascending_edges(edges):
    with pytest.raises(ValueError, match="ascending"):
        Bins(edges)


@pytest.mark.parametrize(
    ("decimals", "value", "expected"),
    [
        (0, 52.520008, 53),
        (1, 52.520008, 52.5),
        (2, "-13.404954", -13.4),
        (1, "52.520008, 13.404954", "52.5,13.4"),
        (1, -0.01, 0.0),
    ],
)
def test_coordinates_lose_decimals(decimals, value, expected):
    rounded = value_of(Geo(decimals), value)
    assert (type(rounded), str(rounded)) == (type(expected), str(expected))


@pytest.mark.parametrize("value", [180.1, -181, "1,2,3", "1,", "1,x", "0," * 100])
def test_what_is_no_coordinate_is_dropped(value):
    assert Geo(1).apply(value, PLACE) == WRONG_TYPE


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (Rounding(100), Rounding(10)),
        (Rounding(10, minimum=0, maximum=9), Rounding(10, minimum=-1)),
        (Bins((1, 3)), Bins((1, 2, 3))),
        (Geo(1), Geo(2)),
    ],
)
def test_coarser_is_narrower(inner, outer):
    assert inner.is_narrower_than(outer)
    assert not outer.is_narrower_than(inner)


def test_other_edges_are_not_comparable():
    assert not Bins((1, 5)).is_narrower_than(Bins((1, 2, 3)))
