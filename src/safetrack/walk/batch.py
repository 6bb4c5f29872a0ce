"""What the messages of one batch have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from safetrack.compile.destination import DestinationRules
from safetrack.compile.events import EventEntry
from safetrack.compile.plan import Plan
from safetrack.event import Decision, Reason
from safetrack.keys.keyring import Keyring
from safetrack.walk.draft import Sought
from safetrack.walk.protect import Protection


class Made(NamedTuple):
    """What became of one value at one place, to be done again for the same value."""

    result: Any
    decisions: tuple[Decision, ...]
    sought: tuple[Sought, ...]


class Batch:
    """A batch of messages on their way to one destination.

    It remembers what was made of the values so far. It holds raw values and keys: it lives no
    longer than the batch.

    Args:
        rules: What the policy says, for the destination.
        keyring: The keys.
        today: For rules that expire.
    """

    __slots__ = (
        "_entries",
        "_refusals",
        "epochs",
        "keyring",
        "made",
        "plans",
        "protection",
        "rules",
        "today",
    )

    def __init__(self, rules: DestinationRules, keyring: Keyring, today: dt.date) -> None:
        self.rules = rules
        self.keyring = keyring
        self.today = today
        self.protection = Protection(keyring, rules)
        self._entries: dict[str, tuple[EventEntry | None, ...]] = {}
        self._refusals: dict[tuple[str, bool], Reason | None] = {}
        self.plans: dict[tuple[Plan, object], Plan] = {}
        """Of keys that may be personal, and so are not kept elsewhere."""
        self.epochs: dict[str, str | None] = {}
        """By token; None of what is none."""
        self.made: dict[tuple[object, ...], Made] = {}
        """By plan, type, value and the entity that the key names."""

    def event_entries(self, name: str) -> tuple[EventEntry | None, ...]:
        """The entries of the policy's ``events:`` sections for an event's name."""
        entries = self._entries.get(name)
        if entries is None:
            entries = self._entries[name] = self.rules.event_entries(name)
        return entries

    def refusal(self, name: str, *, is_event: bool) -> Reason | None:
        """Why the policy does not want events of a name; None where it does.

        Args:
            name: The event's.
            is_event: Whether it is an event with a name, rather than something said of a person.
        """
        asked = (name, is_event)
        if asked not in self._refusals:
            self._refusals[asked] = self._refusal(name, is_event=is_event)
        return self._refusals[asked]

    def _refusal(self, name: str, *, is_event: bool) -> Reason | None:
        *layers, own = self.event_entries(name)
        nearest = next((entry for entry in layers if entry is not None), None)
        decisive = [entry for entry in (nearest, own) if entry is not None]
        if any(entry.drops for entry in decisive):
            return Reason.EVENT_DROPPED
        if any(entry.expires is not None and self.today > entry.expires for entry in decisive):
            return Reason.EXPIRED
        if is_event and nearest is None and self.rules.policy.drops_unlisted_events:
            return Reason.EVENT_DROPPED
        return None
