"""Which recognisers search a text, and what they can find."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import Any, Final

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    PatternRecognizer,
    RecognizerRegistry,
)
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.predefined_recognizers import (
    CryptoRecognizer,
    DateRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
    MedicalLicenseRecognizer,
    NhsRecognizer,
    SpacyRecognizer,
    UsBankRecognizer,
    UsItinRecognizer,
    UsLicenseRecognizer,
    UsPassportRecognizer,
    UsSsnRecognizer,
    UuidRecognizer,
)

from safetrack.detect.presidio.artifacts import TextNlpEngine
from safetrack.detect.presidio.card import LooseCardRecognizer
from safetrack.detect.presidio.coordinate import CoordinateRecognizer
from safetrack.detect.presidio.device_name import DeviceNameRecognizer
from safetrack.detect.presidio.email import GrownEmailRecognizer
from safetrack.detect.presidio.guard import guard
from safetrack.detect.presidio.iban import GuardedIbanRecognizer
from safetrack.detect.presidio.named_value import NamedValueRecognizer
from safetrack.detect.presidio.national_id import (
    COUNTRIES,
    NationalFormRecognizer,
    NationalIdRecognizer,
)
from safetrack.detect.presidio.online_id import OnlineIdRecognizer
from safetrack.detect.presidio.opaque_id import OpaqueIdRecognizer
from safetrack.detect.presidio.phone import TimedPhoneRecognizer, WrittenPhoneRecognizer
from safetrack.detect.presidio.proper_name import ProperNameRecognizer
from safetrack.detect.presidio.random_token import RandomTokenRecognizer
from safetrack.detect.presidio.secret import SecretRecognizer
from safetrack.detect.presidio.street import StreetRecognizer
from safetrack.detect.presidio.url_credentials import UrlCredentialsRecognizer
from safetrack.detect.presidio.url_path import UrlPathRecognizer
from safetrack.detect.presidio.user_agent import UserAgentRecognizer


def _name_recognizer(supported_language: str) -> SpacyRecognizer:
    """Presidio's, which hands on what the language model found; ours finds phone numbers too."""
    found = [*SpacyRecognizer.ENTITIES, "PHONE_NUMBER"]
    return SpacyRecognizer(supported_language=supported_language, supported_entities=found)


RECOGNIZERS: Final[tuple[Callable[..., Any], ...]] = (
    CoordinateRecognizer,
    CryptoRecognizer,
    DateRecognizer,
    DeviceNameRecognizer,
    GrownEmailRecognizer,
    GuardedIbanRecognizer,
    IpRecognizer,
    LooseCardRecognizer,
    MacAddressRecognizer,
    NamedValueRecognizer,
    OnlineIdRecognizer,
    OpaqueIdRecognizer,
    ProperNameRecognizer,
    RandomTokenRecognizer,
    SecretRecognizer,
    _name_recognizer,
    StreetRecognizer,
    WrittenPhoneRecognizer,
    UrlCredentialsRecognizer,
    UrlPathRecognizer,
    UserAgentRecognizer,
    UuidRecognizer,
)
"""Presidio's, without the URL recogniser: its pattern costs a millisecond of CPU a character on
hostile input. Its e-mail recogniser, which asks a public suffix list, is replaced by our own."""

OF_COUNTRIES: Final[Mapping[str, tuple[Callable[..., Any], ...]]] = {
    "gb": (NhsRecognizer,),
    "us": (
        MedicalLicenseRecognizer,
        UsBankRecognizer,
        UsItinRecognizer,
        UsLicenseRecognizer,
        UsPassportRecognizer,
        UsSsnRecognizer,
    ),
}
"""Further ones of Presidio's that run where the policy's ``detection.countries`` has the country."""

_TRIGGERS: Final[Mapping[str, str]] = {
    "CryptoRecognizer": r"\S{25}",
    "GrownEmailRecognizer": "@",
    "IpRecognizer": r"\d|::|[0-9A-Fa-f]:",
    "MacAddressRecognizer": r"[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.",
    "ProperNameRecognizer": r"(?!)",
    "SpacyRecognizer": r"(?!)",
}
"""Class → what a text must hold for it to match. Names are asked for elsewhere."""

DIGIT: Final = r"\d"
"""The trigger of all others: no number without a digit."""


def trigger(kind: Callable[..., Any]) -> str:
    """A cheap pattern that matches in every text in which recognisers of a class find anything."""
    return str(getattr(kind, "TRIGGER", _TRIGGERS.get(kind.__name__, DIGIT)))


MATCHABLE: Final = re.compile(
    "|".join(dict.fromkeys(f"(?:{trigger(kind)})" for kind in RECOGNIZERS))
)
"""What a text must hold for any of the patterns to match. Other texts skip them all."""


def build_engine(
    language: str,
    entities: Collection[str],
    additional: Collection[EntityRecognizer] = (),
    countries: Collection[str] | None = None,
) -> AnalyzerEngine:
    """An analyzer that runs only recognisers of the entities wanted, each with guarded patterns.

    Args:
        language: ISO 639-1 code that the recognisers are registered under.
        entities: Presidio's names of what is looked for.
        additional: Further recognisers, of the same language. They are not changed.
        countries: Whose national numbers and phones are looked for, ISO 3166-1 in lower case; None
            for all national numbers and Presidio's phones.
    """
    own = [kind(supported_language=language) for kind in RECOGNIZERS]
    wanted = [
        guard(recognizer) if isinstance(recognizer, PatternRecognizer) else recognizer
        for recognizer in [*own, *_of_countries(language, countries), *map(copy, additional)]
        if not set(entities).isdisjoint(recognizer.supported_entities)
    ]
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=wanted, supported_languages=[language]),
        nlp_engine=TextNlpEngine(language),
        supported_languages=[language],
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )


def _of_countries(language: str, countries: Collection[str] | None) -> list[EntityRecognizer]:
    chosen = sorted(COUNTRIES if countries is None else countries)
    return [
        TimedPhoneRecognizer(language, countries or ()),
        NationalIdRecognizer(language, chosen),
        NationalFormRecognizer(language, chosen),
        *(kind(supported_language=language) for c in chosen for kind in OF_COUNTRIES.get(c, ())),
    ]
