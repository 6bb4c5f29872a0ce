"""The grid: which canaries are planted in which cell, and how often."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from canary.encodings import ENCODINGS, encoded, excluded
from canary.places import PLACES, Channel, Place
from canary.values import KINDS, Value, squash

SEED: Final = 20251126
IN_EACH_CELL: Final = 3


@dataclass(frozen=True, slots=True)
class Canary:
    """One personal value.

    Attributes:
        place: The name of the place that it is planted in, by every call that has it; of the
            pool, where places share it.
        kind: What it is.
        encoding: Its disguise.
        planted: As it is planted.
        needles: What is looked for: the value itself first, then the parts that identify.
    """

    place: str
    kind: str
    encoding: str
    planted: Value
    needles: tuple[str, ...]


class Cell(NamedTuple):
    """One cell of the grid."""

    channel: Channel
    place: Place
    kind: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the grid is planted; all of it, if not said otherwise."""

    places: tuple[Place, ...] = PLACES
    kinds: tuple[str, ...] = tuple(KINDS)
    encodings: tuple[str, ...] = tuple(ENCODINGS)

    def forms(self) -> Iterator[tuple[str, str]]:
        """Kind and encoding of what is planted in every place."""
        for kind in self.kinds:
            for encoding in self.encodings:
                if excluded(kind, encoding) is None:
                    yield kind, encoding


def canaries_of(place: Place, kind: str, encoding: str) -> tuple[Canary, ...]:
    """What is planted in a place."""
    return canaries(place.pool or place.name, kind, encoding)


@cache
def canaries(place: str, kind: str, encoding: str) -> tuple[Canary, ...]:
    """The canaries of a place or pool; no two anywhere are the same."""
    rng = random.Random(f"{SEED} {place} {kind} {encoding}")  # noqa: S311  values to find again
    return tuple(_canary(rng, place, kind, encoding) for _ in range(IN_EACH_CELL))


_taken: dict[str, str] = {}


def _canary(rng: random.Random, place: str, kind: str, encoding: str) -> Canary:
    while True:
        made = KINDS[kind](rng)
        whole = squash(str(made.value))
        owner = f"{place} {kind} {encoding}"
        if _taken.setdefault(whole, owner) == owner:
            break
    parts = tuple(dict.fromkeys((whole, *map(squash, made.parts))))
    return Canary(place, kind, encoding, encoded(made.value, encoding), parts)


class Planted:
    """Counts what has been planted."""

    def __init__(self) -> None:
        self.counts: Counter[Cell] = Counter()
        self.canaries: set[Canary] = set()

    def add(self, cell: Cell, canary: Canary) -> None:
        """One canary more in a cell."""
        self.counts[cell] += 1
        self.canaries.add(canary)

    def too_few(self, extent: Extent) -> list[Cell]:
        """Cells with fewer canaries than there must be."""
        return [cell for cell in cells(extent) if self.counts[cell] < IN_EACH_CELL]


def cells(extent: Extent) -> Iterator[Cell]:
    """Every cell of the grid."""
    for place in extent.places:
        for channel in place.channels:
            for kind, encoding in extent.forms():
                yield Cell(channel, place, kind, encoding)


def places_of(channel: Channel, extent: Extent) -> dict[str, list[Place]]:
    """The places of a call, by the event that they share."""
    shared: dict[str, list[Place]] = {}
    for place in extent.places:
        if channel in place.channels:
            shared.setdefault(place.event, []).append(place)
    return shared
