"""Numbers and the ranges that they lie in."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.numeric import range_problem

NUMBERS = st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS | st.none(), NUMBERS | st.none())
@example(1152921504606846976, 2.0**60, None)
@example(0.1, 0.1, 0.1)
@example(2**53, 2.0**53, None)
def test_a_range_is_read_as_it_is_written(value, minimum, maximum):
    written = Decimal(repr(value))
    too_small = minimum is not None and written < Decimal(repr(minimum))
    too_large = maximum is not None and written > Decimal(repr(maximum))
    expected = Reason.OUT_OF_RANGE if too_small or too_large else None
    assert range_problem(value, minimum, maximum) is expected
