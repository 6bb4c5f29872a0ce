"""``redact``: a marker in place of the value, ``<EMAIL_ADDRESS>``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import Action, Outcome, Place, Search


@dataclass(frozen=True, slots=True)
class Redact:
    """Replaces any value by the marker of one kind.

    Attributes:
        marker_kind: The entity's or the rule's kind, in any spelling.
    """

    marker_kind: str

    name: ClassVar[str] = "redact"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The marker, whatever the value: not even whether there was one can be told."""
        return Outcome(marker(self.marker_kind), Search.NONE, Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to redact."""
        return isinstance(other, Redact)


def marker(kind: str) -> str:
    """``<KIND>``, in capitals, digits and underscores."""
    word = re.sub(r"[^A-Z0-9]+", "_", kind.upper()).strip("_")
    return f"<{word or 'REDACTED'}>"
