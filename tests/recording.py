"""Destinations of our own, that remember what reached them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from safetrack.destinations.destination import SendResult
from safetrack.event import SafeEvent

Answer = Callable[[Sequence[SafeEvent]], SendResult]


class Recorder:
    """Accepts everything, unless `answers` say otherwise for its first batches."""

    def __init__(self, *answers: SendResult | Exception, batch_size: int = 100) -> None:
        self.batch_size = batch_size
        self.batches: list[list[SafeEvent]] = []
        self.threads: set[str] = set()
        self.closed = 0
        self._answers = list(answers)
        self._lock = threading.Lock()

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        with self._lock:
            self.batches.append(list(events))
            self.threads.add(threading.current_thread().name)
            answer = self._answers.pop(0) if self._answers else SendResult()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed += 1

    @property
    def events(self) -> list[dict[str, Any]]:
        """Every event of every batch."""
        return [event.to_dict() for batch in self.batches for event in batch]

    @property
    def names(self) -> list[str]:
        """Names of the events, in the order in which they came."""
        return [event["event"] for event in self.events]


class Held(Recorder):
    """Holds its thread inside `send` until it is let go."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.entered = threading.Event()
        self.go = threading.Event()

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        self.entered.set()
        assert self.go.wait(60)
        return super().send(events)
