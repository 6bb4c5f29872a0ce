"""The last hop of Amplitude's SDK: a batch of events, on one of its own threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, RLock
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from amplitude import worker as vendor
from amplitude.event import BaseEvent
from amplitude.storage import InMemoryStorage

from safetrack.dropin.amplitude import message
from safetrack.dropin.amplitude.become import become
from safetrack.dropin.amplitude.configuration import without_values
from safetrack.dropin.guard import Guard
from safetrack.dropin.value_free import value_free
from safetrack.event import Reason
from safetrack.vendors.amplitude import AMPLITUDE_EVENT, CHANNELS
from safetrack.vendors.channel import channel_at


class Workers(vendor.Workers):  # type: ignore[misc]
    """The vendor's workers, which sanitize each batch before they send it.

    What retries, callbacks and logs get of an event from then on is what may leave of it.

    Attributes:
        safetrack: What the policy says.
        cleaned: Events by their identity that wait to be sent again: sanitized and counted.
    """

    safetrack: Guard
    cleaned: WeakValueDictionary[int, BaseEvent]

    @value_free
    def send(self, events: Sequence[BaseEvent]) -> None:
        """Send what may leave of a batch."""
        events = self._clean(events)
        if events:
            super().send(events)

    def setup(self, configuration: Any, storage: Any) -> None:
        """As the vendor's, with a logger that gets no values."""
        self.cleaned = WeakValueDictionary()
        super().setup(without_values(configuration), storage)

    def stop(self) -> None:
        """As the vendor's; and the thread that waits for more events ends as well."""
        super().stop()
        lock = getattr(self.storage, "lock", None)
        if lock is not None:
            with lock:
                lock.notify_all()

    def begin_anew(self) -> None:
        """In a child process, where none of the parent's threads is.

        What waits in memory is the parent's to send.
        """
        self.threads_pool = ThreadPoolExecutor(max_workers=_THREADS)
        self.consumer_lock = RLock()
        self.is_started = not self.is_active
        if isinstance(self.storage, InMemoryStorage):
            self.storage.buffer_lock_cv = Condition()
            self.storage.pull_all()

    def _clean(self, events: Sequence[BaseEvent]) -> list[BaseEvent]:
        """What may leave of a batch; while observing, the events themselves."""
        if not (self.safetrack.is_observing or self._has_channel()):
            self.safetrack.drop(Reason.UNKNOWN_CHANNEL, len(events))
            return []
        fresh = [event for event in events if not self._is_clean(event)]
        new = dict(zip(map(id, fresh), self._sanitized(fresh), strict=True))
        left = [event if self._is_clean(event) else new[id(event)] for event in events]
        return [event for event in left if event is not None]

    def _sanitized(self, events: Sequence[BaseEvent]) -> list[BaseEvent | None]:
        raw = [message.read(event) for event in events]
        joined = [message.joined_groups(one) for one in raw]
        asked = [message.without_joined(*one) for one in zip(raw, joined, strict=True)]
        messages = self.safetrack.clean(asked, AMPLITUDE_EVENT)
        if self.safetrack.is_observing:
            return [
                event if clean is not None else None
                for event, clean in zip(events, messages, strict=True)
            ]
        return [
            None if clean is None else self._written(message.with_joined(clean, kinds), event)
            for event, clean, kinds in zip(events, messages, joined, strict=True)
        ]

    def _written(self, clean: dict[str, Any], event: BaseEvent) -> BaseEvent:
        written = message.written(clean, event, self.configuration)
        self.cleaned[id(written)] = written
        return written

    def _is_clean(self, event: BaseEvent) -> bool:
        return self.cleaned.get(id(event)) is event

    def _has_channel(self) -> bool:
        path = urlsplit(self.configuration.server_url).path
        return channel_at(CHANNELS, "POST", path) is not None


def guard_workers(workers: vendor.Workers, guard: Guard) -> None:
    """Let workers sanitize what they send, also when they are set up already."""
    become(workers, Workers)
    workers.safetrack = guard
    if workers.storage is not None:
        workers.setup(workers.configuration, workers.storage)


_THREADS: Final = 16
"""As many as the vendor's own pool has."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
