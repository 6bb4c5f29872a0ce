"""Everything that is found of people without a language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from safetrack.detect.people.addresses import find_addresses
from safetrack.detect.people.births import find_births
from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.found import Found
from safetrack.detect.people.handles import find_handles
from safetrack.detect.people.names import find_names
from safetrack.detect.shapes import is_technical

Finder: TypeAlias = Callable[[Reading], Iterator[Found]]

FINDERS: Final[tuple[Finder, ...]] = (find_names, find_handles, find_births, find_addresses)


def find_people(reading: Reading) -> list[Found]:
    """Names, handles, addresses and birth dates in a text; they may overlap."""
    finders = FINDERS if not is_technical(reading.text.strip()) else (find_births,)
    return [found for finder in finders for found in finder(reading)]
