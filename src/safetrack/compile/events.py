"""The policy's ``events:`` section: which entry an event's name belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from safetrack.compile.actions import ready
from safetrack.compile.names import NameTable, glob_regex, is_glob, restyle
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
        self._styled = {restyle(entry.pattern): entry for entry in self.entries if entry.drops}
        globs = [entry for entry in reversed(self.entries) if not entry.lists_the_name]
        self._globs = [_glob(entry) for entry in sorted(globs, key=_closeness, reverse=True)]

    def find(self, name: str) -> EventEntry | None:
        """The entry for an event's name: exact, else the glob with the most literal characters.

        A dropped name is also found in other case and word styles.
        """
        styled = restyle(name)
        if entry := self._exact.get(name) or self._styled.get(styled):
            return entry
        return next((glob.entry for glob in self._globs if glob.matches(name, styled)), None)


@dataclass(frozen=True, slots=True)
class _Glob:
    entry: EventEntry
    regex: re.Pattern[str]
    styled: re.Pattern[str] | None

    def matches(self, name: str, styled: str) -> bool:
        if self.regex.fullmatch(name):
            return True
        return self.styled is not None and self.styled.fullmatch(styled) is not None


def _glob(entry: EventEntry) -> _Glob:
    # An event's name is one segment: `*` runs over dots.
    regex = glob_regex(entry.pattern.replace("*", "**"))
    pattern = restyle(entry.pattern).replace("*", "**")
    return _Glob(entry, regex, glob_regex(pattern) if entry.drops else None)


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
