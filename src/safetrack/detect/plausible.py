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
        is_name: Whether the language model found it, rather than a pattern.
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
    if hit.is_name and not _is_plausible_name(hit, text):
        return False
    check = _CHECKS.get(hit.entity)
    return check is None or check(hit, text, words)


def _is_plausible_name(hit: Hit, text: str) -> bool:
    if hit.entity == "DATE_TIME":
        return True
    in_sentence = _in_sentence(hit, text, ())
    letters = [word for word in split_words(hit.text) if word.isalpha()]
    if hit.entity == "PHONE_NUMBER" or not letters:
        told = in_sentence or not PHONE_WORDS.isdisjoint(split_words(text))
        return told and hit.entity in _MAY_BE_DIGITS
    if all(is_known(word) for word in letters) and not (hit.entity == "NRP" and in_sentence):
        return False
    is_decoded = not _DECODED.isdisjoint(hit.view.split(">"))
    return (is_decoded or not is_technical(text.strip())) and not is_technical(hit.text)


_DECODED: Final = frozenset({"base64", "base32", "hex", "codes"})
"""Readings of runs that look technical as they stand."""


def _in_sentence(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    return hit.has_context or _in_running_text(hit, text, words)


def _in_running_text(_hit: Hit, text: str, _words: tuple[str, ...]) -> bool:
    return is_running_text(text)


_MAY_BE_DIGITS: Final = frozenset({"LOCATION", "PHONE_NUMBER"})
"""Postcodes and telephone numbers: digits that only the words around them tell from others."""


def _bare_needs_context(hit: Hit, _text: str, _words: tuple[str, ...]) -> bool:
    """A check digit alone says little: one of eleven ten-digit numbers has the right one."""
    return hit.has_context or not hit.text.isalnum()


_CHECKS: Final[dict[str, Callable[[Hit, str, tuple[str, ...]], bool]]] = {
    "ORGANIZATION": _in_sentence,
    "UUID": _in_running_text,
    "UK_NHS": _bare_needs_context,
    "MEDICAL_LICENSE": _bare_needs_context,
    "PHONE_NUMBER": is_phone,
    "IP_ADDRESS": is_ip,
    "US_DRIVER_LICENSE": lambda hit, text, _words: not inside_uuid(hit, text),
    "CREDIT_CARD": is_card,
    "RANDOM_TOKEN": is_random_token,
}
