"""Events of the SDK, as they may leave."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, final

from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.vetted import Observed, Ready, Vetted, changed
from safetrack.dropin.snowplow.wire import Opened, Payload, closed, opened
from safetrack.event import Reason
from safetrack.vendors.snowplow import SNOWPLOW

logger = logging.getLogger("safetrack.dropin")


@final
class Sanitizing:
    """Sanitizes events of the SDK by the policy of one client.

    Args:
        guard: The policy.
        written: The pairs of an event as the vendor's SDK writes them.
    """

    def __init__(self, guard: Guard, written: Callable[[Payload], Payload] = dict) -> None:
        self.guard = guard
        self._written = written

    def vet(self, payloads: Sequence[Payload]) -> list[Ready]:
        """What may leave of events, in order, without those that may not.

        Of what was vetted by the same policy only those pairs are sanitized that somebody has
        changed since; what another policy vetted is as raw as anything else.
        """
        known = [self.knows(one) for one in payloads]
        fresh = [one for one, is_known in zip(payloads, known, strict=True) if not is_known]
        made = iter(self._made(fresh))
        done = [
            self._renewed(one) if is_known else next(made)
            for one, is_known in zip(payloads, known, strict=True)
        ]
        return [one for one in done if one is not None]

    def knows(self, payload: Payload) -> bool:
        """Whether an event was vetted by this policy before."""
        if type(payload) is Observed:
            return payload.by is self.guard and self.guard.is_observing
        return type(payload) is Vetted and self.guard.is_as(payload.by)

    def _renewed(self, payload: Any) -> Ready | None:
        """An event that this policy vetted, as it may leave now."""
        if type(payload) is Observed:
            return payload
        if payload.by is not self.guard:
            self.guard.admit()
        pairs = dict(payload)  # what is looked at is what leaves, whoever writes meanwhile
        names = changed(pairs, payload.known)
        if not names or self.guard.is_observing:
            return Vetted(payload.known, self.guard, pairs)
        again = self._again(pairs)
        if isinstance(again, Reason):
            self.guard.withhold(again)
            return None
        same = {name: value for name, value in pairs.items() if name not in names}
        return Vetted({**again, **same}, self.guard)

    def _again(self, pairs: Payload) -> Payload | Reason:
        """A changed event sanitized once more, or why it does not leave any more."""
        event = _opened(pairs)
        if event is None:
            return Reason.UNREADABLE
        clean = self.guard.again(event.message, SNOWPLOW)
        if isinstance(clean, Reason):
            return clean
        made = _closed(event, clean)
        return made if isinstance(made, Reason) else self._written(made)

    def _made(self, payloads: Sequence[Payload]) -> list[Ready | None]:
        events = [_opened(payload) for payload in payloads]
        messages = [event.message for event in events if event is not None]
        clean = iter(self.guard.clean(messages, SNOWPLOW) if messages else ())
        return [
            self._unread(payload) if event is None else self._one(payload, event, next(clean))
            for payload, event in zip(payloads, events, strict=True)
        ]

    def _one(self, payload: Payload, event: Opened, clean: dict[str, Any] | None) -> Ready | None:
        if clean is None:
            return None
        if clean is event.message:  # the guard observes: it gave back what it got
            return Observed(self._written(payload), self.guard)
        pairs = _closed(event, clean)
        if isinstance(pairs, Reason):
            self.guard.withhold(pairs)
            return None
        return Vetted(self._written(pairs), self.guard)

    def _unread(self, payload: Payload) -> Observed | None:
        """An event that could not be opened."""
        if self.guard.is_observing:
            return Observed(self._written(payload), self.guard)
        self.guard.drop(Reason.UNREADABLE)
        return None


def _opened(payload: Payload) -> Opened | None:
    try:
        return opened(payload)
    except Exception as error:  # noqa: BLE001  a payload of foreign code; nothing of it leaves
        logger.error("an event could not be read: %s", type(error).__name__)  # noqa: TRY400
    return None


def _closed(event: Opened, clean: dict[str, Any]) -> Payload | Reason:
    """An event as it is sent, or why it is not."""
    try:
        return closed(event, clean) or Reason.DETECTED
    except Exception as error:  # noqa: BLE001  it costs the event, and not its whole batch
        logger.error("an event could not be written: %s", type(error).__name__)  # noqa: TRY400
    return Reason.SANITIZER_ERROR
