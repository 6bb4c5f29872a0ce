"""``generalize: {geo: decimals}``: a coordinate with fewer decimals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import read_number

_MAX_DEGREES: Final = 180
_MAX_TEXT: Final = 64


@dataclass(frozen=True, slots=True)
class Geo:
    """Rounds degrees of latitude or longitude.

    Attributes:
        decimals: How many stay. A degree is about 111 km; one decimal 11 km, two 1 km.
    """

    decimals: int = 0
    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The rounded number, or the rounded pair of ``lat,lon`` text. All else is dropped."""
        rounded = self._pair(value) if type(value) is str and "," in value else self._round(value)
        if rounded is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        return Outcome(rounded, Search.NONE, None if rounded == value else Reason.RULE)

    def _pair(self, text: str) -> str | None:
        parts = text.split(",") if len(text) <= _MAX_TEXT else []
        rounded = [self._round(part) for part in parts]
        if len(rounded) != len(("lat", "lon")) or None in rounded:
            return None
        return ",".join(str(number) for number in rounded)

    def _round(self, value: Scalar) -> float | None:
        number = read_number(value)
        if number is None or abs(number) > _MAX_DEGREES:
            return None
        rounded = round(float(number), self.decimals) + 0.0
        return rounded if self.decimals > 0 else int(rounded)

    def is_narrower_than(self, other: Action) -> bool:
        """As few decimals or fewer."""
        return isinstance(other, Geo) and self.decimals <= other.decimals
