"""Whose a key's value is: a person's, a thing's, or part of a place.

``name``, ``id`` and ``state`` say nothing alone. What is nearest decides: the words in front of them
(``customer_name``), what stands beside them (``{name, email}``, ``{name, price}``), what the object
says it is (``{type: user}``), the keys above, and last the name of the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from safetrack.detect.canonical import canonical
from safetrack.detect.relations import (
    CONTAINERS,
    GOODS_EVIDENCE,
    NAMED_THINGS,
    PEOPLE,
    PERSON_EVIDENCE,
    PERSONAL_PLACES,
    PLACE_EVIDENCE,
    PLACES,
    THING_EVIDENCE,
    VERBS_OF_PEOPLE,
)
from safetrack.detect.words import split_words, word_set


class Owner(Enum):
    """What something belongs to."""

    PERSON = auto()
    THING = auto()
    PLACE = auto()


@lru_cache(maxsize=2048)
def owner_of_words(words: tuple[str, ...]) -> Owner | None:
    """Whose something under keys of these words is; the last one that tells decides.

    Args:
        words: Canonical words of the keys above, the nearest last.
    """
    for word in reversed(words):
        if word in PEOPLE or word in PERSONAL_PLACES:
            return Owner.PERSON
        if word in PLACES:
            return Owner.PLACE
        if word in NAMED_THINGS or word in CONTAINERS:
            return Owner.THING
    return None


@lru_cache(maxsize=1024)
def owner_of_event(name: str) -> Owner | None:
    """Whose the properties of an event are that is called so (``User Invited``)."""
    words = split_words(name)
    known = [canonical((word,)) for word in words]
    flat = {word for one in known for word in one}
    if flat & NAMED_THINGS - _AS_VERBS or flat & CONTAINERS - _AS_VERBS:
        return Owner.THING
    if flat & PEOPLE and not VERBS_OF_PEOPLE.isdisjoint(words):
        return Owner.PERSON
    return None


_AS_VERBS: Final = word_set("list show track post link tag log")


def owner_by_kind(kind: str) -> Owner | None:
    """Whose an object's properties are that says of itself what it is (``{type: user}``)."""
    word = kind.lower()
    return owner_of_words((word,)) if word in PEOPLE or word in NAMED_THINGS else None


def evidence(siblings: Iterable[tuple[str, ...]]) -> tuple[Owner | None, bool, bool]:
    """What the keys of one mapping tell about each other.

    Args:
        siblings: The canonical words of each key.

    Returns:
        Whose they are; whether they are goods for sale; whether they are parts of a place.
    """
    keys = frozenset(siblings)
    goods = not keys.isdisjoint(GOODS_EVIDENCE)
    person = not keys.isdisjoint(PERSON_EVIDENCE)
    thing = goods or not keys.isdisjoint(THING_EVIDENCE)
    owner = Owner.THING if goods else Owner.PERSON if person else Owner.THING if thing else None
    return owner, goods, not keys.isdisjoint(PLACE_EVIDENCE)
