"""Positions on Earth."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer


class CoordinateRecognizer(PatternRecognizer):
    """A latitude or longitude with four decimals or more: some ten metres."""

    def __init__(self, supported_language: str = "en") -> None:
        degrees = r"(?<![\d.])-?(?:1[0-7]\d|\d{1,2})\.\d{4,18}(?![\d]|\.\d)"
        super().__init__(
            supported_entity="GEO_COORDINATE",
            supported_language=supported_language,
            patterns=[Pattern("decimal degrees", degrees, 0.6)],
        )
