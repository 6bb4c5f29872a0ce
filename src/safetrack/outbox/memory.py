"""An outbox in memory: what is in it when the process dies is lost."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from safetrack.event import Reason, SafeEvent
from safetrack.outbox.outbox import Leased, OnAdopted

DEFAULT_ROWS: Final = 100_000
"""Rows kept for each destination; later ones are refused, and counted by the caller."""
DEFAULT_BYTES: Final = 1_000_000_000
"""Bytes kept for each destination (contract section 3, ``keep``)."""

_STALE_NOTES: Final = 1000


@dataclass(slots=True)
class _Row:
    event: SafeEvent
    size: int
    since: float
    attempts: int = 0
    due: float = 0.0


@dataclass(slots=True)
class _Rows:
    """The rows of one destination: those that can be leased now, and those that can be later."""

    held: dict[int, _Row] = field(default_factory=dict)
    ready: deque[int] = field(default_factory=deque)
    later: list[tuple[float, int]] = field(default_factory=list)
    bytes: int = 0

    def add(self, key: int, row: _Row) -> None:
        """Take a row in, ready to be leased."""
        self.held[key] = row
        self.ready.append(key)
        self.bytes += row.size

    def end(self, key: int) -> bool:
        """Forget a row. Whether it was there."""
        row = self.held.pop(key, None)
        if row is None:
            return False
        self.bytes -= row.size
        if len(self.later) > 2 * len(self.held) + _STALE_NOTES:
            self.later = [note for note in self.later if self._holds(note)]
            heapq.heapify(self.later)
        return True

    def put_off(self, key: int, due: float) -> None:
        """Have a row wait."""
        row = self.held[key]
        if row.due != due:  # else it is noted already
            row.due = due
            heapq.heappush(self.later, (due, key))

    def wake(self, now: float) -> None:
        """Move what has become due to the ready ones; forget notes that are out of date."""
        while self.later and (self.later[0][0] <= now or not self._holds(self.later[0])):
            note = heapq.heappop(self.later)
            if self._holds(note):
                self.ready.append(note[1])
        while self.ready and self.ready[0] not in self.held:
            self.ready.popleft()

    def _holds(self, note: tuple[float, int]) -> bool:
        row = self.held.get(note[1])
        return row is not None and row.due == note[0]


class MemoryOutbox:
    """Implements `safetrack.outbox.outbox.Outbox` in memory.

    Args:
        rows: Most rows kept for each destination.
        bytes: Most bytes kept for each destination, of their JSON.
        clock: Seconds, monotonic.
    """

    is_durable = False

    def __init__(
        self,
        *,
        rows: int = DEFAULT_ROWS,
        bytes: int = DEFAULT_BYTES,  # noqa: A002  the policy's own word
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_rows = rows
        self._most_bytes = bytes
        self._clock = clock
        self._lock = threading.RLock()
        self._keys = itertools.count(1)
        self._rows: defaultdict[str, _Rows] = defaultdict(_Rows)
        self.dead: dict[str, dict[Reason, int]] = {}

    def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
        """Accept events, the first ones first, as far as they fit."""
        sizes = [len(event.to_json()) for event in events]
        with self._lock:
            rows = self._rows[destination]
            accepted = 0
            for event, size in zip(events, sizes, strict=True):
                if len(rows.held) >= self._most_rows or rows.bytes + size > self._most_bytes:
                    break
                rows.add(next(self._keys), _Row(event, size, self._clock()))
                accepted += 1
            return accepted

    def lease(self, destination: str, limit: int, *, seconds: float) -> list[Leased]:
        """Hand out due rows, oldest first."""
        with self._lock:
            rows = self._rows[destination]
            now = self._clock()
            rows.wake(now)
            leased: list[Leased] = []
            while rows.ready and len(leased) < limit:
                key = rows.ready.popleft()
                row = rows.held.get(key)
                if row is not None:
                    row.attempts += 1
                    rows.put_off(key, now + seconds)
                    leased.append(Leased(key, row.event, row.attempts, now - row.since))
            return leased

    def ack(self, destination: str, keys: Sequence[int]) -> None:
        """Forget delivered rows."""
        with self._lock:
            for key in keys:
                self._rows[destination].end(key)

    def retry(self, destination: str, keys: Sequence[int], *, delay: float) -> None:
        """Hand rows out again after a while."""
        with self._lock:
            rows = self._rows[destination]
            due = self._clock() + delay
            for key in keys:
                if key in rows.held:
                    rows.put_off(key, due)

    def bury(self, destination: str, keys: Sequence[int], reason: Reason) -> None:
        """Move refused rows to the dead letters: their reasons are counted in `dead`."""
        with self._lock:
            dead = self.dead.setdefault(destination, {})
            for key in keys:
                if self._rows[destination].end(key):
                    dead[reason] = dead.get(reason, 0) + 1

    def expire(self, destination: str, *, age: float) -> int:
        """Forget rows older than `age` seconds."""
        with self._lock:
            rows = self._rows[destination]
            limit = self._clock() - age
            held = rows.held.items()  # oldest first
            old = [key for key, _ in itertools.takewhile(lambda row: row[1].since < limit, held)]
            return sum(map(rows.end, old))

    def pending(self, destination: str) -> int:
        """How many rows are waiting or leased."""
        with self._lock:
            return len(self._rows[destination].held)

    def age(self, destination: str) -> float | None:
        """Seconds since the oldest row was put; None when there is none."""
        with self._lock:
            oldest = next(iter(self._rows[destination].held.values()), None)
            return None if oldest is None else self._clock() - oldest.since

    def kept(self, destination: str) -> int:  # noqa: ARG002
        """None: they end with the process."""
        return 0

    def waiting(self, destination: str) -> list[tuple[SafeEvent, float]]:
        """Every event of a destination, leased or not, and since when it has been here."""
        with self._lock:
            return [(row.event, row.since) for row in self._rows[destination].held.values()]

    def forget(self, destination: str) -> None:
        """Let go of everything for a destination: it is somewhere else now."""
        with self._lock:
            del self._rows[destination]

    def next_due(self, destination: str) -> float | None:
        """Seconds until a row can be leased; None when there is none."""
        with self._lock:
            rows = self._rows[destination]
            now = self._clock()
            rows.wake(now)
            if rows.ready:
                return 0.0
            return rows.later[0][0] - now if rows.later else None

    def take_lost(self, destination: str) -> int:  # noqa: ARG002
        """None: memory does not rot."""
        return 0

    def adopt(
        self,
        destinations: Sequence[str],  # noqa: ARG002
        *,
        on_adopted: OnAdopted = lambda _name, _count: None,  # noqa: ARG002
        until: Callable[[], bool] = lambda: False,  # noqa: ARG002
    ) -> dict[str, int]:
        """Nothing is left of an ended process."""
        return {}

    def close(self) -> None:
        """Nothing to release."""
