"""CSV with a header of dotted columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from safetrack.cli.formats import strict_json
from safetrack.cli.formats.jsonl import encode
from safetrack.cli.formats.record import (
    MAX_RECORD_BYTES,
    Entry,
    Record,
    Rejected,
    RejectReason,
)
from safetrack.cli.formats.table import Row, TableWriter, nest
from safetrack.errors import InputError

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
"""What the error handler ``surrogateescape`` makes of bytes that are not UTF-8."""
_WORDS: Final = {"true": True, "false": False, "": None}


def read(stream: BinaryIO) -> Iterator[Entry]:
    """Every row as an event.

    A cell that is written like a JSON number or boolean is one; in a dotted column also one that
    is written like a JSON object or list.

    Raises:
        InputError: There is no usable header.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(MAX_RECORD_BYTES)
    try:
        yield from _entries(csv.reader(text, strict=True))
    finally:
        text.detach()  # the stream stays open: it is its opener's


def _entries(rows: Any) -> Iterator[Entry]:
    header = _header(rows)
    line = rows.line_num + 1
    while (row := _next_row(rows)) is not None:
        if isinstance(row, RejectReason):
            yield Rejected(line, row)
        elif row:
            yield _entry(line, header, row)
        line = rows.line_num + 1


def _header(rows: Any) -> list[str]:
    header = _next_row(rows)
    if not isinstance(header, list) or len(set(header)) != len(header):
        raise InputError("a CSV file needs a first line that names each column once")
    return header


def _next_row(rows: Any) -> list[str] | RejectReason | None:
    try:
        return next(rows, None)
    except csv.Error:
        return RejectReason.BAD_CSV


def _entry(line: int, header: list[str], row: list[str]) -> Entry:
    if len(row) != len(header):
        return Rejected(line, RejectReason.WRONG_COLUMNS)
    text = "".join(row)
    if len(text) > MAX_RECORD_BYTES:
        return Rejected(line, RejectReason.TOO_LONG)
    if not text.isascii() and _UNDECODED.search(text):
        return Rejected(line, RejectReason.NOT_UTF8)
    cells = {column: _value(column, cell) for column, cell in zip(header, row, strict=True)}
    return Record(line, nest(cells), len(text))


def _value(column: str, cell: str) -> Any:
    """The value that a cell's text stands for; None for an empty one."""
    if cell in _WORDS:
        return _WORDS[cell]
    if _INTEGER.fullmatch(cell):
        return int(cell)
    if _DECIMAL.fullmatch(cell):
        return float(cell)
    if "." in column and cell[0] + cell[-1] in ("{}", "[]"):
        return _nested(cell)
    return cell


def _nested(cell: str) -> Any:
    value = strict_json.parse(cell.encode("utf-8", errors="replace"))
    return cell if isinstance(value, RejectReason) else value


def writer(stream: BinaryIO) -> TableWriter:
    """A writer of CSV: a header of all columns that occurred, lists as JSON text."""
    return TableWriter(stream, _write_table)


def _write_table(stream: BinaryIO, columns: list[str], rows: Callable[[], Iterator[Row]]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    for row in rows():
        lines.writerow([_cell(row.get(column)) for column in columns])
    text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict, bool)):
        return encode_cell(value)
    return value


def encode_cell(value: Any) -> str:
    """A list, object or boolean as JSON text."""
    return encode(value).decode("utf-8")
