"""``generalize: {time: unit}``: the beginning of the second, minute … year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.clock import EPOCH, format_time, parse_time

Unit: TypeAlias = Literal["second", "minute", "hour", "day", "week", "month", "year"]


def _day(time: dt.datetime) -> dt.datetime:
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def _week(time: dt.datetime) -> dt.datetime:
    """Monday's midnight, as in ISO 8601; Thursday's in the week in which 1970 began."""
    return max(EPOCH, _day(time) - dt.timedelta(days=time.weekday()))


_START: Final[Mapping[Unit, Callable[[dt.datetime], dt.datetime]]] = {
    "second": lambda time: time.replace(microsecond=0),
    "minute": lambda time: time.replace(second=0, microsecond=0),
    "hour": lambda time: time.replace(minute=0, second=0, microsecond=0),
    "day": _day,
    "week": _week,
    "month": lambda time: _day(time).replace(day=1),
    "year": lambda time: _day(time).replace(month=1, day=1),
}
_CHAIN: Final[tuple[Unit, ...]] = ("second", "minute", "hour", "day", "month", "year")
"""Each lies within the next. Weeks lie within no month or year, but days within weeks."""


@dataclass(frozen=True, slots=True)
class TimeUnit:
    """Cuts a time to the beginning of its `unit`, in UTC.

    Attributes:
        unit: What is left of the time. Weeks begin on Monday.
    """

    unit: Unit
    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """ISO 8601 text in UTC, ``2026-11-23T17:00:00Z``. What is no time is dropped."""
        time = parse_time(value)
        if time is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        text = format_time(self.start(time))
        return Outcome(text, Search.NONE, None if text == value else Reason.RULE)

    def start(self, time: dt.datetime) -> dt.datetime:
        """The beginning of the unit that `time`, in UTC, lies in."""
        return _START[self.unit](time)

    def is_narrower_than(self, other: Action) -> bool:
        """The same unit, or one that consists of whole units of the other."""
        if not isinstance(other, TimeUnit):
            return False
        if self.unit == other.unit:
            return True
        if self.unit == "week":
            return _CHAIN.index(other.unit) <= _CHAIN.index("day")
        return other.unit != "week" and _CHAIN.index(self.unit) > _CHAIN.index(other.unit)
