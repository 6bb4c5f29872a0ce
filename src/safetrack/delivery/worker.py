"""The worker: takes raw events from the intake, sanitizes them in batches, fills the outbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from safetrack.delivery.counters import Counters
from safetrack.delivery.intake import Intake
from safetrack.delivery.listener import OnDrop, harmless
from safetrack.event import Decision, Event, Reason, SafeEvent
from safetrack.outbox.outbox import Outbox
from safetrack.pace import Pace
from safetrack.sanitize import Sanitized, Sanitizer

logger = logging.getLogger("safetrack.delivery")

BATCH: Final = 200
"""Events sanitized together: enough for language models to work in batches."""
LINGER: Final = 0.05
"""Seconds that the first event of a batch waits for others."""

Before: TypeAlias = Callable[[Event], "Event | Mapping[str, object] | None"]
"""Runs ahead of the policy on every event; None drops it."""


class Worker:
    """Turns raw events into rows of the outbox, on a thread of its own."""

    def __init__(  # noqa: PLR0913  a parameter object would only be unpacked here
        self,
        sanitizer: Sanitizer,
        outbox: Outbox,
        counters: Counters,
        destinations: Sequence[str],
        *,
        before: Before | None = None,
        on_drop: OnDrop | None = None,
        on_put: Callable[[str], None] = lambda _destination: None,
        on_done: Callable[[Sequence[Event]], None] = lambda _events: None,
    ) -> None:
        self._sanitizer = sanitizer
        self._outbox = outbox
        self._counters = counters
        self._destinations = list(destinations)
        self._before = before
        self._on_drop = harmless(on_drop) if on_drop is not None else None
        self._on_put = on_put
        self._on_done = on_done
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, intake: Intake) -> None:
        """Begin to take events. Does nothing the second time."""
        if self._thread is None:
            thread = threading.Thread(
                target=self._run, args=(intake,), name="safetrack-worker", daemon=True
            )
            thread.start()
            self._thread = thread

    def stop(self, timeout: float) -> None:
        """Finish the batch at hand."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self, intake: Intake) -> None:
        while not self._stop.is_set():
            batch = intake.take(BATCH, linger=LINGER)
            if batch:
                self.take_turn(batch)

    def take_turn(self, batch: Sequence[Event]) -> None:
        """As `process`, one batch after the other: the user's functions need no locks."""
        with self._turn:
            try:
                self.process(batch)
            except Exception as error:  # noqa: BLE001  a bug, or no memory, must not end the thread
                logger.error("a batch failed: %s", type(error).__name__)  # noqa: TRY400
                self._counters.drop_everywhere(Reason.SANITIZER_ERROR, len(batch))

    def process(self, batch: Sequence[Event]) -> list[Reason]:
        """Sanitize a batch for every destination and put it into the outbox.

        Returns:
            The reasons for all events that do not leave, for every destination.
        """
        try:
            return self._process(batch)
        finally:
            self._on_done(batch)

    def _process(self, batch: Sequence[Event]) -> list[Reason]:
        events, reasons = self._run_before(batch)
        try:
            results = self._sanitizer.process_for(events, self._destinations, give_way=Pace())
        except Exception as error:  # noqa: BLE001  nothing of the batch may leave
            logger.error("sanitizing failed: %s", type(error).__name__)  # noqa: TRY400
            self._counters.drop_everywhere(Reason.SANITIZER_ERROR, len(events))
            return [*reasons, Reason.SANITIZER_ERROR]
        for destination, done in zip(self._destinations, results, strict=True):
            reasons += self._put(destination, done)
        return reasons

    def _run_before(self, batch: Sequence[Event]) -> tuple[list[Event], list[Reason]]:
        if self._before is None:
            return list(batch), []
        events: list[Event] = []
        reasons: list[Reason] = []
        for event in batch:
            changed = _changed(self._before, event)
            if isinstance(changed, Reason):
                self._counters.drop_everywhere(changed)
                reasons.append(changed)
            else:
                events.append(changed)
        return events, reasons

    def _put(self, destination: str, results: Sequence[Sanitized]) -> list[Reason]:
        safe: list[SafeEvent] = []
        reasons: list[Reason] = []
        for done in results:
            if self._on_drop is not None:
                _tell(self._on_drop, done.decisions)
            if done.safe is None:
                reasons.append(done.reason or Reason.SANITIZER_ERROR)
            else:
                safe.append(done.safe)
        reasons += self._hand_over(destination, safe)
        for reason in reasons:
            self._counters.drop(destination, reason)
        return reasons

    def _hand_over(self, destination: str, safe: Sequence[SafeEvent]) -> list[Reason]:
        """Put events into the outbox. Returns why for each that it did not take."""
        try:
            accepted = self._outbox.put(destination, safe)
        except Exception as error:  # noqa: BLE001  an outbox's bug must not stop the worker
            logger.error("the outbox failed: %s", type(error).__name__)  # noqa: TRY400
            return [Reason.OUTBOX_FAILED] * len(safe)
        if accepted:
            self._on_put(destination)
        return [Reason.OUTBOX_FULL] * (len(safe) - accepted)


def _tell(on_drop: OnDrop, decisions: Sequence[Decision]) -> None:
    """Have the user's function hear of every value that was dropped."""
    for decision in decisions:
        if decision.action == "drop":
            on_drop(decision.reason, decision.path)


def _changed(before: Before, event: Event) -> Event | Reason:
    """What the user's function makes of an event, read anew by exact type."""
    try:
        changed = before(event)
        if changed is None:
            return Reason.BEFORE_DROPPED
        message = changed.message if type(changed) is Event else changed
        return Event(message, received_at=event.received_at)
    except BaseException:  # noqa: BLE001  cancellations too: the event does not leave
        return Reason.BEFORE_FAILED
