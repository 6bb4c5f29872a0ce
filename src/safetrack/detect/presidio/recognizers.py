"""Which recognisers search a text, and what they can find."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
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
from safetrack.detect.presidio.email import EmailRecognizer
from safetrack.detect.presidio.guard import guard
from safetrack.detect.presidio.iban import GuardedIbanRecognizer
from safetrack.detect.presidio.opaque_id import OpaqueIdRecognizer
from safetrack.detect.presidio.phone import TimedPhoneRecognizer
from safetrack.detect.presidio.proper_name import ProperNameRecognizer
from safetrack.detect.presidio.secret import SecretRecognizer
from safetrack.detect.presidio.street import StreetRecognizer
from safetrack.detect.presidio.url_credentials import UrlCredentialsRecognizer
from safetrack.detect.presidio.user_agent import UserAgentRecognizer

RECOGNIZERS: Final[tuple[Callable[..., Any], ...]] = (
    CoordinateRecognizer,
    CryptoRecognizer,
    DateRecognizer,
    EmailRecognizer,
    GuardedIbanRecognizer,
    IpRecognizer,
    LooseCardRecognizer,
    MacAddressRecognizer,
    MedicalLicenseRecognizer,
    NhsRecognizer,
    OpaqueIdRecognizer,
    ProperNameRecognizer,
    SecretRecognizer,
    SpacyRecognizer,
    StreetRecognizer,
    TimedPhoneRecognizer,
    UrlCredentialsRecognizer,
    UsBankRecognizer,
    UsItinRecognizer,
    UsLicenseRecognizer,
    UsPassportRecognizer,
    UsSsnRecognizer,
    UserAgentRecognizer,
    UuidRecognizer,
)
"""Presidio's defaults for English, without the URL recogniser: its pattern costs a millisecond of
CPU a character on hostile input, and ``keep``-ing or generalising URLs is the policy's business.
Its e-mail recogniser, which asks a public suffix list, is replaced by our own, and what
identifies without meaning anything is added."""

MATCHABLE: Final = re.compile(
    r"[\d@:=]|\S{25}|[Aa][KkSs][Ii][Aa]|[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\."
)
"""What a text must hold for any of the patterns to match: a digit, an at-sign, colon or equals sign, a run as
long as a wallet address, the start of an AWS key, or the letters of a hardware address. Other
texts skip them all."""


def build_engine(
    language: str,
    entities: Collection[str],
    additional: Collection[EntityRecognizer] = (),
) -> AnalyzerEngine:
    """An analyzer that runs only recognisers of the entities wanted, each with guarded patterns.

    Args:
        language: ISO 639-1 code that the recognisers are registered under.
        entities: Presidio's names of what is looked for.
        additional: Further recognisers, of the same language.
    """
    own = [kind(supported_language=language) for kind in RECOGNIZERS]
    wanted = [
        guard(recognizer) if isinstance(recognizer, PatternRecognizer) else recognizer
        for recognizer in [*own, *additional]
        if not set(entities).isdisjoint(recognizer.supported_entities)
    ]
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=wanted, supported_languages=[language]),
        nlp_engine=TextNlpEngine(language),
        supported_languages=[language],
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )
