"""Splitting names of keys and events into words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_CASE: Final = re.compile(
    r"(?<=[a-zß-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])"
)
"""Borders inside ``firstName`` and ``HTTPServer``."""


LONGEST_NAME: Final = 256
"""Characters of a name that are split; no real key is longer."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a value, as `split_words` gives those of a name; nothing is remembered."""
    return tuple(_WORD.findall(_CASE.sub(" ", text[:LONGEST_NAME]).lower()))


_split_short: Final = lru_cache(maxsize=4096)(words_of)


def split_words(name: str) -> tuple[str, ...]:
    """The words of a name in any style, lower case.

    >>> split_words("billingAddress.zip_code")
    ('billing', 'address', 'zip', 'code')

    Digits are words of their own; ``$`` and other marks separate. Only the first
    `LONGEST_NAME` characters are read.
    """
    return _split_short(name[:LONGEST_NAME])


def word_set(text: str) -> frozenset[str]:
    """The words of a table that is written as text, separated by white space."""
    return frozenset(text.split())
