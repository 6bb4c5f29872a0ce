"""What the messages of one batch have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from safetrack.compile.destination import DestinationRules
from safetrack.compile.events import EventEntry
from safetrack.compile.plan import Plan
from safetrack.event import Decision
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import Outcome
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

    __slots__ = ("_entries", "keyring", "made", "outcomes", "plans", "protection", "rules", "today")

    def __init__(self, rules: DestinationRules, keyring: Keyring, today: dt.date) -> None:
        self.rules = rules
        self.keyring = keyring
        self.today = today
        self.protection = Protection(keyring, rules)
        self._entries: dict[str, tuple[EventEntry | None, ...]] = {}
        self.plans: dict[tuple[Plan, object], Plan] = {}
        """Of keys that may be personal, and so are not kept elsewhere."""
        self.made: dict[tuple[object, ...], Made] = {}
        """By plan, type, value and the entity that the key names."""
        self.outcomes: dict[tuple[object, ...], Outcome] = {}
        """Of ids, by plan, type and value."""

    def event_entries(self, name: str) -> tuple[EventEntry | None, ...]:
        """The entries of the policy's ``events:`` sections for an event's name."""
        entries = self._entries.get(name)
        if entries is None:
            entries = self._entries[name] = self.rules.event_entries(name)
        return entries
