"""``mask``: stars, and at most the last few characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import IDENTIFIER_DIGITS, is_number

_MIN_WIDTH: Final = 8
_SHARE: Final = 4
"""At most one character in so many is shown."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A text of one width for every value, so that it tells nothing of the value's length.

    Attributes:
        last: How many characters to show at most; never more than a quarter of the value.
    """

    last: int = 0

    name: ClassVar[str] = "mask"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The mask of text or a number; a mask of this width is left as it is."""
        text = value if type(value) is str else repr(value) if is_number(value) else ""
        if not text:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        width = max(_MIN_WIDTH, self.last * _SHARE)  # so that of a mask, too, a quarter is shown
        if self._is_mask(text, width):
            return Outcome(text, self._search(self.last))
        shown = min(self.last, len(text) // _SHARE)
        tail = text[len(text) - shown :]
        return Outcome(tail.rjust(width, "*"), self._search(shown), Reason.RULE)

    def _is_mask(self, text: str, width: int) -> bool:
        return len(text) == width and text.startswith("*" * (width - self.last))

    def _search(self, shown: int) -> Search:
        """A tail as long as an identifier is searched like any other text."""
        return Search.PATTERNS if shown >= IDENTIFIER_DIGITS else Search.NONE

    def is_narrower_than(self, other: Action) -> bool:
        """Shows as many characters or fewer."""
        return isinstance(other, Mask) and self.last <= other.last
