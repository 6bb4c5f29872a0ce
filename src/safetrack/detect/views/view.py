"""A reading of a text, and the way back to the original."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class View:
    """A reading of a text.

    Attributes:
        name: How it was made, e.g. ``percent`` or ``base64>percent``; empty for the text itself.
        text: The reading.
        starts: For each character of `text`, the first character of the original it stands for.
            Never falls.
        ends: For each, one past the last. Never falls.
        accepts: Entities that are believed when they are found in it; None for all. A guess at how
            a text may be meant must turn up something that is no accident.
        names: Whether it stands for words that could not be read before, so that names are worth
            looking for.
    """

    name: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    accepts: frozenset[str] | None = None
    names: bool = True

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` stands for."""
        if not self.name:
            return start, end
        return self.starts[start], self.ends[end - 1]


class Piece(NamedTuple):
    """A stretch ``[start, end)`` of a view and what it reads as.

    With `exact`, each character of `text` stands for as many characters of the stretch, evenly;
    otherwise each stands for the whole stretch.
    """

    start: int
    end: int
    text: str
    exact: bool = False


Reader: TypeAlias = Callable[[str], Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text.

    Attributes:
        name: Of the views that it makes.
        may_apply: A cheap test whether there is any work for `read`.
        read: The pieces of a text that read otherwise, in order, without overlap.
        accepts: As for `View`.
        names: As for `View`.
        alone: Whether the pieces are all of the view, a line each: what stands around them says
            nothing of a guess, and has been searched as it is.
    """

    name: str
    may_apply: Callable[[str], object]
    read: Reader
    accepts: frozenset[str] | None = None
    names: bool = True
    alone: bool = False


def itself(text: str) -> View:
    """The text as it stands."""
    return View("", text, range(len(text)), range(1, len(text) + 1))


def rewritten(view: View, reading: Reading) -> View | None:
    """The view as `reading` reads it; None where that is no other text."""
    if not reading.may_apply(view.text):
        return None
    rewriting = _Rewriting(view, alone=reading.alone)
    for piece in reading.read(view.text):
        rewriting.replace(piece)
    if not rewriting.done:
        return None
    rewriting.keep(len(view.text))
    text = without_surrogates("".join(rewriting.text))
    if text == view.text:
        return None
    return View(
        name=f"{view.name}>{reading.name}" if view.name else reading.name,
        text=text,
        starts=rewriting.starts,
        ends=rewriting.ends,
        accepts=_narrower(view.accepts, reading.accepts),
        names=reading.names,
    )


def _narrower(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one if other is None else other
    return one & other


class _Rewriting:
    """A view's text while it is written anew, with the map to the original."""

    def __init__(self, view: View, *, alone: bool) -> None:
        self.view = view
        self.alone = alone
        self.text: list[str] = []
        self.starts = array("l")
        self.ends = array("l")
        self.done = 0

    def keep(self, end: int) -> None:
        """Take over what stands before `end` and was not written yet."""
        if self.alone:
            self._part(end)
            return
        self.text.append(self.view.text[self.done : end])
        self.starts.extend(self.view.starts[self.done : end])
        self.ends.extend(self.view.ends[self.done : end])

    def _part(self, end: int) -> None:
        """Write the end of a line for all that stands between two pieces."""
        start, stop = self._stretch(self.done, end)
        self.text.append("\n")
        self.starts.append(start)
        self.ends.append(stop)

    def replace(self, piece: Piece) -> None:
        """Write a piece."""
        self.keep(piece.start)
        self.text.append(piece.text)
        for start, end in self._spread(piece):
            self.starts.append(start)
            self.ends.append(end)
        self.done = piece.end

    def _spread(self, piece: Piece) -> Iterator[tuple[int, int]]:
        """The stretch of the original for each character of a piece."""
        width = (piece.end - piece.start) // len(piece.text) if piece.exact and piece.text else 0
        if not width:
            whole = self._stretch(piece.start, piece.end)
            yield from (whole for _ in piece.text)
            return
        for start in range(piece.start, piece.end, width):
            yield self._stretch(start, start + width)

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return self.view.starts[start], self.view.ends[end - 1]
        here = self.view.starts[start] if start < len(self.view.starts) else self.view.ends[-1]
        return here, here


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no encoder and no language model takes."""
    return _SURROGATE.sub("\ufffd", text)
