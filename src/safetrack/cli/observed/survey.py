"""What occurs in a file of events: names, and properties by section with the kinds of their values.

The survey holds raw values, in memory only, and never more than a few of each property.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from safetrack.cli.formats import strict_json
from safetrack.reading import snapshot
from safetrack.transform.clock import parse_time
from safetrack.vendors.shape import Bag, Name, Section, Shape

Scalar: TypeAlias = str | int | float | bool

MOST_DISTINCT: Final = 12
"""Different values of a property that may still be a list to choose from."""
_SCALARS: Final = frozenset({str, int, float, bool})
_LINK: Final = re.compile(r"https?://", re.IGNORECASE)
_MOST_NAMES: Final = 2_000
"""Names of properties, or of events, that are followed; more are generated ones."""


@dataclass(slots=True)
class Seen:
    """One property: how often, and what its values were like.

    Attributes:
        count: Values, those in lists one by one.
        types: How many of each type: ``str``, ``int``, ``float``, ``bool``.
        values: How often each value occurred; None once there were too many different ones.
        links: Values that are web addresses.
        times: Values that are points in time.
        largest: The largest absolute number.
    """

    count: int = 0
    types: Counter[str] = field(default_factory=Counter)
    values: Counter[str] | None = field(default_factory=Counter)
    links: int = 0
    times: int = 0
    largest: float = 0

    def __repr__(self) -> str:
        return f"<Seen count={self.count}>"

    def add(self, value: Scalar) -> None:
        """Count one value."""
        self.count += 1
        self.types[type(value).__name__] += 1
        if isinstance(value, str):
            self._add_text(value)
        else:
            self.largest = max(self.largest, abs(value))

    def _add_text(self, value: str) -> None:
        self.links += bool(_LINK.match(value))
        self.times += parse_time(value) is not None
        if self.values is not None:
            self.values[value] += 1
            if len(self.values) > MOST_DISTINCT:
                self.values = None


@dataclass(slots=True)
class Survey:
    """What was seen in all events.

    Attributes:
        events: How many events there were.
        names: Event names, with how often.
        properties: Section and dotted path to what was seen.
    """

    events: int = 0
    names: Counter[str] = field(default_factory=Counter)
    properties: dict[tuple[Section, str], Seen] = field(default_factory=dict)

    def add(self, event: Mapping[str, Any], shape: Shape) -> None:
        """Look at one event."""
        self.events += 1
        event = snapshot(
            event
        )  # as the sanitizer will read it: Parquet holds dates, decimals, bytes
        for place, role in shape.roles.items():
            value = _at(event, place)
            if isinstance(role, Name) and role.event and isinstance(value, str):
                self._add_name(value)
            elif isinstance(role, Bag):
                section = shape.fixed.get((place, str(event.get("type"))), role.section)
                self._add_bag(section, place, _decoded(value), shape)

    def _add_name(self, name: str) -> None:
        if name in self.names or len(self.names) < _MOST_NAMES:
            self.names[name] += 1

    def _add_bag(self, section: Section, place: str, bag: Any, shape: Shape) -> None:
        if not isinstance(bag, Mapping):
            return
        for key, value in bag.items():
            if f"{place}.{key}" not in shape.roles:  # ids and control keys have rules of their own
                for path, scalar in _leaves(key, value):
                    self._add_property(section, path, scalar)

    def _add_property(self, section: Section, path: str, value: Scalar) -> None:
        seen = self.properties.get((section, path))
        if seen is None and len(self.properties) < _MOST_NAMES:
            seen = self.properties[section, path] = Seen()
        if seen is not None:
            seen.add(value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Scalar]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}", inner)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(path, item)
    elif type(value) in _SCALARS:
        yield path, value


def _at(event: Mapping[str, Any], place: str) -> Any:
    value: Any = event
    for key in place.split("."):
        value = _decoded(value)
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _decoded(value: Any) -> Any:
    """A bag that was written as JSON text, read."""
    if isinstance(value, str) and value.startswith("{"):
        return strict_json.parse(value.encode("utf-8", errors="replace"))
    return value
