"""What an action is: one small step that turns a value into what may leave."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import Final, NamedTuple, Protocol, TypeAlias

from safetrack.event import Reason
from safetrack.keys.keyring import Keyring
from safetrack.reading import Scalar


class Search(IntEnum):
    """How thoroughly a value that is about to leave is still searched for personal data."""

    NONE = 0
    """Not at all: it is proven harmless, or the rule says ``trusted``."""
    PATTERNS = 1
    """By patterns and checksums (e-mail, phone, card, IP …)."""
    FULL = 2
    """By patterns and by language: names, places and what else is found in running text."""


class _Drop:
    """Type of `DROP`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "DROP"


DROP: Final = _Drop()
"""Stands for: nothing leaves, not even the key."""

Result: TypeAlias = Scalar | _Drop


class Outcome(NamedTuple):
    """What an action makes of one value.

    ``value`` is what may leave (or `DROP`), ``search`` how it must still be searched, and
    ``reason`` why it was changed or dropped; None when it is the value as it came. ``original``
    is what must be searched where searching the result would not do (a rounded card number has no
    checksum); what is found in it removes the whole result.
    """

    value: Result
    search: Search = Search.NONE
    reason: Reason | None = None
    original: Scalar = None


class Place(NamedTuple):
    """Where an action works.

    Attributes:
        name: The property's name as the policy knows it: the default kind of its pseudonyms.
        kind: The rule's ``kind:``, if it sets one.
        scope: The destination's scope; None when sanitizing for no destination.
        time: The event's own time, UTC: decides epochs.
        keyring: The keys; None where no rule of the policy needs one.
    """

    name: str
    kind: str | None
    scope: str | None
    time: dt.datetime
    keyring: Keyring | None


class Action(Protocol):
    """One way to treat a value. Implementations are frozen dataclasses, one a file."""

    @property
    def name(self) -> str:
        """The word that the policy uses for it."""

    def apply(self, value: Scalar, place: Place) -> Outcome:
        """Turn one scalar into what may leave. Never raises for any scalar."""

    def is_narrower_than(self, other: Action) -> bool:
        """Whether what leaves under this action is provably no more than under `other`.

        `other` is an action of the same name, or an equal one.
        """
