"""A lexicon of names, places and ordinary words, in one megabyte and a microsecond a look-up.

The words themselves are not stored: each is the CRC-32 of its folded form, in a sorted array,
beside a byte that says what it is known as. One unknown word in some 20,000 is mistaken for a known one. Sources,
licences and the script that makes the file are in ``lexicons/`` of the repository.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from enum import IntFlag
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final


class Known(IntFlag):
    """What a word is known as; several at once (``paris``, ``rose``)."""

    NOTHING = 0
    GIVEN = 1
    """A given name."""
    FAMILY = 2
    """A family name."""
    COMMON = 4
    """One of the frequent names of some country."""
    WORD = 8
    """An ordinary word of a language."""
    CITY = 16
    """A city of 100,000 people or more, or the capital or a state of a country."""
    TOWN = 32
    """A smaller city, of 15,000 or more."""
    COUNTRY = 64
    """A country, a continent, or what its people or language are called."""


NAME: Final = Known.GIVEN | Known.FAMILY
PLACE: Final = Known.CITY | Known.TOWN

MAGIC: Final = b"STLEX1\n\x00"
"""First bytes of the file; then the number of words, their digests, and a byte for each."""

_SPECIAL: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
    | dict.fromkeys("'\u2019\u02bc\u2018`.", "")
)


def fold(word: str) -> str:
    """A word as the lexicon knows it: lower case, without accents, apostrophes and full stops."""
    if word.isascii():
        return word.lower().translate(_SPECIAL)
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_SPECIAL))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def digest(folded: str) -> int:
    """The number that stands for a folded word in the file."""
    return zlib.crc32(folded.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=8192)
def known(word: str) -> Known:
    """What `word`, in any case and with or without accents, is known as. Loads the file once."""
    digests, flags = _table()
    number = digest(fold(word))
    place = bisect_left(digests, number)
    if place < len(digests) and digests[place] == number:
        return Known(flags[place])
    return Known.NOTHING


@cache
def _table() -> tuple[array[int], bytes]:
    raw = files("safetrack.detect").joinpath("lexicon.bin").read_bytes()
    start = len(MAGIC) + 4
    count = int.from_bytes(raw[len(MAGIC) : start], "little")
    digests = array("I")
    digests.frombytes(raw[start : start + 4 * count])
    if sys.byteorder == "big":
        digests.byteswap()
    return digests, raw[start + 4 * count :]
