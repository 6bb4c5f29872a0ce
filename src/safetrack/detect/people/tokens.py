"""The words of a text, and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

import regex  # type: ignore[import-untyped]

from safetrack.detect.lexicon import NAME, PLACE, Known, fold, known
from safetrack.detect.vocabulary import is_brand, is_known
from safetrack.detect.words import word_set


class Kind(Enum):
    """What a word says about a phrase being somebody's name."""

    STRONG = auto()
    """A frequent name and nothing else."""
    NAME = auto()
    """A rare name, or a word with the ending of family names."""
    AMBIGUOUS = auto()
    """A name that is also an ordinary word or a place: ``rose``, ``paris``."""
    DOUBTFUL = auto()
    """A name, and one of the words that analytics names are made of: ``page``, ``price``."""
    PLACE = auto()
    """A city, region or country and nothing else."""
    WORD = auto()
    """An ordinary word, or a word that analytics names are made of."""
    UNKNOWN = auto()
    PARTICLE = auto()
    """``van``, ``de``, ``bin``: part of a name between two others."""
    INITIAL = auto()
    TITLE = auto()
    SUFFIX = auto()
    """``Jr``, ``III``, ``PhD``."""
    FIRM = auto()
    """``Inc``, ``GmbH``: the phrase is a company."""


class Token(NamedTuple):
    """One word: where it stands, its text and kind."""

    start: int
    end: int
    text: str
    kind: Kind


PARTICLES: Final = word_set(
    """de da do dos das del della delle di du la le van von vom der den het ter ten te bin ibn bint al el
    abu ben st san zu zur af av y e"""
)
TITLES: Final = word_set(
    """mr mrs ms miss mx dr prof professor sir madam dame lord lady herr frau fraulein mme mlle monsieur
    madame mademoiselle senor senora senorita sr sra srta sig signor signora pan pani rev reverend
    capt captain sgt lt dhr mevr mevrouw meneer dott dottssa ing shri smt sri ustad"""
)
SUFFIXES: Final = word_set("jr sr ii iii iv phd md esq mba cpa dds rn")
FIRMS: Final = word_set(
    """inc incorporated llc llp ltd limited plc corp corporation co company gmbh ag kg sa sas sarl srl
    spa bv nv oy ab as aps pty pvt kk holdings holding group partners bros brothers sons associates
    foundation institute university college hospital bank capital ventures labs studios motors foods
    airlines airways industries technologies solutions systems services consulting agency stores"""
)
_ENDINGS: Final = re.compile(
    r"[^\W\d_]{2,}(?:"
    r"ows?ki|ows?ka|iewicz|owicz|czyk|czak|iak|sson|sdottir|opoulos|opoulou|idis|akis|escu|oglu|ovic|evic"
    r"|enko|chuk|shvili|adze|idze|yan|ovich|evich|ovsky|evsky|strom|qvist|quist|mann|ssen|stra|sma|inho"
    r"|ез|ов|ова|ев|ева|ёв|ин|ина|ский|ская|цкий|цкая|енко|чук|ович|евич|овна|евна|ична"
    r"|opoulou|ίδης|άκης|όπουλος|οπούλου|ίδου|άκη|ιδης|ακης|οπουλος)"
)
"""Endings that family names and patronymics of some languages have and few other words."""

_TOKEN: Final = regex.compile(
    r"(?!(?<=\p{L}['\u2019\u02bc])[sS]\b)\p{L}[\p{L}\p{M}]*(?:['\u2019\u02bc](?![Ss]\b)\p{L}[\p{L}\p{M}]*)*"
)
"""Letters with their marks. A possessive ``'s`` is left outside."""
_SHORT: Final = 3
"""Names of fewer letters are as often abbreviations."""


_CHUNK: Final = re.compile(r"\S+")
_BESIDE: Final = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb()[]{}<>*,.;:!?\u2026|/-\u2013\u2014"
_MACHINE: Final = re.compile(
    r"[\d_@/\\=%+#~^|<>{}\[\]*$]|[^\W\d_]{2}\.[^\W\d_]{2}|\A[^\W\d_]{2,}\.[^\W\d_]|[^\W\d_](?:-[^\W\d_]+){3}"
)
"""What stands in ids, paths, hosts and code, and not inside a word that is written for people."""


