"""Phone numbers, skipped where there can be none."""

from __future__ import annotations

import re
from typing import Any, Final

from presidio_analyzer import RecognizerResult
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from safetrack.detect.presidio.guard import check_time

_DIGIT: Final = re.compile(r"\d")

FEWEST_PHONE_DIGITS: Final = 5
"""Shorter national numbers do not exist in the regions that Presidio searches."""


class TimedPhoneRecognizer(PhoneRecognizer):
    """Presidio's phone recogniser, skipped where there are too few digits for a number."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_language=supported_language, name="PhoneRecognizer")

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """Phone numbers in any of the regions."""
        check_time()
        if sum(1 for _ in _DIGIT.finditer(text)) < FEWEST_PHONE_DIGITS:
            return []
        found: list[RecognizerResult] = super().analyze(text, entities, nlp_artifacts)
        return found
