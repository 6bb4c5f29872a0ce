"""Drop-in for ``snowplow_tracker.tracker``: emitters that are not safetrack's get nothing raw."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, Final

import snowplow_tracker.tracker as vendor
from snowplow_tracker.events.event import Event

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.emitters import Emitter
from safetrack.dropin.snowplow.sanitizing import Sanitizing
from safetrack.dropin.snowplow.vetted import Ready, Vetted
from safetrack.dropin.snowplow.wire import Payload, Tracked, written
from safetrack.dropin.value_free import value_free_calls


@value_free_calls
class Tracker(vendor.Tracker):
    """As the vendor's.

    safetrack's emitters sanitize for themselves, for any other emitter the tracker does. One that
    is given a policy of its own sanitizes for all its emitters, on the caller's thread.

    Args:
        policy: As for `safetrack.Client`; without one, that of its first emitter.
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
        super().__init__(*args, **kwargs)
        self._decides = policy is not None or destination is not None
        guard = None if self._decides else _guard_of(self.emitters)
        self.safetrack = guard or Guard("snowplow", policy, destination)
        self._sanitizing = Sanitizing(self.safetrack)

    def track(self, event: Event) -> str | None:
        """Give an event to all emitters; returns its id, as it is in this process."""
        pairs = self.complete_payload(event).nv_pairs
        payload = Tracked(pairs, self._constants(pairs))
        sanitized = None
        for emitter in self.emitters:
            if isinstance(emitter, Emitter) and not self._decides:
                emitter.input(payload)
                continue
            if sanitized is None:
                sanitized = self._sanitizing.vet([payload])
            for one in sanitized:
                emitter.input(_for(emitter, one, payload))
        eid: str | None = pairs.get("eid")
        return eid

    def track_ecommerce_transaction(self, *args: Any, **kwargs: Any) -> vendor.Tracker:
        """As the vendor's, which writes into the caller's items; here, into copies."""
        given = _TRANSACTION.bind(self, *args, **kwargs)
        if given.arguments.get("items"):
            given.arguments["items"] = [dict(item) for item in given.arguments["items"]]
        return super().track_ecommerce_transaction(*given.args[1:], **given.kwargs)

    def _constants(self, pairs: Payload) -> Mapping[str, str]:
        """Of an event's pairs those that are the tracker's own configuration."""
        own = self.standard_nv_pairs
        return {
            key: value
            for key in _OWN
            if type(value := own.get(key)) is str and pairs.get(key) == value
        }


_OWN: Final = ("tna", "aid")
"""Namespace and application id."""
_TRANSACTION: Final = inspect.signature(vendor.Tracker.track_ecommerce_transaction)


def _guard_of(emitters: Iterable[Any]) -> Guard | None:
    return next((one.safetrack for one in emitters if isinstance(one, Emitter)), None)


def _for(emitter: Any, event: Ready, payload: Tracked) -> Payload:
    """What an emitter is given of a sanitized event."""
    if not isinstance(emitter, Emitter):
        return dict(event)
    if type(event) is Vetted:
        return Vetted(written(emitter.method, event), emitter.safetrack)  # the tracker decides
    return payload  # nothing has been decided: the emitter's own policy does


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
