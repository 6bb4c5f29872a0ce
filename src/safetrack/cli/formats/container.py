"""Which file format a file has, and who reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath
from typing import Any, BinaryIO, Final, Protocol, TypeAlias

from safetrack.cli.formats import comma_separated, json_array, jsonl, parquet
from safetrack.cli.formats.record import Entry
from safetrack.errors import InputError


class Container(StrEnum):
    """A file format of events."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class Writer(Protocol):
    """Writes messages into one file."""

    def write(self, message: Mapping[str, Any]) -> None:
        """Add one message."""

    def close(self) -> None:
        """Write what is left. The stream stays open."""


Reader: TypeAlias = Callable[[BinaryIO], Iterator[Entry]]

READERS: Final[Mapping[Container, Reader]] = {
    Container.JSONL: jsonl.read,
    Container.JSON: json_array.read,
    Container.CSV: comma_separated.read,
    Container.PARQUET: parquet.read,
}
WRITERS: Final[Mapping[Container, Callable[[BinaryIO], Writer]]] = {
    Container.JSONL: jsonl.Writer,
    Container.JSON: json_array.Writer,
    Container.CSV: comma_separated.writer,
    Container.PARQUET: parquet.writer,
}
_SUFFIXES: Final = {
    ".jsonl": Container.JSONL,
    ".ndjson": Container.JSONL,
    ".json": Container.JSON,
    ".csv": Container.CSV,
    ".parquet": Container.PARQUET,
}


def from_name(name: str) -> Container | None:
    """The format that a file's name promises; a trailing ``.gz`` is passed over."""
    path = PurePath(name.lower())
    return _SUFFIXES.get((path.with_suffix("") if path.suffix == ".gz" else path).suffix)


def sniff(name: str, head: bytes) -> Container:
    """The format of a file that begins with `head`. What it holds counts more than its name.

    Raises:
        InputError: Neither tells.
    """
    if head.startswith(parquet.MAGIC):
        return Container.PARQUET
    promised = from_name(name)
    if promised is Container.CSV:
        return promised
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{\n", b"{\r\n", b"[")):  # objects over several lines, or an array
        return Container.JSON
    if text.startswith(b"{"):
        return Container.JSONL
    if promised is Container.JSONL or not head.strip():
        return Container.JSONL
    if promised is None and b"," in head.partition(b"\n")[0]:
        return Container.CSV
    raise InputError("neither JSON Lines, a JSON array, CSV nor Parquet")
