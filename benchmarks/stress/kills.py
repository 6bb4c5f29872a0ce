"""SIGKILL at random moments: is every event that was accepted delivered?

Each round is a process that tracks as fast as it can, tells through a pipe which events have been
accepted, and is killed. Accepted is what the outbox has committed; with ``spool: sealed``, every
event for which ``track()`` has returned. The process also adopts what the rounds before it left,
and delivers to a sink that fails now and then, so that kills hit every stage: writing, adopting,
sending, deleting.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.program import deliver_all
from stress.sink import Report, sink
from stress.subjects import EVENT, POLICY, PROPERTIES, USER, give_keys

ROUNDS: Final = 200
SEALED_ROUNDS: Final = 50
EVENTS: Final = 1200
"""Accepted by a round before its time to be killed may come."""
FAULTS: Final = {"rate": 0.1, "seed": 1}
LONGEST: Final = 0.5
"""Seconds from then to the kill, at most."""


@dataclass(frozen=True)
class Outcome:
    """What became of the accepted events of all rounds."""

    rounds: int
    accepted: int
    lost: int
    strange: int
    doubled: int
    changed: int

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.accepted:,} events accepted: {self.lost} lost, "
            f"{self.strange} that nobody sent, {self.doubled:,} copies, {self.changed} of them "
            "with another id"
        )


def run(rounds: int = ROUNDS, events: int = EVENTS, *, sealed: bool = False) -> Outcome:
    """Kill so many processes, then let one live and deliver the rest."""
    give_keys()
    chosen = random.Random(1)
    spool = "sealed" if sealed else "clean"
    committed: set[int] = set()
    with sink() as server, tempfile.TemporaryDirectory() as folder:
        server.mode(**FAULTS)
        for number in range(rounds):
            start = number * 1_000_000
            task = Task(start, server.url, folder, spool)
            committed |= _round(task, events, chosen.uniform(0, LONGEST))
        server.mode()
        _drain(Task(0, server.url, folder, spool))
        return _outcome(rounds, committed, server.report())


def _outcome(rounds: int, committed: set[int], report: Report) -> Outcome:
    sent = set(report.ids)
    tracked = all(0 <= number < rounds * 1_000_000 for number in sent)
    return Outcome(
        rounds,
        len(committed),
        len(committed - sent),
        0 if tracked else sum(not 0 <= n < rounds * 1_000_000 for n in sent),
        report.doubled(),
        report.changed(),
    )


@dataclass(frozen=True)
class Task:
    """What a process is to do: the number of its first event, where to, and how it spools."""

    start: int
    url: str
    folder: str
    spool: str

    def command(self, what: str) -> list[str]:
        """What starts it."""
        return [sys.executable, __file__, what, json.dumps(asdict(self))]


def _round(task: Task, events: int, delay: float) -> set[int]:
    """One process; which events had been accepted when it was killed."""
    with subprocess.Popen(task.command("track"), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        committed: set[int] = set()
        while len(committed) < events:
            committed |= set(json.loads(process.stdout.readline()))
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
    for line in rest.splitlines():
        if line.endswith("]"):  # the kill may have cut the last one
            committed |= set(json.loads(line))
    return committed


def _drain(task: Task) -> None:
    subprocess.run(task.command("drain"), check=True)


# In the child


def _client(task: Task, *, telling: bool) -> Any:
    from safetrack import Client
    from safetrack.event import SafeEvent
    from safetrack.keys.keyring import Keyring
    from safetrack.outbox.sqlite import SqliteOutbox

    class Telling(SqliteOutbox):
        """Tells which events are committed, once they are."""

        def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
            accepted = super().put(destination, events)
            numbers = [_number(event.to_dict()) for event in events[:accepted]]
            if not self.unsaved:
                _tell(numbers)
            return accepted

    policy: Mapping[str, Any] = {
        **POLICY,
        "delivery": {"spool": task.spool, "outbox": f"{task.folder}/outbox"},
        "destinations": {"sink": {"type": "segment", "write_key": "k", "host": task.url}},
    }
    if not telling:
        return Client(policy)
    box = Telling(Path(task.folder) / "outbox", Keyring.parse(os.environ["SAFETRACK_KEYS"]))
    return Client(policy, outbox=box)


def _number(message: Mapping[str, Any]) -> int:
    number: int = message["properties"]["n"]
    return number


def _tell(numbers: list[int]) -> None:
    os.write(1, json.dumps(numbers).encode() + b"\n")


def _track(task: Task) -> None:
    sealed = task.spool == "sealed"
    client = _client(task, telling=not sealed)
    number = task.start
    while True:
        for _ in range(20):
            client.track(USER, EVENT, {**PROPERTIES, "n": number})
            number += 1
        if sealed:  # `track` has returned
            _tell(list(range(number - 20, number)))
        time.sleep(0.001)


def _deliver(task: Task) -> None:
    client = _client(task, telling=False)
    deliver_all(client, Path(task.folder) / "outbox")
    client.close()


if __name__ == "__main__":
    (_track if sys.argv[1] == "track" else _deliver)(Task(**json.loads(sys.argv[2])))
