"""Birth dates: dates of any spelling beside a word for birth, or under a key that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex  # type: ignore[import-untyped]

from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.found import Found
from safetrack.detect.people.keys import says_birth

SCORE: Final = 0.8

_DATE: Final = (
    r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|º)? (?:of |de )?\p{L}{3,12}\.?,? (?:de )?(?:\d{4}|['\u2019]?\d{2})"
    r"|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
    r"|\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5|\d{4}\ub144 ?\d{1,2}\uc6d4 ?\d{1,2}\uc77c|(?:19|20)\d{2})(?!\d)"
)
_BORN: Final = (
    r"\b(?:born|birth|birthday|birthdate|dob|d\.o\.b|bday|geboren|geb|geburtsdatum|geburtstag|n\u00e9e?|naissance"
    r"|nacid[oa]|nac[i\u00ed]|nacimiento|nascid[oa]|nascimento|nat[oa] il|nascita|geboortedatum|f\u00f8dt|f\u00f6dd"
    r"|f\u00f8dselsdato|urodzon[ya]|urodzenia|\u0440\u043e\u0436\u0434\u0435\u043d\u0438\u044f|\u0440\u043e\u0434\u0438\u043b(?:\u0441\u044f|\u0430\u0441\u044c))\b"
)
_BESIDE: Final = regex.compile(
    rf"{_BORN}[^\w\n]{{0,4}}(?:\p{{L}}+[^\w\n]{{1,3}}){{0,3}}?({_DATE})", regex.IGNORECASE
)
_WHOLE: Final = regex.compile(rf"\W*({_DATE})(?:[T ][\d:.,+Z-]{{4,20}})?\W*", regex.IGNORECASE)


def find_births(reading: Reading) -> Iterator[Found]:
    """Birth dates in a text."""
    text = reading.text
    if says_birth(reading.words) and (whole := _WHOLE.fullmatch(text)):
        yield Found(whole.start(1), whole.end(1), "DATE_OF_BIRTH", SCORE, "BirthKey")
    for match in _BESIDE.finditer(text):
        yield Found(match.start(1), match.end(1), "DATE_OF_BIRTH", SCORE, "BirthWord")
