"""Numbers that states give their people, by country.

Presidio's recognisers decide about form and check digits. Many such numbers are nothing but nine
or eleven digits, of which one in ten has a right check digit: those count only where a word in
front of them says what they are. (Under a key that says so, `safetrack.detect.keynames` decides.)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

import presidio_analyzer.predefined_recognizers as predefined
from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.check_digits import (
    is_ahv,
    is_chinese_id,
    is_cnp,
    is_cpf,
    is_date_number,
    is_nir,
    is_rut,
    is_taiwanese_id,
)
from safetrack.detect.presidio.engine import parts_of
from safetrack.detect.presidio.form import Form, FormRecognizer
from safetrack.detect.presidio.guard import guard
from safetrack.detect.presidio.literals import Literals
from safetrack.detect.presidio.needs import Holdings
from safetrack.detect.presidio.result import result_of

RECOGNIZERS: Final[Mapping[str, tuple[str, ...]]] = {
    "au": ("AuTfnRecognizer", "AuMedicareRecognizer"),
    "ca": ("CaSinRecognizer",),
    "de": (
        "DeHealthInsuranceRecognizer",
        "DeIdCardRecognizer",
        "DePassportRecognizer",
        "DeSocialSecurityRecognizer",
        "DeTaxIdRecognizer",
    ),
    "es": ("EsNieRecognizer", "EsNifRecognizer", "EsPassportRecognizer"),
    "fi": ("FiPersonalIdentityCodeRecognizer",),
    "gb": ("UkDrivingLicenceRecognizer", "UkNinoRecognizer", "UkPassportRecognizer"),
    "in": ("InAadhaarRecognizer", "InPanRecognizer", "InPassportRecognizer", "InVoterRecognizer"),
    "it": (
        "ItDriverLicenseRecognizer",
        "ItFiscalCodeRecognizer",
        "ItIdentityCardRecognizer",
        "ItPassportRecognizer",
    ),
    "kr": ("KrFrnRecognizer", "KrPassportRecognizer", "KrRrnRecognizer"),
    "ng": ("NgNinRecognizer",),
    "ph": ("PhPassportRecognizer", "PhUmidRecognizer"),
    "pl": ("PlPeselRecognizer",),
    "se": ("SePersonnummerRecognizer",),
    "sg": ("SgFinRecognizer",),
    "th": ("ThTninRecognizer",),
    "tr": ("TrNationalIdRecognizer",),
    "us": ("UsMbiRecognizer",),
    "za": ("ZaIdNumberRecognizer",),
}
"""Country (ISO 3166-1, lower case) → Presidio's recognisers of its people's numbers."""

FORMS: Final[Mapping[str, tuple[Form, ...]]] = {
    "be": (Form(("-",), r"(?<!\d)\d\d\.\d\d\.\d\d-\d{3}[.-]\d\d(?!\d)", "NATIONAL_ID"),),
    "br": (
        Form((".",), r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)", "NATIONAL_ID", is_right=is_cpf),
        Form(
            ("cpf",),
            r"(?i)cpf\W{0,4}(?:no?\W{0,3})?(?P<value>\d{11})(?!\d)",
            "NATIONAL_ID",
            is_right=is_cpf,
        ),
    ),
    "ch": (
        Form(
            ("756",),
            r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d(?!\d)",
            "NATIONAL_ID",
            is_right=is_ahv,
        ),
    ),
    "cl": (
        Form(
            ("-",), r"(?<![\d.])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?!\w)", "NATIONAL_ID", is_right=is_rut
        ),
    ),
    "cn": (
        Form(
            (),
            r"(?<!\d)[1-6]\d{5}(?:19|20)\d{9}[\dXx](?!\w)",
            "NATIONAL_ID",
            is_right=is_chinese_id,
        ),
    ),
    "dk": (
        Form(
            ("cpr",),
            r"(?i)cpr\W{0,4}(?:no?\.?\W{0,3}|nr\.?\W{0,3})?(?P<value>\d{6}[- ]?\d{4})(?!\d)",
            "NATIONAL_ID",
        ),
    ),
    "fr": (
        Form(
            (),
            r"(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[ABab]) ?\d{3} ?\d{3} ?\d\d(?!\d)",
            "NATIONAL_ID",
            is_right=is_nir,
        ),
    ),
    "hk": (Form(("(",), r"(?<!\w)[A-Z]{1,2}\d{6}\([\dA]\)", "NATIONAL_ID"),),
    "ie": (
        Form(
            ("pps",),
            r"(?i)pps(?:n| ?n[or]\.?| number)?\W{0,4}(?:is )?(?P<value>\d{7}[A-W][A-IW]?)(?!\w)",
            "NATIONAL_ID",
        ),
    ),
    "mx": (
        Form((), r"(?<!\w)[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[\dA-Z]\d(?!\w)", "NATIONAL_ID"),
        Form(("rfc",), r"(?i)rfc\W{0,4}(?P<value>[A-ZÑ&]{4}\d{6}[A-Z\d]{3})(?!\w)", "NATIONAL_ID"),
    ),
    "nl": (
        Form(
            ("bsn", "burgerservice"),
            r"(?i)(?:bsn|burgerservicenummer)\W{0,4}(?:is )?(?P<value>\d{8,9})(?!\d)",
            "NATIONAL_ID",
        ),
    ),
    "no": (
        Form(
            ("dselsnummer", "personnummer"),
            r"(?i)(?:fødselsnummer|personnummer)\W{0,4}(?:er )?(?P<value>\d{6} ?\d{5})(?!\d)",
            "NATIONAL_ID",
        ),
    ),
    "pt": (
        Form(
            ("nif", "contribuinte"),
            r"(?i)(?:nif|contribuinte)\W{0,4}(?P<value>\d{3} ?\d{3} ?\d{3})(?!\d)",
            "NATIONAL_ID",
        ),
    ),
    "ro": (
        Form(
            ("cnp",), r"(?i)cnp\W{0,4}(?P<value>[1-8]\d{12})(?!\d)", "NATIONAL_ID", is_right=is_cnp
        ),
    ),
    "se": (
        Form(
            ("-", "+"),
            r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)",
            "NATIONAL_ID",
            is_right=is_date_number,
        ),
    ),
    "tw": (Form((), r"(?<!\w)[A-Z][1289]\d{8}(?!\w)", "NATIONAL_ID", 0.7, is_taiwanese_id),),
    "us": (
        Form(
            ("ein", "tin", "tax id"),
            r"(?i)\b(?:ein|tin|tax id)\W{0,4}(?:is )?(?P<value>\d\d-?\d{7})(?!\d)",
            "NATIONAL_ID",
        ),
    ),
}
"""Country → forms that Presidio does not know."""

COUNTRIES: Final = frozenset(RECOGNIZERS) | frozenset(FORMS)
"""All countries that can be chosen."""

DISTINCTIVE: Final = frozenset(
    {
        "ES_NIE",
        "ES_NIF",
        "FI_PERSONAL_IDENTITY_CODE",
        "IT_FISCAL_CODE",
        "UK_DRIVING_LICENCE",
        "UK_NINO",
    }
)
"""Presidio's entities whose form and check letters no other number has by chance."""

