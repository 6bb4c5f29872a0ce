"""Which of the raw hits are believed.

Recognisers look at characters only. What is known of analytics values decides about the rest:
technical ids are full of digits that look like phone numbers, and event names, button labels and
product names look like names of people to a model that was trained on newspapers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from safetrack.detect.detector import UNSEARCHED
from safetrack.detect.lexicon import PLACE, known
from safetrack.detect.people.evidence import COULD_BE_NAMES, ENOUGH, MODEL, Reading, Style
from safetrack.detect.plausible_number import (
    PHONE_WORDS,
    inside_uuid,
    is_card,
    is_ip,
    is_phone,
    is_random_token,
)
from safetrack.detect.running_text import is_running_text
from safetrack.detect.shapes import is_technical
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words
from safetrack.event import Reason


@dataclass(frozen=True, slots=True)
class Hit:
    """What one recogniser found in one view, mapped to the original text.

    Attributes:
        start: First character in the original.
        end: One past the last.
        entity: What it is taken for.
        score: 0 to 1.
        recognizer: Which recogniser.
        text: What it read there.
        view: Name of the view; empty for the original.
        is_name: Whether the language model or the lexicon of names found it, rather than a pattern.
        has_context: Whether a word of the key or of the text supports it.
        unsearched: Why the stretch was not searched; None where something was found in it.
    """

    start: int
    end: int
    entity: str
    score: float
    recognizer: str
    text: str
    view: str
    is_name: bool
    has_context: bool
    unsearched: Reason | None = None

    def __repr__(self) -> str:
        return f"<Hit {self.entity} {self.start}-{self.end}>"

    def moved(self, by: int) -> Hit:
        """The same hit in a text that has `by` characters more in front."""
        return replace(self, start=self.start + by, end=self.end + by)


def unsearched(start: int, end: int, reason: Reason) -> Hit:
    """Stands for a stretch of the original that was not searched, and so must not leave."""
    return Hit(start, end, UNSEARCHED, 1.0, "", "", "", False, False, reason)


def is_plausible(hit: Hit, text: str, words: tuple[str, ...] = ()) -> bool:
    """Whether a hit is believed.

    Args:
        hit: What a recogniser found.
        text: The whole original text.
        words: The words of the value's key.
    """
    check = _CHECKS.get(hit.entity)
    return check is None or check(hit, text, words)


def is_plausible_name(entity: str, start: int, end: int, reading: Reading) -> bool:
    """Whether what the language model labelled is believed.

    It was trained on sentences: there it is doubted only where all words are ordinary ones. In a
    label or a short value its word is a part of the evidence (`safetrack.detect.people.evidence`),
    and places and organisations need the key's word as well.

    Args:
        entity: What the model takes ``text[start:end]`` for.
        start: First character in the reading's text.
        end: One past the last.
        reading: The text, read for names.
    """
    if entity == "DATE_TIME":
        return True
    letters = [word for word in split_words(reading.text[start:end]) if word.isalpha()]
    if entity == "PHONE_NUMBER" or not letters:
        told = reading.style is Style.SENTENCE or _speaks_of_phones(reading.text)
        return told and entity in _MAY_BE_DIGITS
    if is_technical(reading.text.strip()) or is_technical(reading.text[start:end]):
        return False
    return _NAME_CHECKS.get(entity, _is_no_vocabulary)(start, end, reading)


def _speaks_of_phones(text: str) -> bool:
    return not PHONE_WORDS.isdisjoint(split_words(text))


def _is_person(start: int, end: int, reading: Reading) -> bool:
    if reading.style is Style.SENTENCE:
        return any(token.kind in COULD_BE_NAMES for token in reading.between(start, end))
    return any(
        phrase.score + MODEL >= ENOUGH
        for phrase in reading.phrases
        if phrase.start < end and start < phrase.end
    )


def _is_place(start: int, end: int, reading: Reading) -> bool:
    found = reading.text[start:end]
    if reading.style is Style.SENTENCE or is_running_text(reading.text) or _has_number(found):
        return _is_no_vocabulary(start, end, reading)
    return reading.is_of_place and bool(known(found) & PLACE)


def _has_number(place: str) -> bool:
    """Whether words and digits stand together, as in ``12 Elm Court``."""
    words = split_words(place)
    return any(map(str.isdigit, words)) and sum(map(str.isalpha, words)) > 1


def _is_in_sentence(start: int, end: int, reading: Reading) -> bool:
    return reading.style is Style.SENTENCE and _is_no_vocabulary(start, end, reading)


def _is_no_vocabulary(start: int, end: int, reading: Reading) -> bool:
    return not all(is_known(word) for word in split_words(reading.text[start:end]))


_NAME_CHECKS: Final[dict[str, Callable[[int, int, Reading], bool]]] = {
    "PERSON": _is_person,
    "LOCATION": _is_place,
    "ORGANIZATION": _is_in_sentence,
    "NRP": lambda _start, _end, reading: reading.style is Style.SENTENCE,
}


def _in_running_text(_hit: Hit, text: str, _words: tuple[str, ...]) -> bool:
    return is_running_text(text)


_MAY_BE_DIGITS: Final = frozenset({"LOCATION", "PHONE_NUMBER"})
"""Postcodes and telephone numbers: digits that only the words around them tell from others."""


def _bare_needs_context(hit: Hit, _text: str, _words: tuple[str, ...]) -> bool:
    """A check digit alone says little: one of eleven ten-digit numbers has the right one."""
    return hit.has_context or not hit.text.isalnum()


_CHECKS: Final[dict[str, Callable[[Hit, str, tuple[str, ...]], bool]]] = {
    "UUID": _in_running_text,
    "UK_NHS": _bare_needs_context,
    "MEDICAL_LICENSE": _bare_needs_context,
    "PHONE_NUMBER": is_phone,
    "IP_ADDRESS": is_ip,
    "US_DRIVER_LICENSE": lambda hit, text, _words: not inside_uuid(hit, text),
    "CREDIT_CARD": is_card,
    "RANDOM_TOKEN": is_random_token,
}
