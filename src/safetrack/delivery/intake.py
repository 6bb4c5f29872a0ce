"""The queue in front of the sanitizer: raw events, in memory only, bounded in count and bytes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
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
    """A bounded queue. Many threads put, one takes.

    Putting is what an application waits for, so it is kept short: the taking thread is woken only
    when what it waits for is there, not by every event.

    Args:
        bounds: How much may wait.
        keep: Called with each event that is let in, in their order, before it can be taken.
    """

    def __init__(self, bounds: Bounds, keep: Callable[[Event], None] | None = None) -> None:
        self._bounds = bounds
        self._keep = keep
        self._waiting: deque[Event] = deque()
        self._bytes = 0
        self._hurry = False
        self._wanted = 0
        """As many events wake the taking thread; 0 while it does not wait."""
        self._lock = threading.RLock()  # a signal handler may flush in the midst of a put
        self._arrived = threading.Condition(self._lock)
        self._left = threading.Condition(self._lock)

    def put(self, event: Event) -> list[Event]:
        """Add an event.

        Returns:
            The events that had to be dropped for it: none, this one, or the oldest.
        """
        with self._lock:
            dropped = [] if self._fits(event) else self._make_room(event)
            if not self._fits(event):
                return [*dropped, event]
            if self._keep is not None:
                self._keep(event)
            self._waiting.append(event)
            self._bytes += event.size
            if self._wanted and len(self._waiting) >= self._wanted:
                self._arrived.notify()
            return dropped

    def take(self, limit: int, *, linger: float) -> list[Event]:
        """Up to `limit` events, oldest first.

        Waits for the first one, then up to `linger` seconds for more unless someone flushes.
        Empty when woken without any.
        """
        with self._lock:
            self._wait(1, 1.0)
            self._wait(limit, linger)
            self._hurry = False
            taken = [self._waiting.popleft() for _ in range(min(limit, len(self._waiting)))]
            self._bytes -= sum(event.size for event in taken)
            self._left.notify_all()
            return taken

    def wait_empty(self, timeout: float) -> bool:
        """Wait until nothing waits any more; whether that came true in time."""
        with self._lock:
            return self._left.wait_for(lambda: not self._waiting, timeout)

    def hurry(self) -> None:
        """Have `take` return what there is at once."""
        with self._lock:
            self._hurry = True
            self._arrived.notify()

    def _wait(self, wanted: int, timeout: float) -> None:
        self._wanted = wanted
        self._arrived.wait_for(lambda: len(self._waiting) >= wanted or self._hurry, timeout)
        self._wanted = 0

    def _fits(self, event: Event) -> bool:
        return (
            len(self._waiting) < self._bounds.events
            and self._bytes + event.size <= self._bounds.bytes
        )

    def _make_room(self, event: Event) -> list[Event]:
        """Wait for room, or drop the oldest for it, as the bounds say. Returns those dropped."""
        if self._bounds.when_full == "block":
            self._left.wait_for(lambda: self._fits(event), self._bounds.deadline)
        dropped: list[Event] = []
        if self._bounds.when_full == "drop_oldest" and event.size <= self._bounds.bytes:
            while self._waiting and not self._fits(event):
                dropped.append(self._waiting.popleft())
                self._bytes -= dropped[-1].size
        return dropped
