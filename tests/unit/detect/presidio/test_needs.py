"""What a text must hold for a pattern to match, read off the pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.entities import ENTITIES
from safetrack.detect.presidio.needs import NOTHING, Holdings, Needs, needs
from safetrack.detect.presidio.recognizers import build_engine


@pytest.mark.parametrize(
    ("expression", "length", "digits", "marks"),
    [
        ("", 0, 0, ""),
        ("abc", 3, 0, ""),
        (r"\d{3}-\d{4}", 8, 7, "-"),
        (r"[0-9]+", 1, 1, ""),
        (r"[0-9a-f]{8}", 8, 0, ""),
        (r"[123]x", 2, 1, ""),
        (r"[^@]+@[a-z]+\.com", 7, 0, "@."),
        (r"(?:\d{2}:)?\d{2}", 2, 2, ""),
        (r"(\d\d|\d{4}-)x", 3, 2, ""),
        (r"(a-|b-)\d", 3, 1, "-"),
        (r"\b(?<!\d)(?=\d{9})\w{2}(?!x)$", 2, 0, ""),
        (r"(a)\1", 1, 0, ""),
        (r"\d*?x", 1, 0, ""),
        (r"[-]{2}", 2, 0, "-"),
        (r"[\d ]{9}.", 10, 0, ""),
        (r"5\+", 2, 1, "+"),
        (r"é@", 2, 0, "@"),
        (r"(?>ab)c++", 3, 0, ""),
    ],
)
def test_every_match_holds_so_much(expression, length, digits, marks):
    assert needs(expression) == Needs(length, digits, frozenset(marks))


def test_nothing_is_asked_for_a_pattern_that_cannot_be_read():
    assert needs(r"\p{Lu}\d{9}") is NOTHING
    assert needs(r"(?<name>\d{9})") is NOTHING


def test_spaces_in_a_verbose_pattern_are_no_part_of_it():
    assert needs(r"\d @", re.VERBOSE) == Needs(2, 1, frozenset("@"))


def test_digits_of_any_script_are_digits():
    assert needs(r"\d{3}").met_by(Holdings("٣٤٥"))


def _patterns():
    analyzer = build_engine("en", ENTITIES)
    return [
        pattern
        for recognizer in analyzer.registry.recognizers
        for pattern in getattr(recognizer, "patterns", ())
    ]


PATTERNS = _patterns()


@given(st.text(alphabet="0123456789abfxAZ.-:/@ +_=", max_size=40))
def test_no_pattern_matches_a_text_that_does_not_hold_what_it_needs(text):
    holdings = Holdings(text)
    for pattern in PATTERNS:
        if pattern.compiled_regex.is_in(text):
            assert needs(pattern.regex, pattern.compiled_with_flags).met_by(holdings)
