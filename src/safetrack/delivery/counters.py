"""The books: for every destination, tracked = delivered + pending + dropped, the last by reason."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from safetrack.delivery.listener import OnDrop, harmless
from safetrack.event import Reason

Stats: TypeAlias = dict[str, int | dict[str, int]]
"""``{"tracked": n, "delivered": n, "pending": n, "dropped": {reason: n}}``, in events."""


class Counters:
    """Counts events for each destination. Thread-safe; `wait_settled` sleeps until none pends.

    Args:
        destinations: Their names.
        on_drop: Hears of every event that is dropped; must not raise.
    """

    def __init__(self, destinations: Iterable[str], on_drop: OnDrop | None = None) -> None:
        self._on_drop = on_drop or harmless(None)
        self._lock = threading.RLock()  # a signal handler may flush in the midst of a call
        self._changed = threading.Condition(self._lock)
        self._tracked = 0
        """For every destination; what it has beyond that was adopted."""
        self._adopted = dict.fromkeys(destinations, 0)
        self._delivered = dict.fromkeys(self._adopted, 0)
        self._dropped: dict[str, Counter[Reason]] = {name: Counter() for name in self._adopted}

    def track(self) -> None:
        """One more event, for every destination."""
        with self._lock:
            self._tracked += 1

    def adopt(self, destination: str, count: int) -> None:
        """So many events of an ended process are this one's to deliver now."""
        with self._lock:
            self._adopted[destination] += count

    def pending(self, destination: str) -> int:
        """How many events are neither delivered nor dropped."""
        with self._lock:
            return self._pending(destination)

    def deliver(self, destination: str, count: int) -> None:
        """So many events have been accepted by a destination."""
        with self._lock:
            self._delivered[destination] += min(count, self._pending(destination))
            self._changed.notify_all()

    def drop(self, destination: str, reason: Reason, count: int = 1) -> None:
        """So many events will not reach a destination."""
        self._tell(reason, self._drop(destination, reason, count))

    def drop_everywhere(self, reason: Reason, count: int = 1) -> None:
        """So many events will reach no destination."""
        dropped = [self._drop(name, reason, count) for name in self._adopted]
        self._tell(reason, max(dropped, default=0))

    def wait_settled(self, timeout: float) -> bool:
        """Wait until nothing is pending anywhere; whether that came true in time."""
        with self._lock:
            return self._changed.wait_for(
                lambda: not any(map(self._pending, self._adopted)), timeout
            )

    def stats(self) -> dict[str, Stats]:
        """The books of every destination, at one moment."""
        with self._lock:
            return {
                name: {
                    "tracked": self._tracked + self._adopted[name],
                    "delivered": self._delivered[name],
                    "pending": self._pending(name),
                    "dropped": {reason.value: n for reason, n in self._dropped[name].items()},
                }
                for name in self._adopted
            }

    def _drop(self, destination: str, reason: Reason, count: int) -> int:
        """Never more than is pending: what a thread does after its time is counted already."""
        with self._lock:
            count = min(count, self._pending(destination))
            if count > 0:
                self._dropped[destination][reason] += count
                self._changed.notify_all()
            return max(count, 0)

    def _tell(self, reason: Reason, count: int) -> None:
        for _ in range(count):
            self._on_drop(reason, "")

    def _pending(self, name: str) -> int:
        tracked = self._tracked + self._adopted[name]
        return tracked - self._delivered[name] - self._dropped[name].total()
