"""SIGKILL at random moments: is every event that was committed to the outbox delivered?

Each round is a process that tracks as fast as it can, tells through a pipe which events its outbox
has committed, and is killed. It also adopts what the rounds before it left, and delivers to a sink
that fails now and then, so that kills hit every stage: writing, adopting, sending, deleting.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.sink import Report, sink
from stress.subjects import EVENT, POLICY, PROPERTIES, USER, give_keys

ROUNDS: Final = 200
EVENTS: Final = 1200
"""Committed by a round before its time to be killed may come."""
FAULTS: Final = {"rate": 0.1, "seed": 1}
LONGEST: Final = 0.5
"""Seconds from then to the kill, at most."""


@dataclass(frozen=True)
class Outcome:
    """What became of the committed events of all rounds."""

    rounds: int
    committed: int
    lost: int
    strange: int
    doubled: int
    changed: int

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.committed:,} events committed: {self.lost} lost, "
            f"{self.strange} that nobody sent, {self.doubled:,} copies, {self.changed} of them "
            "with another id"
        )


def run(rounds: int = ROUNDS, events: int = EVENTS, seed: int = 1) -> Outcome:
    """Kill so many processes, then let one live and deliver the rest."""
    give_keys()
    chosen = random.Random(seed)
    committed: set[int] = set()
    with sink() as server, tempfile.TemporaryDirectory() as folder:
        server.mode(**FAULTS)
        for number in range(rounds):
            start = number * 1_000_000
            committed |= _round(start, server.url, folder, events, chosen.uniform(0, LONGEST))
        server.mode()
        _drain(server.url, folder)
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


def _round(start: int, url: str, folder: str, events: int, delay: float) -> set[int]:
    """One process; which events its outbox had committed when it was killed."""
    command = [sys.executable, __file__, "track", str(start), url, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
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


def _drain(url: str, folder: str) -> None:
    subprocess.run([sys.executable, __file__, "drain", "0", url, folder], check=True)


# In the child


def _client(url: str, folder: str, *, telling: bool) -> Any:
    from safetrack import Client
    from safetrack.event import SafeEvent
    from safetrack.keys.keyring import Keyring
    from safetrack.outbox.sqlite import SqliteOutbox

    class Telling(SqliteOutbox):
        """Tells which events are committed, once they are."""

        def put(self, destination: str, events: Sequence[SafeEvent]) -> int:
            accepted = super().put(destination, events)
            numbers = [_number(event.to_dict()) for event in events[:accepted]]
            if telling and not self.unsaved:
                os.write(1, json.dumps(numbers).encode() + b"\n")
            return accepted

    policy: Mapping[str, Any] = {
        **POLICY,
        "destinations": {"sink": {"type": "segment", "write_key": "k", "host": url}},
    }
    box = Telling(Path(folder) / "outbox", Keyring.parse(os.environ["SAFETRACK_KEYS"]))
    return Client(policy, outbox=box)


def _number(message: Mapping[str, Any]) -> int:
    number: int = message["properties"]["n"]
    return number


def _track(start: int, url: str, folder: str) -> None:
    client = _client(url, folder, telling=True)
    number = start
    while True:
        for _ in range(20):
            client.track(USER, EVENT, {**PROPERTIES, "n": number})
            number += 1
        time.sleep(0.001)


def _deliver(url: str, folder: str) -> None:
    client = _client(url, folder, telling=False)
    time.sleep(2)
    while any(one["pending"] for one in client.stats().values()):
        client.flush(5)
    client.close()


if __name__ == "__main__":
    _, what, first, to, where = sys.argv
    if what == "track":
        _track(int(first), to, where)
    else:
        _deliver(to, where)
