"""Events: what every lane of a client sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from posthog.version import VERSION

from safetrack.dropin.guard import Guard
from safetrack.event import Reason
from safetrack.vendors.channel import Carries, channel_at
from safetrack.vendors.posthog import CHANNELS, NO_IP, POSTHOG_EVENT

LIBRARY: Final = "posthog-python"
"""What the SDK calls itself; some of its parts give the client another name."""


class Outgoing:
    """Makes the events of one client ready to leave.

    Attributes:
        guard: The policy.
        library: Name and version that the SDK gives itself.
    """

    def __init__(self, guard: Guard, *, is_server: bool) -> None:
        self.guard: Final = guard
        self.library = (LIBRARY, VERSION)
        self._is_server = is_server

    def clean(self, batch: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The events of a batch that may leave, as they may leave. Never raises."""
        if self.guard.is_observing:
            return [event for event in self.guard.clean(batch, POSTHOG_EVENT) if event is not None]
        cleaned = self.guard.clean(batch, POSTHOG_EVENT)
        return [self._finished(event) for event in cleaned if event is not None]

    def blocks(self, path: str, count: int) -> bool:
        """Whether a path is none for events; then as many are counted as stopped."""
        channel = channel_at(CHANNELS, "POST", path)
        if channel is not None and channel.carries is Carries.EVENTS:
            return False
        self.guard.drop(Reason.UNKNOWN_CHANNEL, count)
        return True

    def _finished(self, event: dict[str, Any]) -> dict[str, Any]:
        """Put back what the SDK says of itself, and switch off what PostHog would add."""
        own: dict[str, Any] = event.get("properties", {})
        if "distinct_id" not in event:  # the policy lets out nobody: an id of this event's own
            event["distinct_id"] = event.get("uuid", "")
            own["$process_person_profile"] = False
        own["$lib"], own["$lib_version"] = self.library
        if self._is_server:
            own["$is_server"] = True
        event["properties"] = {**own, "$geoip_disable": True, "$ip": NO_IP}
        return event
