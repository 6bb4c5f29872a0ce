"""Locks that a fork waits for, so that a child process never starts with one that nobody frees.

A thread that is loading a model, or is inside one, does not exist in the child: the child would
wait for its lock for ever, or find the model half-way through a text.
"""

from __future__ import annotations

import itertools
import logging  # noqa: F401  its own fork hook must be registered before ours
import os
import threading
from types import TracebackType
from typing import Final
from weakref import WeakValueDictionary


class ForkLock:
    """A lock that nobody holds at the moment of a fork.

    Where a thread takes several, it takes them in the order in which they were made, as forks do.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        with _MAKING:
            _LOCKS[next(_NUMBERS)] = self

    def acquire(self) -> None:
        """Wait for it."""
        self._lock.acquire()

    def release(self) -> None:
        """Let others have it."""
        self._lock.release()

    def __reduce__(self) -> tuple[type[ForkLock], tuple[()]]:
        """A copy of what holds a lock has a lock of its own, which nobody holds."""
        return type(self), ()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


_NUMBERS: Final = itertools.count()
_LOCKS: Final[WeakValueDictionary[int, ForkLock]] = WeakValueDictionary()
_MAKING: Final = threading.Lock()
"""Held while a lock is made, and during a fork."""
_forking: Final = threading.local()


def _before_fork() -> None:
    """Take all locks, also those that are made while one is waited for; then let none be made."""
    _forking.held = []
    seen = -1
    while True:
        _MAKING.acquire()
        new = [(number, lock) for number, lock in sorted(_LOCKS.items()) if number > seen]
        if not new:
            return
        _MAKING.release()
        for number, lock in new:
            lock.acquire()
            _forking.held.append(lock)
            seen = number


def _after_fork() -> None:
    _MAKING.release()
    for lock in reversed(_forking.held):
        lock.release()
    _forking.held = []


os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)
