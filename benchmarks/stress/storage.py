"""Faults of the disk and the clock under a running client.

Whatever happens to its files, the application goes on, every event is counted, and no byte of
what the policy holds back is on the disk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.sink import Sink, sink
from stress.subjects import EVENT, POLICY, PROPERTIES, USER, give_keys

RAW: Final = "jane.miller.8812@private.example"
"""In every event, in a property that the policy drops. It must be nowhere."""
EVENTS: Final = 12_000
"""More than SQLite's page cache holds, so that damage is met."""


@dataclass(frozen=True)
class Result:
    """What came of one fault.

    Attributes:
        stats: The client's books at the end.
        arrived: Different events that the sink has got.
        raw: Files in which `RAW` was found.
    """

    stats: Mapping[str, Any]
    arrived: int
    raw: int

    @property
    def balances(self) -> bool:
        """Whether every tracked event is delivered, pending or dropped, and all delivered came."""
        books = self.stats
        ended = books["delivered"] + books["pending"] + sum(books["dropped"].values())
        return bool(books["tracked"] == ended and self.arrived >= books["delivered"])


def _nothing(_folder: Path) -> None:
    return


def _full(_folder: Path) -> None:
    """No file may grow beyond what the largest one has: as on a full disk, writes fail."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))


def _flipped(folder: Path) -> None:
    chosen = random.Random(3)
    for file in (*folder.rglob("*.db"), *folder.rglob("*.db-wal")):
        size = file.stat().st_size
        with file.open("r+b") as opened:
            for _ in range(5_000):
                opened.seek(chosen.randrange(size))
                opened.write(bytes([chosen.randrange(256)]))


def _truncated(folder: Path) -> None:
    for file in folder.rglob("*.db-wal"):
        os.truncate(file, file.stat().st_size // 2)


def _deleted(folder: Path) -> None:
    for file in folder.rglob("outbox-*"):
        file.unlink(missing_ok=True)


def _clock(step: dt.timedelta) -> Callable[[Path], None]:
    def jump(_folder: Path) -> None:
        real = time.time
        time.time = lambda: real() + step.total_seconds()

    return jump


FAULTS: Final[Mapping[str, Callable[[Path], None]]] = {
    "none": _nothing,
    "disk full": _full,
    "bit flips": _flipped,
    "log truncated": _truncated,
    "files deleted": _deleted,
    "clock + 10 years": _clock(dt.timedelta(days=3650)),
    "clock - 10 years": _clock(dt.timedelta(days=-3650)),
}


def run() -> dict[str, Result]:
    """Every fault in a process of its own."""
    give_keys()
    return {name: one(name) for name in FAULTS}


def show(results: Mapping[str, Result]) -> None:
    """Print what came of each."""
    print(f"\n{'':20}{'delivered':>10}{'arrived':>9}{'raw':>5}  books")
    for name, found in results.items():
        state = "balanced" if found.balances else "NOT BALANCED"
        print(
            f"{name:20}{found.stats['delivered']:10}{found.arrived:9}{found.raw:5}  {state}, "
            f"dropped {found.stats['dropped'] or 'none'}"
        )


def one(name: str, events: int = EVENTS) -> Result:
    """One fault, halfway through so many events."""
    with sink() as server, tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, name, server.url, folder, str(events)]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        stats = json.loads(done.stdout.splitlines()[-1])
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        raw = sum(RAW.encode() in path.read_bytes() for path in files)
        return Result(stats, len(server.report().ids), raw)


# In the child


def _main(fault: str, url: str, folder: Path, events: int) -> None:
    import safetrack

    server = Sink(url)
    server.mode(status=503)
    policy = {
        **POLICY,
        "destinations": {"sink": {"type": "segment", "write_key": "k", "host": url}},
    }
    client = safetrack.Client(policy, outbox=folder / "outbox")
    _track(client, range(events // 2))
    FAULTS[fault](folder)
    _track(client, range(events // 2, events))
    server.mode()
    client.flush(60)
    stats = client.stats()["sink"]
    client.close()
    print(json.dumps(stats), flush=True)


def _track(client: Any, numbers: range) -> None:
    for number in numbers:
        client.track(USER, EVENT, {**PROPERTIES, "n": number, "email": RAW})
    time.sleep(1)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
