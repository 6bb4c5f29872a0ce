"""What the words of a key say about a name in its value."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from safetrack.detect.lexicon import Known, known
from safetrack.detect.people.tokens import Kind, kind_of
from safetrack.detect.relations import PEOPLE
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words, word_set

_PERSON: Final = PEOPLE | word_set(
    """name names fullname firstname lastname surname by author assigned approver approved reviewer reviewed
    agent rep representative attendee attendees caller callee signer signed signature signatory mention mentions
    mentioned friend friends host hosts speaker instructor coach mentor manager supervisor colleague hr recruiter
    nominee beneficiary witness dependent sibling wife husband son daughter kin emergency greeting salutation
    handle username login nickname alias organizer organiser participant participants player players winner
    creator created editor cc bcc to from recipient with whom who celebrity artist actor director"""
)
_GEO: Final = word_set(
    """address addr street city town village location locality place region state province county district
    suburb neighborhood neighbourhood zip postcode postal geo destination origin departure arrival venue
    branch hometown birthplace residence area metro dma warehouse"""
)
_THING: Final = word_set(
    """product products brand brands vendor vendors manufacturer company companies organization organisation
    org employer merchant store shop plan plans tier feature features campaign campaigns variant experiment flag
    category categories type types kind model models platform os browser device carrier currency language
    locale timezone tz country color colour size font theme sku item items course game genre team
    button element component screen view tab menu utm source medium channel partner integration provider
    app application service module package library framework tool project workspace repository role industry
    department segment cohort status stage step method level badge tag tags"""
)
_BIRTH: Final = word_set(
    """dob birth birthday birthdate born bday birthdays geburtsdatum geburtstag geburt nacimiento naissance
    nascimento nascita geboortedatum geboorte fodselsdato fodelsedatum urodzenia"""
)


def says_person(words: Collection[str]) -> bool:
    """Whether a key speaks of people, and not of a thing (``product_name``)."""
    return not says_thing(words) and not _PERSON.isdisjoint(words)


def says_only_name(words: Collection[str]) -> bool:
    """Whether ``name`` is the only word of a key that speaks of people."""
    return _PERSON.intersection(words) <= {"name", "names"}


def says_thing(words: Collection[str]) -> bool:
    """Whether a key speaks of what has a name and is nobody: products, brands, plans, buttons."""
    return not _THING.isdisjoint(words)


def says_place(words: Collection[str]) -> bool:
    """Whether a key speaks of where something is."""
    return not _GEO.isdisjoint(words)


def says_birth(words: Collection[str]) -> bool:
    """Whether a key speaks of somebody's birth."""
    return not _BIRTH.isdisjoint(words)


_NAMES: Final = frozenset({Kind.STRONG, Kind.NAME, Kind.AMBIGUOUS})
_NUMBER: Final = re.compile(r"\d{4}")
"""More digits than a version or a counter has: it may be anything, and is searched for it."""
_IDENTIFIER: Final = re.compile(
    r"[$_]{0,2}[a-z][A-Za-z0-9]{0,10}(?:[._:$/-][A-Za-z0-9]{1,11}){0,15}"
)


"""Words of up to eleven letters: a longer run may be an encoding."""


def may_name_somebody(key: str) -> bool:
    """Whether a key may be somebody's name, rather than the name of a field.

    Names of fields (``head_sha``, ``eta_s``) are full of letters that are given names somewhere; one
    that is written as an identifier is taken for a person's only where it is made of names alone.
    """
    if not _IDENTIFIER.fullmatch(key) or _NUMBER.search(key):
        return True
    words = split_words(key)
    kinds = [kind_of(word.title()) for word in words]
    if any(is_known(word) or Known.WORD in known(word) for word in words):
        return False
    return len(kinds) > 1 and Kind.STRONG in kinds and _NAMES.issuperset(kinds)
