"""A storage of the application's own, which may keep its events wherever it likes."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, Final, final

from amplitude import event as events
from amplitude import storage as vendor
from amplitude.event import BaseEvent

if TYPE_CHECKING:
    from safetrack.dropin.amplitude.worker import Workers

SEAL: Final = "_safetrack_seal"
"""The attribute that says of a stored event that it was sanitized. It never leaves."""


@final
class SealedStorage(vendor.Storage):  # type: ignore[misc]
    """Stands before a storage: events go in sanitized, under a seal, and are known by it again.

    What comes out without one (from before the change of the import, or because the storage keeps
    less than the whole event) is raw until it is sent.

    Args:
        own: The application's. Everything else that it has is reachable here too.
        workers: Who sanitizes and sends.

    Attributes:
        own: The application's.
    """

    def __init__(self, own: Any, workers: Workers) -> None:
        self.own = own
        self._workers = workers

    def push(self, event: BaseEvent, *more: Any, **named: Any) -> Any:
        """Store what may leave of an event."""
        if self._workers.safetrack.is_observing:
            return self.own.push(event, *more, **named)
        clean = self._workers.sanitized([event])
        if not clean:
            return True, None  # as when it was stored: there is nothing to call back about
        vars(clean[0])[SEAL] = self._seal(clean[0])
        return self.own.push(clean[0], *more, **named)

    def pull(self, batch_size: int) -> list[BaseEvent]:
        """Take events to be sent."""
        return [self._opened(event) for event in self.own.pull(batch_size)]

    def pull_all(self) -> list[BaseEvent]:
        """Take all events."""
        return [self._opened(event) for event in self.own.pull_all()]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def _opened(self, event: BaseEvent) -> BaseEvent:
        is_the_vendors = type(event).__module__ == events.__name__  # whose code may be run
        seal = vars(event).pop(SEAL, None) if is_the_vendors else None
        if type(seal) is str and hmac.compare_digest(seal.encode(), self._seal(event).encode()):
            self._workers.let_pass(event)
        return event

    def _seal(self, event: BaseEvent) -> str:
        body = json.dumps(event.get_event_body(), sort_keys=True, default=str)
        return self._workers.safetrack.seal(body)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
