"""The end of the process, while the SDKs' own threads are at work.

The SDKs send on daemon threads. One that is inside the native code of detection when the
interpreter is taken down crashes the process. So nothing new is begun by them once it ends, and
what is begun is waited for.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LONGEST: Final = 30.0
"""Seconds for which the end waits. A detection that takes longer has lost its way."""


class Ending:
    """Who is detecting, and whether the process has come to its end."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Nobody is detecting: at the start, and in a child process, which has one thread."""
        self._changed = threading.Condition()
        self._inside = 0
        self._is_over = False

    @contextmanager
    def detecting(self) -> Iterator[bool]:
        """A block that detects, if it says so: other threads than the main one may be too late."""
        with self._changed:
            may = not self._is_over or threading.current_thread() is threading.main_thread()
            self._inside += may
        try:
            yield may
        finally:
            with self._changed:
                self._inside -= may
                self._changed.notify_all()

    @property
    def is_detecting(self) -> bool:
        """Whether any thread is."""
        return self._inside > 0

    def end(self) -> None:
        """Begin nothing more, and wait for what is begun."""
        with self._changed:
            self._is_over = True
            self._changed.wait_for(lambda: not self._inside, LONGEST)


ENDING: Final = Ending()
"""Of this process. Its hook is registered before those of any client, and so runs after them."""

atexit.register(ENDING.end)
os.register_at_fork(after_in_child=ENDING.begin)
