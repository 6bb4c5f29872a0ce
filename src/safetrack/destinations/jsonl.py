"""A file with one JSON event a line."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from safetrack.destinations.destination import SendResult
from safetrack.event import SafeEvent

_log = logging.getLogger(__name__)


class Jsonl:
    """Appends each event as a line of UTF-8 JSON; several processes may share the file.

    Args:
        path: The file; created with mode 0600 when missing. Its directory must exist.
        timeout: Unused; every destination takes it.
    """

    batch_size = 1000

    def __init__(self, *, path: str | os.PathLike[str], timeout: float = 0) -> None:  # noqa: ARG002
        self._path = Path(path).expanduser()

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Append all lines or none. A disk that cannot take them is tried again later."""
        lines = b"".join(event.to_json() + b"\n" for event in events)
        try:
            _append(self._path, lines)
        except OSError as error:
            _log.warning("jsonl destination: %s", type(error).__name__)
            return SendResult(retry=frozenset(range(len(events))))
        return SendResult()

    def close(self) -> None:
        """Nothing is kept open."""


def _append(path: Path, lines: bytes) -> None:
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _write_all(handle, lines)
    finally:
        os.close(handle)


def _write_all(handle: int, lines: bytes) -> None:
    """Write everything, or leave the file as it was: half a line would spoil the next one."""
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":
        lines = b"\n" + lines  # another writer was killed in the middle of its line
    rest = memoryview(lines)
    try:
        while rest:
            rest = rest[os.write(handle, rest) :]
    except OSError:
        os.ftruncate(handle, size)
        raise
