"""Lanes: the queues of a client, and the threads that send what is in them.

The vendor's own threads never start: each lane is taken over before it has any, and makes the
ones below whenever it starts (also in a child process, after a fork).
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401  cannot be imported once the process is ending
import time
from collections.abc import Sequence
from typing import Any, Final

from posthog.capture_mode import CaptureMode
from posthog.client import _Lane
from posthog.consumer import Consumer

from safetrack.dropin.ending import ENDING
from safetrack.dropin.posthog.events import Outgoing


class SafeConsumer(Consumer):
    """A sender thread that sanitizes each batch as it takes it from the queue."""

    outgoing: Outgoing

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


LONGEST_END: Final = 10.0
"""Seconds for which a process that ends waits for what is queued, while events go out."""
PATIENCE: Final = 1.0
"""Seconds without any progress after which it ends all the same: the vendor's own limit."""


def finish(lanes: Sequence[_Lane]) -> None:
    """Let what is queued go out at the end of the process.

    The vendor allows one second in all, in which detection might not even be loaded. Here that
    much may pass without progress.
    """
    deadline = time.monotonic() + LONGEST_END
    for lane in lanes:
        lane._drain_signal.request()  # noqa: SLF001  partial batches go out at once
        try:
            _wait_while_it_drains(lane.queue, deadline)
        finally:
            lane._drain_signal.complete()  # noqa: SLF001


def _wait_while_it_drains(queue: Any, deadline: float) -> None:
    pending = 0
    while queue.unfinished_tasks and time.monotonic() < deadline:
        if queue.unfinished_tasks == pending and not ENDING.is_detecting:
            return
        pending = queue.unfinished_tasks
        with queue.all_tasks_done:
            queue.all_tasks_done.wait_for(lambda: not queue.unfinished_tasks, PATIENCE)


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
