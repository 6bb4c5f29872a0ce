"""Events of the SDK, as they may leave."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, final

from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.wire import Opened, Payload, closed, opened
from safetrack.event import Reason
from safetrack.vendors.snowplow import SNOWPLOW

logger = logging.getLogger("safetrack.dropin")


class Vetted(dict[str, Any]):
    """An event that has been sanitized."""


class Observed(dict[str, Any]):
    """An event as it came, which may leave so while its client observes."""


Ready: TypeAlias = Vetted | Observed
"""An event that may leave."""


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

        What has been vetted is left as it is.
        """
        ready = [self._is_ready(one) for one in payloads]
        fresh = [one for one, is_ready in zip(payloads, ready, strict=True) if not is_ready]
        made = iter(self._made(fresh))
        done = [
            one if is_ready else next(made) for one, is_ready in zip(payloads, ready, strict=True)
        ]
        return [one for one in done if isinstance(one, Ready)]

    def _is_ready(self, payload: Payload) -> bool:
        kind = type(payload)
        return kind is Vetted or (kind is Observed and self.guard.is_observing)

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
            return Observed(self._written(payload))
        pairs = _closed(event, clean)
        if isinstance(pairs, Reason):
            self.guard.withhold(pairs)
            return None
        return Vetted(self._written(pairs))

    def _unread(self, payload: Payload) -> Observed | None:
        """An event that could not be opened."""
        if self.guard.is_observing:
            return Observed(self._written(payload))
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
