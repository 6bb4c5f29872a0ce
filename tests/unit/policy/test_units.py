"""Durations and sizes as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.policy.units import read_duration, read_size
from safetrack.policy.written import Mistake


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("500ms", 0.5), ("30s", 30), ("5m", 300), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600),
     ("1.5h", 5400), ("1 d", 86_400)],
)  # fmt: skip
def test_a_duration_is_a_number_with_its_unit(written, seconds):
    assert read_duration(written).total_seconds() == seconds


def test_a_timedelta_is_a_duration_already():
    assert read_duration(dt.timedelta(hours=1)) == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1 day", "write 1d"),
        ("90 days", "write 90d"),
        ("5 min", "write 5m"),
        ("3 months", "unknown unit 'months'"),
        ("7", "has no unit"),
        (7, "7 is not a duration"),
        ("soon", "'soon' is not a duration"),
        ("0d", "longer than nothing"),
        ("99999999d", "at most 36500d"),
        (dt.timedelta(0), "longer than nothing"),
        (None, "nothing is not a duration"),
    ],
)
def test_a_wrong_duration_says_how_to_write_it(written, says):
    with pytest.raises(Mistake) as caught:
        read_duration(written)
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("written", "size"),
    [("64MB", 64_000_000), ("1GB", 10**9), ("1 GiB", 2**30), ("10kB", 10_000), (4096, 4096)],
)
def test_a_size_is_a_number_with_its_unit_or_bytes(written, size):
    assert read_size(written) == size


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("64 mb", "did you mean 'MB'?"),
        ("64", "has no unit"),
        ("0MB", "more than nothing"),
        (-1, "more than nothing"),
        (True, "True is not a size"),
        (1.5, "1.5 is not a size"),
    ],
)
def test_a_wrong_size_says_how_to_write_it(written, says):
    with pytest.raises(Mistake) as caught:
        read_size(written)
    assert says in caught.value.message
