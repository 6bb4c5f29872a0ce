"""An outbox in memory: what is in it when the process dies is lost."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from safetrack.event import Reason, SafeEvent
from safetrack.outbox.outbox import Leased

DEFAULT_ROWS: Final = 100_000
"""Rows kept for each destination; later ones are refused, and counted by the caller."""


@dataclass(slots=True)
class _Row:
    event: SafeEvent
    since: float
    attempts: int = 0
    due: float = 0.0


@dataclass(slots=True)
class _Rows:
    """The rows of one destination: those that can be leased now, and those that can be later."""

    held: dict[int, _Row] = field(default_factory=dict)
    ready: deque[int] = field(default_factory=deque)
    later: list[tuple[float, int]] = field(default_factory=list)


class MemoryOutbox:
    """Implements `safetrack.outbox.outbox.Outbox` in memory.

    Args:
        rows: Most rows kept for each destination.
        clock: Seconds, monotonic.
    """

    def __init__(
        self, *, rows: int = DEFAULT_ROWS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = rows
        self._clock = clock
        self._lock = threading.Lock()
        self._keys = itertools.count(1)
        self._rows: dict[str, _Rows] = {}
        self.dead: dict[str, dict[Reason, int]] = {}

    def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
        """Accept events, the first ones first, as far as they fit."""
        with self._lock:
            rows = self._rows.setdefault(destination, _Rows())
            fitting = events[: max(0, self._most - len(rows.held))]
            for event in fitting:
                key = next(self._keys)
                rows.held[key] = _Row(event, self._clock())
                rows.ready.append(key)
            return len(fitting)

    def lease(self, destination: str, limit: int, *, seconds: float) -> list[Leased]:
        """Hand out due rows, oldest first."""
        with self._lock:
            rows = self._rows.setdefault(destination, _Rows())
            now = self._clock()
            self._wake(rows, now)
            leased: list[Leased] = []
            while rows.ready and len(leased) < limit:
                key = rows.ready.popleft()
                row = rows.held.get(key)
                if row is not None:
                    row.attempts += 1
                    self._put_off(rows, key, now + seconds)
                    leased.append(Leased(key, row.event, row.attempts))
            return leased

    def ack(self, destination: str, keys: Sequence[int]) -> None:
        """Forget delivered rows."""
        with self._lock:
            for key in keys:
                self._rows[destination].held.pop(key, None)

    def retry(self, destination: str, keys: Sequence[int], *, delay: float) -> None:
        """Hand rows out again after a while."""
        with self._lock:
            rows = self._rows[destination]
            for key in keys:
                if key in rows.held:
                    self._put_off(rows, key, self._clock() + delay)

    def bury(self, destination: str, keys: Sequence[int], reason: Reason) -> None:
        """Move refused rows to the dead letters: their reasons are counted in `dead`."""
        with self._lock:
            dead = self.dead.setdefault(destination, {})
            for key in keys:
                if self._rows[destination].held.pop(key, None) is not None:
                    dead[reason] = dead.get(reason, 0) + 1

    def expire(self, destination: str, *, age: float) -> int:
        """Forget rows older than `age` seconds."""
        with self._lock:
            rows = self._rows.setdefault(destination, _Rows())
            limit = self._clock() - age
            old = [key for key, row in rows.held.items() if row.since < limit]
            for key in old:
                del rows.held[key]
            return len(old)

    def pending(self, destination: str) -> int:
        """How many rows are waiting or leased."""
        with self._lock:
            return len(self._rows.setdefault(destination, _Rows()).held)

    def next_due(self, destination: str) -> float | None:
        """Seconds until a row can be leased; None when there is none."""
        with self._lock:
            rows = self._rows.setdefault(destination, _Rows())
            now = self._clock()
            self._wake(rows, now)
            if rows.ready:
                return 0.0
            return max(0.0, rows.later[0][0] - now) if rows.held and rows.later else None

    def close(self) -> None:
        """Nothing to release."""

    @staticmethod
    def _put_off(rows: _Rows, key: int, due: float) -> None:
        rows.held[key].due = due
        heapq.heappush(rows.later, (due, key))

    @staticmethod
    def _wake(rows: _Rows, now: float) -> None:
        """Move what has become due to the front rows; skip notes that are out of date."""
        while rows.later and rows.later[0][0] <= now:
            due, key = heapq.heappop(rows.later)
            row = rows.held.get(key)
            if row is not None and row.due == due:
                rows.ready.append(key)
