"""User names: by a leading ``@``, made of names, or as the owner of a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from safetrack.detect.lexicon import Known, known
from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.found import Found
from safetrack.detect.people.keys import says_thing
from safetrack.detect.people.tokens import Kind, kind_of
from safetrack.detect.words import split_words, word_set

SCORE: Final = 0.7
ENOUGH: Final = 2.5
"""More than for a name written as one: ids and file names are made of all kinds of words."""
_WEIGHTS: Final = {Kind.STRONG: 2.0, Kind.NAME: 1.0, Kind.AMBIGUOUS: 0.5, Kind.INITIAL: 0.5}
_AGAINST: Final = -2.0
"""Added by any other word: ``maria_db`` is nobody."""

_AT: Final = re.compile(r"(?<![\w@./=&+%-])@[^\W\d]\w*(?:[.-]\w+)*(?![\w/@])")
_AT_RULES: Final = word_set(
    "media import charset keyframes supports layer page todo param return deprecated here all channel everyone"
)
_MACHINES: Final = (
    r"(?:macbook|mbp|imac|mac|laptop|notebook|desktop|pc|computer|iphone|ipad|phone|tablet|thinkpad"
    r"|pixel|galaxy|watch|airpods|surface)"
)
_MACHINE: Final = re.compile(
    rf"(?<![\w@])([^\W\d_]{{3,24}}?)(?:['\u2019]?s)?[-_ ]{_MACHINES}(?![^\W\d_])", re.IGNORECASE
)
"""``martas-macbook-pro``: what operating systems call a machine after its owner."""
_RUN: Final = re.compile(r"(?<![\w@])[^\W\d_][^\W_]*(?:[._-][^\W_]+)*(?![\w@])")
_CALLED: Final = re.compile(
    r"(?i)(?<![^\W_])(?:user ?name|user|handle|login|nickname|gamertag|screen ?name|benutzername|usuario|utilisateur)"
    r"(?: is|:|=)? [\"'@]?([A-Za-z](?=[\w.-]*\d)[\w.-]{2,38}\w)"
)
"""What stands behind a word for user names, where it holds a digit, as few words do."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 40
_SHORTEST_HALF: Final = 4
_SHORTEST_SURNAME: Final = 5
_FEWEST_DIGITS: Final = 2


def find_handles(reading: Reading) -> Iterator[Found]:
    """User names in a text."""
    text = reading.text
    for match in _AT.finditer(text):
        if match.group()[1:].lower() not in _AT_RULES:
            yield Found(match.start(), match.end(), "USERNAME", SCORE, "AtHandle")
    for match in _CALLED.finditer(text):
        yield Found(match.start(1), match.end(1), "USERNAME", SCORE, "CalledHandle")
    for match in _MACHINE.finditer(text):
        if _is_owner(match.group(1), text):
            yield Found(match.start(1), match.end(1), "USERNAME", SCORE, "OwnersMachine")
    if says_thing(reading.words):
        return
    for match in _RUN.finditer(text):
        for start, end in _names_in(match.group()):
            found = match.start() + start, match.start() + end
            yield Found(*found, "USERNAME", SCORE, "NameHandle")


def _is_owner(word: str, text: str) -> bool:
    kind = kind_of(word.title())
    return kind in {Kind.STRONG, Kind.NAME} or (kind in _MAYBE and " " not in text)


_MAYBE: Final = frozenset({Kind.AMBIGUOUS, Kind.UNKNOWN})


def _names_in(run: str) -> Iterator[tuple[int, int]]:
    """The whole of a run that is made of names, or two names beside each other in it."""
    if not _SHORTEST_SURNAME <= len(run) <= _LONGEST:
        return
    if _is_made_of_names(run):
        yield 0, len(run)
        return
    for first, second in pairwise(_WORD.finditer(run)):
        is_beside = second.start() - first.end() == 1 and not run[first.end()].isalnum()
        if is_beside and all(
            kind_of(word.group().title()) is Kind.STRONG for word in (first, second)
        ):
            yield first.start(), second.end()


def _is_made_of_names(run: str) -> bool:
    words = split_words(run)
    letters = [word for word in words if word.isalpha()]
    if len(words) == 1 or (len(letters) == 1 and words[0] == letters[0] and run.isalnum()):
        return (not run[0].isupper() and _is_glued(letters[0])) or _is_dated(words)
    if len(letters) == 1 or _has_stray_letter(words):
        return _is_dated(words) if letters else False
    if run.isalpha() and not _is_camel(run):
        return False
    return sum(_WEIGHTS.get(kind_of(word.title()), _AGAINST) for word in letters) >= ENOUGH


def _is_dated(words: tuple[str, ...]) -> bool:
    """``priya_22``: one name and at least two digits behind it."""
    if len(words) != 2 or not words[1].isdigit() or len(words[1]) < _FEWEST_DIGITS:  # noqa: PLR2004
        return False
    return kind_of(words[0].title()) is Kind.STRONG and Known.GIVEN in known(words[0])


def _has_stray_letter(words: tuple[str, ...]) -> bool:
    """Whether a single letter stands beside digits: part of a code, and not an initial."""
    return any(
        (len(a) == 1 and b.isdigit()) or (a.isdigit() and len(b) == 1) for a, b in pairwise(words)
    )


def _is_camel(run: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in pairwise(run))


def _is_glued(word: str) -> bool:
    """``martakowalczyk`` and ``mkowalczyk``: given name or initial and family name, run together."""
    if not word.isascii() or known(word) or kind_of(word) not in {Kind.UNKNOWN, Kind.NAME}:
        return False
    if len(word) > _SHORTEST_SURNAME and _is_plain(word[1:], Known.FAMILY, _SHORTEST_SURNAME):
        return True
    return any(
        _is_plain(word[:cut], Known.GIVEN, _SHORTEST_HALF)
        and _is_plain(word[cut:], Known.FAMILY, _SHORTEST_HALF)
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
    )


def _is_plain(part: str, flag: Known, least: int) -> bool:
    return len(part) >= least and flag in known(part) and kind_of(part) is Kind.STRONG
