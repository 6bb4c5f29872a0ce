"""Names of people, by the lexicon and their form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safetrack.detect.people.evidence import ENOUGH, Reading
from safetrack.detect.people.found import Found

SCORE: Final = 0.8


def find_names(reading: Reading) -> Iterator[Found]:
    """Phrases for which enough speaks without the language model."""
    for phrase in reading.phrases:
        if phrase.score >= ENOUGH:
            yield Found(phrase.start, phrase.end, "PERSON", SCORE, "NameLexicon")
