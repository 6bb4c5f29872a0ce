"""Lanes: the queues of a client, and the threads that send what is in them.

The vendor's own threads never start: each lane is taken over before it has any, and makes the
ones below whenever it starts (also in a child process, after a fork).
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401  cannot be imported once the process is ending
import threading
import time
from collections.abc import Sequence
from typing import Any, Final

from posthog.capture_mode import CaptureMode
from posthog.client import _Lane
from posthog.consumer import Consumer

from safetrack.dropin.ending import ENDING
from safetrack.dropin.posthog.events import Outgoing


class SafeConsumer(Consumer):
    """A sender thread that sanitizes each batch as it takes it from the queue.

    What anybody else has it send is sanitized as it is sent.
    """

    outgoing: Outgoing
    _uploader: int | None = None
    """The thread that is taking a batch and sending it."""
    _ready: list[dict[str, Any]] | None = None
    """The batch that has been sanitized, of which nobody else knows yet."""

    def upload(self) -> bool:
        """Send the next batch, and say whether it was sent."""
        self._uploader = threading.get_ident()
        try:
            return bool(super().upload())
        finally:
            self._uploader = self._ready = None

    def next(self) -> list[dict[str, Any]]:
        """The next events that may leave; those that may not are done with."""
        is_sent_next = self._uploader == threading.get_ident()
        batch = super().next()
        kept = self._cleaned(batch, self._path)
        self._acknowledged(len(batch) - len(kept))
        self._ready = kept if is_sent_next else None
        return kept

    def request(self, batch: Sequence[dict[str, Any]]) -> None:
        """Send a batch."""
        passed = self._passed(batch, self._path)
        del batch  # the frame of an error holds what may leave
        if not passed:
            return
        self._ready = passed
        try:
            super().request(passed)
        finally:
            self._ready = None

    def _send(self, batch: Sequence[dict[str, Any]], path: str) -> None:
        passed = self._passed(batch, path)
        del batch  # as above
        if passed:
            super()._send(passed, path)

    @property
    def _path(self) -> str | None:
        """Where batches go; None where the SDK leaves no choice."""
        return None if self.capture_mode == CaptureMode.V1 else self.endpoint

    def _passed(self, batch: Sequence[dict[str, Any]], path: str | None) -> list[dict[str, Any]]:
        ready, self._ready = self._ready, None
        return ready if ready is not None and batch is ready else self._cleaned(list(batch), path)

    def _cleaned(self, batch: list[dict[str, Any]], path: str | None) -> list[dict[str, Any]]:
        if not batch or (path is not None and self.outgoing.blocks(path, len(batch))):
            return []
        return self.outgoing.clean(batch)

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
