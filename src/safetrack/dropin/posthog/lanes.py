"""Lanes: the queues of a client, and the threads that send what is in them.

The vendor's own threads never start: each lane is taken over before it has any, and makes the
ones below whenever it starts (also in a child process, after a fork).
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from posthog.capture_mode import CaptureMode
from posthog.client import _Lane
from posthog.consumer import Consumer

from safetrack.dropin.posthog.events import Outgoing
from safetrack.errors import SafetrackError

logger = logging.getLogger("safetrack.dropin")


class SafeConsumer(Consumer):
    """A sender thread that sanitizes each batch as it takes it from the queue."""

    outgoing: Outgoing
    warmed: threading.Event

    def run(self) -> None:
        """Load what detection needs, then send until the client is closed."""
        try:
            self.outgoing.guard.warm()
        except SafetrackError as error:  # events that need a search are dropped, and counted
            logger.error("detection cannot start: %s", error)  # noqa: TRY400
        self.warmed.set()
        super().run()

    def next(self) -> list[dict[str, Any]]:
        """The next events that may leave; those that may not are done with."""
        batch = super().next()
        kept = [] if self._is_blocked(batch) else self.outgoing.clean(batch)
        self._acknowledged(len(batch) - len(kept))
        return kept

    def _is_blocked(self, batch: list[dict[str, Any]]) -> bool:
        if not batch or self.capture_mode == CaptureMode.V1:
            return False
        return self.outgoing.blocks(self.endpoint, len(batch))

    def _acknowledged(self, count: int) -> None:
        for _ in range(count):
            self.queue.task_done()


class SafeLane(_Lane):
    """A lane whose threads sanitize."""

    outgoing: Outgoing

    def _start_locked(self) -> None:
        sends, self.send = self.send, False  # made, but not started
        known = len(self.consumers)
        try:
            super()._start_locked()
        finally:
            self.send = sends
        for consumer in self.consumers[known:]:
            _take_over_thread(consumer, self.outgoing)
            if sends:
                consumer.start()


def take_over(lane: Any, outgoing: Outgoing, threads: int) -> None:
    """Have a lane that was made without threads sanitize, and start it if it was to start.

    Raises:
        RuntimeError: It has threads already.
    """
    if lane.consumers:
        raise RuntimeError("a lane of the SDK was started before it could be taken over")
    lane.__class__ = SafeLane
    lane.outgoing = outgoing
    lane._thread_count = threads  # noqa: SLF001
    if lane._started:  # noqa: SLF001
        lane._started = False  # noqa: SLF001
        lane.start()


def _take_over_thread(consumer: Any, outgoing: Outgoing) -> None:
    consumer.__class__ = SafeConsumer
    consumer.outgoing = outgoing
    consumer.warmed = threading.Event()
