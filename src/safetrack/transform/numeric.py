"""Numbers as actions see them: read strictly, and counted by their digits."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any, Final

from safetrack.event import Reason
from safetrack.reading import MAX_INTEGER_BITS, Scalar

IDENTIFIER_DIGITS: Final = 7
"""A number of at least so many digits can be a phone number, an account or a card."""

SMALLEST_LONG: Final = 1_000_000
"""The smallest integer of so many digits."""
_EXACT: Final = 2**53
"""Below it every integer is a float, so that floats and integers compare as what is written."""
LARGEST_EXACT: Final = _EXACT - 1
_NUMERIC: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")


def read_number(value: Scalar) -> Decimal | None:
    """The exact value of a finite int or float, or of plain decimal text; None for all else."""
    if type(value) is str:
        text = value.strip()
        return Decimal(text) if _NUMERIC.fullmatch(text) else None
    if is_number(value):
        return Decimal(repr(value))
    return None


def is_number(value: Scalar) -> bool:
    """Whether `value` is an int of at most 63 bits or a finite float. Booleans are not numbers."""
    if type(value) is int:
        return value.bit_length() <= MAX_INTEGER_BITS
    return type(value) is float and math.isfinite(value)


def is_long(value: Scalar) -> bool:
    """Whether `value` is a number with enough digits, before and after its point, to identify."""
    if type(value) is int:
        return abs(value) >= SMALLEST_LONG
    if type(value) is float:
        return sum(char.isdecimal() for char in repr(value)) >= IDENTIFIER_DIGITS
    return False


def range_problem(
    value: Scalar | Decimal, minimum: float | None, maximum: float | None
) -> Reason | None:
    """Why `value` is not a number from `minimum` to `maximum`, both included; None if it is."""
    if minimum is None and maximum is None:
        return None
    if not isinstance(value, Decimal):
        if not is_number(value):
            return Reason.WRONG_TYPE
        number: Any = value
        if abs(number) < _EXACT:
            is_out = (minimum is not None and number < minimum) or (
                maximum is not None and number > maximum
            )
            return Reason.OUT_OF_RANGE if is_out else None
        value = Decimal(repr(value))
    too_small = minimum is not None and value < Decimal(repr(minimum))
    too_large = maximum is not None and value > Decimal(repr(maximum))
    return Reason.OUT_OF_RANGE if too_small or too_large else None


def is_range_within(
    inner: tuple[float | None, float | None], outer: tuple[float | None, float | None]
) -> bool:
    """Whether the range `inner` (minimum, maximum; None is open) lies within `outer`."""
    low = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    high = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return low and high
