"""Phone numbers: those of Presidio's regions, and what is unmistakably written or called one."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any, Final

from phonenumbers import PhoneMetadata, PhoneNumberMatch, PhoneNumberMatcher
from presidio_analyzer import RecognizerResult
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from safetrack.detect.plausible_number import is_time
from safetrack.detect.presidio.form import Form, FormRecognizer
from safetrack.detect.presidio.guard import check_time
from safetrack.detect.presidio.result import result_of

_DIGIT: Final = re.compile(r"\d")
FEWEST_PHONE_DIGITS: Final = 5
"""Shorter national numbers do not exist in the regions that Presidio searches."""

CONTEXT: Final = (
    "phone",
    "phones",
    "telephone",
    "cell",
    "cellphone",
    "mobile",
    "call",
    "tel",
    "fax",
    "sms",
    "whatsapp",
    "msisdn",
)
"""Words that support a number. Presidio's own have "number", which invoices have as well."""


FEWEST_DIGITS_ALONE: Final = 7
"""Shorter ones are believed only where a word says what they are (`safetrack.detect.plausible_number`)."""
_BEFORE: Final = 60
"""Characters in front of a number in which such a word may stand."""
_SAYS_PHONE: Final = re.compile(rf"(?i)(?<![^\W_])(?:{'|'.join(CONTEXT)})")


class TimedPhoneRecognizer(PhoneRecognizer):
    """Presidio's phone recogniser: the same numbers, looked for once rather than once a region.

    Args:
        supported_language: ISO 639-1 code.
        regions: Countries whose national numbers are known (ISO 3166-1); Presidio's own choice if
            there are none.
    """

    TRIGGER: Final = r"(?:\d\D{0,5}){5}"

    def __init__(self, supported_language: str = "en", regions: Collection[str] = ()) -> None:
        super().__init__(
            supported_language=supported_language,
            supported_regions=tuple(sorted(r.upper() for r in regions))
            or self.DEFAULT_SUPPORTED_REGIONS,
            context=list(CONTEXT),
            name="PhoneRecognizer",
        )

        self._trigger = re.compile(self.TRIGGER)

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Phone numbers in any of the regions."""
        check_time()
        if not self._trigger.search(text):
            return []
        return [
            result_of(self, "PHONE_NUMBER", match.start, match.end, self.SCORE)
            for match in _AnyRegionMatcher(text, self.supported_regions, self.leniency or 0)
        ]


@cache
def _fewest_digits(region: str) -> int:
    """How many digits the shortest numbers of a region have that need no country code."""
    plan: Any = PhoneMetadata.metadata_for_region(region, None)
    if plan is None:  # two of Presidio's regions are none that the library knows
        return _MOST_DIGITS + 1
    return min(plan.general_desc.possible_length, default=0)


_MOST_DIGITS: Final = 20
"""Digits of a number with everything that may stand in front of it, as the library has it."""


class _AnyRegionMatcher(PhoneNumberMatcher):
    """Finds candidates once, and asks each region about them, as Presidio does the other way round."""

    def __init__(self, text: str, regions: Collection[str], leniency: int) -> None:
        super().__init__(text, None, leniency=leniency)
        self._regions = [(region, _fewest_digits(region)) for region in regions]

    def _parse_and_verify(self, candidate: str, offset: int) -> PhoneNumberMatch | None:
        digits = len(_DIGIT.findall(candidate))
        if digits < FEWEST_PHONE_DIGITS or is_time(candidate):
            return None
        if digits < FEWEST_DIGITS_ALONE and not self._says_phone(offset):
            return None
        check_time()
        is_international = "+" in candidate or "\uff0b" in candidate
        for region, fewest in self._regions:
            if digits < fewest and not is_international:
                continue
            self.preferred_region = region
            match = super()._parse_and_verify(candidate, offset)
            if match is not None:
                return match
        return None

    def _says_phone(self, offset: int) -> bool:
        """Whether a word in front speaks of phones."""
        return bool(_SAYS_PHONE.search(self.text, max(offset - _BEFORE, 0), offset))


_CALLS: Final = (
    "phone", "telephone", "tel", "mobile", "cell", "call", "text", "reach", "dial", "ring", "fax",
    "whatsapp", "sms", "joignable", "appel", "téléphone", "numéro", "portable", "llam", "llám",
    "teléfono", "telefono", "móvil", "celular", "anruf", "erreichbar", "telefon", "handy", "nummer",
    "chiam", "cellulare", "ligue", "ligar", "telefone", "bel ", "bellen", "telefoon", "zadzwo",
)  # fmt: skip
"""Beginnings of words that announce a number, in several languages."""

_FEWEST: Final = 7
_MOST: Final = 15
"""Digits of a number with its country code (ITU-T E.164)."""


def _is_number(number: str) -> bool:
    digits = sum(c.isdigit() for c in number)
    return _FEWEST <= digits <= _MOST and not is_time(number)


class WrittenPhoneRecognizer(FormRecognizer):
    """Numbers that no numbering plan has to confirm: ``(257) 017-6156``, ``call me at 19 04 86 34``."""

    TRIGGER = r"(?:\d\D{0,3}){7}"
    FORMS = (
        Form(("(",), r"(?<![\w(])\(\d{3}\) ?\d{3}[-. ]\d{4}(?!\d)", "PHONE_NUMBER", 0.7),
        Form(
            ("+",),
            r"(?<![\w+])\+\d{1,3}(?:[ .\-/]{0,2}\(?\d{1,5}\)?){1,6}(?![\w.]*\w)",
            "PHONE_NUMBER",
            0.6,
            _is_number,
        ),
        Form(
            tuple(_CALLS),
            rf"(?i)(?<![^\W_])(?:{'|'.join(_CALLS)})[^\W\d_]{{0,12}}[^\d\n+(]{{0,30}}"
            r"(?P<value>[+(]?\d(?:[ .\-/()]{0,2}\d){6,14})(?![\w]|[.:,]\d)",
            "PHONE_NUMBER",
            0.6,
            _is_number,
        ),
        Form(
            ("tel:", "sms:", "callto:", "wa.me/", "facetime:"),
            r"(?i)(?:tel|sms|callto|facetime):(?://)?(?P<value>\+?[\d().\-]{5,24}\d)|wa\.me/(?P<value>\+?\d{7,15})",
            "PHONE_NUMBER",
        ),
    )
