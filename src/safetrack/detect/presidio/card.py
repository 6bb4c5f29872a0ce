"""Payment cards, also where Presidio's pattern does not see them."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

_DIGIT: Final = re.compile(r"\d")

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
