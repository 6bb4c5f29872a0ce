"""A message half-way: decided where rules alone decide, open where text must be searched first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from safetrack.compile.plan import Keys, Plan
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Query
from safetrack.event import Decision, Reason
from safetrack.reading import Plain
from safetrack.transform.action import DROP


class Spot(NamedTuple):
    """A place in the output.

    Attributes:
        holder: The mapping or list that it is in.
        key: Its key or index there.
        plan: What is known of the place.
    """

    holder: Any
    key: Any
    plan: Plan

    @property
    def keys(self) -> Keys:
        """The keys that lead to it from the root; items of a list stand for their list."""
        return self.plan.keys

    @property
    def path(self) -> str:
        """The name that rules know it by: its dotted path inside its bag."""
        return self.plan.path


UNSEARCHED: Final = "<REDACTED>"
"""Stands for a name that could not be searched, or that nobody has listed."""


class Searched(Enum):
    """What a searched text is, and so what a finding in it means."""

    VALUE = auto()
    """A property: findings are treated as ``detection.entities`` says."""
    NAME = auto()
    """A name of an event, page or category: findings are redacted, never pseudonymised."""
    WHOLE = auto()
    """Another reading of a property or name, whose letters do not stand where the output's do: a
    finding replaces all of it."""
    KEY = auto()
    """A mapping's key: any finding drops the entry."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a spot waits for: a search, and how to read what is found.

    Attributes:
        query: What is searched.
        rule: The rule that let it so far; None where none names it.
        shown: Its path as decisions may name it.
        searched: What the text is.
    """

    query: Query
    rule: ReadyRule | None
    shown: str
    searched: Searched


class Slot(NamedTuple):
    """A spot that is decided only after the search."""

    spot: Spot
    sought: Sought


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf as ``explain`` shows it: what came in, and the spot where the result stands.

    Attributes:
        spot: Where the result stands.
        shown: Its path as decisions name it.
        rule: The rule that decides; None where none names it.
        before: What came in.
    """

    spot: Spot
    shown: str
    rule: ReadyRule | None
    before: Plain


@dataclass(slots=True)
class Draft:
    """What the walk over one message has made so far.

    Attributes:
        time: Of the event: decides epochs.
        message: The output, with text still unsearched in it wherever `slots` point.
        slots: What must be searched.
        decisions: What has been decided.
        reason: Why the whole event does not leave; None while it may.
        message_id: For this destination.
        leaves: Every leaf, when tracing for ``explain``.
    """

    time: dt.datetime
    message: dict[str, Any] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    reason: Reason | None = None
    message_id: str = ""
    leaves: list[Leaf] | None = None


class EncodedBag(dict[str, Any]):
    """A bag that leaves as JSON text inside a string, as it came."""


_EMPTIED: Final = object()


def finished(message: dict[str, Any]) -> dict[str, Any]:
    """The message without its holes, and without mappings and lists that held nothing else."""
    kept = _without_holes(message)
    return {} if kept is _EMPTIED else kept


def _without_holes(value: Any) -> Any:
    if isinstance(value, dict):
        kept = value if _is_whole(value.values()) else _filled(value)
        if isinstance(value, EncodedBag):
            return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        return kept if kept or not value else _EMPTIED
    if isinstance(value, list):
        if _is_whole(value):
            return value
        items = [item for item in map(_without_holes, value) if item is not _EMPTIED]
        return items if items or not value else _EMPTIED
    return _EMPTIED if value is DROP else value


def _is_whole(items: Iterable[Any]) -> bool:
    """Whether there is no hole among the items, nor anything that could hold one."""
    return _HOLES.isdisjoint(map(type, items))


_HOLES: Final = frozenset({dict, list, EncodedBag, type(DROP)})


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for key, item in value.items():
        kept = _without_holes(item) if type(item) in _HOLES else item
        if kept is not _EMPTIED:
            filled[key] = kept
    return filled
