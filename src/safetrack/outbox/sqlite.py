"""The durable outbox: one SQLite file a process. What was committed survives the process.

::

    put     → row                 committed: from here on the event is accepted
    lease   → noted in memory     a lease ends with the process, so it needs no disk
    ack     → row deleted
    retry   → row's `due` moved   retry times outlive the process
    bury    → dead letter
    adopt   → rows of ended processes moved into the own file, as `move` says

Only the bytes of `SafeEvent` are stored. Every row carries a keyed code over all that must not
change, bound to its place in the file; a row whose code is wrong is never sent. Disk errors cost
durability, not events: what cannot be stored is kept in memory, within bounds.
"""

from __future__ import annotations

import logging
import math
import sqlite3
import struct
import threading
import weakref
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from safetrack.errors import ConfigError
from safetrack.event import Reason, SafeEvent
from safetrack.forking import in_children
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox import move
from safetrack.outbox.memory import DEFAULT_BYTES, MemoryOutbox
from safetrack.outbox.outbox import Leased, OnAdopted
from safetrack.outbox.steady import SteadyClock

logger = logging.getLogger("safetrack.outbox")

SCHEMA_VERSION: Final = 2
"""``PRAGMA user_version`` of the files that this version writes; older ones are migrated."""

_SCHEMA: Final = """
CREATE TABLE row (
    id INTEGER PRIMARY KEY,
    destination TEXT NOT NULL,
    message_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    since REAL NOT NULL,
    due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    event BLOB NOT NULL,
    code BLOB NOT NULL
);
CREATE INDEX row_due ON row (destination, due, id);
CREATE TABLE dead (
    id INTEGER PRIMARY KEY,
    destination TEXT NOT NULL,
    message_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    since REAL NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    event BLOB NOT NULL,
    code BLOB NOT NULL
);
"""
_MIGRATIONS: Final[Mapping[int, str]] = {0: _SCHEMA, 1: move.SCHEMA}
"""What turns a file of a version into one of the next; 0 is an empty file."""

_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # survives the process; the machine's own fall is not promised
    "PRAGMA busy_timeout = 5000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
MOST_IN_MEMORY: Final = 10_000
"""Events kept in memory for each destination while the disk refuses them."""
AGAIN_SECONDS: Final = 30.0
"""How often a folder that could not be used any more is tried again."""
EARLIEST: Final = 1_700_000_000.0
"""November 2023, before there was an outbox: a row that is older was put while the clock was wrong
(a machine that begins at 1970, until it has asked what time it is)."""
MOST_DEAD: Final = 10_000
"""Dead letters kept in one file; beyond it the oldest go."""
ADOPTED_AT_A_TIME: Final = 500
RESERVE_BYTES: Final = 1 << 20
"""Given back to a full disk, so that delivered rows can still be deleted: the log needs room."""

