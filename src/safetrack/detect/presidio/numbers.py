"""Number recognisers of Presidio, changed where they fail open or run for nothing."""

from __future__ import annotations

import re
from typing import Any, Final

from presidio_analyzer import (
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerResult,
)
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    IbanRecognizer,
    PhoneRecognizer,
)

from safetrack.detect.presidio.guard import check_time
from safetrack.detect.presidio.result import result_of

_DIGIT: Final = re.compile(r"\d")
FEWEST_PHONE_DIGITS: Final = 5
"""Shorter national numbers do not exist in the regions that Presidio searches."""

LOOSE_CARDS: Final = Pattern(
    "Cards of any range and spacing",
    r"(?<!\d)(?<!\d[ .\-])[2-6]\d{3}(?:[\s.\-/]{0,3}\d){9,15}(?!\d)",
    0.3,
)
"""Also the Mastercard 2-series, dots, line breaks and double spaces; Luhn decides."""


class LooseCardRecognizer(CreditCardRecognizer):
    """Payment cards however they are grouped."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            patterns=[*self.PATTERNS, LOOSE_CARDS],
            supported_language=supported_language,
            name="CreditCardRecognizer",
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Whether it has the digits of a card (ISO/IEC 7812: at most 19) and the Luhn sum is right."""
        digits = "".join(_DIGIT.findall(pattern_text))
        return 12 <= len(digits) <= 19 and bool(super().validate_result(digits))  # noqa: PLR2004


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


class GuardedIbanRecognizer(IbanRecognizer):
    """Presidio's IBAN recogniser; its own loop compiles patterns itself and swallows time-outs."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_language=supported_language, name="IbanRecognizer")

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
        regex_flags: int | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """IBANs whose check digits are right."""
        patterns: list[Any] = getattr(self, "patterns")  # noqa: B009  untyped in presidio
        found = [
            self._longest(match, pattern)
            for pattern in patterns
            for match in pattern.compiled_regex.finditer(text)
        ]
        return EntityRecognizer.remove_duplicates([result for result in found if result])

    def _longest(self, match: Any, pattern: Pattern) -> RecognizerResult | None:
        """The pattern may run into the words behind the number: try its groups, last one first."""
        for group in range(match.re.groups, 0, -1):
            end = match.end(group) if match.end(group) > 0 else match.end()
            valid = self.validate_result(match.string[match.start() : end])
            if valid is not False:
                score = 1.0 if valid else pattern.score
                return result_of(self, "IBAN_CODE", match.start(), end, score)
        return None


class UrlCredentialsRecognizer(PatternRecognizer):
    """User name and password in front of a URL's host."""

    PATTERNS: Final = (
        Pattern("user:password@", r"(?<=://)[^\s/?#@:]{1,128}:[^\s/?#@]{0,256}@", 0.9),
    )

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entity="SECRET",
            supported_language=supported_language,
            patterns=list(self.PATTERNS),
        )
