"""Rows and events: dotted columns become nested objects, and the other way round.

A column ``properties.plan`` is the property ``plan`` in the bag ``properties``. Columns are only
known when the last event has been seen, so tables are written in two steps: sanitized rows to a
temporary file first, the table from it at the end.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, TypeAlias

from safetrack.cli.formats.jsonl import encode

Row: TypeAlias = dict[str, Any]
Finish: TypeAlias = Callable[[BinaryIO, list[str], Callable[[], Iterator[Row]]], None]
"""Writes a table: to a stream, with these columns, from these rows (which can be asked for again)."""


def nest(row: Mapping[str, Any]) -> dict[str, Any]:
    """The event that a row with dotted columns stands for. Empty cells (None) are left out."""
    event: dict[str, Any] = {}
    for column in sorted(row, key=_depth):  # `a` before `a.b`: the inner one gives way
        if row[column] is not None:
            _put(event, column, row[column])
    return event


def _depth(column: str) -> int:
    return column.count(".")


def _put(event: dict[str, Any], column: str, cell: Any) -> None:
    *parents, last = column.split(".")
    inner = event
    for parent in parents:
        below = inner.setdefault(parent, {})
        if not isinstance(below, dict):
            event[column] = cell  # `a` and `a.b` both hold something: keep the column's own name
            return
        inner = below
    inner[last] = cell


def flatten(event: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Column and cell of each value in an event; lists are one cell."""
    for key, value in event.items():
        if isinstance(value, dict) and value:
            yield from flatten(value, f"{before}{key}.")
        else:
            yield before + key, value


class TableWriter:
    """Collects rows, then has `finish` write the table with all columns that occurred."""

    def __init__(self, stream: BinaryIO, finish: Finish) -> None:
        self._stream = stream
        self._finish = finish
        self._columns: dict[str, None] = {}
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115  closed in `close`; holds sanitized rows only

    def write(self, message: Mapping[str, Any]) -> None:
        """Add one message as a row."""
        row = dict(flatten(message))
        self._columns.update(dict.fromkeys(row))
        self._rows.write(encode(row) + b"\n")

    def close(self) -> None:
        """Write the table."""
        with self._rows:
            self._finish(self._stream, list(self._columns), self._read_rows)

    def _read_rows(self) -> Iterator[Row]:
        self._rows.seek(0)
        return map(json.loads, self._rows)
