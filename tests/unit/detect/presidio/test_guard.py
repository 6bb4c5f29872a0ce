"""Patterns that fail closed."""

from __future__ import annotations

import re

import pytest
from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import UsSsnRecognizer

from safetrack.detect.presidio.guard import (
    GuardedPattern,
    SearchTimedOutError,
    check_time,
    guard,
    time_limit,
)

CATASTROPHIC = r"(?:a|aa)+$"
PADDING = "a" * 60 + "b"


def test_a_guarded_pattern_finds_what_the_pattern_finds() -> None:
    text = "a1 b22 c333"
    found = [match.span() for match in GuardedPattern(r"\d+", 0).finditer(text, timeout=60)]
    assert found == [match.span() for match in re.finditer(r"\d+", text)]


def test_a_pattern_that_takes_too_long_ends_the_search() -> None:
    slow = GuardedPattern(CATASTROPHIC, 0, seconds=0.05)
    with pytest.raises(SearchTimedOutError) as raised:
        list(slow.finditer(PADDING))
    assert raised.value.__context__ is None
    assert not isinstance(raised.value, TimeoutError)


def test_presidio_alone_would_have_gone_on_as_if_nothing_was_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 0.05)
    patterns = [Pattern("slow", CATASTROPHIC, 0.9)]
    recognizer = PatternRecognizer("X", patterns=patterns)
    assert len(recognizer.analyze("aa", ["X"])) == 1
    assert recognizer.analyze(f"{PADDING}\naa", ["X"]) == []
    with pytest.raises(SearchTimedOutError):
        guard(recognizer, seconds=0.05).analyze(f"{PADDING}\naa", ["X"])


def test_guarding_a_recogniser_leaves_the_shared_patterns_of_its_class_alone() -> None:
    shared = [pattern.compiled_regex for pattern in UsSsnRecognizer.PATTERNS]
    guarded = guard(UsSsnRecognizer())
    assert [type(pattern.compiled_regex) for pattern in guarded.patterns] == [GuardedPattern] * 5
    assert [pattern.compiled_regex for pattern in UsSsnRecognizer.PATTERNS] == shared


def test_the_time_of_a_text_is_limited_and_only_inside_the_block() -> None:
    with pytest.raises(SearchTimedOutError), time_limit(-1.0):
        check_time()
    check_time()
    with time_limit(60.0):
        check_time()
