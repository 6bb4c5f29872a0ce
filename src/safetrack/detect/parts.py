"""What is searched of a text: its stretches, the readings of each, and windows on those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from safetrack.detect.segments import segments, windows
from safetrack.detect.views import TooManyViewsError, View, views
from safetrack.event import Reason

LONGEST_TEXT: Final = 100_000
"""Characters that are searched of one text; what lies behind them is not, and does not leave."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a view: `text` begins at character `offset` of the view."""

    view: View
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch ``[start, end)`` of a text, which is read and judged on its own.

    Attributes:
        start: Its first character.
        end: One past its last.
        text: The stretch.
        windows: What is searched of it.
        failed: Why it is not searched; None where it is.
    """

    start: int
    end: int
    text: str
    windows: tuple[Window, ...]
    failed: Reason | None = None

    def __repr__(self) -> str:
        return f"<Part {self.start}-{self.end}>"


def parts(text: str, *, is_over: Callable[[], bool] = lambda: False) -> list[Part]:
    """The parts of `text` in order; what is beyond the bounds is a part that failed.

    Args:
        text: The text.
        is_over: Whether the time for it is over, asked before each part but the first.
    """
    cut: list[Part] = []
    for start, end in segments(text):
        reason = Reason.TOO_COSTLY if end > LONGEST_TEXT else None
        reason = Reason.TIMEOUT if cut and is_over() else reason
        if reason is not None:
            cut.append(Part(start, len(text), text[start:], (), reason))
            break
        cut.append(_part(text[start:end], start, end))
    return cut


def _part(text: str, start: int, end: int) -> Part:
    try:
        return Part(start, end, text, tuple(w for view in views(text) for w in _windows(view)))
    except TooManyViewsError:
        return Part(start, end, text, (), Reason.TOO_COSTLY)


def _windows(view: View) -> list[Window]:
    return [Window(view, start, view.text[start:end]) for start, end in windows(view.text)]
