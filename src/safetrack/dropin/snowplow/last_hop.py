"""The last call inside the process: what goes through here is on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local
from typing import Any, Final, final
from urllib.parse import urlsplit

from snowplow_tracker.self_describing_json import SelfDescribingJson

from safetrack.dropin.snowplow.sanitizing import Sanitizing
from safetrack.dropin.snowplow.vetted import Observed, Ready, Vetted
from safetrack.dropin.snowplow.wire import Payload
from safetrack.event import Reason
from safetrack.vendors.channel import channel_at
from safetrack.vendors.snowplow import ANONYMOUS, CHANNELS, PAYLOAD_SCHEMA


class Sending(local):
    """What each thread is sending right now: events that have been vetted."""

    def __init__(self) -> None:
        self.events: Sequence[Ready] = ()

    @contextmanager
    def now(self, events: Sequence[Ready]) -> Iterator[None]:
        """While these are being sent; callbacks may send others in between."""
        before, self.events = self.events, events
        try:
            yield
        finally:
            self.events = before


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands for the answer to a request that was not made: the SDK does not try it again."""

    status_code: int = 400


REFUSED: Final = Refused()


@final
class LastHop:
    """Stands between an emitter and ``requests``.

    Whatever an emitter sends that has not been vetted, because the application called
    `Emitter.http_post` itself or overrode what is above it, is sanitized here.

    Args:
        requester: What the vendor's emitter sends with.
        sanitizing: By the emitter's policy.
        sending: What the emitter is sending.
    """

    def __init__(self, requester: Any, sanitizing: Sanitizing, sending: Sending) -> None:
        self._requester = requester
        self._sanitizing = sanitizing
        self._guard = sanitizing.guard
        self._sending = sending

    def post(self, url: str, data: Any = None, **options: Any) -> Any:
        """Send events in a body."""
        body, count = self._body(data)
        if not count or not self._may_go("POST", url, count):
            return REFUSED
        return self._requester.post(url, data=body, **self._anonymous(options))

    def get(self, url: str, params: Any = None, **options: Any) -> Any:
        """Send an event in an address."""
        event, count = self._event(params)
        if not count or not self._may_go("GET", url, count):
            return REFUSED
        return self._requester.get(url, params=event, **self._anonymous(options))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._requester, name)

    def _event(self, given: Any) -> tuple[Any, int]:
        """An event as it may go into an address, and 1; 0 where it may not."""
        if type(given) not in _EVENTS:
            return self._unread(given)
        known = self._recalled([given]) if type(given) is dict else [given]
        vetted = self._sanitizing.vet(known)
        return (vetted[0], 1) if vetted else (None, 0)

    def _body(self, given: Any) -> tuple[Any, int]:
        """A body as it may leave, and how many events are in it."""
        sending = self._sending.events
        as_vetted = _body_of([event.as_vetted() for event in sending])
        if sending and given == as_vetted:
            return as_vetted, len(sending)
        events = _events_in(given)
        if events is None:
            return self._unread(given)
        vetted = self._sanitizing.vet(self._recalled(events))
        return given if self._guard.is_observing else _body_of(vetted), len(vetted)

    def _recalled(self, given: list[Payload]) -> list[Payload]:
        """Events, of which those that are being sent and were only made anew are known again."""
        vetted = (event for event in self._sending.events if type(event) is Vetted)
        own = {eid: event for event in vetted if (eid := _id_of(event)) is not None}
        return [
            own[eid].now(event) if type(event) is dict and (eid := _id_of(event)) in own else event
            for event in given
        ]

    def _unread(self, given: Any) -> tuple[Any, int]:
        if self._guard.is_observing:
            return given, 1
        self._guard.drop(Reason.UNREADABLE)
        return None, 0

    def _may_go(self, method: str, url: str, count: int) -> bool:
        """Whether a request goes to a place that a collector has."""
        if self._guard.is_observing or channel_at(CHANNELS, method, urlsplit(url).path):
            return True
        for _ in range(count):
            self._guard.withhold(Reason.UNKNOWN_CHANNEL)
        return False

    def _anonymous(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options of a request that asks the collector to derive nothing from it."""
        if self._guard.is_observing:
            return options
        return {**options, "headers": {**(options.get("headers") or {}), **ANONYMOUS}}


_EVENTS: Final = (dict, Vetted, Observed)


def _id_of(event: Payload) -> str | None:
    """The id of an event, as far as it is one."""
    eid = event.get("eid")
    return eid if type(eid) is str else None


def _body_of(events: Sequence[Payload]) -> str:
    return SelfDescribingJson(PAYLOAD_SCHEMA, list[Payload](events)).to_string()


def _events_in(body: Any) -> list[Payload] | None:
    """The events of a request body; None where it is none."""
    try:
        events = json.loads(body)["data"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_list = type(events) is list and all(type(event) is dict for event in events)
    return events if is_list else None
