"""Payment cards, however they are grouped."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

_DIGIT: Final = re.compile(r"\d")

LOOSE_CARDS: Final = Pattern(
    "Cards of any range and spacing",
    r"(?<!\d)(?<!\d[ .\-])[2-6]\d{3}(?:[\s._\-/*|\u00b7\u2022:,]{0,4}\d){8,15}(?!\d)",
    0.3,
)
"""Also the Mastercard 2-series, dots, line breaks and double spaces; Luhn and the range decide."""

_RANGES: Final = re.compile(
    r"4\d{12}(?:\d{3}|\d{6})?"  # Visa
    r"|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[68]\d|9\d)\d{11,13}"  # Diners Club
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12,15}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|62\d{14,17}|81\d{14,17}"  # UnionPay
    r"|(?:5[0678]\d\d|6(?:304|39\d|7\d\d))\d{8,15}"  # Maestro
    r"|220[0-4]\d{12,15}"  # Mir
    r"|(?:60|6521|6522|508)\d{12,14}"  # RuPay
)
"""Ranges and lengths of the schemes' numbers (ISO/IEC 7812). Times in microseconds are in none."""


class LooseCardRecognizer(CreditCardRecognizer):
    """Payment cards of the schemes' ranges with a right check digit."""

    TRIGGER: Final = r"\d(?:[^\w\n]{0,4}\s{0,4}_?\d){11}"

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            patterns=[*self.PATTERNS, LOOSE_CARDS],
            supported_language=supported_language,
            name="CreditCardRecognizer",
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Whether its digits are of a scheme's range and the Luhn sum is right."""
        digits = "".join(_DIGIT.findall(pattern_text))
        return bool(_RANGES.fullmatch(digits)) and bool(super().validate_result(digits))
