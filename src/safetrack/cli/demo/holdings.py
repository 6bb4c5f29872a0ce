"""What one file gives away in all: by search, and by singling people out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safetrack.cli.demo.attacker import Loot, search
from safetrack.cli.demo.finder import Finder
from safetrack.cli.demo.singling import (
    COMBINATIONS,
    count_by_exact_time,
    count_people,
    count_singled_out,
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an attacker holds who has one file.

    Attributes:
        loot: Planted values that a search of the file found.
        people: How many people the file tells apart.
        singled_out: How many of them stand alone, by combination of quasi-identifiers.
        by_exact_time: How many of them have an event at a moment that is theirs alone.
    """

    loot: Loot
    people: int
    singled_out: dict[str, int]
    by_exact_time: int


def take_stock(path: Path, finder: Finder) -> Holdings:
    """Search one file, and count the people who stand alone in it."""
    return Holdings(
        loot=search(path, finder),
        people=count_people(path),
        singled_out={
            name: count_singled_out(path, combination) for name, combination in COMBINATIONS.items()
        },
        by_exact_time=count_by_exact_time(path),
    )
