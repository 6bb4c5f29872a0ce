"""A key's name as plain English words, whatever its language, style and shortcuts.

``usrEml``, ``kunden_email`` and ``email_cliente`` become ``user email`` and ``customer email``.
Glued words are taken apart where they are made of nothing but words that keys are made of
(``custphone``); words that analytics uses whole (``membership``) are left whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from safetrack.detect.keyphrases import BY_ENDING, BY_WHOLE
from safetrack.detect.keywords import HEADS_FIRST, PREPOSITIONS, ROMANCE, TRANSLATIONS, plain
from safetrack.detect.relations import NAMED_THINGS, PEOPLE, PERSONAL_PLACES, PLACES
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import word_set

_PREFIXES: Final = word_set("""home work alt alternate primary secondary main mobile personal private business office my
    your our the new old current default emergency contact bill ship mail guest int ext full legal
    first last middle given family nick maiden sur birth geo card account bank login reg register
    registered verified raw hashed cust user admin notify notification reply from to""")
"""What stands in front of what is meant."""
_SUFFIXES: Final = word_set(
    "id ids no nr num number name value text str code url hash field input line date time key"
)
"""What stands behind."""

_PIECES: Final = (
    frozenset(word for phrase in (*BY_ENDING, *BY_WHOLE) for word in phrase)
    | frozenset(TRANSLATIONS)
    | PEOPLE
    | PERSONAL_PLACES
    | PLACES
    | NAMED_THINGS
    | _PREFIXES
    | _SUFFIXES
)
"""Words that keys are made of."""

_SHORT_FIRST: Final = word_set("my to int ext sur geo usr cst emp reg alt new old sms cc bcc")
_SHORT_LAST: Final = word_set(
    "id ids ip no nr num tel zip dob lat lng lon ssn pwd fax url str key otp mob eml phn nm"
)
"""Short words that are believed at the end of a glued one: ``userip``."""

_FIRST_WITHOUT_SPACES: Final = "\u1100"
"""Hangul, kana and Chinese signs, which stand in no other script's words, begin here."""

_COUNTED: Final = frozenset({"tokens"})
"""Words whose plural means a number of them."""

_SHORTEST: Final = 4
_SHORTEST_GLUED: Final = 5
_LONGEST_GLUED: Final = 40
_MOST_PIECES: Final = 4


@lru_cache(maxsize=8192)
def canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a key's name in English, in English order.

    Args:
        words: As `safetrack.detect.words.split_words` gives them.
    """
    return canonical_of_value(words)


def canonical_of_value(words: tuple[str, ...]) -> tuple[str, ...]:
    """As `canonical`, of a value that names a field: nothing is remembered."""
    spelled = [part for word in words if word not in _ASIDES for part in _parts(plain(word))]
    ordered = _head_last(spelled)
    return tuple(english for word in ordered for english in _english(word))


def _parts(word: str) -> tuple[str, ...]:
    """A word, taken apart if it is glued."""
    if word in _PIECES or is_known(word) or _singular(word) in _PIECES:
        return (word,)
    return _taken_apart(word) or (word,)


def _taken_apart(word: str) -> tuple[str, ...] | None:
    """The fewest pieces that a word is made of."""
    shortest = _SHORTEST_GLUED if word.isascii() else 2  # 手机号: a sign is a word
    if not shortest <= len(word) <= _LONGEST_GLUED:
        return None
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        found: tuple[str, ...] | None = None
        for start in range(end):
            before = best[start]
            piece = word[start:end]
            if (
                before is not None
                and len(before) < _MOST_PIECES
                and _may_stand(piece, first=start == 0, last=end == len(word))
                and (found is None or len(before) + 1 < len(found))
            ):
                found = (*before, piece)
        best.append(found)
    return best[-1]


def _may_stand(piece: str, *, first: bool, last: bool) -> bool:
    if piece not in _PIECES and not (last and _singular(piece) in _PIECES):
        return False
    if len(piece) >= _SHORTEST or piece[0] >= _FIRST_WITHOUT_SPACES:
        return True
    return (first and piece in _SHORT_FIRST) or (last and piece in _SHORT_LAST)


def _singular(word: str) -> str:
    if word in _COUNTED:
        return word
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > _SHORTEST else word


def _head_last(words: list[str]) -> list[str]:
    """``numero de telefono`` as ``telefono numero``."""
    for index, word in enumerate(words[1:-1], 1):
        if word in PREPOSITIONS:
            rest = [other for other in words[index + 1 :] if other not in PREPOSITIONS]
            return [*words[: index - 1], *_head_last(rest), words[index - 1]]
    if len(words) > 1 and words[0] in HEADS_FIRST and not ROMANCE.isdisjoint(words[1:]):
        return words[::-1]
    if len(words) == 2 and words[0] in _FOREIGN_HEADS:  # noqa: PLR2004  a pair: ``identifiant_client``
        somebody = "customer" if words[1] == "client" else words[1]
        if somebody in PEOPLE:
            return [somebody, words[0]]
    return words


_ASIDES: Final = frozenset({"optional", "required", "mandatory"})
"""Said of a field, not of what it holds."""
_FOREIGN_HEADS: Final = (HEADS_FIRST & (ROMANCE | {"numero"})) - PEOPLE


def _english(word: str) -> tuple[str, ...]:
    known = TRANSLATIONS.get(word)
    if known is not None:
        return known
    if word in _PIECES:
        return (word,)
    single = _singular(word)
    return TRANSLATIONS.get(single) or (single if single in _PIECES else word,)
