"""What is in the outbox files of a folder, and taking out of them what nobody wants any more.

Other processes use them meanwhile. A file in use is only read; of its dead letters, which its
owner does not look at, it may be relieved.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from safetrack.outbox import folder as folders
from safetrack.outbox.sealed.log import HEADER_BYTES, PATTERN

_WAITING: Final = (
    "SELECT destination, count(*), sum(length(event)), min(since), max(attempts) "
    "FROM row GROUP BY destination"
)
_DEAD: Final = "SELECT destination, reason, count(*) FROM dead GROUP BY destination, reason"
_BUSY_SECONDS: Final = 5.0


@dataclass(slots=True)
class Held:
    """What is held for one destination.

    Attributes:
        waiting: Events to be delivered.
        bytes: Of their JSON.
        oldest: Seconds since the oldest was accepted; None when there is none.
        attempts: How often the one that was tried most has been tried.
        dead: Dead letters by reason.
    """

    waiting: int = 0
    bytes: int = 0
    oldest: float | None = None
    attempts: int = 0
    dead: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """What the files of some folders hold.

    Attributes:
        destinations: By name.
        files: Outbox files.
        in_use: How many of them belong to running processes.
        unreadable: How many could not be read.
        damaged: Files that were set aside because they were.
        sealed: Bytes of sealed logs. Events in them may be sanitized already: a log goes as a whole.
    """

    destinations: dict[str, Held] = field(default_factory=dict)
    files: int = 0
    in_use: int = 0
    unreadable: int = 0
    damaged: int = 0
    sealed: int = 0


def survey(places: Sequence[Path]) -> Survey:
    """Read all outbox files of some folders. Nothing is changed."""
    found = Survey()
    for file in _files(places):
        found.files += 1
        found.in_use += _is_in_use(file)
        try:
            _add(found, file)
        except sqlite3.Error:
            found.unreadable += 1
    found.damaged = len(_damaged(places))
    logs = [log for place in places for log in folders.files(place, PATTERN)]
    found.sealed = sum(max(log.stat().st_size - HEADER_BYTES, 0) for log in logs)
    return found


def purge(places: Sequence[Path], destination: str | None, *, waiting: bool) -> tuple[int, int]:
    """Remove dead letters, and with `waiting` also events that no running process holds.

    Args:
        places: The folders.
        destination: Whose; None for all.
        waiting: Whether to remove what is still to be delivered as well.

    Returns:
        How many dead letters and how many events that waited were removed.
    """
    dead = events = 0
    for file in _files(places):
        with suppress(sqlite3.Error), closing(_connect(file)) as database:
            dead += _delete(database, "dead", destination)
            if waiting:
                events += _purge_waiting(file, database, destination)
    return dead, events


def purge_damaged(places: Sequence[Path]) -> int:
    """Remove the files that were set aside. Returns how many."""
    damaged = _damaged(places)
    for file in damaged:
        folders.remove(file)
    return len(damaged)


def _add(found: Survey, file: Path) -> None:
    with closing(_connect(file, "ro")) as database:
        now = time.time()
        for name, count, size, since, attempts in database.execute(_WAITING):
            held = found.destinations.setdefault(name, Held())
            held.waiting += count
            held.bytes += size
            held.oldest = max(held.oldest or 0.0, now - since)
            held.attempts = max(held.attempts, attempts)
        for name, reason, count in database.execute(_DEAD):
            dead = found.destinations.setdefault(name, Held()).dead
            dead[reason] = dead.get(reason, 0) + count


def _purge_waiting(file: Path, database: sqlite3.Connection, destination: str | None) -> int:
    """Under the file's lock: a running process counts on its rows."""
    lock = folders.lock_of(file)
    try:
        return _delete(database, "row", destination) if lock.take() else 0
    finally:
        lock.leave()


def _delete(database: sqlite3.Connection, table: str, destination: str | None) -> int:
    where, values = ("", ()) if destination is None else (" WHERE destination = ?", (destination,))
    with database:
        return database.execute(f"DELETE FROM {table}{where}", values).rowcount  # noqa: S608  our names


def _is_in_use(file: Path) -> bool:
    lock = folders.lock_of(file)
    try:
        return not lock.take()
    finally:
        lock.leave()


def _connect(file: Path, mode: str = "rw") -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS)


def _files(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from folders.files(place.absolute())


def _damaged(places: Sequence[Path]) -> list[Path]:
    parts = ("-wal", "-shm", "-journal")
    found = [file for place in places for file in folders.files(place, "outbox-*.corrupt-*")]
    return [file for file in found if not file.name.endswith(parts)]
