"""A table in a local DuckDB file: the destination that needs nothing but a disk.

DuckDB lets one process write at a time and lets nobody read meanwhile, so the file is opened for
each batch and closed again; whoever else holds it is waited for.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb

from safetrack.destinations.destination import SendResult
from safetrack.errors import ConfigError
from safetrack.event import SafeEvent

_Taken = TypeVar("_Taken")

_log = logging.getLogger(__name__)

COLUMNS: Final[Mapping[str, str]] = {
    "message_id": "VARCHAR PRIMARY KEY",
    "type": "VARCHAR",
    "event": "VARCHAR",
    "name": "VARCHAR",
    "category": "VARCHAR",
    "user_id": "VARCHAR",
    "anonymous_id": "VARCHAR",
    "previous_id": "VARCHAR",
    "group_id": "VARCHAR",
    "group_type": "VARCHAR",
    "groups": "JSON",
    "properties": "JSON",
    "traits": "JSON",
    "context": "JSON",
    "timestamp": "TIMESTAMP",
}
"""The table's columns. ``timestamp`` is UTC without a zone: reading a zoned one needs pytz."""

KEYS: Final[Mapping[str, str]] = {
    "user_id": "userId",
    "anonymous_id": "anonymousId",
    "previous_id": "previousId",
    "group_id": "groupId",
    "group_type": "groupType",
}
"""Columns whose key in the neutral form is spelled otherwise."""

_RETENTION_EVERY: Final = 600.0
"""Seconds between two deletions of old rows: each one reads the whole column."""
_FIRST_WAIT: Final = 0.005
_LONGEST_WAIT: Final = 0.25
_ROW_ERRORS: Final = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
)
"""What DuckDB raises when a row, not the file or its table, is at fault."""


class DuckDB:
    """Appends events to a table, one row a message id: sending twice stores once.

    Args:
        path: The database file; created with its table when missing.
        table: The table's name.
        retention: Rows whose event is older are deleted: a timedelta or seconds; None keeps all.
        timeout: Seconds to wait for another process to release the file.
    """

    batch_size = 1000

    def __init__(
        self,
        *,
        path: str | os.PathLike[str],
        table: str = "events",
        retention: dt.timedelta | float | None = None,
        timeout: float = 15,
    ) -> None:
        self._path = Path(path).expanduser()
        if str(path).startswith(":memory:"):
            raise ConfigError("duckdb: path must be a file; a database in memory is gone at once")
        self._table = _quoted(table)
        self._retention = (
            retention.total_seconds() if isinstance(retention, dt.timedelta) else retention
        )
        self._timeout = timeout
        self._swept_at = float("-inf")

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Insert one batch. What the disk or another process prevents is tried again later."""
        rows = [row(event.to_dict()) for event in events]
        try:
            rejected = self._store(rows)
        except (duckdb.Error, OSError) as error:
            _log.warning("duckdb destination: %s", type(error).__name__)
            return SendResult(retry=frozenset(range(len(events))))
        return SendResult(rejected=rejected)

    def close(self) -> None:
        """Nothing is kept open."""

    def _store(self, rows: list[dict[str, Any]]) -> dict[int, str]:
        with _opened(self._path, self._timeout) as database:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
            database.execute(f"CREATE TABLE IF NOT EXISTS {self._table} ({columns})")
            rejected = _insert_all(database, self._table, rows)
            self._sweep(database)
        return rejected

    def _sweep(self, database: duckdb.DuckDBPyConnection) -> None:
        now = time.monotonic()
        if self._retention is None or now - self._swept_at < _RETENTION_EVERY:
            return
        oldest = dt.datetime.now(dt.UTC).replace(tzinfo=None) - dt.timedelta(
            seconds=self._retention
        )
        database.execute(f'DELETE FROM {self._table} WHERE "timestamp" < ?', [oldest])  # noqa: S608  quoted
        self._swept_at = now


def row(message: Mapping[str, Any]) -> dict[str, Any]:
    """The table's row for a sanitized message in the neutral form."""
    found = {name: message.get(KEYS.get(name, name)) for name in COLUMNS}
    found["message_id"] = message["messageId"]
    return found


def _insert_all(
    database: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]
) -> dict[int, str]:
    """Insert in one statement; only if a row spoils it, one by one. Returns the spoiling rows."""
    try:
        _insert(database, table, rows)
    except _ROW_ERRORS:
        if len(rows) == 1:
            return {0: "unstorable"}
    else:
        return {}
    alone = (_insert_all(database, table, [each]) for each in rows)
    return {position: why[0] for position, why in enumerate(alone) if why}


def _insert(database: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    fields = json.dumps([{name: kind.split()[0] for name, kind in COLUMNS.items()}])
    database.execute(
        f"INSERT OR IGNORE INTO {table} ({names}) "  # noqa: S608  quoted, and columns of our own
        f"SELECT u.* FROM (SELECT unnest(from_json_strict(?, '{fields}')) AS u)",
        [json.dumps(rows)],
    )


@contextmanager
def _opened(path: Path, timeout: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database for one batch, waiting up to `timeout` seconds for whoever holds it.

    DuckDB's own lock keeps readers out, but two writers that close and open at the same moment
    can lose a committed batch (seen with DuckDB 2.0). So writers also take turns by a lock file.
    """
    deadline = time.monotonic() + timeout
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _patiently(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB), deadline)
        is_new = not Path(path).exists()
        with _patiently(lambda: duckdb.connect(str(path)), deadline) as database:
            if is_new:
                Path(path).chmod(0o600)
            yield database
    finally:
        os.close(handle)


def _patiently(take: Callable[[], _Taken], deadline: float) -> _Taken:
    """Try until nobody else holds it."""
    wait = _FIRST_WAIT
    while True:
        try:
            return take()
        except (BlockingIOError, duckdb.IOException, duckdb.ConnectionException) as error:
            if time.monotonic() >= deadline or not _is_held(error):
                raise
        time.sleep(random.uniform(0, wait))  # noqa: S311  jitter, no secret
        wait = min(2 * wait, _LONGEST_WAIT)


def _is_held(error: Exception) -> bool:
    """Whether somebody has the file open; DuckDB has no error class of its own for that."""
    return not isinstance(error, duckdb.IOException) or "lock" in str(error)


def _quoted(name: str) -> str:
    """An SQL identifier that is this very name, whatever stands in it."""
    if not name or "\x00" in name:
        raise ConfigError("duckdb: table must be a name")
    return '"' + name.replace('"', '""') + '"'
