"""Postal addresses of many countries, by their form.

A street with its number, a post box, or a postcode with its place is found anywhere in a text;
unit, city, region, postcode and country beside it belong to it. In running text also whatever
follows "my address is" and the like, as far as a number stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex  # type: ignore[import-untyped]

from safetrack.detect.lexicon import PLACE, known
from safetrack.detect.people.address_forms import FORMS, NEEDS, SAID
from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.found import Found
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import word_set

SCORE: Final = 0.7


_FORMS: Final = tuple(
    (name, re.compile(NEEDS.get(name, "")), regex.compile(form)) for name, form in FORMS.items()
)
_SAID: Final = regex.compile(SAID)
_SURE_ROADS: Final = word_set(
    "street st road rd avenue ave lane ln boulevard blvd nagar marg chowk"
)
_ALSO_WORDS: Final = ("via ", "place ", "square ", "passage ", "al ", "os ", "r ")
_HAS_NUMBER: Final = regex.compile(r"\d")
_HAS_PARTS: Final = regex.compile(r"[\s,].*\p{L}|\p{L}.*[\s,]|[\p{Han}\p{Hangul}]", regex.DOTALL)
"""A blank or comma, and a letter, or a script that needs no blanks: no address is without."""


def find_addresses(reading: Reading) -> Iterator[Found]:
    """Postal addresses, and parts of them, in a text."""
    text = reading.text
    if not _HAS_NUMBER.search(text) or not _HAS_PARTS.search(text):
        return
    for name, needed, form in _FORMS:
        if not needed.search(text):
            continue
        for match in form.finditer(text, timeout=1):
            if _is_likely(name, match):
                yield Found(match.start(), match.end(), "LOCATION", SCORE, name)
    for match in _SAID.finditer(text, timeout=1):
        if _HAS_NUMBER.search(match.group(1)):
            yield Found(match.start(1), match.end(1), "LOCATION", SCORE, "SaidAddress")


def _is_likely(name: str, match: regex.Match[str]) -> bool:
    """Whether what could be something else is an address: ``30 Day Pass`` is none, ``10115 Berlin`` is."""
    if name == "OtherStreet" or (name == "Street" and match["road"].lower() not in _SURE_ROADS):
        return not any(is_known(word) for word in match["name"].split())
    if name == "NumberLast":
        return not match.group().startswith(_ALSO_WORDS)
    if name == "PostcodePlace":
        return bool(known(match["place"].replace("-", " ")) & PLACE)
    return True
