"""A long run at a steady pace against a sink with random faults: do the books and sizes hold?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.sink import sink
from stress.subjects import Options, give_keys, running

SECONDS: Final = 600.0
RATE: Final = 1_000
"""Events a second."""
FAULTS: Final = {"rate": 0.05, "seed": 7}
SAMPLE: Final = 10.0


@dataclass(frozen=True)
class Sample:
    """The process and its folder at one moment."""

    second: float
    memory: float
    disk: float
    descriptors: int
    threads: int


@dataclass(frozen=True)
class Soak:
    """The whole run.

    Attributes:
        stats: The client's books at the end.
        arrived: Different events that the sink has got.
        copies: More copies of them.
        samples: Megabytes, descriptors and threads, over time.
    """

    stats: dict[str, Any]
    arrived: int
    copies: int
    samples: list[Sample]

    @property
    def balances(self) -> bool:
        """Whether every tracked event is delivered, pending or dropped for a reason."""
        books = self.stats
        ended = books["delivered"] + books["pending"] + sum(books["dropped"].values())
        return bool(books["tracked"] == ended)


def run(seconds: float = SECONDS, rate: int = RATE) -> Soak:
    """Soak for so long."""
    give_keys()
    with sink() as server, tempfile.TemporaryDirectory() as folder:
        server.mode(**FAULTS)
        command = [sys.executable, __file__, str(seconds), str(rate), server.url, folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        report = server.report()
    samples = [Sample(*one) for one in found["samples"]]
    return Soak(found["stats"], len(report.ids), report.doubled(), samples)


def show(soak: Soak) -> None:
    """Print what came of it."""
    print(f"\nbooks: {soak.stats}; {'balanced' if soak.balances else 'NOT BALANCED'}")
    print(f"arrived: {soak.arrived:,} events, {soak.copies:,} copies more")
    print(f"{'second':>8}{'memory MB':>12}{'disk MB':>10}{'files':>8}{'threads':>9}")
    for one in soak.samples:
        print(
            f"{one.second:8.0f}{one.memory:12.1f}{one.disk:10.2f}{one.descriptors:8}{one.threads:9}"
        )


# In the child


def _sample(started: float, folder: Path) -> tuple[float, float, float, int, int]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return (
        time.monotonic() - started,
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        sum(sizes) / 1e6,
        len(os.listdir("/proc/self/fd")),  # noqa: PTH208  a kernel folder
        len(os.listdir("/proc/self/task")),  # noqa: PTH208  a kernel folder
    )


def _soak(seconds: float, rate: int, url: str, folder: Path) -> None:
    client = running("safetrack", Options(url, folder / "outbox"))
    started = time.monotonic()
    samples, number = [], 0
    due = SAMPLE / 2
    while (passed := time.monotonic() - started) < seconds:
        while number < passed * rate:
            client.track(number)
            number += 1
        if passed >= due:
            samples.append(_sample(started, folder))
            due += max(SAMPLE, seconds / 12)
        time.sleep(0.005)
    client.flush(120)
    stats = client.client.stats()["sink"]
    samples.append(_sample(started, folder))
    client.close()
    print(json.dumps({"stats": stats, "samples": samples}), flush=True)


if __name__ == "__main__":
    _soak(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
