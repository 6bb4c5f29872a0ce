"""Other readings of a text: decoded, cleaned and unglued, with the way back to the original.

Personal data hides in encodings: ``ada%40example.org``, full-width letters, base64. A view is a
reading of the text in which such a form has been undone. Each of its characters knows which
stretch of the original it came from, so that what is found in a view can be removed from the
original. What cannot be mapped letter by letter (a base64 run) maps to the whole stretch.

::

    text ──► cleaned: Unicode tricks and escapes undone, round after round, one view a round
               └──► decoded: base64, hexadecimal … of it, and those cleaned in turn
               └──► arranged: layout, spelling, glue, of what was cleaned or decoded

The number of views, their depth and the length decoded are bounded. Ordinary text has one view:
itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safetrack.detect.views.encoded import TooManyViewsError
from safetrack.detect.views.readings import ARRANGED, CLEANED, DECODED
from safetrack.detect.views.spelled import is_spoken
from safetrack.detect.views.view import Reading, View, itself, rewritten, without_surrogates

__all__ = ["DEEPEST", "LONGEST_DECODED", "MOST_VIEWS", "TooManyViewsError", "View", "views"]

MOST_VIEWS: Final = 24
DEEPEST: Final = 4
"""Encodings inside encodings that are undone: base64 of percent-encoded text, and so on."""
LONGEST_DECODED: Final = 200_000
"""Characters of all views but the first, together."""

_PLAIN: Final = re.compile(
    r"(?:https?://)?(?:[A-Za-z]{2,11}|\d{1,4})(?:[ _.,/:?=&!'()-]{1,3}(?:[A-Za-z]{2,11}|\d{1,4})){0,40}+"
    r"[.!?/)]{0,2}",
    re.ASCII,
)
_TECHNICAL: Final = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
"""UUIDs and ISO times. They are told at once, as are …"""
_UNUSUAL: Final = re.compile(
    r"dot|pun|poi|pon|kropka|prikk|piste|period|[a-z][A-Z](?![A-Za-z])|[A-Z]{3} [A-Z]{3}"
    r"|[A-Z][a-z]+[_.][A-Z]|_[A-Z0-9]|[a-z][A-Z][a-z]+ [A-Z]|[_*~-](?:at|a)[_*~-]|\( ?at? ?\)|=[0-9A-F]{2}|\s\.|\d\.\s|\d(?:\D{0,3}\d){6}"
)
"""… short words and numbers, unless they hold one of these."""


def views(text: str) -> list[View]:
    """All readings of `text` that differ, the text itself first.

    Lone surrogates, which no encoder and no language model takes, are U+FFFD in every view.

    Raises:
        TooManyViewsError: There are more than `MOST_VIEWS`, or longer ones than `LONGEST_DECODED`.
    """
    original = itself(text)
    if _is_plain(text):
        return [original]
    return list(_Views(original))


def _is_plain(text: str) -> bool:
    if _PLAIN.fullmatch(text):
        return not (_UNUSUAL.search(text) or is_spoken(text))
    return bool(_TECHNICAL.fullmatch(text))


class _Views:
    """The views of one text, each text once, within the bounds."""

    def __init__(self, original: View) -> None:
        self._original = original
        self._seen = {original.text}
        self._count = 1
        self._length = 0

    def __iter__(self) -> Iterator[View]:
        text = self._original.text
        readable = without_surrogates(text)
        self._seen.add(readable)
        yield self._original if readable == text else _replaced(self._original, readable)
        yield from self._all(self._original, DEEPEST)

    def _all(self, origin: View, depth: int) -> Iterator[View]:
        """What `origin` reads as in `depth` steps."""
        cleaned = list(self._clean(origin, depth))
        yield from cleaned
        for source in {id(view): view for view in (origin, *cleaned[-1:])}.values():
            if depth > 1:
                for decoded in self._each(source, DECODED):
                    yield decoded
                    yield from self._all(decoded, depth - len(cleaned) - 1)
            yield from self._each(source, ARRANGED)

    def _clean(self, view: View, depth: int) -> Iterator[View]:
        """Undo Unicode tricks and escapes, all kinds at once, until there is none left."""
        for _ in range(depth):
            before = view
            for reading in CLEANED:
                view = rewritten(view, reading) or view
            if view is before or not self._is_new(view):
                return
            yield view

    def _each(self, view: View, readings: tuple[Reading, ...]) -> Iterator[View]:
        for reading in readings:
            other = rewritten(view, reading)
            if other is not None and self._is_new(other):
                yield other

    def _is_new(self, view: View) -> bool:
        if view.text in self._seen:
            return False
        self._seen.add(view.text)
        self._count += 1
        self._length += len(view.text)
        if self._count > MOST_VIEWS or self._length > LONGEST_DECODED:
            raise TooManyViewsError
        return True


def _replaced(view: View, text: str) -> View:
    return View(view.name, text, view.starts, view.ends)
