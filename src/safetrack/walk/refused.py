"""How a walk ends early."""

from __future__ import annotations

from safetrack.event import Reason


class EventRefused(Exception):  # noqa: N818  not an error: the event is dropped, and counted
    """Ends the walk: the whole event does not leave. Holds a reason only."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)
