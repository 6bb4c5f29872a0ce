"""scrub, redact, drop and mask."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.drop import Drop
from safetrack.transform.mask import Mask
from safetrack.transform.redact import Redact, marker
from safetrack.transform.scrub import Scrub

PLACE = Place("note", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)


def test_scrub_searches_text_and_long_numbers_fully():
    for value in ("hello", "", 4915112345678, 52.520008):
        assert Scrub().apply(value, PLACE) == Outcome(value, Search.FULL, None)


def test_scrub_lets_out_what_cannot_identify():
    for value in (True, None, 42, 0.5):
        assert Scrub().apply(value, PLACE) == Outcome(value, Search.NONE, None)


def test_scrub_drops_numbers_that_json_does_not_know():
    assert Scrub().apply(float("nan"), PLACE) == Outcome(DROP, Search.NONE, Reason.UNREADABLE)


def test_drop_lets_nothing_out():
    assert Drop().apply("x", PLACE) == Outcome(DROP, Search.NONE, Reason.RULE)


@pytest.mark.parametrize("value", ["jane@acme.com", "", None, 0])
def test_redact_leaves_one_marker_for_every_value(value):
    marked = Outcome("<EMAIL_ADDRESS>", Search.NONE, Reason.RULE)
    assert Redact("EMAIL_ADDRESS").apply(value, PLACE) == marked


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("email address", "<EMAIL_ADDRESS>"), ("person", "<PERSON>"), ("<>", "<REDACTED>")],
)
def test_markers_are_capitals_digits_and_underscores(kind, expected):
    assert marker(kind) == expected


@pytest.mark.parametrize(
    ("last", "value", "expected"),
    [
        (0, "4111111111111111", "********"),
        (4, "4111111111111234", "*" * 12 + "1234"),
        (4, "12345678", "*" * 14 + "78"),
        (4, "abc", "*" * 16),
        (4, 15551234, "*" * 14 + "34"),
        (6, "4111111111111111111111111234", "*" * 18 + "111234"),
    ],
)
def test_a_mask_shows_the_last_characters(last, value, expected):
    assert Mask(last).apply(value, PLACE) == Outcome(expected, Search.NONE, Reason.RULE)


@given(st.text("abc123@.", min_size=1), st.integers(0, 40))
def test_a_mask_shows_no_more_than_asked_for_and_than_a_quarter(value, last):
    masked = Mask(last).apply(value, PLACE).value
    shown = len(masked.lstrip("*"))
    assert shown <= min(last, len(value) // 4)


@given(st.lists(st.text("abc123", min_size=1), min_size=2), st.integers(0, 40))
def test_masks_of_all_values_have_one_width(values, last):
    assert len({len(Mask(last).apply(value, PLACE).value) for value in values}) == 1


def test_a_tail_as_long_as_an_identifier_is_still_searched():
    assert Mask(7).apply("x" * 28, PLACE).search is Search.PATTERNS
    assert Mask(6).apply("x" * 28, PLACE).search is Search.NONE


@pytest.mark.parametrize("value", ["", None, True, float("inf")])
def test_what_has_no_characters_is_not_masked(value):
    assert Mask().apply(value, PLACE) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


def test_a_mask_is_narrower_if_it_shows_less():
    assert Mask(2).is_narrower_than(Mask(4))
    assert not Mask(4).is_narrower_than(Mask(2))
