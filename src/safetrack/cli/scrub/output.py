"""Where sanitized events go: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import gzip
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from safetrack.cli.formats.source import STANDARD_INPUT
from safetrack.errors import ConfigError


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output, flushed at the end."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when all is written, and that only its owner can read.

    A name that ends in ``.gz`` is compressed.

    Raises:
        ConfigError: The folder is missing or cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    file = _create(temporary)
    try:
        with file:
            yield from _compressed(file) if path.suffix == ".gz" else (file,)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _compressed(file: BinaryIO) -> Iterator[BinaryIO]:
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as compressed:
        yield cast("BinaryIO", compressed)


def _create(path: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
    except OSError as error:
        reason = error.strerror
    raise ConfigError(f"cannot write to {path.parent}: {reason}")


def is_folder(output: str, inputs: int = 1) -> bool:
    """Whether `output` names a folder.

    It is one that is there, a name that ends in a slash, or, of several inputs, a name without a
    format that is no file.
    """
    path = Path(output)
    wanted = inputs > 1 and not path.suffix and not path.exists()
    return output.endswith("/") or path.is_dir() or wanted


def path_in_folder(folder: str, source: str) -> Path:
    """Where the sanitized form of one input goes inside an output folder."""
    name = "stdin.jsonl" if source == STANDARD_INPUT else Path(source).name
    return Path(folder) / name


def require_distinct(outputs: list[Path], sources: list[str]) -> None:
    """Check that nothing that is read, and nothing twice, would be written.

    Raises:
        ConfigError: An output is an input, or two inputs have the same output.
    """
    if len(set(outputs)) != len(outputs):
        raise ConfigError("two inputs have the same file name: give each its own output folder")
    inputs = {Path(source).resolve() for source in sources if source != STANDARD_INPUT}
    for output in outputs:
        if output.resolve() in inputs or any(_same_file(output, source) for source in inputs):
            raise ConfigError(f"{output}: would overwrite an input")


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)