_INSERT: Final = (
    "INSERT INTO row (id, destination, message_id, scope, since, due, attempts, event, code) VALUES"
)
_ROW_VALUES: Final = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE: Final = 100
"""Rows in one statement: within the 999 variables that the oldest supported SQLite allows."""
_INSERT_DEAD: Final = (
    "INSERT INTO dead (id, destination, message_id, scope, since, attempts, reason, event, code) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_IN_MEMORY: Final = Path(":memory:")
_FIELDS: Final = "id, destination, message_id, scope, since, attempts, event, code"


@dataclass(frozen=True, slots=True)
class _Other:
    """Another process's file, open."""

    file: Path
    database: sqlite3.Connection


@dataclass(frozen=True, slots=True)
class _Adoption:
    """One look for what ended processes left."""

    destinations: Sequence[str]
    on_adopted: OnAdopted
    until: Callable[[], bool]
    adopted: Counter[str] = field(default_factory=Counter)

    def note(self, rows: Iterable[Sequence[Any]]) -> None:
        """These are ours now."""
        for name, count in Counter(row[1] for row in rows).items():
            self.adopted[name] += count
            self.on_adopted(name, count)


@dataclass(slots=True)
class _Lease:
    """A row that has been handed out."""

    until: float
    attempts: int
    size: int


@dataclass(slots=True)
class _Room:
    """What one destination holds on disk."""

    rows: int = 0
    bytes: int = 0
    oldest: float = math.inf
    """No row is older: it may have been delivered since it was noted."""


class SqliteOutbox:
    """Implements `safetrack.outbox.outbox.Outbox` on a SQLite file of its own in `folder`.

    Args:
        folder: Where the files are. Others in it that nobody owns any more are adopted.
        keyring: Makes and checks the codes of rows.
        former: Other folders whose files are adopted too: those of former keys.
        rows: Most rows kept for each destination.
        bytes: Most bytes kept for each destination, of their JSON.
        clock: Seconds since 1970.

    Raises:
        OSError: The folder or the file cannot be made.
        ConfigError: The folder cannot hold outboxes.
    """

    is_durable = True

    def __init__(  # noqa: PLR0913  what an outbox is made of
        self,
        folder: Path,
        keyring: Keyring,
        *,
        former: Sequence[Path] = (),
        rows: int | None = None,
        bytes: int = DEFAULT_BYTES,  # noqa: A002  the policy's own word
        clock: Callable[[], float] | None = None,
    ) -> None:
        self.folder: Final = folder
        self._places = (folder, *former)
        self.unsaved = 0
        """Events accepted in memory alone, because the disk refused them."""
        self._keyring = keyring
        self._most_rows = rows
        self._most_bytes = bytes
        self._clock = clock or SteadyClock()
        self._mutex = threading.RLock()
        self._leases: dict[int, _Lease] = {}
        self._ended: set[int] = set()
        self._put_off: dict[int, float] = {}
        self._room: defaultdict[str, _Room] = defaultdict(_Room)
        self._lost: Counter[str] = Counter()
        self._memory = MemoryOutbox(rows=MOST_IN_MEMORY, bytes=bytes, clock=self._clock)
        self._warned: set[str] = set()
        self._closed = False
        self._is_on_disk = True
        self._again_at = 0.0
        folders.prepare(folder)
        self._begin()
        _LIVE.add(self)

    # The protocol

    def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
        """Accept events, the first ones first, as far as they fit."""
        payloads = [event.to_json() for event in events]
        with self._mutex:
            self._check_file("put")
            fitting = self._fitting(destination, payloads)
            now = self._clock()
            rows = [
                self._row(destination, event.message_id, event.destination, now, 0, payload)
                for event, payload in zip(events[:fitting], payloads, strict=False)
            ]
            if self._write("put", lambda: self._insert(rows)):
                self._count(destination, payloads[:fitting], now)
                self.unsaved += 0 if self._is_on_disk else fitting
                return fitting
            return self._put_in_memory(destination, events[:fitting])

    def lease(self, destination: str, limit: int, *, seconds: float) -> list[Leased]:
        """Hand out due rows, oldest first."""
        with self._mutex:
            now = self._clock()
            found = self._read("lease", lambda: self._due(destination, limit, now)) or []
            restored = [self._restored(row, now) for row in found]
            leased = [row for row in restored if row is not None]
            for row, size in leased:
                self._leases[row.key] = _Lease(now + seconds, row.attempts, size)
            handed = [row for row, _ in leased]
            rest = self._memory.lease(destination, limit - len(handed), seconds=seconds)
            return handed + [replace(row, key=-row.key) for row in rest]

    def ack(self, destination: str, keys: Sequence[int]) -> None:
        """Forget delivered rows."""
        with self._mutex:
            self._memory.ack(destination, [-key for key in keys if key < 0])
            self._end(destination, [key for key in keys if key > 0])

    def retry(self, destination: str, keys: Sequence[int], *, delay: float) -> None:
        """Hand rows out again after a while."""
        with self._mutex:
            self._memory.retry(destination, [-key for key in keys if key < 0], delay=delay)
            due = self._clock() + delay
            changes = []
            for key in keys:
                lease = self._leases.pop(key, None)
                if lease is not None:
                    changes.append((due, lease.attempts, key))
                    self._put_off[key] = due
            if self._write("retry", lambda: self._postpone(changes)):
                for _, _, key in changes:
                    self._put_off.pop(key, None)

    def bury(self, destination: str, keys: Sequence[int], reason: Reason) -> None:
        """Move refused rows to the dead letters."""
        with self._mutex:
            self._memory.bury(destination, [-key for key in keys if key < 0], reason)
            own = [key for key in keys if key > 0]
            self._write("bury", lambda: self._to_dead(own, reason))
            self._end(destination, own)

    def expire(self, destination: str, *, age: float) -> int:
        """Forget rows older than `age` seconds."""
        with self._mutex:
            limit = self._clock() - age
            old: list[int] = []
            if self._room[destination].oldest < limit:
                found = self._read("expire", lambda: self._older(destination, limit)) or []
                old = [key for key in found if key not in self._ended]
                self._end(destination, old)
                self._room[destination].oldest = self._first(destination)
            return len(old) + self._memory.expire(destination, age=age)

    def pending(self, destination: str) -> int:
        """How many rows are waiting or leased."""
        with self._mutex:
            return self._room[destination].rows + self._memory.pending(destination)

    def age(self, destination: str) -> float | None:
        """Seconds since the oldest row was put; None when there is none."""
        with self._mutex:
            on_disk = self._clock() - self._first(destination)
            known = [self._memory.age(destination), on_disk if on_disk > -math.inf else None]
            return max((seconds for seconds in known if seconds is not None), default=None)

    def kept(self, destination: str) -> int:
        """How many rows outlive the process, if it ends now."""
        with self._mutex:
            self._check_file("close")
            if not self._is_on_disk:
                return 0
            self._save_memory(destination)
            return self._room[destination].rows

    def next_due(self, destination: str) -> float | None:
        """Seconds until a row can be leased; None when there is none."""
        with self._mutex:
            now = self._clock()
            times = [self._memory.next_due(destination)]
            if self._room[destination].rows:
                first = self._read("next", lambda: self._first_due(destination, now))
                times.append(max(first - now, 0.0) if first is not None else None)
            known = [seconds for seconds in times if seconds is not None]
            return min(known, default=None)

    def take_lost(self, destination: str) -> int:
        """How many accepted rows turned out to be damaged since the last call."""
        with self._mutex:
            return self._lost.pop(destination, 0)

    def adopt(
        self,
        destinations: Sequence[str],
        *,
        on_adopted: OnAdopted = lambda _name, _count: None,
        until: Callable[[], bool] = lambda: False,
    ) -> dict[str, int]:
        """Move rows of ended processes into the own file.

        Args:
            destinations: Whose rows; others stay where they are.
            on_adopted: Hears of rows before any of them can be leased.
            until: Asked every few hundred rows; the rest stays where it is once it says True.

        Returns:
            For each destination how many rows it now has more.
        """
        with self._mutex:
            if self._closed:
                return {}
            self._check_file("adopt")
        if not self._is_on_disk:
            return {}
        adoption = _Adoption(destinations, on_adopted, until)
        found = [file for place in self._places for file in folders.files(place)]
        for file in found:
            if file != self._file and not until():
                with suppress(OSError, sqlite3.Error):
                    self._adopt_file(file, adoption)
        return dict(adoption.adopted)

    def revive(self, destination: str | None) -> Counter[str]:
        """Take the dead letters of all files of the folder, to be delivered after all.

        Args:
            destination: Whose; None for all.

        Returns:
            For each destination how many there were.
        """
        revived: Counter[str] = Counter()
        for place in self._places:
            for file in folders.files(place):
                with suppress(OSError, sqlite3.Error), closing(_open(file)) as other:
                    self._finish_moves(other, file.name)
                    self._revive_from(_Other(file, other), destination, revived)
        return revived

    def _revive_from(self, other: _Other, destination: str | None, revived: Counter[str]) -> None:
        query = f"SELECT {_FIELDS} FROM dead WHERE ? IS NULL OR destination = ?"  # noqa: S608  constants
        dead = other.database.execute(query, (destination, destination)).fetchall()
        for found in _batches(dead):
            rows = [row for row in found if self._is_authentic(row)]
            if not self._move("revive", other, "dead", rows, partial(self._keep, rows, anew=True)):
                return
            revived.update(row[1] for row in rows)

    def close(self) -> None:
        """Release the file; an empty one is removed."""
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            self._flush_ended()
            is_empty = self._read("close", self._is_empty)
            with suppress(sqlite3.Error):
                self._database.close()
            with suppress(OSError):
                if is_empty:
                    folders.remove(self._file)
                self._reserve.unlink(missing_ok=True)
                self._lock.free(remove=bool(is_empty))

    # Opening, and opening anew

    def _begin(self) -> None:
        """A new file, locked before anybody can see it."""
        self._file = self.folder / folders.new_name()
        self._lock = folders.lock_of(self._file)
        self._lock.take()
        folders.create(self._file)
        self._reserve = self._file.with_name(self._file.name + ".reserve")
        self._database = _opened(self._file)
        self._next = 1
        self._set_reserve()

    def _set_reserve(self) -> None:
        """Room that can be given back."""
        with suppress(OSError):
            folders.create(self._reserve)
        with suppress(OSError), self._reserve.open("wb") as file:
            file.write(b"\x00" * RESERVE_BYTES)

    def _check_file(self, doing: str) -> None:
        """Somebody may have removed the file: what is in it would end with this process."""
        is_gone = not self._file.exists() if self._is_on_disk else self._clock() >= self._again_at
        if is_gone and not self._closed:
            self._begin_anew(doing)

    def _begin_again(self) -> None:
        """As `_begin`; in memory for a while where the folder cannot be used any more."""
        try:
            folders.prepare(self.folder)
            self._begin()
        except (OSError, ConfigError) as error:
            self._warn("gone", "the outbox folder cannot be used (%s)", type(error).__name__)
            self._database = _open(_IN_MEMORY)
            self._next = 1
            self._is_on_disk = False
            self._again_at = self._clock() + AGAIN_SECONDS
        else:
            self._is_on_disk = True

    def _begin_anew(self, doing: str) -> None:
        """The own file is damaged or gone: keep what can be read and is authentic, count the rest."""
        self._warn("damaged", "the outbox file is damaged; what can be read is kept (%s)", doing)
        old, lock = self._database, self._lock
        with suppress(OSError):
            folders.set_aside(self._file)
            self._reserve.unlink(missing_ok=True)
        before = {name: room.rows for name, room in self._room.items()}
        ended, self._ended = self._ended, set()
        self._leases.clear()
        self._room.clear()
        try:
            self._begin_again()
            for batch in _batches(_salvaged(old)):
                with suppress(sqlite3.Error), _transaction(self._database):
                    self._keep([found for found in batch if found[0] not in ended])
                if not self._is_on_disk and self._next > MOST_IN_MEMORY:
                    break
        finally:
            for name, rows in before.items():
                self._lost[name] += max(rows - self._room[name].rows, 0)
            with suppress(sqlite3.Error):
                old.close()
            with suppress(OSError):
                lock.free(remove=True)

    def _keep(self, found: Sequence[tuple[Any, ...]], *, anew: bool = False) -> None:
        """Insert authentic rows of another file as own ones; `anew` as if they had just come."""
        rows, counted = [], []
        for one in found:
            if self._is_authentic(one):
                _, destination, message_id, scope, since, attempts, event, _ = one
                since = self._plausible(since)
                if anew:
                    since, attempts = self._clock(), 0
                rows.append(self._row(destination, message_id, scope, since, attempts, event))
                counted.append((destination, event, since))
        self._insert(rows)
        for destination, event, since in counted:
            self._count(destination, [event], since)

    def _plausible(self, since: float) -> float:
        """When a row was put; now, where a clock that was wrong had said something impossible."""
        now = self._clock()
        return since if EARLIEST <= since <= now else now

    def _save_memory(self, destination: str) -> None:
        """Write down what the disk had refused, if it takes it now."""
        events = self._memory.waiting(destination)
        rows = [
            self._row(destination, one.message_id, one.destination, since, 0, one.to_json())
            for one, since in events
        ]
        if rows and self._write("save", lambda: self._insert(rows)):
            oldest = min(since for _, since in events)
            self._count(destination, [row[-2] for row in rows], oldest)
            self._memory.forget(destination)

    # Rows

    def _row(  # noqa: PLR0913, PLR0917  the columns
        self,
        destination: str,
        message_id: str,
        scope: str,
        since: float,
        attempts: int,
        event: bytes,
    ) -> tuple[Any, ...]:
        key, self._next = self._next, self._next + 1
        code = self._keyring.row_code(_signed(key, destination, message_id, scope, since, event))
        return (key, destination, message_id, scope, since, since, attempts, event, code)

    def _is_authentic(self, row: Sequence[Any]) -> bool:
        key, destination, message_id, scope, since, _attempts, event, code = row
        if not _has_types(row):
            return False
        signed = _signed(key, destination, message_id, scope, since, event)
        return self._keyring.knows_row(signed, code)

    def _restored(self, row: Sequence[Any], now: float) -> tuple[Leased, int] | None:
        """A row as it was put; None, and the row is lost, when it is not as it was written."""
        key, destination, message_id, scope, since, attempts, event, _code = row
        if not self._is_authentic(row):
            self._end(self._owner(key, destination), [key])
            self._lost[self._owner(key, destination)] += 1
            self._warn("code", "a row of the outbox was damaged and is not sent")
            return None
        known = self._leases.get(key)
        tries = (known.attempts if known is not None else attempts) + 1
        safe = SafeEvent(event, message_id=message_id, destination=scope)
        return Leased(key, safe, tries, now - since), len(event)

    def _owner(self, _key: int, destination: object) -> str:
        """Whose row it was, as far as a damaged one tells."""
        name = destination if type(destination) is str else ""
        return name if name in self._room else next(iter(self._room), "")

    # Statements

    def _insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Many rows in one statement: each gives up the interpreter's lock, and waits for it."""
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            values = ", ".join([_ROW_VALUES] * len(some))
            self._database.execute(f"{_INSERT} {values}", tuple(chain.from_iterable(some)))

    def _due(self, destination: str, limit: int, now: float) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        query = f"SELECT {_FIELDS} FROM row WHERE destination = ? AND due <= ? ORDER BY due, id"  # noqa: S608  constants
        with closing(self._database.execute(query, (destination, now))) as rows:
            for row in rows:
                if len(found) >= limit:
                    break
                if self._is_free(row[0], now):
                    found.append(row)
        return found

    def _is_free(self, key: int, now: float) -> bool:
        lease = self._leases.get(key)
        return (
            key not in self._ended
            and (lease is None or lease.until <= now)
            and self._put_off.get(key, 0.0) <= now
        )

    def _first_due(self, destination: str, now: float) -> float | None:
        """When the first row can be leased. As many rows are read as are leased, and one."""
        times = []
        query = "SELECT id, due FROM row WHERE destination = ? ORDER BY due, id"
        with closing(self._database.execute(query, (destination,))) as rows:
            for key, due in rows:
                if key in self._ended:
                    continue
                if self._is_free(key, now):
                    times.append(due)
                    break
                lease = self._leases.get(key)
                times.append(max(lease.until if lease else due, self._put_off.get(key, 0.0)))
        return min(times, default=None)

    def _postpone(self, changes: Sequence[tuple[float, int, int]]) -> None:
        self._database.executemany("UPDATE row SET due = ?, attempts = ? WHERE id = ?", changes)

    def _to_dead(self, keys: Sequence[int], reason: Reason) -> None:
        self._database.executemany(
            "INSERT OR IGNORE INTO dead SELECT id, destination, message_id, scope, since, attempts, ?, "
            "event, code FROM row WHERE id = ?",
            [(reason.value, key) for key in keys],
        )
        self._database.execute(
            "DELETE FROM dead WHERE id < (SELECT id FROM dead ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (MOST_DEAD - 1,),
        )

    def _older(self, destination: str, limit: float) -> list[int]:
        query = "SELECT id FROM row WHERE destination = ? AND since < ?"
        return [key for (key,) in self._database.execute(query, (destination, limit))]

    def _first(self, destination: str) -> float:
        """When the oldest row was put; infinity where there is none."""
        query = "SELECT min(since) FROM row WHERE destination = ?"
        found = self._read("age", lambda: self._database.execute(query, (destination,)).fetchone())
        return math.inf if found is None or found[0] is None else float(found[0])

    def _is_empty(self) -> bool:
        (found,) = self._database.execute(
            "SELECT EXISTS (SELECT 1 FROM row) OR EXISTS (SELECT 1 FROM dead) "
            "OR EXISTS (SELECT 1 FROM moved)"
        ).fetchone()
        return not found

    def _delete(self, keys: Sequence[int]) -> None:
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            self._database.execute(f"DELETE FROM row WHERE id IN ({marks})", some)  # noqa: S608  marks only

    # Ends of rows

    def _end(self, destination: str, keys: Sequence[int]) -> None:
        """Forget rows, on disk if it lets us; in memory at once, so that none is sent twice."""
        sizes = self._sizes(keys)
        room = self._room[destination]
        for key, size in sizes.items():
            room.rows -= 1
            room.bytes -= size
            self._leases.pop(key, None)
            self._put_off.pop(key, None)
        self._ended.update(sizes)
        self._flush_ended()

    def _sizes(self, keys: Sequence[int]) -> dict[int, int]:
        """Bytes of each of these rows that are still there."""
        new = [key for key in keys if key not in self._ended]
        known = {key: self._leases[key].size for key in new if key in self._leases}
        asked = [key for key in new if key not in known]
        found = self._read("sizes", lambda: dict(self._length(asked))) if asked else {}
        return {**known, **(found or {})}

    def _length(self, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
        query = "SELECT id, length(event) FROM row WHERE id = ?"
        for key in keys:
            yield from self._database.execute(query, (key,))

    def _flush_ended(self) -> None:
        if not self._ended:
            return
        ended = list(self._ended)
        done = self._write("ack", lambda: self._delete(ended))
        if not done and self._reserve.exists():
            self._reserve.unlink(missing_ok=True)
            done = self._write("ack", lambda: self._delete(ended))
        if done:
            self._ended.clear()

    # Room

    def _fitting(self, destination: str, payloads: Sequence[bytes]) -> int:
        room = self._room[destination]
        rows, size = room.rows, room.bytes
        most_rows = self._most_rows if self._is_on_disk else MOST_IN_MEMORY
        for number, payload in enumerate(payloads):
            rows, size = rows + 1, size + len(payload)
            if size > self._most_bytes or (most_rows is not None and rows > most_rows):
                return number
        return len(payloads)

    def _count(self, destination: str, payloads: Iterable[bytes], since: float) -> None:
        room = self._room[destination]
        room.oldest = min(room.oldest, since)
        for payload in payloads:
            room.rows += 1
            room.bytes += len(payload)

    def _put_in_memory(self, destination: str, events: Sequence[SafeEvent]) -> int:
        accepted = self._memory.put(destination, events)
        self.unsaved += accepted
        return accepted

    # Errors of the disk

    def _write(self, doing: str, change: Callable[[], None]) -> bool:
        """Run a change as one transaction. False when the disk refuses it."""
        try:
            with _transaction(self._database):
                change()
        except sqlite3.OperationalError as error:
            self._warn(doing, "the disk refuses the outbox (%s: %s)", doing, _code_of(error))
            return False
        except sqlite3.DatabaseError:
            damaged = not self._closed  # else a thread comes late: nothing is begun any more
        else:
            return True
        if damaged:
            self._begin_anew(doing)
            return self._write_again(change)
        return False

    def _write_again(self, change: Callable[[], None]) -> bool:
        try:
            with _transaction(self._database):
                change()
        except sqlite3.Error:
            return False
        return True

    def _read(self, doing: str, query: Callable[[], Any]) -> Any:
        """What a query gives; None when the file cannot be read."""
        try:
            return query()
        except sqlite3.OperationalError as error:
            self._warn(doing, "the outbox cannot be read (%s: %s)", doing, _code_of(error))
            return None
        except sqlite3.DatabaseError:
            damaged = not self._closed
        if damaged:
            self._begin_anew(doing)
        return None

    def _warn(self, what: str, text: str, *args: str) -> None:
        if what not in self._warned:
            self._warned.add(what)
            logger.warning(text, *args)

    # Other processes' files

    def _adopt_file(self, file: Path, adoption: _Adoption) -> None:
        lock = folders.lock_of(file)
        if not lock.take():
            lock.leave()
            return
        is_empty = False
        try:
            is_empty = not file.exists() or self._empty_file(file, adoption)
        finally:
            lock.free(remove=is_empty)

    def _empty_file(self, file: Path, adoption: _Adoption) -> bool:
        """Move the rows of an unowned file. Whether nothing is left in it, and it is gone."""
        try:
            with closing(_open(file)) as database:
                other = _Other(file, database)
                self._finish_moves(database, file.name)
                if not self._adopt_rows(other, adoption):
                    return False
                self._adopt_dead(other)
                empty = _counts(database) == (0, 0)
        except (sqlite3.OperationalError, sqlite3.NotSupportedError):
            return False  # the disk refuses it, or a newer version wrote it: another time
        except sqlite3.DatabaseError:
            return self._salvage_file(file, adoption)
        if empty:
            folders.remove(file)
            file.with_name(file.name + ".reserve").unlink(missing_ok=True)
        return empty

    def _adopt_rows(self, other: _Other, adoption: _Adoption) -> bool:
        """Some at a time. False when it has to end before all are moved."""
        while rows := _rows_for(other.database, adoption.destinations):
            authentic = [row for row in rows if self._is_authentic(row)]
            if not authentic or adoption.until():
                return False  # the former are of another keyring: not ours to judge
            with self._mutex:
                if any(self._is_full(row[1]) for row in authentic):
                    return False
                insert = partial(self._keep, authentic)
                told = partial(adoption.note, rows)
                if not self._move("adopt", other, "row", rows, insert, told=told):
                    return False
                self._lost.update(row[1] for row in rows if row not in authentic)
        return True

    def _adopt_dead(self, other: _Other) -> None:
        """Move the dead letters as well, so that they are not left in a file of their own."""
        query = f"SELECT {_FIELDS}, reason FROM dead"  # noqa: S608  constants
        found = other.database.execute(query).fetchall()
        dead = [row for row in found if self._is_authentic(row[:-1])]
        if dead and len(dead) == len(found):
            self._move("adopt", other, "dead", dead, partial(self._insert_dead, dead))

    def _move(  # noqa: PLR0913, PLR0917  what a move is made of
        self,
        doing: str,
        other: _Other,
        source: str,
        rows: Sequence[tuple[Any, ...]],
        insert: Callable[[], None],
        told: Callable[[], None] = lambda: None,
    ) -> bool:
        """Move rows from a table of another file, each once, whenever the process may end.

        Closing waits for it, so a normal end leaves none of them in two files. False when the own
        file takes none.
        """
        moved = move.Note(other.file.name, source, [row[0] for row in rows])

        def take() -> None:
            insert()
            move.note(self._database, moved, self._keyring)

        with self._mutex:
            if self._closed or not self._is_on_disk:
                return False
            move.announce(other.database, self._file.name)
            if not self._write(doing, take):
                return False
            told()
            with _transaction(other.database):
                move.remove(other.database, moved)
            self._write(doing, lambda: move.forget(self._database, moved))
        return True

    def _finish_moves(self, database: sqlite3.Connection, file: str) -> None:
        """Finish what ended amid moving rows out of a file, and into it."""
        for taker in move.takers(database):
            path = self._path(taker)
            if path is None:
                move.forget_taker(database, taker)
                continue
            for moved in self._notes_in(path):
                if moved.file == file:
                    with _transaction(database):
                        move.remove(database, moved)
        for moved in move.notes(database, self._keyring):
            path = self._path(moved.file)
            if path is not None:
                with _existing(path) as source, _transaction(source):
                    move.remove(source, moved)
            move.forget(database, moved)

    def _notes_in(self, path: Path) -> list[move.Note]:
        """Those that a file holds, which its process may be using; none where it is damaged."""
        found: list[move.Note] = []
        with _existing(path) as database:
            found += move.notes(database, self._keyring)
        return found

    def _path(self, name: str) -> Path | None:
        """Where a file of that name is."""
        paths = (place / Path(name).name for place in self._places)
        return next((path for path in paths if path.exists()), None)

    def _insert_dead(self, dead: Sequence[tuple[Any, ...]]) -> None:
        for _, destination, message_id, scope, since, attempts, event, _code, reason in dead:
            own = self._row(destination, message_id, scope, since, attempts, event)
            key, code = own[0], own[-1]
            values = (key, destination, message_id, scope, since, attempts, reason, event, code)
            self._database.execute(_INSERT_DEAD, values)

    def _is_full(self, destination: str) -> bool:
        return self._room[destination].bytes >= self._most_bytes

    def _salvage_file(self, file: Path, adoption: _Adoption) -> bool:
        """Adopt what can be read of a damaged file, and set it aside."""
        self._warn("salvage", "an outbox file of an ended process is damaged; the rest is kept")
        with suppress(sqlite3.Error), closing(_read_only(folders.set_aside(file))) as damaged:
            for batch in _batches(_salvaged(damaged)):
                wanted = [row for row in batch if row[1] in adoption.destinations]
                rows = [row for row in wanted if self._is_authentic(row)]
                with self._mutex:
                    if not self._closed and self._write("adopt", partial(self._keep, rows)):
                        adoption.note(rows)
        return True

    def _leave_to_parent(self) -> None:
        """In a forked child: let go of the parent's file without closing it.

        Closing would run SQLite's last-connection clean-up on a file that the parent still uses.
        """
        _INHERITED.append(self._database)
        self._lock.leave()
        self._closed = True

    def __repr__(self) -> str:
        return f"<SqliteOutbox {self.folder}>"


_LIVE: Final[weakref.WeakSet[SqliteOutbox]] = weakref.WeakSet()
_INHERITED: Final[list[sqlite3.Connection]] = []
"""A parent's connections, kept so that no destructor closes them in a child."""


in_children(_LIVE, SqliteOutbox._leave_to_parent)  # noqa: SLF001  the module's own


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Everything or nothing; takes the write lock at once, so that no upgrade can fail later."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _open(file: Path) -> sqlite3.Connection:
    """A connection to a file of the current schema.

    Raises:
        sqlite3.DatabaseError: It is none, or a newer safetrack has written it.
    """
    database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            database.execute(pragma)
        _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def _opened(file: Path) -> sqlite3.Connection:
    """As `_open`, of a file of our own; what goes wrong with it is the disk's fault.

    Raises:
        OSError: The disk refuses it.
    """
    try:
        return _open(file)
    except sqlite3.Error as error:
        code = _code_of(error)
    raise OSError(f"an outbox cannot be made: {code}")


@contextmanager
def _existing(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a third file, which others may be using. Damage of it is left to them.

    Raises:
        sqlite3.OperationalError: It is gone, or the disk refuses it.
    """
    database = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
    )
    with closing(database):
        try:
            yield database
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)


def _migrate(database: sqlite3.Connection) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise sqlite3.NotSupportedError("an outbox of a newer version")
    while version < SCHEMA_VERSION:
        script = (
            f"BEGIN IMMEDIATE; {_MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;"
        )
        database.executescript(script)
        version += 1


_head: Final = struct.Struct(">qdQQQ").pack
"""The row's key and time, and the length of each text: no two rows give the same bytes."""


def _signed(  # noqa: PLR0913, PLR0917  the columns
    key: int, destination: str, message_id: str, scope: str, since: float, event: bytes
) -> bytes:
    """What the code of a row covers: everything but its retry times and tries."""
    texts = [destination.encode(), message_id.encode(), scope.encode()]
    return _head(key, since, *map(len, texts)) + b"".join(texts) + event


def _has_types(row: Sequence[Any]) -> bool:
    return tuple(map(type, row)) == (int, str, str, str, float, int, bytes, bytes)


def _rows_for(database: sqlite3.Connection, destinations: Sequence[str]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(destinations))
    query = f"SELECT {_FIELDS} FROM row WHERE destination IN ({marks}) ORDER BY id LIMIT ?"  # noqa: S608  marks only
    return database.execute(query, (*destinations, ADOPTED_AT_A_TIME)).fetchall()


def _counts(database: sqlite3.Connection) -> tuple[int, int]:
    """Rows and dead letters."""
    found: tuple[int, int] = database.execute(
        "SELECT (SELECT count(*) FROM row), (SELECT count(*) FROM dead)"
    ).fetchone()
    return found


def _salvaged(database: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Every row of a damaged file that can be read, one key after the other."""
    last = 0
    for query in ("SELECT max(id) FROM row", "SELECT max(rowid) FROM row NOT INDEXED"):
        with suppress(sqlite3.Error):
            last = max(last, database.execute(query).fetchone()[0] or 0)
    query = f"SELECT {_FIELDS} FROM row WHERE id = ?"  # noqa: S608  constants
    for key in range(1, last + 1):
        with suppress(sqlite3.Error):
            yield from database.execute(query, (key,)).fetchall()


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ADOPTED_AT_A_TIME:
            yield batch
            batch = []
    yield batch


def _code_of(error: sqlite3.Error) -> str:
    """SQLite's name of an error; its text may hold a path."""
    return getattr(error, "sqlite_errorname", type(error).__name__)
