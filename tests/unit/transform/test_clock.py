from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.transform.clock import format_time, parse_time

MOMENT = dt.datetime(2026, 11, 23, 17, 48, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-23T17:48:10Z",
        "2026-11-23t17:48:10z",
        " 2026-11-23 17:48:10 ",
        "2026-11-23 17:48:10 UTC",
        "2026-11-23T18:48:10+01:00",
        "2026-11-23T18:48:10 +01:00",
        "20261123T174810Z",
        "2026-11-23T17:48:10.000000000Z",
        "Mon, 23 Nov 2026 17:48:10 GMT",
        "Mon, 23 Nov 2026 12:48:10 -0500",
        "23 Nov 2026 17:48:10 +0000",
        1795456090,
        1795456090.0,
        1795456090000,
        "1795456090",
        "1795456090.0",
        "1795456090000",
    ],
)
def test_all_spellings_of_a_moment_are_one(value):
    assert parse_time(value) == MOMENT


def test_a_date_alone_is_its_midnight():
    for text in ("2026-11-23", "20261123"):
        assert parse_time(text) == dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        "", "now", "jane@acme.com", "2026", "2026-13-01", "2026-11-23T25:00:00Z", "17:48",
        "1969-12-31T23:59:59Z", "2201-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
        "12345678901234", "12345678", "\u0662\u0660\u0662\u0666-11-23", "Mon, 99 Nov 2026 17:48:10 GMT", "x" * 10_000,
        "23 Nov 2026 17:48:10 " + "x" * 40, -1, 10**18, 1e300, float("nan"), float("inf"), True, None,
    ],
)  # fmt: skip
def test_what_is_no_time_of_these_two_centuries_is_none(value):
    assert parse_time(value) is None


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2200, 12, 31)))  # noqa: DTZ001
def test_what_is_formatted_is_parsed_back(time):
    aware = time.replace(tzinfo=dt.UTC)
    assert parse_time(format_time(aware)) == aware


def test_times_are_written_in_utc_with_microseconds_only_where_there_are_any():
    east = MOMENT.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert format_time(east) == "2026-11-23T17:48:10Z"
    assert format_time(MOMENT.replace(microsecond=1500)) == "2026-11-23T17:48:10.001500Z"
