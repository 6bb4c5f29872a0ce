"""Background work that does not keep the application waiting for the interpreter.

A thread that computes holds the interpreter until another one has waited for 5 ms
(`sys.getswitchinterval`), and with two such threads a call of the application waits twice as
long. Work that gives way twice a millisecond keeps that wait at half a one each.
"""

from __future__ import annotations

import time
from typing import Final

SLICE: Final = 0.0005
"""Seconds for which a thread may keep the interpreter."""


class Pace:
    """Called between two pieces of work, of one thread."""

    __slots__ = ("_since",)

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def __call__(self) -> None:
        """Let the others go first if this thread has had its time."""
        if time.perf_counter() - self._since >= SLICE:
            time.sleep(0)
            self._since = time.perf_counter()
