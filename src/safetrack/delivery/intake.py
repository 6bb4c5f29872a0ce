"""The queue in front of the sanitizer: raw events, in memory only, bounded in count and bytes."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Literal

from safetrack.event import Event


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may wait, and who gives way when no more fits.

    Attributes:
        events: Most events waiting.
        bytes: Most bytes waiting, approximately.
        when_full: The newest is refused, the oldest is dropped, or the caller waits.
        deadline: With ``block``: the longest that a caller waits, in seconds.
    """

    events: int = 100_000
    bytes: int = 64_000_000
    when_full: Literal["drop_newest", "drop_oldest", "block"] = "drop_newest"
    deadline: float = 1.0


class Intake:
    """A bounded queue. Many threads put, one takes."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._waiting: deque[Event] = deque()
        self._bytes = 0
        self._hurry = False
        self._changed = threading.Condition()

    def put(self, event: Event) -> int:
        """Add an event.

        Returns:
            How many events had to be dropped for it: 0, or 1 (this one, or the oldest) and more.
        """
        with self._changed:
            if self._bounds.when_full == "block" and not self._fits(event):
                self._changed.wait_for(lambda: self._fits(event), self._bounds.deadline)
            dropped = self._make_room(event)
            if not self._fits(event):
                return dropped + 1
            self._waiting.append(event)
            self._bytes += event.size
            self._changed.notify_all()
            return dropped

    def take(self, limit: int, *, linger: float) -> list[Event]:
        """Up to `limit` events, oldest first.

        Waits for the first one, then up to `linger` seconds for more unless someone flushes.
        Empty when woken without any.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._hurry, 1.0)
            self._changed.wait_for(lambda: len(self._waiting) >= limit or self._hurry, linger)
            self._hurry = False
            taken = [self._waiting.popleft() for _ in range(min(limit, len(self._waiting)))]
            self._bytes -= sum(event.size for event in taken)
            self._changed.notify_all()
            return taken

    def wait_empty(self, timeout: float) -> bool:
        """Wait until nothing waits any more; whether that came true in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, timeout)

    def hurry(self) -> None:
        """Have `take` return what there is at once."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()

    def _fits(self, event: Event) -> bool:
        return (
            len(self._waiting) < self._bounds.events
            and self._bytes + event.size <= self._bounds.bytes
        )

    def _make_room(self, event: Event) -> int:
        dropped = 0
        if self._bounds.when_full == "drop_oldest" and event.size <= self._bounds.bytes:
            while self._waiting and not self._fits(event):
                self._bytes -= self._waiting.popleft().size
                dropped += 1
        return dropped
