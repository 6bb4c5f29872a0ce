"""Positions in their usual notations."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.coordinate import CoordinateRecognizer

POSITIONS = CoordinateRecognizer()


def _found(text: str) -> list[str]:
    return [
        text[r.start : r.end]
        for r in POSITIONS.analyze(text, [])
        if r.entity_type == "GEO_COORDINATE"
    ]


def test_a_single_number_of_degrees_is_told_from_a_position() -> None:
    found = POSITIONS.analyze("x 40.7128 y 40.712", [])
    assert [(r.entity_type, r.start, r.end) for r in found] == [("DECIMAL_DEGREE", 2, 9)]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("40.7128,-74.0060", "40.7128,-74.0060"),
        ("40.7128, -74.0060", "40.7128, -74.0060"),
        ("-33.86880 151.20930", "-33.86880 151.20930"),
        ("https://maps.example/@51.0543,3.7174,15z", "51.0543,3.7174"),
        ("?ll=51.0543%2C3.7174&z=3", "51.0543%2C3.7174"),
        ("POINT(-74.006 40.7128)", "-74.006 40.7128"),
        ('{"type": "Point", "coordinates": [3.71, 51.05]}', "3.71, 51.05"),
        ("geo:37.786971,-122.399677;u=35", "37.786971,-122.399677"),
        ("40\u00b042'46\"N 74\u00b000'22\"W", "40\u00b042'46\"N 74\u00b000'22\"W"),
        ("51.0543\u00b0 N, 3.7174\u00b0 E", "51.0543\u00b0 N, 3.7174\u00b0 E"),
        ("51.0543 N, 3.7174 E", "51.0543 N, 3.7174 E"),
        ("9C3XGPXJ+2W", "9C3XGPXJ+2W"),
    ],
)
def test_a_pair_of_degrees_is_a_position(text: str, position: str) -> None:
    assert position in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "40.7128",
        "1.5,2.5",
        "10.25, 20.75",
        "1.234.567,89",
        "99.99 149.99",
        "720.123,190.456",
        "0.99,0.98,0.97",
        "20\u00b0C",
        "point(s) earned",
        "1.2.3.4,5.6.7.8",
    ],
)
def test_prices_ratios_versions_and_single_decimals_are_none(text: str) -> None:
    assert _found(text) == []
