"""Names by their form. Only where the policy names them, and in open text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import regex  # type: ignore[import-untyped]
from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.result import result_of
from safetrack.detect.vocabulary import is_known

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
