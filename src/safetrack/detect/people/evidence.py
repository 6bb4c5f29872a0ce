"""How much speaks for a phrase being somebody's name. All that decides about names is here.

A phrase is a run of words that could be a name. Each word speaks for it or against it by its
`Kind`; so do its form, the words beside it, the key it stands under, and the language model. The
sum is compared with `ENOUGH`. The weights are set so that either of these is enough alone:

- one frequent name that is nothing else (``Nguyen``, ``priya``);
- two names that are ordinary words or places as well, with the model's word (``Rose Grant``);
- a rare or unknown name under a key that speaks of people;
- two unknown words in the form of a name, with the model's word.

And so that these are not: ordinary words, whatever the model says (``Order Completed``); a brand
that is a name as well (``Ford``); a name beside an ordinary word (``Billy Bookcase``); names under a
key that speaks of a thing (``brand: Ralph Lauren``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from safetrack.detect.lexicon import Known, known
from safetrack.detect.once import once
from safetrack.detect.people.keys import says_only_name, says_person, says_place, says_thing
from safetrack.detect.people.tokens import CJK, LONGEST_CJK, Kind, Token, tokens
from safetrack.detect.words import word_set

ENOUGH: Final = 2.0
"""From here on a phrase is a name."""

WEIGHTS: Final[Mapping[Kind, float]] = {
    Kind.STRONG: 2.0,
    Kind.NAME: 1.2,
    Kind.AMBIGUOUS: 0.5,
    Kind.UNKNOWN: 0.3,
    Kind.DOUBTFUL: -0.5,
    Kind.PARTICLE: 0.0,
    Kind.INITIAL: 0.5,
    Kind.TITLE: 1.5,
    Kind.SUFFIX: 1.0,
}
"""What a word adds. A strong name is enough; a title, initial or suffix needs some name beside it."""
FULL_STOP: Final = 0.5
"""Added by an initial that has its full stop."""
NOBLE: Final = 0.8
"""Added by a particle that few but family names have: ``van der Berg``."""
PAIR: Final = 0.5
"""Added where two words or more could be given and family name."""
CJK_PAIR: Final = 1.5
"""Added by two short words in Chinese or Korean of which one is a name: other words are not spaced."""
MODEL: Final = 1.0
"""Added where the language model sees a person: half of what is needed, as on short values every
second of its persons is none."""
PERSON_KEY: Final = 1.7
"""Added under a key that speaks of people: with it, one capitalised unknown word is enough."""
NAME_KEY: Final = 0.8
"""Added under a bare ``name``, which things have as well."""
THING_KEY: Final = -4.0
"""Added under a key that speaks of things: more than a full name and the model bring with them."""
LEAD: Final = 0.5
"""Added behind a word that people are addressed with: ``Hi Priya``, ``Contact Marta``."""
NEIGHBOUR: Final = -1.0
"""Added beside an ordinary word in a phrase that is no sentence: ``Billy Bookcase``."""
FIRM: Final = -3.0
"""Added beside ``&`` or a company's form."""
POSSESSIVE: Final = -0.5
"""Added for a possessive with nothing behind it: ``Wendy's``."""

RUNNING_WORDS: Final = 4
"""From this many words on a text may be a sentence."""

_NAMES: Final = frozenset({Kind.STRONG, Kind.NAME, Kind.AMBIGUOUS})
COULD_BE_NAMES: Final = _NAMES | {Kind.UNKNOWN}
"""Kinds of words of which one at least is in every name."""
_PARTS: Final = COULD_BE_NAMES | {
    Kind.DOUBTFUL,
    Kind.PARTICLE,
    Kind.INITIAL,
    Kind.TITLE,
    Kind.SUFFIX,
}
_LEADS: Final = word_set(
    """hi hello hey dear thanks thank regards sincerely cheers welcome contact call email message ask meet
    invite assign assigned mention mentioned follow followed by from with for cc signed met told tell said
    named called am i'm is and to remind reminded ping notify hola bonjour hallo liebe lieber ciao"""
)
_NOBLE: Final = word_set("van von der den ter ten bin ibn bint abu")
_GAP: Final = re.compile(r"(?:\.?[ \u00a0]{1,2}|\.|-|\u2010|\.?-)\Z")
_COMMA: Final = re.compile(r"\.?, ?\Z")
_POSSESSIVE: Final = re.compile(r"['\u2019][Ss]\b")


