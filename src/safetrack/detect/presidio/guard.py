"""Patterns that fail closed.

Presidio applies its patterns with a time limit, but when the limit is reached it logs a warning
and goes on as if the pattern had found nothing, so that padding a value hides it. The patterns
here end the whole search of the text instead.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import regex  # type: ignore[import-untyped]
from presidio_analyzer import Pattern

PATTERN_SECONDS: Final = 1.0
"""Wall time that one pattern may take on one window of text. Ordinary ones take microseconds."""

_running = threading.local()


class SearchTimedOutError(Exception):
    """A pattern, or the whole search of a text, took too long.

    Not a ``TimeoutError``: Presidio swallows those.
    """


@contextmanager
def time_limit(cpu_seconds: float) -> Iterator[None]:
    """Limit the CPU time of this thread inside the block; `check_time` raises once it is over."""
    _running.until = time.thread_time() + cpu_seconds
    _running.not_before = time.monotonic() + cpu_seconds
    try:
        yield
    finally:
        _running.until = None


def time_is_over() -> bool:
    """Whether the limit of the surrounding `time_limit` is reached."""
    until = getattr(_running, "until", None)
    if until is None or time.monotonic() < _running.not_before:
        return False  # no thread works longer than time passes; and asking for that costs far less
    return bool(time.thread_time() > until)


def check_time() -> None:
    """Raises `SearchTimedOutError` when the limit of the surrounding `time_limit` is over."""
    if time_is_over():
        raise SearchTimedOutError


class GuardedPattern:
    """Stands in for a compiled pattern inside a Presidio recogniser."""

    __slots__ = ("_compiled", "_seconds")

    def __init__(self, expression: str, flags: int, seconds: float = PATTERN_SECONDS) -> None:
        self._compiled = regex.compile(expression, flags=flags)
        self._seconds = seconds

    def has_group(self, name: str) -> bool:
        """Whether the pattern has a group of that name."""
        return name in self._compiled.groupindex

    def is_in(self, text: str) -> bool:
        """Whether it matches anywhere. Raises `SearchTimedOutError` when that takes too long."""
        try:
            return self._compiled.search(text, timeout=self._seconds) is not None
        except TimeoutError:
            pass
        raise SearchTimedOutError

    def finditer(self, text: str, timeout: float | None = None) -> Iterator[Any]:
        """Matches in order. Raises `SearchTimedOutError` where Presidio would go on silently."""
        check_time()
        seconds = self._seconds if timeout is None else min(timeout, self._seconds)
        try:
            yield from self._compiled.finditer(text, timeout=seconds)
        except TimeoutError:
            pass
        else:
            return
        raise SearchTimedOutError


def guard(recognizer: Any, seconds: float = PATTERN_SECONDS) -> Any:
    """Give a pattern recogniser its own patterns, guarded. The class's shared ones stay as they are."""
    flags = recognizer.global_regex_flags
    recognizer.patterns = [_guarded(pattern, flags, seconds) for pattern in recognizer.patterns]
    return recognizer


def _guarded(pattern: Pattern, flags: int, seconds: float) -> Any:
    copy: Any = Pattern(pattern.name, pattern.regex, pattern.score)
    copy.compiled_regex = GuardedPattern(pattern.regex, flags, seconds)
    copy.compiled_with_flags = flags
    return copy
