"""When an identifier has survived, and when a harmless value was altered.

An identifier survives when a piece of it stands in what is left of its leaf, compared without
case, as it is and percent-decoded:

* the whole part; one of up to four letters only as a word of its own (``Ann`` is not in "annual");
* of an e-mail address also what stands before the at-sign;
* of a number (phone, card, account, national id) its digits, however they are grouped, and any
  seven of nine or more in a row;
* of a person's name or a postal address every word of three or more letters that is not a common
  word of addresses or a title, as a word of its own.

A leaf that is gone has no identifier left, unless it stands under another key. A harmless leaf is
altered when it is gone, under another key, or not equal to what it was; with `keep`, when one of
those texts is not in it.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final
from urllib.parse import unquote

from evaluation.labelled import Label

MISSING: Final = object()
"""Stands for a leaf that is gone."""

_NUMBERS: Final = ("phone", "card", "bank", "iban", "national", "ssn", "passport")
_NAMES: Final = ("person", "name")
_ADDRESSES: Final = ("street", "address")
_COMMON_WORDS: Final = """street road avenue lane drive court place close way square boulevard terrace circle
    apartment apt suite unit floor flat house building block the and von van der den del della
    rue avenida calle via rua strasse straße platz weg allee chemin impasse quai plaza
    mrs miss herr frau monsieur madame senor señor señora prof north south east west box jardim"""
_TELLS_LITTLE: Final = frozenset(_COMMON_WORDS.split())
_SHORT: Final = 4
_LEAST_WORD: Final = 3
_LEAST_DIGITS: Final = 6
_LONG_DIGITS: Final = 9
_RUN: Final = 7
_WORD: Final = re.compile(r"[^\W\d_]+")


def survives(label: Label, before: Any, after: Any) -> bool:
    """Whether an identifier is still there in what is left of its leaf."""
    if after is MISSING or after is None:
        return False
    text = _text(after).casefold()
    readings = {text, unquote(text)}
    parts = label.parts or (_text(before),)
    return any(_part_survives(part, label.kind, reading) for part in parts for reading in readings)


def altered(label: Label, before: Any, after: Any) -> bool:
    """Whether a harmless value is no longer what it was."""
    if label.keep:
        return after is MISSING or any(text not in _text(after) for text in label.keep)
    return type(before) is not type(after) or before != after


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    z = 1.959964
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _part_survives(part: str, kind: str, text: str) -> bool:
    folded = part.casefold()
    words = _WORD.findall(text)
    if folded.isalpha() and len(folded) <= _SHORT:
        return folded in words
    if folded in text:
        return True
    if "email" in kind and "@" in folded:
        local = folded.partition("@")[0]
        return len(local) >= _LEAST_WORD and local in text
    if any(word in kind for word in _NUMBERS):
        return _digits_survive(folded, text)
    if any(word in kind for word in (*_NAMES, *_ADDRESSES)):
        return any(word in words for word in telling_words(folded))
    return False


def telling_words(part: str) -> list[str]:
    """The words of a name or an address that say whose it is."""
    return [w for w in _WORD.findall(part) if len(w) >= _LEAST_WORD and w not in _TELLS_LITTLE]


def _digits_survive(part: str, text: str) -> bool:
    digits, left = _digits(part), _digits(text)
    if len(digits) < _LEAST_DIGITS:
        return False
    run = _RUN if len(digits) >= _LONG_DIGITS else len(digits)
    return any(digits[at : at + run] in left for at in range(len(digits) - run + 1))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
