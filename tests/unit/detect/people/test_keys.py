"""Whether a mapping's key may be somebody's name."""

from __future__ import annotations

import pytest

from safetrack.detect.people.keys import may_name_somebody


@pytest.mark.parametrize(
    "key",
    ["head_sha", "eta_s", "ean", "has_phone", "$feature_flag", "lookUp", "a.b", "utm_campaign"],
)
def test_the_name_of_a_field_names_nobody(key: str) -> None:
    assert not may_name_somebody(key)


@pytest.mark.parametrize(
    "key",
    [
        "Marta Kowalczyk",
        "marta kowalczyk",
        "Nguyen",
        "hernandez_rodriguez",
        "marta_kowalczyk",
        "$feature/TWF0aGlsZGUgTWFuZGVsYmF1bQ",
        "$feature/22.7484241",
        "Müller",
        "jane@x",
    ],
)
def test_what_is_written_as_a_name_or_made_of_frequent_names_may(key: str) -> None:
    assert may_name_somebody(key)
