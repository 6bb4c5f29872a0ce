"""The queue between the sanitizer and a destination. Only `SafeEvent` goes in.

One outbox serves all destinations; rows are addressed by destination. The verbs say the
guarantee: `put` accepts, `lease` hands out without removing, and only `ack` (delivered) or `bury`
(refused for good) ends a row; a leased row whose lease runs out is handed out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from safetrack.event import Reason, SafeEvent

OnAdopted: TypeAlias = Callable[[str, int], None]
"""Called with a destination and how many rows of an ended process it has more."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A row handed out for sending.

    Attributes:
        key: By which the outbox knows it.
        event: What is to be sent.
        attempts: How often it has been handed out, this time included.
        age: Seconds since it was put.
    """

    key: int
    event: SafeEvent
    attempts: int
    age: float = 0.0


class Outbox(Protocol):
    """A queue of sanitized events for every destination. Thread-safe."""

    @property
    def is_durable(self) -> bool:
        """Whether what is pending outlives the process: it is not lost when that ends."""

    def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
        """Accept events for a destination, the first ones first.

        Returns:
            How many of them fitted; the rest are the caller's to count as dropped.
        """

    def lease(self, destination: str, limit: int, *, seconds: float) -> list[Leased]:
        """Hand out up to `limit` due rows, oldest first, for so many seconds."""

    def ack(self, destination: str, keys: Sequence[int]) -> None:
        """The destination has accepted these: forget them."""

    def retry(self, destination: str, keys: Sequence[int], *, delay: float) -> None:
        """Hand these out again, `delay` seconds from now at the earliest."""

    def bury(self, destination: str, keys: Sequence[int], reason: Reason) -> None:
        """The destination refused these for good: move them to the dead letters."""

    def expire(self, destination: str, *, age: float) -> int:
        """Forget rows older than `age` seconds. Returns how many there were."""

    def pending(self, destination: str) -> int:
        """How many rows are waiting or leased."""

    def age(self, destination: str) -> float | None:
        """Seconds since the oldest row was put; None when there is none."""

    def kept(self, destination: str) -> int:
        """How many rows outlive the process, if it ends now: the others are counted as lost."""

    def next_due(self, destination: str) -> float | None:
        """Seconds until a row can be leased (0 when one can be now); None when there is none."""

    def take_lost(self, destination: str) -> int:
        """How many accepted rows turned out to be lost (damaged) since the last call."""

    def adopt(
        self,
        destinations: Sequence[str],
        *,
        on_adopted: OnAdopted,
        until: Callable[[], bool],
    ) -> Mapping[str, int]:
        """Take over rows that ended processes left for these destinations.

        Args:
            destinations: Whose rows.
            on_adopted: Called with a destination and a number of rows before any of these can be
                leased, so that nobody's books have rows delivered that they do not know.
            until: Asked now and then; the rest stays where it is once it says True.

        Returns:
            For each destination how many there were.
        """

    def close(self) -> None:
        """Release files and handles."""
