"""Drop-in for ``snowplow_tracker.emitters``: events are sanitized before anybody gets them.

The synchronous `Emitter` sanitizes as it takes an event. `AsyncEmitter` keeps events raw in
memory and sanitizes each batch on its own thread; an event store of the application's own is
given nothing raw.
"""

from __future__ import annotations

import atexit
import inspect
import logging
import threading
import time
import weakref
from collections.abc import Sequence
from queue import Queue
from typing import Any, Final

import snowplow_tracker.emitters as vendor
from snowplow_tracker.event_store import InMemoryEventStore

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.last_hop import LastHop, Sending
from safetrack.dropin.snowplow.sanitizing import Sanitizing
from safetrack.dropin.snowplow.store import SealedStore
from safetrack.dropin.snowplow.vetted import Observed, Ready
from safetrack.dropin.snowplow.wire import Payload, frozen, written
from safetrack.dropin.value_free import value_free
from safetrack.event import Reason
from safetrack.forking import in_children

logger = logging.getLogger("safetrack.dropin")

LONGEST_EXIT: Final = 5.0
"""Seconds for which the end of the process waits for batches that were handed to a thread."""


class Emitter(vendor.Emitter):
    """As the vendor's; what its event store, its callbacks and its collector get is sanitized.

    Args:
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.

    Raises:
        PolicyError: There is no policy, or it is wrong.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.safetrack = Guard("snowplow", policy, destination)
        self._sanitizing = Sanitizing(self.safetrack, self._written)
        self._sending = Sending()
        super().__init__(*args, **kwargs)
        self.request_method: Any = LastHop(self.request_method, self._sanitizing, self._sending)
        if type(self.event_store) is not InMemoryEventStore:
            self.event_store = SealedStore(self.event_store, self.safetrack)
        _LIVE.add(self)

    @value_free
    def input(self, payload: Payload) -> None:
        """Sanitize an event and add it to the buffer, which is flushed when it is full."""
        for event in self._sanitizing.vet([payload]):
            self._add(event, payload if type(event) is Observed else event)

    @value_free
    def send_events(self, evts: Sequence[Payload]) -> None:
        """Send events; those that have not been sanitized yet, as far as they may leave."""
        events = self._sanitizing.vet(evts)
        with self._sending.now(events):
            super().send_events(list[Payload](events))

    def _written(self, event: Payload) -> Payload:
        return written(self.method, event)

    def _add(self, event: Payload, counted: Payload) -> None:
        """What the vendor's `input` does with an event once it is written."""
        with self.lock:
            if self.bytes_queued is not None:
                self.bytes_queued += len(str(counted))
            if self.event_store.add_event(event) is False:
                self._lose(event)
            if self.reached_limit():
                self.flush()

    def _lose(self, event: Payload) -> None:
        """Count an event for which the buffer had no room."""
        if isinstance(event, Ready):
            self.safetrack.withhold(Reason.QUEUE_FULL)
        else:
            self.safetrack.drop(Reason.QUEUE_FULL)

    def begin_again(self) -> None:
        """In a child process: no thread of the parent's is there to free its locks or to send.

        What is in the buffer stays in both, and has the same event ids in both.
        """
        self.lock = threading.RLock()
        ticking = self.timer.timer
        self.timer = vendor.FlushTimer(emitter=self, repeating=True)
        self.retry_timer = vendor.FlushTimer(emitter=self, repeating=False)
        if ticking is not None:
            self.set_flush_timer(ticking.interval)


class AsyncEmitter(Emitter, vendor.AsyncEmitter):
    """As the vendor's; events are sanitized on its threads, in batches.

    Args:
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.

    Raises:
        PolicyError: There is no policy, or it is wrong.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        given = _ASYNC.bind(self, *args, **kwargs).arguments
        self._thread_count: int = given.get("thread_count", 1)
        self._to_start = 0
        super().__init__(*args, policy=policy, destination=destination, **kwargs)

    @value_free
    def input(self, payload: Payload) -> None:
        """Add an event to the buffer, which is handed to a thread when it is full."""
        if type(self.event_store) is InMemoryEventStore:
            is_known = self._sanitizing.knows(payload)
            self._add(payload if is_known else frozen(self.method, payload), payload)
        else:
            super().input(payload)

    def consume(self) -> None:
        """Send what is handed over, for good: no error of a callback ends the thread."""
        while True:
            events = self.queue.get()
            try:
                self.send_events(events)
            except Exception as error:  # noqa: BLE001  the vendor's thread would end here
                logger.error("a batch was not sent: %s", type(error).__name__)  # noqa: TRY400
            finally:
                self.queue.task_done()
                del events

    def flush(self) -> None:
        """Hand the buffer to a thread."""
        with self.lock:
            while self._to_start:
                self._to_start -= 1
                threading.Thread(target=self.consume, daemon=True).start()
        super().flush()

    def begin_again(self) -> None:
        """As for an `Emitter`. The threads are started when there is something to send."""
        super().begin_again()
        waiting = list(self.queue.queue)
        self.queue = Queue()
        for batch in waiting:
            self.queue.put(batch)
        self._to_start = self._thread_count

    def finish(self, until: float) -> None:
        """Wait for the batches that a thread was handed, until a moment of the monotonic clock."""
        with self.queue.all_tasks_done:
            while self.queue.unfinished_tasks and (left := until - time.monotonic()) > 0:
                self.queue.all_tasks_done.wait(left)


_ASYNC: Final = inspect.signature(vendor.AsyncEmitter.__init__)
_LIVE: Final[weakref.WeakSet[Emitter]] = weakref.WeakSet()


def _finish() -> None:
    until = time.monotonic() + LONGEST_EXIT
    for emitter in list(_LIVE):
        if isinstance(emitter, AsyncEmitter):
            emitter.finish(until)


in_children(_LIVE, lambda emitter: emitter.begin_again())
atexit.register(_finish)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