def tokens(text: str) -> list[Token]:
    """The words of `text` that are written for people, in order: no parts of ids, paths and hosts.

    A lone word in small letters with hyphens is an id as well (``marisa-trie``).
    """
    is_slug = not any(sign.isspace() for sign in text) and text.islower()
    return [
        Token(found.start(), found.end(), found.group(), kind_of(found.group()))
        for chunk in _CHUNK.finditer(text)
        if chunk.group().isalpha() or not _is_of_machine(chunk.group(), is_slug=is_slug)
        for found in _TOKEN.finditer(text, chunk.start(), chunk.end())
    ]


def _is_of_machine(chunk: str, *, is_slug: bool) -> bool:
    return (is_slug and "-" in chunk) or bool(_MACHINE.search(chunk.strip(_BESIDE)))


@lru_cache(maxsize=8192)
def kind_of(word: str) -> Kind:  # noqa: PLR0911  a table in the form of returns
    """What one word says."""
    folded = fold(word)
    if len(folded) == 1 and folded.isascii() and word not in PARTICLES:
        return Kind.INITIAL
    for kind, words in _CLOSED:
        if folded in words:
            return kind
    if CJK.match(word):
        return _kind_of_cjk(word)
    flags = known(word)
    if flags & NAME and len(folded) >= _least(folded):
        return _kind_of_name(folded, flags)
    if Known.WORD in flags or is_known(folded) or is_brand(folded):
        return Kind.WORD
    if flags & (PLACE | Known.COUNTRY):
        return Kind.PLACE
    return Kind.NAME if _ENDINGS.fullmatch(folded) else Kind.UNKNOWN


MONTHS: Final = word_set(
    "april may june august juni juli mai mayo avril juin julio junio marzo augusta"
)
"""Months that are given names as well."""
_CLOSED: Final[Sequence[tuple[Kind, frozenset[str]]]] = (
    (Kind.DOUBTFUL, MONTHS),
    (Kind.TITLE, TITLES),
    (Kind.PARTICLE, PARTICLES),
    (Kind.SUFFIX, SUFFIXES),
    (Kind.FIRM, FIRMS),
)


def _least(folded: str) -> int:
    return _SHORT if folded.isascii() else 1


def _kind_of_name(folded: str, flags: Known) -> Kind:
    if is_known(folded) and flags & (Known.WORD | Known.COUNTRY):
        return Kind.DOUBTFUL if Known.COMMON in flags and Known.COUNTRY not in flags else Kind.WORD
    if is_known(folded) or is_brand(folded) or flags & _ALSO_SOMETHING_ELSE:
        return Kind.AMBIGUOUS
    return Kind.STRONG if Known.COMMON in flags else Kind.NAME


_ALSO_SOMETHING_ELSE: Final = Known.WORD | Known.CITY | Known.COUNTRY


CJK: Final = re.compile("[\u3400-\u9fff\uac00-\ud7af]")
LONGEST_CJK: Final = 4
_LONGEST_GIVEN: Final = 2


def _kind_of_cjk(word: str) -> Kind:
    """Chinese, Japanese and Korean names are written together, the family name first."""
    if len(word) > LONGEST_CJK:
        return Kind.UNKNOWN
    if len(word) == 1:
        return Kind.AMBIGUOUS if known(word) & NAME else Kind.UNKNOWN
    if len(word) > 1 and Known.FAMILY in (whole := known(word)) and Known.WORD not in whole:
        return Kind.STRONG
    kinds = {_kind_of_halves(word[:end], word[end:]) for end in (1, 2) if end < len(word)}
    return next((kind for kind in (Kind.STRONG, Kind.AMBIGUOUS) if kind in kinds), Kind.UNKNOWN)


def _kind_of_halves(family: str, given: str) -> Kind:
    if Known.FAMILY not in known(family):
        return Kind.UNKNOWN
    is_given = Known.GIVEN in known(given) or all(Known.GIVEN in known(sign) for sign in given)
    return Kind.STRONG if is_given and len(given) <= _LONGEST_GIVEN else Kind.AMBIGUOUS
