"""The policy's ``events:`` section: which entry an event's name belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from safetrack.compile.actions import ready
from safetrack.compile.names import NameTable, glob_regex, is_glob
from safetrack.policy.document import EventRules


@dataclass(frozen=True, slots=True, eq=False)
class EventEntry:
    """One entry of ``events:``, ready to be asked."""

    pattern: str
    drops: bool
    properties: NameTable
    expires: dt.date | None

    @property
    def lists_the_name(self) -> bool:
        """Whether the entry names the event exactly, so that the name is the policy's own."""
        return not is_glob(self.pattern)


class EventTable:
    """The entries of one file."""

    def __init__(self, events: Mapping[str, EventRules], prefix: str) -> None:
        self.entries = tuple(_entry(name, rules, prefix) for name, rules in events.items())
        self._exact = {entry.pattern: entry for entry in self.entries if entry.lists_the_name}
        globs = [entry for entry in self.entries if not entry.lists_the_name]
        globs.sort(key=_closeness, reverse=True)
        self._globs = [(glob_regex(entry.pattern.replace("*", "**")), entry) for entry in globs]

    def find(self, name: str) -> EventEntry | None:
        """The entry for an event's name: exact, else the glob with the most literal characters."""
        if entry := self._exact.get(name):
            return entry
        return next((entry for regex, entry in self._globs if regex.fullmatch(name)), None)


def _closeness(entry: EventEntry) -> tuple[int, int]:
    return (len(entry.pattern.replace("*", "")), -entry.pattern.count("*"))


def _entry(name: str, rules: EventRules, prefix: str) -> EventEntry:
    where = f"{prefix}events.{name}.properties"
    return EventEntry(
        pattern=name,
        drops=rules.action == "drop",
        properties=NameTable(
            ready(rule, key, f"{where}.{key}") for key, rule in rules.properties.items()
        ),
        expires=rules.expires,
    )
