"""``scrub``: the text, with every identifier inside it treated as ``detection.entities`` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import is_long, is_number


@dataclass(frozen=True, slots=True)
class Scrub:
    """Lets a value through to the full search: patterns, names and places."""

    name: ClassVar[str] = "scrub"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """`value`, to be searched fully if it is text or a number long enough to identify."""
        if type(value) is float and not is_number(value):
            return Outcome(DROP, Search.NONE, Reason.UNREADABLE)
        return Outcome(value, Search.FULL if type(value) is str or is_long(value) else Search.NONE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to scrub."""
        return isinstance(other, Scrub)
