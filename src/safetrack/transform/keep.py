"""``keep``: the value itself, where it is what the rule says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal, NamedTuple, TypeAlias

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Result, Search
from safetrack.transform.clock import format_time, parse_time
from safetrack.transform.numeric import (
    IDENTIFIER_DIGITS,
    LARGEST_EXACT,
    SMALLEST_LONG,
    is_long,
    is_number,
    is_range_within,
    range_problem,
)

KeepType: TypeAlias = Literal["integer", "number", "boolean", "string", "timestamp"]

_Typed: TypeAlias = tuple[type, Scalar]
"""A value with its exact type: 1, 1.0 and True are equal, and yet three values."""

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "string": (str,),
}
_WITHIN: Final = frozenset({("integer", "number")})
"""Types all of whose values are of another type too."""


class NumberLane(NamedTuple):
    """Numbers of one type that leave as they are, unsearched: what `Keep.apply` says of them.

    Attributes:
        low: The smallest.
        high: The largest.
        longest: Characters of its `repr`, from which on one must be looked at; 0 for no limit.
    """

    low: float
    high: float
    longest: int


NumberLanes: TypeAlias = Mapping[type, NumberLane]


@dataclass(frozen=True, slots=True)
class Keep:
    """Lets a value through, or `otherwise` where it is not what is expected.

    Attributes:
        values: The only ones that may leave, as the policy writes them. A value matches by type
            and exact text, and what leaves is the policy's own.
        type: What the value must be, by exact type: a boolean is no integer, and ``"42"`` is
            text. A float without a fraction is an integer and leaves as one. A timestamp is
            parsed and leaves as ISO 8601 text in UTC.
        minimum: Smallest number that may leave.
        maximum: Largest number that may leave.
        trusted: Whether text and long numbers leave without being searched.
        otherwise: What leaves in place of anything else: `DROP`, or a constant of the policy.
    """

    values: tuple[Scalar, ...] | None = None
    type: KeepType | None = None
    minimum: float | None = None
    maximum: float | None = None
    trusted: bool = False
    otherwise: Result = DROP
    _listed: Mapping[_Typed, Scalar] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        listed = {(type(value), value): value for value in self.values or ()}
        object.__setattr__(self, "_listed", listed)

    name: ClassVar[str] = "keep"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """`value`, how it must still be searched, and why where it is not let through."""
        if self.values is not None:
            return self._apply_listed(value)
        expected, problem = self._check(value)
        if problem is not None:
            return Outcome(self.otherwise, Search.NONE, problem)
        return Outcome(expected, self._search(expected))

    def _apply_listed(self, value: Scalar) -> Outcome:
        key = (type(value), value)
        if key in self._listed:
            return Outcome(self._listed[key])
        return Outcome(self.otherwise, Search.NONE, Reason.NOT_LISTED_VALUE)

    def _check(self, value: Scalar) -> tuple[Scalar, Reason | None]:
        """What leaves for `value`, or the reason why it does not."""
        if type(value) is float and not is_number(value):
            return None, Reason.UNREADABLE
        expected = value if self.type is None else _as_type(value, self.type)
        if expected is None and self.type is not None:
            return None, Reason.WRONG_TYPE
        if self.type == "timestamp":
            return expected, None
        return expected, range_problem(expected, self.minimum, self.maximum)

    def _search(self, value: Scalar) -> Search:
        bounded = self.minimum is not None and self.maximum is not None
        if self.trusted or self.type == "timestamp" or (bounded and is_number(value)):
            return Search.NONE
        return Search.PATTERNS if type(value) is str or is_long(value) else Search.NONE

    def number_lanes(self) -> NumberLanes:
        """By exact type, the numbers for which `apply` needs not be asked."""
        if self.values is not None or self.type not in {None, "integer", "number"}:
            return {}
        low, high = self._lane_bounds()
        bounded = self.minimum is not None and self.maximum is not None
        if self.trusted or bounded:
            whole, longest = LARGEST_EXACT, 0
        else:  # what has fewer digits is not searched
            whole, longest = SMALLEST_LONG - 1, IDENTIFIER_DIGITS
        lanes: dict[Any, NumberLane] = {int: NumberLane(max(low, -whole), min(high, whole), 0)}
        if self.type != "integer":  # there a float becomes an integer
            lanes[float] = NumberLane(low, high, longest)
        return lanes

    def _lane_bounds(self) -> tuple[float, float]:
        """The range within which numbers compare exactly with the rule's own."""
        low = -LARGEST_EXACT if self.minimum is None else self.minimum
        high = LARGEST_EXACT if self.maximum is None else self.maximum
        return max(low, -LARGEST_EXACT), min(high, LARGEST_EXACT)

    def is_narrower_than(self, other: Action) -> bool:
        """Fewer listed values, a narrower type or range, and no less searching."""
        if not isinstance(other, Keep) or not self._otherwise_is_within(other):
            return False
        if self.values is not None:
            return all(other.lets_out(value) for value in self.values)
        return other.values is None and self._condition_is_within(other)

    def lets_out(self, value: Scalar) -> bool:
        """Whether this rule lets `value` through."""
        if self.values is not None:
            return (type(value), value) in self._listed
        return self._check(value)[1] is None

    def _otherwise_is_within(self, other: Keep) -> bool:
        return self.otherwise is DROP or other.otherwise is not DROP

    def _condition_is_within(self, other: Keep) -> bool:
        same_type = other.type in (None, self.type) or (self.type, other.type) in _WITHIN
        ranges = (self.minimum, self.maximum), (other.minimum, other.maximum)
        return same_type and is_range_within(*ranges) and (other.trusted or not self.trusted)


def _as_type(value: Scalar, expected: KeepType) -> Scalar:
    """`value` as it leaves if it is of the `expected` type; None if it is not."""
    match expected:
        case "integer" if type(value) is float and value.is_integer():
            return int(value)
        case "timestamp":
            time = parse_time(value)
            return None if time is None else format_time(time)
        case _:
            return value if type(value) in _TYPES[expected] else None
