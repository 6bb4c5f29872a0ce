"""``generalize: {bins: [a, b, …]}``: between which edges a number lies."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import read_number


@dataclass(frozen=True, slots=True)
class Bins:
    """Names the bin of a number: ``<10``, ``10 to 100`` (100 not included), ``>=100``.

    Attributes:
        edges: Where one bin ends and the next begins, ascending; at least one.

    Raises:
        ValueError: There are no edges, or they do not ascend.
    """

    edges: tuple[float, ...]
    name: ClassVar[str] = "generalize"
    _labels: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.edges or any(low >= high for low, high in pairwise(self.edges)):
            raise ValueError("bins need edges in ascending order")
        shown = [_shown(edge) for edge in self.edges]
        inner = [f"{low} to {high}" for low, high in pairwise(shown)]
        object.__setattr__(self, "_labels", (f"<{shown[0]}", *inner, f">={shown[-1]}"))

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The bin of a number or of plain decimal text; a bin is left as it is."""
        if value in self._labels:
            return Outcome(value)
        number = read_number(value)
        if number is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        edges = [Decimal(repr(edge)) for edge in self.edges]
        return Outcome(self._labels[bisect_right(edges, number)], Search.NONE, Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Some of the other's edges, and no others."""
        return isinstance(other, Bins) and set(self.edges) <= set(other.edges)


def _shown(edge: float) -> str:
    return str(int(edge)) if float(edge).is_integer() else repr(edge)