class Style(Enum):
    """How a text is written."""

    SENTENCE = auto()
    """Words of small letters among others."""
    LABEL = auto()
    """A few words, or all of them capitalised."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that could be a name, and how much speaks for it."""

    parts: Sequence[Token]
    score: float

    @property
    def start(self) -> int:
        """First character."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.parts[-1].end


class Reading:
    """One text, read for names.

    Args:
        text: The text.
        words: The words of its key.
    """

    def __init__(self, text: str, words: Sequence[str] = ()) -> None:
        self.text = text
        self.words = words
        self.is_of_place = says_place(words)
        self._key = _of_key(words)

    @once
    def tokens(self) -> list[Token]:
        """The words that are written for people."""
        return tokens(self.text)

    @once
    def _is_cased(self) -> bool:
        return self.text.upper() != self.text != self.text.lower()

    @once
    def style(self) -> Style:
        """How it is written."""
        if len(self.tokens) < RUNNING_WORDS:
            return Style.LABEL
        small = sum(t.text.islower() and t.kind not in _NAMES for t in self.tokens)
        return Style.SENTENCE if small > 1 or not self._is_cased else Style.LABEL

    @once
    def phrases(self) -> list[Phrase]:
        """All runs of words that could be names, whatever speaks for them."""
        return [Phrase(run, self._score(first, run)) for first, run in self._runs()]

    def between(self, start: int, end: int) -> list[Token]:
        """The words that touch ``text[start:end]``."""
        return [token for token in self.tokens if token.start < end and start < token.end]

    def _runs(self) -> list[tuple[int, list[Token]]]:
        """Runs with the position of their first word among all."""
        runs: list[tuple[int, list[Token]]] = []
        for position, token in enumerate(self.tokens):
            if not self._may_be_part(token):
                continue
            if runs and self._continues(runs[-1], position):
                runs[-1][1].append(token)
            else:
                runs.append((position, [token]))
        return [
            (first + start, run[start:end])
            for first, run in runs
            for start, end in [_trimmed(run)]
            if start < end
        ]

    def _may_be_part(self, token: Token) -> bool:
        if token.kind not in _PARTS:
            return False
        if not self._is_cased or not token.text[0].islower():
            return True
        is_joined = self.text[token.start - 1 : token.start] in {"-", "\u2010"}
        return is_joined or token.kind in {Kind.STRONG, Kind.PARTICLE, Kind.TITLE, Kind.SUFFIX}

    def _continues(self, run: tuple[int, list[Token]], position: int) -> bool:
        first, parts = run
        if first + len(parts) != position:
            return False
        gap = self.text[parts[-1].end : self.tokens[position].start]
        if _GAP.match(gap):
            return True
        return bool(_COMMA.match(gap)) and self._is_inverted(position)

    def _is_inverted(self, position: int) -> bool:
        """Whether a comma stands between family and given name: the only one of a short value."""
        pair = self.tokens[position - 1].kind, self.tokens[position].kind
        return (
            len(self.tokens) <= RUNNING_WORDS
            and self.text.count(",") == 1
            and not _NAMES.isdisjoint(pair)
        )

    def _score(self, first: int, run: Sequence[Token]) -> float:
        names = [token for token in run if token.kind in COULD_BE_NAMES]
        if not names:
            return 0.0
        total = sum(self._weight(token) for token in run) + self._key
        if len(names) + sum(token.kind is Kind.INITIAL for token in run) > 1:
            total += PAIR
        return total + _spaced_cjk(run) + self._around(first, first + len(run) - 1)

    def _weight(self, token: Token) -> float:
        if token.kind is Kind.INITIAL and self.text.startswith(".", token.end):
            return WEIGHTS[Kind.INITIAL] + FULL_STOP
        if token.kind is Kind.PARTICLE and token.text.lower() in _NOBLE:
            return NOBLE
        if token.kind is Kind.UNKNOWN and token.text[0].islower():
            return 0.0
        if token.kind is Kind.STRONG and len(self.tokens) == 1 and _is_small_surname(token.text):
            return WEIGHTS[Kind.NAME]
        return WEIGHTS[token.kind]

    def _around(self, first: int, last: int) -> float:
        """What the words and signs beside a run say."""
        before = self.tokens[first - 1] if first else None
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        start, end = self.tokens[first].start, self.tokens[last].end
        possessive = _POSSESSIVE.match(self.text, end)
        if _is_firm(before, after) or "&" in self.text[max(start - 2, 0) : end + 2]:
            return FIRM
        if before is not None and before.text.lower() in _LEADS:
            return LEAD
        if possessive:
            return 0.0 if after is not None else POSSESSIVE
        if self.style is Style.SENTENCE:
            return 0.0
        beside = [self._is_beside(before, start), self._is_beside(after, end)]
        return NEIGHBOUR if any(beside) else 0.0

    def _is_beside(self, token: Token | None, border: int) -> bool:
        """Whether an ordinary word or place stands next to a run, with a blank or hyphen between."""
        if token is None or token.kind not in {Kind.WORD, Kind.PLACE, Kind.FIRM}:
            return False
        gap = (
            self.text[token.end : border]
            if token.end <= border
            else self.text[border : token.start]
        )
        return gap in {" ", "-", ", "}


def _is_small_surname(word: str) -> bool:
    """Whether a lone word in small letters is known as a family name only: those are often words."""
    return word.islower() and word.isascii() and Known.GIVEN not in known(word)


def _spaced_cjk(run: Sequence[Token]) -> float:
    """What a Chinese or Korean name adds that is written as two words."""
    if len(run) != 2 or not all(CJK.match(token.text) for token in run):  # noqa: PLR2004  two words
        return 0.0
    is_short = sum(len(token.text) for token in run) <= LONGEST_CJK
    return CJK_PAIR if is_short and any(token.kind in _NAMES for token in run) else 0.0


def _trimmed(run: Sequence[Token]) -> tuple[int, int]:
    """Without particles behind, and without a run's lone beginning of them before no name."""
    start, end = 0, len(run)
    while end > start and run[end - 1].kind is Kind.PARTICLE:
        end -= 1
    return start, end


def _is_firm(before: Token | None, after: Token | None) -> bool:
    return any(token is not None and token.kind is Kind.FIRM for token in (before, after))


def _of_key(words: Sequence[str]) -> float:
    if says_thing(words):
        return THING_KEY
    if says_person(words):
        return NAME_KEY if says_only_name(words) else PERSON_KEY
    return 0.0
