"""The ends of a process, and its beginning as a child of another.

A normal end (also `sys.exit`, and an error nobody caught) runs `atexit`. Children of
``multiprocessing`` and of Celery end without it, but have hooks of their own, which are used where
these libraries are loaded. All other ends (signals, ``os._exit``) come unannounced: what they
leave is in the outbox.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from typing import Any, Final, Protocol

from safetrack.forking import in_children

EXIT_SECONDS: Final = 2.0
"""How long the end of the process waits for the queues to drain, of all clients together."""
_FIRST: Final = 100
"""Priority among multiprocessing's finalizers: before those that take pools and queues down."""


class Ending(Protocol):
    """Something that sends in the background."""

    def close_at_exit(self, timeout: float) -> None:
        """Flush and stop; bounded, and without raising."""

    def leave_to_parent(self) -> None:
        """Begin anew in a child process: what was queued, and every thread, is the parent's."""


_LIVE: Final[set[Ending]] = set()
"""Held on to: a client that its owner forgets has events to deliver all the same."""
_hooked: set[tuple[str, int]] = set()


def watch(one: Ending) -> None:
    """Have it closed when this process ends, and begun anew in its children."""
    _LIVE.add(one)
    hook()


def forget(one: Ending) -> None:
    """It is closed, and has nothing more to end."""
    _LIVE.discard(one)


def hook() -> None:
    """Use the hooks of the libraries whose child this process is. Does nothing the second time."""
    for name, install in _HOOKS.items():
        library = sys.modules.get(name)
        if library is not None and (name, os.getpid()) not in _hooked:
            _hooked.add((name, os.getpid()))
            install(library)


def end_all(**_: object) -> None:
    """Give all of them together a bounded time to drain."""
    deadline = time.monotonic() + EXIT_SECONDS
    for one in list(_LIVE):
        one.close_at_exit(max(deadline - time.monotonic(), 0.0))


def _finalize(util: Any) -> None:
    """A child of multiprocessing; the main process has atexit, and maybe handlers that track."""
    if sys.modules["multiprocessing.process"].parent_process() is not None:
        util.Finalize(None, end_all, exitpriority=_FIRST)


def _connect(signals: Any) -> None:
    signals.worker_process_shutdown.connect(end_all, weak=False)


_HOOKS: Final = {"multiprocessing.util": _finalize, "celery.signals": _connect}


atexit.register(end_all)
in_children(_LIVE, lambda one: one.leave_to_parent())
