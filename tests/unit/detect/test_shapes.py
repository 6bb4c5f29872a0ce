"""Technical values, told by their form."""

from __future__ import annotations

import pytest

from safetrack.detect.shapes import is_technical

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    "value",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "en-GB",
        "zh_Hant_TW",
        "v1.2.3-rc.1",
        "2025-11-23T17:48:10Z",
        "INV-2025-004417",
        "Europe/Lisbon",
        CHROME,
    ],
)
def test_values_of_technical_form_are_recognised(value: str) -> None:
    assert is_technical(value)


@pytest.mark.parametrize(
    "value",
    [
        "Marta Kowalczyk",
        "marta",
        "Mozilla/5.0 Marta Kowalczyk",
        f"{CHROME} marta@example.org",
        "Mozilla/5.0 (Marta Kowalczyk)",
        "4111111111111111",
        "Portugal",
    ],
)
def test_a_name_in_or_beside_such_a_form_is_not_excused(value: str) -> None:
    assert not is_technical(value)
