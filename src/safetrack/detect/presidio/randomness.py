"""Whether a run of letters and digits was drawn by a machine, or written by a person."""

from __future__ import annotations

import re
from typing import Final

from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words

_CHANGE: Final = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_FEWEST_CHANGES: Final = 3
"""From letter to digit or back: ``experiment2024winter`` has two, random text many."""
_CASE_CHANGE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[a-z])")
_LONG_RUN: Final = 25
_LONG_WORD: Final = 12
_SHORT_WORDS: Final = 3.2


def is_random(run: str) -> bool:
    """Many digits among the letters; or long, and made of fragments or of a long unknown word."""
    if len(_CHANGE.findall(run)) >= _FEWEST_CHANGES:
        return True
    words = split_words(run)
    is_long = len(run) >= _LONG_RUN
    return is_long and (len(run) < _SHORT_WORDS * len(words) or any(map(_is_long_unknown, words)))


def _is_long_unknown(word: str) -> bool:
    return len(word) >= _LONG_WORD and not is_known(word)


def is_token(run: str) -> bool:
    """Whether a run of sixteen characters or more is drawn: kinds of characters change all the time."""
    if len(run) < _SHORTEST_TOKEN or not is_wordless(run):
        return False
    changes = len(_CHANGE.findall(run)) + len(_CASE_CHANGE.findall(run))
    words = split_words(run)
    mean = len(run) / max(len(words), 1)
    return is_random(run) or (changes >= len(run) / _PACE and mean < _SHORT_WORDS)


_SHORTEST_TOKEN: Final = 16
_PACE: Final = 4
"""Characters between two changes of kind, at most; base62 changes at every second."""


def is_wordless(run: str) -> bool:
    """Whether it holds anything but words that analytics knows: ``expired`` and ``not_set`` do not."""
    words = [word for word in split_words(run) if not word.isdigit()]
    return any(not is_known(word) for word in words) or any(c.isdigit() for c in run)
