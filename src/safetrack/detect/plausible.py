"""Which of the raw hits are believed.

Recognisers look at characters only. What is known of analytics values decides about the rest:
technical ids are full of digits that look like phone numbers, and event names, button labels and
product names look like names of people to a model that was trained on newspapers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from safetrack.detect.detector import UNSEARCHED
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


RUNNING_TEXT_WORDS: Final = 4
"""From this many words on a value is read as a sentence."""

_WORD: Final = re.compile(r"(?<!\S)[\"'(]?[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[\"').,;:!?]*(?!\S)")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])(?:[ T]?\d{2}(?:[:.]?\d{2})*)?"
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3}){0,3}")
"""Unix time in s, ms, µs or ns, 2001 to 2033. No North American number begins with 1."""


def is_plausible(hit: Hit, text: str, words: tuple[str, ...] = ()) -> bool:
    """Whether a hit is believed.

    Args:
        hit: What a recogniser found.
        text: The whole original text.
        words: The words of the value's key.
    """
    if hit.is_name and hit.entity != "DATE_TIME" and not _is_plausible_name(hit, text):
        return False
    check = _CHECKS.get(hit.entity)
    return check is None or check(hit, text, words)


def _is_plausible_name(hit: Hit, text: str) -> bool:
    words = split_words(hit.text)
    letters = [word for word in words if word.isalpha()]
    if not letters or all(is_known(word) for word in letters):
        return False
    return not is_technical(text.strip()) and not is_technical(hit.text)


def _in_sentence(hit: Hit, text: str, _words: tuple[str, ...]) -> bool:
    return hit.has_context or len(_WORD.findall(text)) >= RUNNING_TEXT_WORDS


def _bare_needs_context(hit: Hit, _text: str, _words: tuple[str, ...]) -> bool:
    """A check digit alone says little: one of eleven ten-digit numbers has the right one."""
    return hit.has_context or not hit.text.isalnum()


def _is_phone(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    if hit.has_context or "phone" in words:
        return True
    number = hit.text.strip()
    if _DATE.fullmatch(number) or _EPOCH.fullmatch(number) or _inside_uuid(hit, text):
        return False
    if not number.startswith("+") and _is_numbered(text[max(hit.start - 12, 0) : hit.start]):
        return False
    return "unglued" not in hit.view or not number.isdigit()


def _inside_uuid(hit: Hit, text: str) -> bool:
    return any(
        match.start() <= hit.start and hit.end <= match.end() for match in _UUID.finditer(text)
    )


_PREFIX: Final = re.compile(r"([^\W\d_]+)[-_#]\Z")
_PHONE_WORDS: Final = frozenset({"tel", "phone", "ph", "mob", "mobile", "cell", "fax", "sms"})


def _is_numbered(before: str) -> bool:
    """Whether the digits belong to a prefixed id: ``INV-2025004417``."""
    prefix = _PREFIX.search(before)
    return prefix is not None and prefix.group(1).lower() not in _PHONE_WORDS


_VERSION_WORDS: Final = frozenset(
    {"version", "versions", "ver", "build", "release", "firmware", "sdk", "revision"}
)


_PRODUCT: Final = re.compile(r"[a-z]/\Z")
"""Chrome/126.0.0.0: a product and its version, as user agents write it."""


def _is_ip(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    if not _VERSION_WORDS.isdisjoint(words) and ":" not in hit.text:
        return False
    before = text[max(hit.start - 12, 0) : hit.start].lower()
    if _PRODUCT.search(before) and hit.text.endswith(".0"):
        return False
    return not before.endswith("v") and _VERSION_WORDS.isdisjoint(split_words(before)[-1:])


_CHECKS: Final[dict[str, Callable[[Hit, str, tuple[str, ...]], bool]]] = {
    "ORGANIZATION": _in_sentence,
    "UUID": _in_sentence,
    "UK_NHS": _bare_needs_context,
    "MEDICAL_LICENSE": _bare_needs_context,
    "PHONE_NUMBER": _is_phone,
    "IP_ADDRESS": _is_ip,
    "US_DRIVER_LICENSE": lambda hit, text, _words: not _inside_uuid(hit, text),
    "CREDIT_CARD": lambda hit, text, _words: not _inside_uuid(hit, text),
}
