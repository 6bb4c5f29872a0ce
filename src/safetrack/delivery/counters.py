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
        self._changed = threading.Condition()
        self._tracked = dict.fromkeys(destinations, 0)
        self._delivered = dict.fromkeys(self._tracked, 0)
        self._dropped: dict[str, Counter[Reason]] = {name: Counter() for name in self._tracked}

    def track(self) -> None:
        """One more event, for every destination."""
        with self._changed:
            for name in self._tracked:
                self._tracked[name] += 1

    def adopt(self, destination: str, count: int) -> None:
        """So many events of an ended process are this one's to deliver now."""
        with self._changed:
            self._tracked[destination] += count

    def pending(self, destination: str) -> int:
        """How many events are neither delivered nor dropped."""
        with self._changed:
            return self._pending(destination)

    def deliver(self, destination: str, count: int) -> None:
        """So many events have been accepted by a destination."""
        with self._changed:
            self._delivered[destination] += min(count, self._pending(destination))
            self._changed.notify_all()

    def drop(self, destination: str, reason: Reason, count: int = 1) -> None:
        """So many events will not reach a destination."""
        self._tell(reason, self._drop(destination, reason, count))

    def drop_everywhere(self, reason: Reason, count: int = 1) -> None:
        """So many events will reach no destination."""
        dropped = [self._drop(name, reason, count) for name in self._tracked]
        self._tell(reason, max(dropped, default=0))

    def wait_settled(self, timeout: float) -> bool:
        """Wait until nothing is pending anywhere; whether that came true in time."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(map(self._pending, self._tracked)), timeout
            )

    def stats(self) -> dict[str, Stats]:
        """The books of every destination, at one moment."""
        with self._changed:
            return {
                name: {
                    "tracked": self._tracked[name],
                    "delivered": self._delivered[name],
                    "pending": self._pending(name),
                    "dropped": {reason.value: n for reason, n in self._dropped[name].items()},
                }
                for name in self._tracked
            }

    def _drop(self, destination: str, reason: Reason, count: int) -> int:
        """Never more than is pending: what a thread does after its time is counted already."""
        with self._changed:
            count = min(count, self._pending(destination))
            if count:
                self._dropped[destination][reason] += count
                self._changed.notify_all()
            return count

    def _tell(self, reason: Reason, count: int) -> None:
        for _ in range(count):
            self._on_drop(reason, "")

    def _pending(self, name: str) -> int:
        return self._tracked[name] - self._delivered[name] - self._dropped[name].total()
