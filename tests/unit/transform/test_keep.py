from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.keep import Keep

PLACE = Place("plan", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)


def apply(action, value):
    return action.apply(value, PLACE)


def kept(value, search=Search.NONE):
    return Outcome(value, search, None)


def test_plain_keep_searches_text_and_long_numbers_only():
    expected = {
        "free": Search.PATTERNS,
        "": Search.PATTERNS,
        True: Search.NONE,
        None: Search.NONE,
        999_999: Search.NONE,
        1_000_000: Search.PATTERNS,
        -1_000_000: Search.PATTERNS,
        52.5: Search.NONE,
        52.520008: Search.PATTERNS,
    }
    for value, search in expected.items():
        assert apply(Keep(), value) == kept(value, search)


def test_trusted_values_are_not_searched():
    assert apply(Keep(trusted=True), "jane@acme.com") == kept("jane@acme.com")
    assert apply(Keep(trusted=True), 4915112345678) == kept(4915112345678)


@pytest.mark.parametrize("value", ["free", 1, False, None])
def test_listed_values_leave_unsearched(value):
    assert apply(Keep(values=("free", 1, False, None)), value) == kept(value)


@pytest.mark.parametrize("value", ["Free", "free ", "1", 1.0, True, 0, "", "jane@acme.com"])
def test_a_value_matches_by_type_and_exact_text(value):
    refused = Outcome(DROP, Search.NONE, Reason.NOT_LISTED_VALUE)
    assert apply(Keep(values=("free", 1, False, None)), value) == refused


def test_what_leaves_is_the_policys_own_value():
    own, callers = "free", "freely"[:4]
    assert callers is not own
    assert apply(Keep(values=(own,)), callers).value is own


def test_otherwise_stands_in_for_what_is_refused():
    listed = Keep(values=("free",), otherwise="other")
    assert apply(listed, "gold") == Outcome("other", Search.NONE, Reason.NOT_LISTED_VALUE)
    typed = Keep(type="integer", otherwise=None)
    assert apply(typed, "gold") == Outcome(None, Search.NONE, Reason.WRONG_TYPE)


@pytest.mark.parametrize(
    ("kind", "accepted", "refused"),
    [
        ("integer", [0, -3], [True, "42", 1.5, None]),
        ("number", [0, 1.5], [True, "42", None]),
        ("boolean", [True, False], [0, 1, "true", None]),
        ("string", ["", "42"], [42, True, None]),
    ],
)
def test_types_are_exact(kind, accepted, refused):
    for value in accepted:
        outcome = apply(Keep(type=kind), value)
        assert (type(outcome.value), outcome.value) == (type(value), value)
    for value in refused:
        assert apply(Keep(type=kind), value) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


def test_a_float_without_a_fraction_is_an_integer_and_leaves_as_one():
    outcome = apply(Keep(type="integer"), 42.0)
    assert (type(outcome.value), outcome.value) == (int, 42)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_know_are_dropped(value):
    assert apply(Keep(), value) == Outcome(DROP, Search.NONE, Reason.UNREADABLE)


def test_timestamps_leave_in_our_own_form_unsearched():
    wanted = kept("2026-11-23T17:48:10Z")
    for text in ("2026-11-23 18:48:10+01:00", "Mon, 23 Nov 2026 17:48:10 GMT", 1795456090):
        assert apply(Keep(type="timestamp"), text) == wanted
    assert apply(Keep(type="timestamp"), "tomorrow").value is DROP


def test_bounded_numbers_are_not_searched_and_others_refused():
    seats = Keep(type="integer", minimum=1, maximum=10**9)
    assert apply(seats, 10**9) == kept(10**9)
    assert apply(seats, 1) == kept(1)
    for value in (0, 10**9 + 1):
        assert apply(seats, value) == Outcome(DROP, Search.NONE, Reason.OUT_OF_RANGE)


def test_a_number_bounded_on_one_side_is_still_searched():
    assert apply(Keep(minimum=1), 4915112345678).search is Search.PATTERNS
    assert apply(Keep(maximum=10**13), 4915112345678).search is Search.PATTERNS


@pytest.mark.parametrize("value", ["5", True, None])
def test_bounds_alone_ask_for_a_number(value):
    assert apply(Keep(minimum=1, maximum=9), value).reason is Reason.WRONG_TYPE


NARROWER = [
    (Keep(values=("a",)), Keep(values=("a", "b"))),
    (Keep(values=("a",)), Keep()),
    (Keep(values=("a",)), Keep(type="string")),
    (Keep(values=(3, 4)), Keep(type="integer", minimum=1, maximum=9)),
    (Keep(values=("a",), otherwise="x"), Keep(values=("a", "b"), otherwise="y")),
    (Keep(type="integer"), Keep()),
    (Keep(type="integer"), Keep(type="number")),
    (Keep(type="integer", minimum=2, maximum=8), Keep(type="integer", minimum=1)),
    (Keep(type="timestamp"), Keep()),
    (Keep(), Keep(trusted=True)),
]
NOT_NARROWER = [
    (Keep(values=("a", "c")), Keep(values=("a", "b"))),
    (Keep(values=(1,)), Keep(values=(True,))),
    (Keep(values=("a",)), Keep(type="integer")),
    (Keep(values=(3, 40)), Keep(type="integer", minimum=1, maximum=9)),
    (Keep(values=("a",), otherwise="x"), Keep(values=("a",))),
    (Keep(), Keep(values=("a",))),
    (Keep(type="string"), Keep(values=("a",))),
    (Keep(), Keep(type="integer")),
    (Keep(type="number"), Keep(type="integer")),
    (Keep(type="integer", maximum=9), Keep(type="integer", minimum=1, maximum=9)),
    (Keep(type="integer", minimum=0), Keep(type="integer", minimum=1)),
    (Keep(trusted=True), Keep()),
]


@pytest.mark.parametrize(("inner", "outer"), NARROWER)
def test_narrower(inner, outer):
    assert inner.is_narrower_than(outer)


@pytest.mark.parametrize(("inner", "outer"), NOT_NARROWER)
def test_not_narrower(inner, outer):
    assert not inner.is_narrower_than(outer)


_EDGES = (None, -5, 0, 7.5, 999_999, 1e6, 2**53, 1e300)


@given(
    kind=st.sampled_from([None, "integer", "number", "boolean", "string", "timestamp"]),
    bounds=st.tuples(st.sampled_from(_EDGES), st.sampled_from(_EDGES)),
    trusted=st.booleans(),
    value=st.one_of(
        st.integers(-(2**63), 2**63), st.floats(), st.sampled_from([999_999, 1_000_000, 12345.67])
    ),
)
def test_numbers_in_a_lane_are_those_that_leave_as_they_are_unsearched(
    kind, bounds, trusted, value
):
    keep = Keep(type=kind, minimum=bounds[0], maximum=bounds[1], trusted=trusted)
    lane = keep.number_lanes().get(type(value))
    is_in = lane is not None and lane.low <= value <= lane.high
    if is_in and (not lane.longest or len(repr(value)) <= lane.longest):
        assert apply(keep, value) == kept(value)


def test_ordinary_numbers_are_in_a_lane_and_listed_ones_in_none():
    assert set(Keep(type="number").number_lanes()) == {int, float}
    assert Keep(type="integer", minimum=1, maximum=9).number_lanes()[int][:2] == (1, 9)
    assert Keep(values=(1, 2)).number_lanes() == {}
