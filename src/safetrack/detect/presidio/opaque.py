"""What identifies without meaning anything: keys, tokens, ids, positions; and names by their form.

Secrets are always looked for. The rest (`safetrack.detect.entities.OPAQUE`) only where the policy
names it under ``detection.entities``, and only in open text: a value that a rule keeps on purpose
may well be an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import regex  # type: ignore[import-untyped]
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from safetrack.detect.presidio.result import result_of
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words

_KEYS: Final = (
    r"\b(?:sk|pk|rk)[_-][\w-]{16,}",  # Stripe, OpenAI, Anthropic
    r"\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}",  # GitHub, GitLab
    r"\bxox[abposr]-[\w-]{10,}",  # Slack
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",  # AWS
    r"\bSG\.[\w.-]{16,}",  # SendGrid
    r"\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}",  # Google
    r"\b(?:hf|npm|whsec|shpat|dop_v1|pypi)[_-]\w{16,}",  # Hugging Face, npm, Stripe, Shopify …
    r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?",  # JSON Web Token (RFC 7519)
    r"\b(?:Bearer|Basic) +[\w.~+/-]{16,}=*",  # RFC 9110, RFC 6750
)
_PARAMETER: Final = (
    r"(?<=[?&#;](?:token|code|key|api_key|apikey|secret|password|sig|signature|state|session|sid"
    r"|access_token|id_token|refresh_token|auth|otp)=)[^&#\s\"'<>]{4,2000}"
)


class SecretRecognizer(PatternRecognizer):
    """API keys by the prefixes of their providers, and tokens in the query of a URL."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entity="SECRET",
            supported_language=supported_language,
            patterns=[
                *(Pattern("key of a provider", key, 0.9) for key in _KEYS),
                Pattern("token in a URL", _PARAMETER, 0.8),
            ],
        )


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


class UserAgentRecognizer(PatternRecognizer):
    """The user agent of a browser, to its end: model and build single a device out."""

    def __init__(self, supported_language: str = "en") -> None:
        agent = r"\b(?:Mozilla|Opera|Dalvik)/\d[\w.]{0,20} ?\([^\n\"]{4,1000}"
        super().__init__(
            supported_entity="USER_AGENT",
            supported_language=supported_language,
            patterns=[Pattern("browser's user agent", agent, 0.9)],
        )


class CoordinateRecognizer(PatternRecognizer):
    """A latitude or longitude with four decimals or more: some ten metres."""

    def __init__(self, supported_language: str = "en") -> None:
        degrees = r"(?<![\d.])-?(?:1[0-7]\d|\d{1,2})\.\d{4,18}(?![\d]|\.\d)"
        super().__init__(
            supported_entity="GEO_COORDINATE",
            supported_language=supported_language,
            patterns=[Pattern("decimal degrees", degrees, 0.6)],
        )


_UUID: Final = re.compile(r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b")
_RUN: Final = re.compile(r"[A-Za-z0-9]{16,}")
_CHANGE: Final = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])", re.IGNORECASE)
_FEWEST_CHANGES: Final = 3
"""From letter to digit or back: ``experiment2024winter`` has two, random text many."""


class OpaqueIdRecognizer(EntityRecognizer):
    """UUIDs, hashes, and other runs of sixteen letters and digits or more in random order."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_entities=["OPAQUE_ID"], supported_language=supported_language)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All such runs in `text`, in order."""
        runs = [run.span() for run in _RUN.finditer(text) if _is_random(run.group())]
        uuids = [match.span() for match in _UUID.finditer(text)]
        return [result_of(self, "OPAQUE_ID", start, end, 0.6) for start, end in (*uuids, *runs)]


_LONG_RUN: Final = 25
_LONG_WORD: Final = 12
_SHORT_WORDS: Final = 3.2


def _is_random(run: str) -> bool:
    """Many digits among the letters; or long, and made of fragments or of a long unknown word."""
    if len(_CHANGE.findall(run)) >= _FEWEST_CHANGES:
        return True
    words = split_words(run)
    is_long = len(run) >= _LONG_RUN
    return is_long and (len(run) < _SHORT_WORDS * len(words) or any(map(_is_long_unknown, words)))


def _is_long_unknown(word: str) -> bool:
    return len(word) >= _LONG_WORD and not is_known(word)


_CAPITALISED: Final = r"\p{Lu}[\p{L}'\u2019]*\p{Ll}(?:-\p{Lu}\p{Ll}+)*"
_PARTICLE: Final = r"(?:von|van|de|der|den|da|di|del|la|le|bin|al|el|y|\p{Lu}\.)"
_PHRASE: Final = regex.compile(
    rf"(?<![\w@.]){_CAPITALISED}(?:,? (?:{_PARTICLE} ){{0,2}}{_CAPITALISED}){{1,7}}"
)
_NAME_WORD: Final = regex.compile(_CAPITALISED)


class ProperNameRecognizer(EntityRecognizer):
    """Two capitalised words or more in a row, none of which is a word of the shipped vocabulary.

    Language models were trained on sentences; in a value of two words they miss one name in ten.
    """

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_entities=["PROPER_NAME"], supported_language=supported_language)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All such phrases in `text`, in order."""
        return [
            result_of(self, "PROPER_NAME", start, end, 0.5)
            for phrase in _PHRASE.finditer(text)
            for start, end in _unknown_words(phrase)
        ]


def _unknown_words(phrase: Any) -> Iterator[tuple[int, int]]:
    """Stretches of a phrase with two unknown words or more in a row."""
    start = end = count = 0
    for word in _NAME_WORD.finditer(phrase.string, *phrase.span()):
        if is_known(word.group().lower()):
            if count > 1:
                yield start, end
            count = 0
            continue
        start, end, count = (word.start() if not count else start), word.end(), count + 1
    if count > 1:
        yield start, end
