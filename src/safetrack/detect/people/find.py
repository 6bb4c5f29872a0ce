"""Everything that is found of people without a language model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, TypeAlias

from safetrack.detect.people.addresses import find_addresses
from safetrack.detect.people.births import find_births
from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.found import Found
from safetrack.detect.people.handles import find_handles
from safetrack.detect.people.names import find_names
from safetrack.detect.shapes import is_technical

Finder: TypeAlias = Callable[[Reading], Iterator[Found]]

FINDERS: Final[Mapping[str, Finder]] = {
    "PERSON": find_names,
    "USERNAME": find_handles,
    "DATE_OF_BIRTH": find_births,
    "LOCATION": find_addresses,
}
"""What finds each entity."""
_IN_TECHNICAL: Final = frozenset({"DATE_OF_BIRTH"})
"""What a text may hold that is written for machines."""


def find_people(reading: Reading, wanted: Collection[str] = FINDERS.keys()) -> list[Found]:
    """Names, handles, addresses and birth dates in a text; they may overlap.

    Args:
        reading: Of the text.
        wanted: Which entities are looked for.
    """
    looked_for = [entity for entity in FINDERS if entity in wanted]
    if looked_for and is_technical(reading.text.strip()):
        looked_for = [entity for entity in looked_for if entity in _IN_TECHNICAL]
    return [found for entity in looked_for for found in FINDERS[entity](reading)]
