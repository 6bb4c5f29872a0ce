"""What a reader yields: a record, or the place of one that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

MAX_RECORD_BYTES: Final = 10_000_000
"""The longest record that is read. No vendor accepts events above 1 MB; exports of several in one
line do not exist."""


class RejectReason(StrEnum):
    """Why a record could not be read. Stable: it is written to the rejected file."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NOT_FINITE = "not_finite"
    """NaN or Infinity, which JSON does not have."""
    NUMBER_TOO_LONG = "number_too_long"
    DUPLICATE_KEY = "duplicate_key"
    """The same key twice in one object: readers disagree about which one counts."""
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    """More than `MAX_RECORD_BYTES`."""
    NOT_UTF8 = "not_utf8"
    BAD_CSV = "bad_csv"
    WRONG_COLUMNS = "wrong_columns"
    """More or fewer cells than the header has columns."""
    TRUNCATED = "truncated"
    """The file ends in the middle."""
    DAMAGED = "damaged"
    """Compressed data that does not decompress."""


@dataclass(frozen=True, slots=True)
class Record:
    """One event as the file holds it.

    Attributes:
        line: Where it starts, from 1; in Parquet the row.
        fields: The event.
        size: Bytes it took in the file, roughly: bounds the memory of a batch.
    """

    line: int
    fields: dict[str, Any]
    size: int

    def __repr__(self) -> str:
        return f"<Record line={self.line} keys={len(self.fields)}>"


@dataclass(frozen=True, slots=True)
class Rejected:
    """The place of a record that could not be read. Never holds its content."""

    line: int
    reason: RejectReason


Entry: TypeAlias = Record | Rejected
