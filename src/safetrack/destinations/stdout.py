"""Standard output, one JSON event a line: for trying a policy out, and for containers."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from safetrack.destinations.destination import SendResult
from safetrack.event import SafeEvent


class Stdout:
    """Writes each event as a line of JSON to whatever ``sys.stdout`` is when it sends.

    Args:
        timeout: Unused; every destination takes it.
    """

    batch_size = 100

    def __init__(self, *, timeout: float = 0) -> None:  # noqa: ARG002
        return

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Write and flush. A closed output is tried again later."""
        lines = "".join(event.to_json().decode("utf-8") + "\n" for event in events)
        try:
            sys.stdout.write(lines)
            sys.stdout.flush()
        except (OSError, ValueError):  # ValueError: the file object is closed, or not UTF-8
            return SendResult(retry=frozenset(range(len(events))))
        return SendResult()

    def close(self) -> None:
        """Standard output belongs to the application."""
