"""Which of several overlapping hits is reported. What any of them covers stays covered."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from operator import attrgetter

from safetrack.detect.detector import Finding
from safetrack.detect.plausible import Hit

_START = attrgetter("start")


def without_overlaps(hits: Iterable[Hit], text: str) -> tuple[Finding, ...]:
    """Non-overlapping findings in order of their start.

    Patterns and checksums win over names, whose score says nothing, and those over names known by
    their form alone; then the longer hit, then the higher score. A hit that loses keeps what lies outside the winners, if a letter or digit does:
    a winner must not uncover the rest of a loser.
    """
    taken: list[Finding] = []
    for hit in sorted(hits, key=_rank):
        for free in _free(hit.start, hit.end, taken):
            start, end = _trimmed(text, *free)
            if start < end:
                insort(taken, _finding(hit, start, end), key=_START)
    return tuple(taken)


def _finding(hit: Hit, start: int, end: int) -> Finding:
    return Finding(
        start,
        end,
        hit.entity,
        hit.score,
        hit.recognizer,
        hit.view,
        hit.has_context,
        hit.unsearched,
    )


def _rank(hit: Hit) -> tuple[int, int, float, int, str, str]:
    # Start and names last, so that the order of the hits never decides.
    kind = 2 if hit.entity == "PROPER_NAME" else int(hit.is_name)
    kind = -1 if hit.unsearched else kind
    return (kind, hit.start - hit.end, -hit.score, hit.start, hit.entity, hit.recognizer)


def _free(start: int, end: int, taken: list[Finding]) -> list[tuple[int, int]]:
    """The parts of ``[start, end)`` that no finding covers yet; `taken` is sorted by start."""
    free = []
    first = max(bisect_left(taken, start, key=_START) - 1, 0)
    for other in taken[first : bisect_left(taken, end, key=_START)]:
        if other.start > start:
            free.append((start, other.start))
        start = max(start, other.end)
    if start < end:
        free.append((start, end))
    return free


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at its ends; empty when nothing but ASCII punctuation is left.

    Foreign signs count: circled and squared letters are no letters to Unicode.
    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (
        (start, end)
        if any(c.isalnum() or not c.isascii() for c in text[start:end])
        else (start, start)
    )
