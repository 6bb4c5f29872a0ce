"""The books: for every destination, tracked = delivered + pending + dropped, the last by reason."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from safetrack.event import Reason

Stats: TypeAlias = dict[str, int | dict[str, int]]
"""``{"tracked": n, "delivered": n, "pending": n, "dropped": {reason: n}}``, in events."""


class Counters:
    """Counts events for each destination. Thread-safe; `wait_settled` sleeps until none pends."""

    def __init__(self, destinations: Iterable[str]) -> None:
        self._changed = threading.Condition()
        self._tracked = dict.fromkeys(destinations, 0)
        self._delivered = dict.fromkeys(self._tracked, 0)
        self._dropped: dict[str, Counter[Reason]] = {name: Counter() for name in self._tracked}

    def track(self) -> None:
        """One more event, for every destination."""
        with self._changed:
            for name in self._tracked:
                self._tracked[name] += 1

    def deliver(self, destination: str, count: int) -> None:
        """So many events have been accepted by a destination."""
        with self._changed:
            self._delivered[destination] += count
            self._changed.notify_all()

    def drop(self, destination: str, reason: Reason, count: int = 1) -> None:
        """So many events will not reach a destination."""
        with self._changed:
            self._dropped[destination][reason] += count
            self._changed.notify_all()

    def drop_everywhere(self, reason: Reason, count: int = 1) -> None:
        """So many events will reach no destination."""
        for name in self._tracked:
            self.drop(name, reason, count)

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

    def _pending(self, name: str) -> int:
        return self._tracked[name] - self._delivered[name] - self._dropped[name].total()