_SPACED: Final = frozenset(
    {"AU_MEDICARE", "AU_TFN", "CA_SIN", "IN_AADHAAR", "KR_FRN", "KR_RRN", "US_MBI"}
)
"""Those that are distinctive where they are written in groups: ``123 456 782``, ``900101-1234567``."""

_WITHOUT_WORDS: Final = DISTINCTIVE | _SPACED
"""Those that may count without a word in front of them."""

_FEWEST_DIGITS: Final = 6
_BEFORE: Final = 60


class NationalIdRecognizer(EntityRecognizer):
    """Presidio's recognisers of national numbers, as one.

    Args:
        supported_language: ISO 639-1 code.
        countries: Which countries' numbers are looked for.
    """

    TRIGGER: Final = r"(?:\d[^\n]{0,3}){6}"

    def __init__(
        self, supported_language: str = "en", countries: Collection[str] = COUNTRIES
    ) -> None:
        self._kinds = [
            _Kind(guard(getattr(predefined, name)(supported_language=supported_language)))
            for country in sorted(countries)
            for name in RECOGNIZERS.get(country, ())
        ]
        self._words = Literals(word for kind in self._kinds for word in kind.words)
        super().__init__(
            supported_entities=sorted({kind.entity for kind in self._kinds}) or ["NATIONAL_ID"],
            supported_language=supported_language,
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """Numbers of the countries chosen, those without a form of their own only behind a word."""
        holdings = Holdings(text)
        if holdings.digits < _FEWEST_DIGITS:
            return []
        words = self._words.found_in(text.lower())
        return [
            result_of(self, result.entity_type, result.start, result.end, 0.85, context=word)
            for kind in self._kinds
            if kind.entity in _WITHOUT_WORDS or kind.words & words
            if any(part.may_find(text, holdings) for part in kind.parts)
            for result in kind.recognizer.analyze(text, entities, nlp_artifacts)
            if (word := kind.word_for(text, result.start, result.end)) is not None
        ]


class _Kind:
    """One of Presidio's recognisers and the words that say what its numbers are."""

    def __init__(self, recognizer: Any) -> None:
        self.recognizer = recognizer
        self.parts = tuple(parts_of(recognizer))
        (self.entity,) = recognizer.supported_entities
        self.words = frozenset(word.lower() for word in recognizer.context or ["\0"])
        words = "|".join(map(re.escape, sorted(self.words)))
        self._context = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def word_for(self, text: str, start: int, end: int) -> str | None:
        """The word in front; empty where none is needed; None where it lacks."""
        found = self._context.search(text[max(start - _BEFORE, 0) : start].lower())
        if found:
            return found.group()
        number = text[start:end]
        is_grouped = self.entity in _SPACED and not number.isalnum()
        return "" if is_grouped or (self.entity in DISTINCTIVE and number.isupper()) else None


class NationalFormRecognizer(FormRecognizer):
    """National numbers that Presidio has no recogniser for.

    Args:
        supported_language: ISO 639-1 code.
        countries: Which countries' numbers are looked for.
    """

    TRIGGER = r"(?:\d[^\n]{0,3}){6}"
    WITHOUT_NEEDS = TRIGGER
    FORMS = tuple(form for forms in FORMS.values() for form in forms)

    def __init__(
        self, supported_language: str = "en", countries: Collection[str] = COUNTRIES
    ) -> None:
        self.FORMS = tuple(  # type: ignore[misc]
            form for country, forms in FORMS.items() if country in countries for form in forms
        )
        super().__init__(supported_language)
