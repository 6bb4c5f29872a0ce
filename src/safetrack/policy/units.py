"""Durations and sizes: a number with its unit, as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from safetrack.policy.written import Mistake, nearest, shown

DURATION_UNITS: Final[Mapping[str, float]] = {
    "ms": 0.001,
    "s": 1,
    "m": 60,
    "h": 3600,
    "d": 86_400,
    "w": 604_800,
}
"""Unit to seconds. ``m`` is minutes; months have no fixed length and are not here."""

SIZE_UNITS: Final[Mapping[str, int]] = {
    "B": 1,
    "kB": 10**3,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "TiB": 2**40,
}
"""Unit to bytes: decimal by the SI, binary by IEC 80000-13."""

_WRITTEN: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([A-Za-z]*)")
_FULL_UNITS: Final[Mapping[str, str]] = {
    "milliseconds": "ms",
    "seconds": "s",
    "minutes": "m",
    "hours": "h",
    "days": "d",
    "weeks": "w",
}
_LONGEST: Final = dt.timedelta(days=36_500)


def read_duration(value: object) -> dt.timedelta:
    """``90d``, ``12h``, ``500ms`` or a timedelta. Raises `Mistake`."""
    if isinstance(value, dt.timedelta):
        length = value
    else:
        number, unit = _split(value, DURATION_UNITS, "a duration such as 12h or 90d")
        length = dt.timedelta(seconds=min(number * DURATION_UNITS[unit], 4e9))
    if not dt.timedelta(0) < length <= _LONGEST:
        raise Mistake("a duration is longer than nothing and at most 36500d")
    return length


def read_size(value: object) -> int:
    """``64MB``, ``1 GiB`` or a number of bytes. Raises `Mistake`."""
    if type(value) is int:
        size = value
    else:
        number, unit = _split(value, SIZE_UNITS, "a size such as 64MB or 1GB")
        size = int(number * SIZE_UNITS[unit])
    if size <= 0:
        raise Mistake("a size is more than nothing")
    return size


def _split(value: object, units: Mapping[str, float], expected: str) -> tuple[float, str]:
    match = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Mistake(f"{shown(value)} is not {expected}")
    number, unit = float(match[1]), match[2]
    if unit in units:
        return number, unit
    if units is DURATION_UNITS and (full := _full_unit(unit)):
        raise Mistake(f"unknown unit {unit!r}; write {match[1]}{full}")
    if not unit:
        raise Mistake(f"{shown(value)} has no unit; write {expected}")
    raise Mistake(f"unknown unit {unit!r}{nearest(unit, units)}")


def _full_unit(unit: str) -> str | None:
    """The short form of a unit that is written out: ``day`` and ``days`` are ``d``."""
    folded = unit.lower()
    starts = (short for full, short in _FULL_UNITS.items() if folded and full.startswith(folded))
    return next(starts, None) if len(folded) > 1 else None
