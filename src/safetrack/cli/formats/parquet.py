"""Parquet, read and written batch by batch (extra: ``parquet``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

from safetrack.cli.formats.comma_separated import encode_cell
from safetrack.cli.formats.record import Entry, Record
from safetrack.cli.formats.table import Row, TableWriter, nest
from safetrack.errors import InputError, MissingExtraError

MAGIC: Final = b"PAR1"
_ROWS: Final = 500
_KINDS: Final = {bool: "bool_", int: "int64", float: "float64", str: "string"}


def _pyarrow() -> Any:
    """The library, or the error that says how to get it."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    return pyarrow


def read(stream: BinaryIO) -> Iterator[Entry]:
    """Every row as an event; `line` is the row's number.

    Raises:
        InputError: The stream is not a Parquet file, or cannot be read at any place (a pipe).
        MissingExtraError: pyarrow is not installed.
    """
    pyarrow = _pyarrow()
    if not stream.seekable():
        raise InputError("Parquet cannot be read from a pipe or from inside gzip: give a file")
    try:
        batches = pyarrow.parquet.ParquetFile(stream).iter_batches(batch_size=_ROWS)
    except pyarrow.ArrowException:
        batches = None
    if batches is None:
        raise InputError("not a whole Parquet file: the end, which tells where all is, is damaged")
    number = 0
    for batch in batches:
        size = batch.nbytes // max(batch.num_rows, 1)
        for row in _rows(pyarrow, batch):
            number += 1
            yield Record(number, nest(row), size)


def _rows(pyarrow: Any, batch: Any) -> Iterator[Row]:
    maps = [field.name for field in batch.schema if pyarrow.types.is_map(field.type)]
    for row in batch.to_pylist():
        for name in maps:
            row[name] = dict(row[name] or ())
        yield row


def writer(stream: BinaryIO) -> TableWriter:
    """A writer of Parquet: a typed column for each that occurred, lists as JSON text."""
    _pyarrow()
    return TableWriter(stream, _write_table)


def _write_table(stream: BinaryIO, columns: list[str], rows: Callable[[], Iterator[Row]]) -> None:
    pyarrow = _pyarrow()
    kinds = _column_kinds(columns, rows())
    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in kinds.items()])
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as table:
        left = rows()
        while batch := list(islice(left, _ROWS)):
            typed = [{name: _cell(row.get(name), kinds[name]) for name in columns} for row in batch]
            table.write_batch(pyarrow.RecordBatch.from_pylist(typed, schema=schema))


def _column_kinds(columns: list[str], rows: Iterator[Row]) -> dict[str, str]:
    """The Arrow type of each column: that of its values where they agree, else text."""
    seen: dict[str, set[str]] = {name: set() for name in columns}
    for row in rows:
        for name, value in row.items():
            if value is not None:
                seen[name].add(_KINDS.get(type(value), "string"))
    return {name: _common_kind(kinds) for name, kinds in seen.items()}


def _common_kind(kinds: set[str]) -> str:
    if kinds == {"int64", "float64"}:
        return "float64"
    return kinds.pop() if len(kinds) == 1 else "string"


def _cell(value: Any, kind: str) -> Any:
    if value is None or kind != "string" or isinstance(value, str):
        return value
    return encode_cell(value)
