"""``drop``: nothing, not even the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search


@dataclass(frozen=True, slots=True)
class Drop:
    """Lets nothing through."""

    name: ClassVar[str] = "drop"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """`DROP`, for every value."""
        return Outcome(DROP, Search.NONE, Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to drop."""
        return isinstance(other, Drop)
