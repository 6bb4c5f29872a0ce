"""One sender for each destination, so that a slow one never delays another."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Final

from safetrack.delivery.backoff import backoff
from safetrack.delivery.counters import Counters
from safetrack.delivery.listener import OnDelivered
from safetrack.destinations.destination import Destination, SendResult
from safetrack.event import Reason
from safetrack.outbox.outbox import Leased, Outbox

logger = logging.getLogger("safetrack.delivery")

LEASE: Final = 300.0
"""Seconds for which a batch is the sender's own: longer than any request may take."""
LINGER: Final = 0.2
"""Seconds that a batch which is not full waits for more."""
IDLE: Final = 1.0
OPENS_AFTER: Final = 4
"""Failures in a row after which a destination counts as down: from then on it is tried with one
event (a circuit breaker's half-open probe), until that goes through."""


class Sender:
    """Leases batches of one destination's events and sends them, on a thread of its own."""

    def __init__(  # noqa: PLR0913  a parameter object would only be unpacked here
        self,
        name: str,
        destination: Destination,
        outbox: Outbox,
        counters: Counters,
        age: float,
        *,
        on_delivered: Sequence[OnDelivered] = (),
    ) -> None:
        self.name = name
        self._destination = destination
        self._outbox = outbox
        self._counters = counters
        self._age = age
        self._on_delivered = on_delivered
        self._failures = 0
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"safetrack-{name}", daemon=True)

    def start(self) -> None:
        """Begin to send. Does nothing the second time."""
        if self._thread.ident is None:
            self._thread.start()

    def wake(self) -> None:
        """There is something new to send."""
        self._wake.set()

    def hurry(self) -> None:
        """Send what there is without waiting for more."""
        self._hurry.set()
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Finish the batch at hand, and send no other."""
        self._stop.set()
        self.hurry()

    def stop(self, timeout: float) -> None:
        """Finish the batch at hand and release the destination."""
        self.ask_to_stop()
        if self._thread.ident is not None:  # else it was never started: no event came
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self._close_destination()

    def _close_destination(self) -> None:
        try:
            self._destination.close()
        except Exception as error:  # noqa: BLE001  the caller of close() has no part in it
            logger.error("destination %s failed: %s", self.name, type(error).__name__)  # noqa: TRY400

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                pause = self._turn()
            except Exception as error:  # noqa: BLE001  an outbox's bug must not end the thread
                logger.error("the outbox failed: %s", type(error).__name__)  # noqa: TRY400
                pause = IDLE
            self._stop.wait(pause)

    def _turn(self) -> float:
        """Wait for something to send, and send it. Returns the seconds to wait before the next."""
        due = self._outbox.next_due(self.name)
        if due is None or due > 0:
            self._wake.wait(min(due or IDLE, IDLE))
            self._wake.clear()
            return 0.0
        if self._outbox.pending(self.name) < self._destination.batch_size:
            self._hurry.wait(LINGER)
        self._hurry.clear()
        return self.send_batch()

    def send_batch(self) -> float:
        """Send one batch and record what became of each event in it.

        Returns:
            Seconds to wait before the next request.
        """
        expired = self._outbox.expire(self.name, age=self._age)
        if expired:
            self._counters.drop(self.name, Reason.AGED_OUT, expired)
        limit = 1 if self._failures >= OPENS_AFTER else self._destination.batch_size
        batch = self._outbox.lease(self.name, limit, seconds=LEASE)
        lost = self._outbox.take_lost(self.name)
        if lost:
            self._counters.drop(self.name, Reason.OUTBOX_DAMAGED, lost)
        if not batch:
            return 0.0
        started = time.monotonic()
        try:
            result = self._destination.send([leased.event for leased in batch])
        except Exception as error:  # noqa: BLE001  a destination's bug must not lose the batch
            logger.error("destination %s failed: %s", self.name, type(error).__name__)  # noqa: TRY400
            result = SendResult(retry=frozenset(range(len(batch))), why="destination_error")
        return self._record(batch, result, time.monotonic() - started)

    def _record(self, batch: list[Leased], result: SendResult, seconds: float) -> float:
        rejected = [batch[at].key for at in result.rejected]
        again = [batch[at].key for at in result.retry if at not in result.rejected]
        undelivered = set(rejected) | set(again)
        delivered = [leased for leased in batch if leased.key not in undelivered]
        self._outbox.ack(self.name, [leased.key for leased in delivered])
        self._outbox.bury(self.name, rejected, Reason.REJECTED)
        if rejected:
            codes = sorted(set(result.rejected.values()))
            text = "%s refused %d events: %s"
            self._log(logging.WARNING, text, len(rejected), ", ".join(codes))
            self._counters.drop(self.name, Reason.REJECTED, len(rejected))
        if delivered:
            self._counters.deliver(self.name, len(delivered))
            self._tell(delivered, seconds)
        delay = self._put_off(batch, again, result)
        is_down = len(again) == len(batch) or result.retry_after is not None
        return delay if is_down else min(delay, IDLE)

    def _put_off(self, batch: list[Leased], again: list[int], result: SendResult) -> float:
        """Have events tried again later, and say when.

        Only a batch of which nothing was taken says that the destination is down; some events
        may well be refused for a while, such as those of one user who sends too much.
        """
        self._failures = self._failures + 1 if len(again) == len(batch) else 0
        if not again:
            return result.retry_after or 0.0
        tries = self._failures or max(leased.attempts for leased in batch)
        delay = backoff(tries, result.retry_after)
        level = logging.WARNING if tries == 1 else logging.INFO
        text = "%s: %d events could not be delivered (%s); next try in %.1f s"
        self._log(level, text, len(again), result.why or "unknown", delay)
        self._outbox.retry(self.name, again, delay=delay)
        return delay

    def _tell(self, delivered: Sequence[Leased], seconds: float) -> None:
        """Have the listeners hear how long each event took; what they raise is logged by type."""
        for listener in self._on_delivered:
            try:
                listener(self.name, [leased.age + seconds for leased in delivered])
            except Exception as error:  # noqa: BLE001  a listener's bug must not cost an event
                logger.error("a listener failed: %s", type(error).__name__)  # noqa: TRY400

    def _log(self, level: int, text: str, events: int, reason: str, *rest: float) -> None:
        """Log a text, and the same as fields for handlers that write records as data."""
        fields = {"destination": self.name, "events": events, "reason": reason}
        logger.log(level, text, self.name, events, reason, *rest, extra=fields)
