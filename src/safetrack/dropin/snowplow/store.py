"""An event store of the application's own, which may keep its events wherever it likes."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from typing import Any, Final, final

from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.vetted import SENT_AT, Vetted
from safetrack.dropin.snowplow.wire import Payload

SEAL: Final = "safetrack"
"""The pair that says of a stored event that it was sanitized. It never leaves."""

_NOT_SEALED: Final = frozenset({SEAL, SENT_AT})
"""Pairs that come and go: the time of sending is another one at each attempt."""


@final
class SealedStore:
    """Stands before a store: sanitized events go in under a seal and are known by it again.

    Without one, what a store on disk gives back could be raw, from before the change of the
    import, and would have to be sanitized once more, which no message id and no number that has
    become text comes through unchanged.

    Args:
        store: The application's. Everything else that it has is reachable here too.
        guard: Of the emitter.
    """

    def __init__(self, store: Any, guard: Guard) -> None:
        self._store = store
        self._guard = guard

    def add_event(self, payload: Payload) -> bool:
        """Store an event; False where there is no room."""
        return bool(self._store.add_event(self._sealed(payload)))

    def get_events_batch(self) -> list[Payload]:
        """Take events to be sent."""
        return [self._unsealed(event) for event in self._store.get_events_batch()]

    def cleanup(self, batch: Sequence[Payload], need_retry: bool) -> None:  # noqa: FBT001  vendor's
        """Forget events that were sent, or keep those that were not."""
        self._store.cleanup([self._sealed(event) for event in batch], need_retry)

    def size(self) -> int:
        """How many events are stored."""
        return int(self._store.size())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _sealed(self, event: Payload) -> Payload:
        if type(event) is not Vetted:
            return dict(event)
        pairs = event.as_vetted()
        return {**pairs, SEAL: self._seal(pairs)}

    def _unsealed(self, event: Payload) -> Payload:
        bare = {key: value for key, value in event.items() if key not in _NOT_SEALED}
        seal = event.get(SEAL)
        is_own = type(seal) is str and hmac.compare_digest(seal.encode(), self._seal(bare).encode())
        if is_own:
            return Vetted(bare, self._guard)
        return {key: value for key, value in event.items() if key != SEAL}

    def _seal(self, event: Payload) -> str:
        pairs = sorted((key, value) for key, value in event.items() if key not in _NOT_SEALED)
        return self._guard.seal(json.dumps(pairs, default=str))
