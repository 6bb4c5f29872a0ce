"""The sealed spool: accepted events that are not sanitized yet, encrypted, in logs on disk.

An event is appended before `track` returns, so that not even SIGKILL loses it, and counts as done
when it is in the outbox, or dropped and counted. A log that is full is followed by another, and
removed when all of it is done.

A caller never waits for the disk work of another thread: the lock that `append` takes is held for
as long as one record takes, and files are made, marked and removed outside of it.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from safetrack.event import Event
from safetrack.forking import in_children
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox.sealed.event_bytes import to_bytes
from safetrack.outbox.sealed.left import Recovered, recovered
from safetrack.outbox.sealed.log import HEADER_BYTES, OVERHEAD, PATTERN, SealedLog

logger = logging.getLogger("safetrack.outbox")

LOG_BYTES: Final = 4 << 20
"""A log of this length is followed by another."""
IDLE_BYTES: Final = 64 << 10
"""A log of this length in which nothing is left to do is replaced by an empty one."""
PATIENCE: Final = 0.2
"""Seconds that the worker waits for a call that writes. A call that a signal handler interrupted
writes on only when the handler is done, which may be waiting for the worker."""
DEFAULT_BYTES: Final = 128_000_000
"""Kept at most: twice what the queue in memory holds (contract section 3, ``queue``)."""


class SealedSpool:
    """One process's accepted events. Thread-safe; after a fork it is the parent's alone.

    Args:
        folder: Where the logs are; those that nobody owns any more can be recovered.
        keyring: The policy's keys.
        former: Other folders whose logs are recovered too: those of former keys.
        bytes: Most bytes kept on disk.

    Raises:
        OSError: A log cannot be made.
        ConfigError: The folder cannot hold one.
    """

    def __init__(
        self,
        folder: Path,
        keyring: Keyring,
        *,
        former: Sequence[Path] = (),
        bytes: int = DEFAULT_BYTES,  # noqa: A002  the policy's own word
    ) -> None:
        folders.prepare(folder)
        self._folder = folder
        self._former = tuple(former)
        self._keyring = keyring
        self._most_bytes = bytes
        self._mutex = threading.RLock()  # a signal handler may close in the midst of an append
        self._marking = threading.RLock()  # taken before the other one
        self._pid = os.getpid()
        self._logs = deque([SealedLog(folder, keyring)])
        self._logs[0].begin(0)
        self._spare: SealedLog | None = None
        self._done = 0
        self._reported: deque[int] = deque()
        self._finished: set[int] = set()
        self._foreign: set[Path] = set()
        self._closed = False
        self.unsaved = 0
        """Events that the disk, or the bound, refused: they are in memory alone."""
        _LIVE.add(self)

    def append(self, event: Event) -> None:
        """Write an event down, before its caller goes on. Never raises."""
        try:
            plain = to_bytes(event)
        except Exception:  # noqa: BLE001  it stays in memory
            plain = None
        with self._mutex:
            if self._closed or self._pid != os.getpid():
                return
            if plain is not None and self._fits(plain) and self._current().append(plain):
                event.spooled = self._logs[-1].last
                return
            self.unsaved += 1
            is_first = self.unsaved == 1
        if is_first:
            logger.warning(
                "the sealed spool is full, or the disk refuses it: events wait in memory"
            )

    def done(self, events: Iterable[Event]) -> None:
        """These are in the outbox now, or dropped and counted."""
        self._reported.extend(e.spooled for e in events if e.spooled is not None)
        with self._marking:
            if self._closed:
                return
            self._prepare_spare()
            if not self._mutex.acquire(timeout=PATIENCE):
                return  # the next time will do
            try:
                if not self._advance():
                    return
                ended = self._take_ended()
                first, done = self._logs[0], self._done
            finally:
                self._mutex.release()
            first.note(done)
            for log in ended:
                log.close(remove=True)

    @property
    def waiting(self) -> int:
        """How many events are on disk, and not done."""
        with self._mutex:
            return self._logs[-1].last - self._done - len(self._finished) - len(self._reported)

    def recover(self) -> Iterator[Recovered]:
        """Events of ended processes, some at a time; they are done when the next are asked for."""
        for place in (self._folder, *self._former):
            for path in folders.files(place, PATTERN):
                is_ours = True
                with suppress(OSError):  # another time
                    is_ours = yield from recovered(path, self._keyring)
                if not is_ours and path not in self._foreign:
                    self._foreign.add(path)
                    logger.warning("a sealed log of another key, or damaged, stays as it is")

    def close(self) -> None:
        """Let go of the logs; those that are done are removed."""
        with self._marking, self._mutex:
            if self._closed:
                return
            self._closed = True
            for log in self._logs:
                log.close(remove=log.last <= self._done)
            if self._spare is not None:
                self._spare.close(remove=True)

    def _fits(self, plain: bytes) -> bool:
        size = sum(log.size for log in self._logs)
        return size + len(plain) + OVERHEAD <= self._most_bytes

    def _current(self) -> SealedLog:
        """The log to write to: a new one when the last is full."""
        last = self._logs[-1]
        if last.size >= LOG_BYTES or last.is_spent:
            with suppress(OSError):  # then the last one grows
                self._follow(self._spare or SealedLog(self._folder, self._keyring))
        return self._logs[-1]

    def _follow(self, fresh: SealedLog) -> None:
        """Go on with another log."""
        fresh.begin(self._logs[-1].last)
        self._logs.append(fresh)
        if fresh is self._spare:
            self._spare = None

    def _advance(self) -> bool:
        """Take in what was reported. Whether all up to some higher number are done now."""
        while self._reported:
            self._finished.add(self._reported.popleft())
        before = self._done
        while self._done + 1 in self._finished:
            self._done += 1
            self._finished.remove(self._done)
        return self._done != before

    def _take_ended(self) -> list[SealedLog]:
        """The logs in which nothing is left to do."""
        last = self._logs[-1]
        is_idle = last.last == self._done and last.size > HEADER_BYTES + IDLE_BYTES
        if is_idle and self._spare is not None:
            self._follow(self._spare)
        ended = []
        while len(self._logs) > 1 and self._logs[0].last <= self._done:
            ended.append(self._logs.popleft())
        return ended

    def _prepare_spare(self) -> None:
        """Make the next log ahead of time, off the caller's thread."""
        if self._spare is None and self._logs[-1].size > HEADER_BYTES + IDLE_BYTES:
            with suppress(OSError):  # then a caller tries it
                self._spare = SealedLog(self._folder, self._keyring)

    def _leave_to_parent(self) -> None:
        self._mutex, self._marking = threading.RLock(), threading.RLock()
        if not self._closed:
            self._closed = True
            for log in (*self._logs, *([self._spare] if self._spare else [])):
                log.leave()

    def __repr__(self) -> str:
        return f"<SealedSpool {self._folder}>"


_LIVE: Final[weakref.WeakSet[SealedSpool]] = weakref.WeakSet()


in_children(_LIVE, SealedSpool._leave_to_parent)  # noqa: SLF001  the module's own
