"""The application under test: it tracks events and ends in one of many ways.

Run as ``python program.py JSON``, in a process of its own. It prints ``tracked`` when the last
call has returned.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.subjects import Options, Running, running


@dataclass(frozen=True)
class Task:
    """What the application is to do.

    Attributes:
        subject: The client it uses.
        url: The sink.
        folder: Where ours keeps its outbox.
        ending: A key of `ENDINGS`.
        count: How many events it tracks.
        stay: Seconds that it lives on after the last call.
        delivery: The policy's section of that name, for ours.
    """

    subject: str
    url: str
    folder: str
    ending: str = "exit"
    count: int = 777
    stay: float = 0.0
    delivery: Mapping[str, Any] = field(default_factory=dict)

    def command(self) -> list[str]:
        """What starts it."""
        return [sys.executable, str(Path(__file__).resolve()), json.dumps(asdict(self))]


def track_all(client: Running, task: Task) -> None:
    """Track, say so, and live on."""
    for number in range(task.count):
        with suppress(Exception):  # some SDKs raise what their server says
            client.track(number)
    print("tracked", flush=True)
    time.sleep(task.stay)


def _run(client: Running, task: Task) -> None:
    track_all(client, task)


def _abrupt(client: Running, task: Task) -> None:
    track_all(client, task)
    os._exit(0)


def _wait(client: Running, task: Task) -> None:
    track_all(client, task)
    time.sleep(60)  # the parent sends a signal


def _handled(client: Running, task: Task) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _wait(client, task)


def _forked(client: Running, task: Task) -> None:
    """The client is made before the fork; the child uses it, stays alive for a while, and ends."""
    child = os.fork()
    if child == 0:
        track_all(client, task)
        time.sleep(5)
        os._exit(0)
    os.waitpid(child, 0)
    os._exit(0)


def _multiprocessing(client: Running, task: Task) -> None:
    """The client is made before the fork; the child of `multiprocessing` uses it and returns."""
    child = multiprocessing.get_context("fork").Process(target=track_all, args=(client, task))
    child.start()
    child.join()


def _both(client: Running, task: Task) -> None:
    """Events are pending when the process forks; both ends end normally."""
    track_all(client, task)
    child = os.fork()
    if child:
        os.waitpid(child, 0)


def _next(client: Running, task: Task) -> None:
    """The next process on the same machine: it delivers what the last one left, if it was left."""
    deliver_all(client.client, Path(task.folder))
    client.close()


def deliver_all(client: Any, folder: Path) -> None:
    """Wait until nothing is left in our outbox, or nothing has moved for a minute."""
    from safetrack.outbox.inspection import survey

    left, since = -1, time.monotonic()
    while time.monotonic() - since < 60:
        client.flush(5)
        found = survey([folder])
        waiting = sum(held.waiting for held in found.destinations.values()) + found.sealed
        if not waiting:
            return
        if waiting != left:
            left, since = waiting, time.monotonic()
        time.sleep(0.2)


ENDINGS: Final[Mapping[str, Callable[[Running, Task], None]]] = {
    "exit": _run,
    "os._exit": _abrupt,
    "SIGTERM": _wait,
    "SIGTERM, handled": _handled,
    "SIGKILL": _wait,
    "forked": _forked,
    "multiprocessing": _multiprocessing,
    "fork with pending events": _both,
    "next": _next,
}
SIGNALS: Final = {
    "SIGTERM": signal.SIGTERM,
    "SIGTERM, handled": signal.SIGTERM,
    "SIGKILL": signal.SIGKILL,
}
"""What the parent sends when all is tracked."""


def main() -> None:
    """Do what the argument says."""
    task = Task(**json.loads(sys.argv[1]))
    options = Options(task.url, Path(task.folder), task.delivery)
    ENDINGS[task.ending](running(task.subject, options), task)


if __name__ == "__main__":
    main()
