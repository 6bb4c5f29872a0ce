"""Cutting a long text into stretches that overlap, between words.

What is searched is looked at a stretch at a time, for some patterns and the language model take
more than linear time. Neighbours share `OVERLAP` characters, so that what crosses a border is whole
in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LENGTH: Final = 2_000
"""Characters of a stretch, at most, where the text has any place to cut it."""
OVERLAP: Final = 200
"""Characters that neighbours share: longer than any identifier, written plainly."""

_SPACES: Final = (" ", "\n", "\t", "\r")
_MARKS: Final = (",", ";", "&", "|", "}", "]", ">", "\u3001", "\u3002", "\uff0c")
"""Where minified JSON, query strings, lists, and languages without spaces are cut."""


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch, cut between words: one that has no border is not cut.

    Encoded runs stay whole, so a stretch may be longer than `LENGTH`.
    """
    start = 0
    while len(text) - start > LENGTH:
        end = _border(text, start + LENGTH // 2, start + LENGTH) or _next(text, start + LENGTH)
        if end >= len(text):
            break
        yield start, end
        start = _overlapping(text, start, end)
    yield start, len(text)


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch, none longer than `LENGTH`, cut anywhere if need be."""
    start = 0
    while len(text) - start > LENGTH:
        end = _border(text, start + LENGTH // 2, start + LENGTH) or start + LENGTH
        yield start, end
        start = _overlapping(text, start, end)
    yield start, len(text)


def _border(text: str, low: int, high: int) -> int:
    """One past the last white space in ``[low, high)``, else the last mark; 0 if there is none."""
    return _last(text, _SPACES, low, high) or _last(text, _MARKS, low, high)


def _last(text: str, marks: tuple[str, ...], low: int, high: int) -> int:
    return max(text.rfind(mark, low, high) for mark in marks) + 1


def _next(text: str, low: int) -> int:
    """One past the first border from `low` on; the text's end if there is none."""
    found = [text.find(mark, low) for mark in (*_SPACES, *_MARKS)]
    return min((at + 1 for at in found if at >= 0), default=len(text))


def _overlapping(text: str, start: int, end: int) -> int:
    """Where the next stretch begins: some `OVERLAP` characters before `end`, at a word's start."""
    low = max(end - 2 * OVERLAP, start + 1)
    return (
        _last(text, _SPACES, low, end - OVERLAP + 1)
        or _last(text, _MARKS, low, end - OVERLAP + 1)
        or end - OVERLAP
    )
