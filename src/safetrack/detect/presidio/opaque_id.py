"""What identifies without meaning anything. Only where the policy names it, and in open text."""

from __future__ import annotations

import re
from typing import Any, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.result import result_of
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words

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
