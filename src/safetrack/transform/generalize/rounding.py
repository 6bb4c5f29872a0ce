"""``generalize: {round: step}``: the nearest multiple of a step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import MAX_INTEGER_BITS, Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import is_long, is_range_within, range_problem, read_number

_ARITHMETIC: Final = Context(prec=60, rounding=ROUND_HALF_UP, traps=[])
"""Our own, so that the application's decimal context neither changes a result nor raises."""
_LIMIT: Final = 2**MAX_INTEGER_BITS


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounds a number to multiples of `step`; halves go away from zero.

    Attributes:
        step: The distance of neighbouring results, above 0. Results are ints where it is whole.
        minimum: Smallest number that is rounded; smaller ones are dropped.
        maximum: Largest number that is rounded; larger ones are dropped.

    Raises:
        ValueError: `step` is not above 0.
    """

    step: float
    minimum: float | None = None
    maximum: float | None = None
    name: ClassVar[str] = "generalize"

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise ValueError("the step of rounding must be above 0")

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The nearest multiple of a number or of plain decimal text. All else is dropped."""
        number = read_number(value)
        if number is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        rounded = self._round(number)
        problem = range_problem(number, self.minimum, self.maximum)
        if problem is not None or abs(rounded) >= _LIMIT:
            return Outcome(DROP, Search.NONE, problem or Reason.TOO_LARGE)
        reason = None if rounded == value else Reason.RULE
        return Outcome(rounded, self._search(rounded), reason, value)

    def _round(self, number: Decimal) -> float:
        step = Decimal(repr(self.step))
        steps = _ARITHMETIC.to_integral_value(_ARITHMETIC.divide(number, step))
        rounded = _ARITHMETIC.multiply(steps, step)
        return int(rounded) if float(self.step).is_integer() else float(rounded) + 0.0

    def _search(self, rounded: float) -> Search:
        """What is still long enough to identify is searched, unless its range is bounded."""
        bounded = self.minimum is not None and self.maximum is not None
        return Search.PATTERNS if is_long(rounded) and not bounded else Search.NONE

    def is_narrower_than(self, other: Action) -> bool:
        """As large a step or larger, and a range within the other's."""
        if not isinstance(other, Rounding) or self.step < other.step:
            return False
        return is_range_within((self.minimum, self.maximum), (other.minimum, other.maximum))
