"""What somebody holds who took a copy of a vendor's file.

Nothing here knows the policy or trusts a column's name: every byte of the file and every cell of
every table is searched, plain and decoded, for the values that the stream's author planted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from safetrack.cli.demo.database import connect
from safetrack.cli.demo.finder import Finder
from safetrack.cli.demo.planted import KINDS, Planted

NAME_PART: Final = "name_part"
_HASHED: Final = ("email", "person_id", "organisation_id")
_RUNNING_TEXT: Final = re.compile(r"(?:[^\W\d_]{2,}[,.;:!?]* ){3}[^\W\d_]{2}")
"""Four words in a row: that is free text, not a name, an address or a phone number."""
_PERSONAL: Final = frozenset({NAME_PART, "email", "phone", "place", "organisation"})
"""What tells who wrote a text or of whom it speaks; an order id does so only to the shop."""
_TEXT_KINDS: Final = (*sorted(_PERSONAL), "order_id")


@dataclass(frozen=True, slots=True)
class Loot:
    """What a search of one file brought to light.

    Attributes:
        values: Distinct planted values found, by kind.
        texts: How many distinct free texts hold a value of each kind. ``name_part`` counts texts
            with a first or last name, alone or in a full name.
        any_text: How many distinct free texts hold any of these but order ids.
    """

    values: dict[str, set[str]]
    texts: dict[str, int]
    any_text: int


@dataclass(slots=True)
class _Search:
    finder: Finder
    values: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    texts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_TEXT_KINDS, 0))
    any_text: int = 0

    def read(self, text: str) -> None:
        found = self.finder.find(text)
        kinds = {kind for kind, _ in found}
        for kind, value in found:
            self.values.setdefault(kind, set()).add(value)
        if _RUNNING_TEXT.search(text):
            self._read_running(kinds)

    def _read_running(self, kinds: set[str]) -> None:
        self.any_text += not kinds.isdisjoint(_PERSONAL)
        for kind in kinds.intersection(_TEXT_KINDS):
            self.texts[kind] += 1


def finder_for(planted: Planted) -> Finder:
    """A finder of all that is planted, also as unkeyed hashes of addresses and ids."""
    return Finder({**planted.values, NAME_PART: planted.name_parts}, hashed=_HASHED)


def search(path: Path, finder: Finder) -> Loot:
    """Search a DuckDB file: its bytes, then every cell of every table."""
    search = _Search(finder)
    for kind, value in _search_bytes(path, finder):
        search.values.setdefault(kind, set()).add(value)
    for text in _texts(path):
        search.read(text)
    return Loot(search.values, search.texts, search.any_text)


def _search_bytes(path: Path, finder: Finder) -> set[tuple[str, str]]:
    """Values that stand in the file's bytes, also outside any cell.

    Parts of names do not count: three letters in a row occur by chance in compressed data.
    """
    content = path.read_bytes().decode("utf-8", errors="replace")
    return {(kind, value) for kind, value in finder.find_plain(content) if kind != NAME_PART}


def _texts(path: Path) -> Iterator[str]:
    """Every distinct string of the database: names, cells, and the leaves and keys of JSON."""
    seen: set[str] = set()
    with connect(path, read_only=True) as database:
        names = database.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
        yield from {name for row in names for name in row}
        for (table,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            rows = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608  the catalogue's own name
            while batch := rows.fetchmany(2000):
                fresh = {text for cells in batch for cell in cells for text in _leaves(cell)}
                yield from fresh - seen
                seen |= fresh


def _leaves(cell: Any) -> Iterator[str]:
    """All strings in a cell: as text, or as the leaves and keys of the JSON that it is."""
    if isinstance(cell, str) and cell[:1] in {"{", "["}:
        yield from _walk(_parsed(cell))
    elif cell is not None:
        yield str(cell)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _walk(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item)
    elif value is not None:
        yield str(value)
