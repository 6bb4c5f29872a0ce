"""An input: a file or standard input, decompressed where it needs to be."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from safetrack.cli.formats import gzipped
from safetrack.cli.formats.container import READERS, Container, sniff
from safetrack.cli.formats.record import Entry, Rejected
from safetrack.errors import InputError

STANDARD_INPUT: Final = "-"
_ZIP_MAGIC: Final = b"PK\x03\x04"
_BUFFER: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """One opened input.

    Attributes:
        name: As it was given on the command line.
        container: Its file format.
    """

    name: str
    container: Container
    _stream: BinaryIO
    _file: BinaryIO
    _gunzip: gzipped.Gunzip | None

    def entries(self) -> Iterator[Entry]:
        """Its records in order, and the places of those that cannot be read.

        Raises:
            InputError: It cannot be read at all in its format.
        """
        last = 0
        for entry in READERS[self.container](self._stream):
            last = entry.line
            yield entry
        if self._gunzip and self._gunzip.damage:
            yield Rejected(last + 1, self._gunzip.damage)

    def position(self) -> int:
        """Bytes of the file read so far, compressed ones where it is compressed."""
        return self._file.tell() if self._file.seekable() else 0


def size_of(name: str) -> int | None:
    """Bytes of a named file; None when that cannot be known."""
    return Path(name).stat().st_size if name != STANDARD_INPUT and Path(name).is_file() else None


def require_files(names: list[str]) -> None:
    """Check before any work that every input is there.

    Raises:
        InputError: One is missing or a folder.
    """
    for name in names:
        if name != STANDARD_INPUT and not Path(name).exists():
            raise InputError(f"{name}: no such file")
        if name != STANDARD_INPUT and Path(name).is_dir():
            raise InputError(f"{name}: is a folder; name the files in it, e.g. {name}/*.jsonl")


@contextmanager
def open_source(name: str) -> Iterator[Source]:
    """Open a path, or ``-`` for standard input.

    Raises:
        InputError: It cannot be opened, or its format is not one that is read.
    """
    if name == STANDARD_INPUT:
        yield _source("standard input", cast("io.BufferedReader", sys.stdin.buffer))
        return
    with _open(name) as file:
        yield _source(name, file)


def _open(name: str) -> io.BufferedReader:
    try:
        return Path(name).open("rb")
    except OSError as error:
        reason = error.strerror
    raise InputError(f"{name}: {reason}")


def _source(name: str, file: io.BufferedReader) -> Source:
    gunzip = gzipped.Gunzip(file) if file.peek(2).startswith(gzipped.MAGIC) else None
    stream, head = _decompressed(gunzip) if gunzip else (file, file.peek(1))
    if head.startswith(_ZIP_MAGIC):
        raise InputError(f"{name}: a ZIP archive; unpack it and name the files in it")
    return Source(name, _container(name, head), stream, file, gunzip)


def _decompressed(gunzip: gzipped.Gunzip) -> tuple[BinaryIO, bytes]:
    stream = io.BufferedReader(gunzip, _BUFFER)
    return cast("BinaryIO", stream), stream.peek(1)


def _container(name: str, head: bytes) -> Container:
    try:
        return sniff(name, head)
    except InputError as error:
        problem = error
    raise InputError(f"{name}: {problem}")
