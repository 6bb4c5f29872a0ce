"""The seam between delivery and a provider: encode is pure, `send` answers per event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from safetrack.event import SafeEvent


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one batch, by position in it.

    Attributes:
        retry: Positions to send again.
        rejected: Position to why the provider refused it for good, as a short code such as
            ``http_400`` (never the provider's own text, which may echo the event).
        retry_after: Seconds the provider asks to wait before the next request; None if it does not.
        why: Why those are to be sent again, as a short code such as ``http_503`` or ``timeout``.

    Every position in neither is delivered.
    """

    retry: frozenset[int] = frozenset()
    rejected: Mapping[int, str] = field(default_factory=dict)
    retry_after: float | None = None
    why: str = ""


class Destination(Protocol):
    """One provider. Used by one sender thread at a time; never retries by itself."""

    @property
    def batch_size(self) -> int:
        """The most events that one `send` may carry."""

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Deliver one batch. Never raises for what a provider or a network can do."""

    def close(self) -> None:
        """Release connections and handles."""
