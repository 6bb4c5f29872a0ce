"""The way of an event after the call: intake → worker → outbox → senders."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from safetrack.delivery.counters import Counters, Stats
from safetrack.delivery.intake import Bounds, Intake
from safetrack.delivery.listener import OnDelivered, OnDrop, harmless
from safetrack.delivery.sender import Sender
from safetrack.delivery.worker import BATCH, Before, Worker
from safetrack.destinations.destination import Destination
from safetrack.event import Event, Reason
from safetrack.outbox.outbox import Outbox
from safetrack.outbox.sealed.spool import SealedSpool
from safetrack.sanitize import Sanitizer

logger = logging.getLogger("safetrack.delivery")

STOP_SECONDS: Final = 5.0
"""How long a thread may take to finish the batch at hand."""
DRAIN_SECONDS: Final = 10.0
"""How long closing may go on sanitizing what waits, where the outbox outlives the process."""
ADOPT_SECONDS: Final = 30.0
"""How often outboxes of ended processes are looked for."""
LOOK_SECONDS: Final = 0.01
"""How often flushing asks whether they have been looked for the first time."""


@dataclass(frozen=True, slots=True)
class Route:
    """What a pipeline is made of. Called factories give every process its own.

    Attributes:
        sanitizer: The one door.
        outbox: Makes the queue in front of the destinations.
        spool: Makes what holds events that are not sanitized yet; None for memory alone.
        destinations: Makes each destination, by name.
        bounds: Of the intake.
        age: Seconds that undelivered events are kept.
        before: The user's function ahead of the policy.
        on_drop: The user's function that hears of drops.
        on_delivered: Those that hear how long events took. More may be added at any time.
    """

    sanitizer: Sanitizer
    outbox: Callable[[], Outbox]
    destinations: Mapping[str, Callable[[], Destination]]
    bounds: Bounds = field(default_factory=Bounds)
    age: float = 7 * 86_400.0
    before: Before | None = None
    on_drop: OnDrop | None = None
    on_delivered: list[OnDelivered] = field(default_factory=list)
    spool: Callable[[], SealedSpool | None] = lambda: None


class Pipeline:
    """The threads of one client in one process. Started by the first event."""

    def __init__(self, route: Route) -> None:
        self._route = route
        self._lock = threading.RLock()
        self._started = False
        self._closed = False
        self._ended = threading.Event()
        self.counters = Counters(route.destinations, harmless(route.on_drop))
        self._outbox = route.outbox()
        self._spool = route.spool()
        self._has_let_go = False
        """Of the outbox: what is put into it now is not kept."""
        self._has_looked = not self._outbox.is_durable
        self._adoption = threading.Thread(target=self._adopt, name="safetrack", daemon=True)
        self._intake = Intake(route.bounds, self._spool.append if self._spool else None)
        self._senders = {
            name: Sender(
                name,
                make(),
                self._outbox,
                self.counters,
                route.age,
                on_delivered=route.on_delivered,
            )
            for name, make in route.destinations.items()
        }
        self._worker = Worker(
            route.sanitizer,
            self._outbox,
            self.counters,
            list(self._senders),
            before=route.before,
            on_drop=route.on_drop,
            on_put=lambda name: self._senders[name].wake(),
            on_done=self._done,
        )

    def accept(self, event: Event) -> Reason | None:
        """Take an event in. Never blocks longer than the bounds say.

        Returns:
            Why it was refused, or None.
        """
        self.counters.track()
        if self._closed:
            self.counters.drop_everywhere(Reason.CLOSED)
            return Reason.CLOSED
        self._start()
        dropped = self._intake.put(event)
        if dropped:
            self.counters.drop_everywhere(Reason.QUEUE_FULL, len(dropped))
            self._done(dropped)
        return Reason.QUEUE_FULL if dropped else None

    def accept_now(self, event: Event) -> list[Reason]:
        """Sanitize an event on the caller's thread (strict mode) and queue it for delivery."""
        self.counters.track()
        if self._closed:
            self.counters.drop_everywhere(Reason.CLOSED)
            return [Reason.CLOSED]
        self._start()
        return self._worker.process([event])

    def refuse(self, reason: Reason) -> None:
        """Count an event that is not even looked at."""
        self.counters.track()
        self.counters.drop_everywhere(reason)

    def flush(self, timeout: float) -> bool:
        """Send everything; whether all was delivered or dropped in time.

        That is also what ended processes left: the first time, flushing waits until they have been
        looked for.

        A signal handler that interrupted a call may flush: waiting gives other threads the locks
        that the call holds.
        """
        deadline = time.monotonic() + timeout
        while not self._is_settled():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if not self._has_looked:  # asked for: a signal handler cannot take an Event's lock
                time.sleep(min(left, LOOK_SECONDS))
            self._intake.hurry()
            for sender in self._senders.values():
                sender.hurry()
            self._intake.wait_empty(min(left, 0.1))
            self.counters.wait_settled(min(left, 0.1))
        return True

    def _is_settled(self) -> bool:
        """Whether nothing is pending, and nothing that others left is still unknown."""
        is_complete = self._has_looked or not self._started
        return is_complete and self.counters.wait_settled(0.0)

    def close(self, timeout: float) -> bool:
        """Flush, then stop all threads. What is in no durable outbox by then is dropped."""
        with self._lock:
            if self._closed:
                return True
            self._closed = True
        settled = self.flush(timeout) if self._started else self._finish_here(timeout)
        if not settled and self._outbox.is_durable and self._spool is None:
            self._intake.wait_empty(DRAIN_SECONDS)
        self._stop_threads()
        self._count_lost()
        self._close_outbox()
        return settled

    def resume(self) -> None:
        """Begin at once, without waiting for an event, where ended processes may have left some."""
        if self._outbox.is_durable:
            self._start()

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more events."""
        return self._closed

    def stats(self) -> dict[str, Stats]:
        """The books of every destination."""
        return self.counters.stats()

    def ages(self) -> dict[str, float | None]:
        """For each destination the seconds since its oldest event in the outbox was accepted."""
        return {name: self._outbox.age(name) for name in self._senders}

    def _start(self) -> None:
        if self._started:
            return
        with self._lock:
            if not self._started:
                self._started = self._start_threads()

    def _start_threads(self) -> bool:
        """False where no thread can be started (any more): `close` does their work."""
        try:
            self._worker.start(self._intake)
            for sender in self._senders.values():
                sender.start()
            threading.Thread(target=self._warm, name="safetrack", daemon=True).start()
            if self._outbox.is_durable and self._adoption.ident is None:
                self._adoption.start()
        except RuntimeError:  # the interpreter is ending, or the system has no more threads
            return False
        return True

    def _finish_here(self, timeout: float) -> bool:
        """No thread was started, or could be: sanitize, and send in time, on the caller's own."""
        deadline = time.monotonic() + timeout
        self._intake.hurry()
        while batch := self._intake.take(BATCH, linger=0.0):
            self._worker.take_turn(batch)
            self._intake.hurry()
        for name, sender in self._senders.items():
            pause = 0.0
            while not pause and time.monotonic() < deadline and self.counters.pending(name):
                pause = sender.send_batch()
        return self.counters.wait_settled(0.0)

    def _stop_threads(self) -> None:
        self._ended.set()
        self._worker.stop(0.0)
        self._intake.hurry()
        for sender in self._senders.values():
            sender.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS  # for all of them
        self._worker.stop(STOP_SECONDS)
        for sender in self._senders.values():
            sender.stop(max(deadline - time.monotonic(), 0.0))
        if self._adoption.is_alive():
            self._adoption.join(max(deadline - time.monotonic(), 0.0))

    def _adopt(self) -> None:
        """Take over what ended processes left, now and then."""
        while not self._ended.is_set():
            try:
                self._adopt_once()
            except Exception as error:  # noqa: BLE001  an outbox's bug must not end the thread
                logger.error("the outbox failed: %s", type(error).__name__)  # noqa: TRY400
            self._has_looked = True
            self._ended.wait(ADOPT_SECONDS)

    def _adopt_once(self) -> None:
        names = list(self._senders)
        adopted = self._outbox.adopt(
            names, on_adopted=self.counters.adopt, until=self._ended.is_set
        )
        for name in adopted:
            self._senders[name].wake()
        self._recover()

    def _recover(self) -> None:
        """Sanitize what ended processes had accepted, and no more than that."""
        for left in self._spool.recover() if self._spool is not None else ():
            if self._ended.is_set():
                return  # not asked for the next, these stay for the next process
            for name in self._senders:
                self.counters.adopt(name, len(left.events) + left.damaged)
            self.counters.drop_everywhere(Reason.OUTBOX_DAMAGED, left.damaged)
            self._worker.take_turn(left.events)
            if self._has_let_go:
                return  # they came too late: not done

    def _done(self, events: Sequence[Event]) -> None:
        """These are in the outbox now, or dropped and counted."""
        if self._spool is not None:
            self._spool.done(events)

    def _warm(self) -> None:
        """Load detection while the first events wait, if the policy searches anything."""
        if not self._route.sanitizer.compiled.searches_anything():
            return
        try:
            self._route.sanitizer.warm()
        except Exception as error:  # noqa: BLE001  searched values are dropped until it works
            logger.error("detection cannot start: %s", type(error).__name__)  # noqa: TRY400

    def _count_lost(self) -> None:
        """What is pending and stays in no outbox that outlives the process is lost."""
        for name in self._senders:
            kept = self._kept(name)
            kept += self._spool.waiting if self._spool is not None else 0
            self.counters.drop(name, Reason.PROCESS_ENDED, self.counters.pending(name) - kept)

    def _kept(self, name: str) -> int:
        try:
            return self._outbox.kept(name)
        except Exception as error:  # noqa: BLE001  the caller of close() has no part in it
            logger.error("the outbox failed: %s", type(error).__name__)  # noqa: TRY400
        return 0

    def _close_outbox(self) -> None:
        self._has_let_go = True
        if self._spool is not None:
            self._spool.close()
        try:
            self._outbox.close()
        except Exception as error:  # noqa: BLE001  the caller of close() has no part in it
            logger.error("the outbox failed: %s", type(error).__name__)  # noqa: TRY400
