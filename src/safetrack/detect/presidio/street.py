"""Street addresses by their form."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

_ROAD: Final = r"street|str|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|drive|crescent|terrace|parkway|highway"


class StreetRecognizer(PatternRecognizer):
    """``2471 Hazelmere Lane``: a number, one to three words, and a word for a road."""

    def __init__(self, supported_language: str = "en") -> None:
        street = rf"\b\d{{1,5}}[a-z]?,? (?:[^\W\d_][\w'.-]{{0,30}} ){{1,3}}(?:{_ROAD})\b\.?"
        super().__init__(
            supported_entity="LOCATION",
            supported_language=supported_language,
            patterns=[Pattern("number, name and road", street, 0.6)],
        )
