"""The sender thread: sanitizes each batch as it is taken from the queue."""

from __future__ import annotations

import logging
import queue
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.segment_family.ready import Ready, ready
from safetrack.dropin.segment_family.sdk import Sdk
from safetrack.dropin.segment_family.watched import sending

if TYPE_CHECKING:
    from threading import Thread

    class _Vendor(Thread):
        """What the SDK's own consumer has."""

        queue: queue.Queue[Any]
        upload_size: int
        upload_interval: float

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...
        def upload(self) -> bool: ...
        def request(self, batch: Sequence[Any]) -> Any: ...
else:
    _Vendor = object

logger = logging.getLogger("safetrack.dropin")


class GuardedConsumer(_Vendor):
    """Stands before the SDK's own ``Consumer`` in a class's bases.

    Args:
        *args: As for the SDK's own.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.
        guard: The guard of the client whose queue it sends, in place of these two.
        **kwargs: As for the SDK's own.
    """

    _sdk: ClassVar[Sdk]

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        guard: Guard | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.safetrack = guard or Guard(self._sdk.vendor, policy, destination)
        self._held: deque[Ready] = deque()

    def run(self) -> None:
        """Send batches until paused, then what is left in the queue as long as it is accepted."""
        super().run()
        while (self._held or not self.queue.empty()) and self.upload():
            pass

    def upload(self) -> bool:
        """Send the next batch; a callback that fails does not end the thread."""
        try:
            return super().upload()
        except Exception as error:  # noqa: BLE001  it would be the end of all sending
            logger.error("an upload failed: %s", type(error).__name__)  # noqa: TRY400
        return False

    def next(self) -> list[Ready]:
        """The next batch, sanitized. What may not leave is done with."""
        if not self._held:
            for message in ready(self._sdk, self.safetrack, self._taken()):
                if message is None:
                    self.queue.task_done()
                else:
                    self._held.append(message)
        return self._batch()

    def request(self, batch: Sequence[Any]) -> Any:
        """Send a batch: the last hop. What is not as the guard let it out goes through it here."""
        given = ready(self._sdk, self.safetrack, batch)
        passed = [message for message in given if message is not None]
        del batch, given  # the frame of an error holds what may leave
        if not passed:
            return None
        with sending(self.safetrack, len(passed)):
            return super().request(passed)

    def _taken(self) -> list[Any]:
        """What the queue holds for one batch, waiting and stopping as the SDK does."""
        is_measured = self.safetrack.is_observing  # else what counts is what is left of it
        end = time.monotonic() + self.upload_interval
        taken: list[Any] = []
        size = 0
        while len(taken) < self.upload_size and size < self._sdk.batch_bytes:
            remaining = end - time.monotonic()
            if remaining <= 0:
                break
            try:
                message = self.queue.get(timeout=remaining)
            except queue.Empty:
                break
            taken.append(message)
            if is_measured:
                size += self._sdk.size(message) or 0
        return taken

    def _batch(self) -> list[Ready]:
        """As much of what is held as one request takes."""
        batch: list[Ready] = []
        size = 0
        while self._held and size < self._sdk.batch_bytes:
            batch.append(self._held.popleft())
            size += batch[-1].size
        return batch
