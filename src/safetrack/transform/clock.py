"""Times as events carry them, read strictly and written in one form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from safetrack.reading import Scalar

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2200

EPOCH: Final = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
_LAST: Final = dt.datetime(LAST_YEAR + 1, 1, 1, tzinfo=dt.UTC)
_SECONDS: Final = (1_000_000_000, 2_000_000_000)
"""Numbers that are times: from 2001 to 2033, in seconds or, a thousand times that, milliseconds.
Others that could be are phone numbers (of ten digits, from 2 on, in North America), coordinates
and counts, and a time can be turned back into what it was made of."""

_MAX_TEXT: Final = 64
_DIGITS: Final = re.compile(r"[0-9]{10,13}(\.[0-9]{1,9})?")
"""Seconds or milliseconds as text. Eight digits are a date, 20260131."""
_ISO: Final = re.compile(r"[0-9]{4}[0-9-]+([T ][0-9:.,]+( ?(Z|UTC|[+-][0-9:]+))?)?", re.IGNORECASE)
_RFC_2822: Final = re.compile(
    r"([A-Z]{3}, )?[0-9]{1,2} [A-Z]{3} [0-9]{4} [0-9:]+ ([A-Z]{1,4}|[+-][0-9]{4})( \([A-Z]+\))?",
    re.IGNORECASE,
)
_UTC_NAME: Final = re.compile(r" ?(Z|UTC)$", re.IGNORECASE)


def parse_time(value: Scalar) -> dt.datetime | None:
    """The time that `value` says, in UTC; None where it is not a time from 1970 to 2200.

    Args:
        value: ISO 8601 text (a date alone is its midnight; without a zone it is UTC), RFC 2822
            text, or seconds or milliseconds since 1970, between 2001 and 2033, as a number or as
            10 to 13 digits of text.
    """
    if type(value) is str:
        time = _parse_text(value.strip()) if len(value) <= _MAX_TEXT else None
    elif type(value) is int or type(value) is float:
        time = _from_epoch(value)
    else:
        return None
    return time if time is not None and EPOCH <= time < _LAST else None


def format_time(time: dt.datetime) -> str:
    """ISO 8601 text in UTC, ``2026-11-23T17:48:10Z``, with microseconds where there are any."""
    return time.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def _parse_text(text: str) -> dt.datetime | None:
    if _DIGITS.fullmatch(text):
        return _from_epoch(float(text))
    if _ISO.fullmatch(text):
        if text.endswith("Z") and text[-2].isdigit():  # as most are written
            return _from_iso(f"{text[:-1]}+00:00")
        if text[-1].isdigit():
            return _from_iso(text)
        return _from_iso(_UTC_NAME.sub("+00:00", text))
    return _from_rfc_2822(text) if _RFC_2822.fullmatch(text) else None


def _from_epoch(number: float) -> dt.datetime | None:
    first, last = _SECONDS
    if first * 1000 <= number < last * 1000:
        number /= 1000
    if not first <= number < last:  # nor is NaN
        return None
    return EPOCH + dt.timedelta(microseconds=round(number * 1_000_000))


def _from_iso(text: str) -> dt.datetime | None:
    try:
        return _in_utc(dt.datetime.fromisoformat(text))
    except ValueError:
        return None


def _from_rfc_2822(text: str) -> dt.datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return _in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_utc(time: dt.datetime) -> dt.datetime | None:
    """`time` in UTC, as such if it has no zone; None at the calendar's ends, where that overflows."""
    if not FIRST_YEAR - 1 <= time.year <= LAST_YEAR + 1:
        return None
    if time.tzinfo is dt.UTC:
        return time
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
