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
from safetrack.dropin.amplitude.configuration import without_values
from safetrack.dropin.amplitude.storage import SealedStorage
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

    def guard_with(self, guard: Guard) -> bool:
        """Send what may leave by this policy. False where that was so before."""
        if vars(self).get("safetrack") is guard:
            return False
        self.safetrack = guard
        self.cleaned = WeakValueDictionary()
        return True

    @value_free
    def send(self, events: Sequence[BaseEvent]) -> None:
        """Send what may leave of a batch."""
        if self.safetrack.is_observing or self._has_channel():
            events = self.sanitized(events)
        else:
            self.safetrack.drop(Reason.UNKNOWN_CHANNEL, len(events))
            events = []
        if events:
            super().send(events)

    def setup(self, configuration: Any, storage: Any) -> None:
        """As the vendor's, with a logger that gets no values."""
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
        own = self.storage.own if isinstance(self.storage, SealedStorage) else self.storage
        if isinstance(own, InMemoryStorage):
            own.buffer_lock_cv = Condition()
            InMemoryStorage.pull_all(own)  # the vendor's: one of the application's own may do more

    def sanitized(self, events: Sequence[BaseEvent]) -> list[BaseEvent]:
        """What may leave of events; while observing, the events themselves.

        What was sanitized before is left as it is.
        """
        known = [event for event in events if issubclass(type(event), BaseEvent)]
        if len(known) < len(events):  # whatever a storage of the application's own gives back
            self.safetrack.drop(Reason.UNREADABLE, len(events) - len(known))
        fresh = [event for event in known if not self._may_pass(event)]
        made = dict(zip(map(id, fresh), self._made(fresh), strict=True))
        left = [event if self._may_pass(event) else made[id(event)] for event in known]
        return [event for event in left if event is not None]

    def let_pass(self, event: BaseEvent) -> None:
        """Remember that an event has been sanitized, and counted."""
        self.cleaned[id(event)] = event

    def _made(self, events: Sequence[BaseEvent]) -> list[BaseEvent | None]:
        raw = [message.read(event) for event in events]
        joined = [message.joined_groups(one) for one in raw]
        asked = [message.without_joined(*one) for one in zip(raw, joined, strict=True)]
        clean = self.safetrack.clean(asked, AMPLITUDE_EVENT) if asked else []
        return [
            event if own is one else self._written(own, kinds, event)
            for event, one, kinds, own in zip(events, asked, joined, clean, strict=True)
        ]

    def _written(
        self, clean: dict[str, Any] | None, joined: Sequence[str], event: BaseEvent
    ) -> BaseEvent | None:
        if clean is None:
            return None
        written = message.written(message.with_joined(clean, joined), event, self.configuration)
        self.let_pass(written)
        return written

    def _may_pass(self, event: BaseEvent) -> bool:
        return self.cleaned.get(id(event)) is event

    def _has_channel(self) -> bool:
        path = urlsplit(self.configuration.server_url).path
        return channel_at(CHANNELS, "POST", path) is not None


_THREADS: Final = 16
"""As many as the vendor's own pool has."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
