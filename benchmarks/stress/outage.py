"""Two destinations, one of them down: does the other one get its events as fast as before?"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from stress.sink import sink
from stress.subjects import EVENT, POLICY, PROPERTIES, USER, give_keys

PAIRS: Final = 9
BATCHES: Final = 15
BATCH: Final = 100
DOWN: Final = {"status": 503}


@dataclass(frozen=True)
class Pair:
    """Median seconds from the first call of a batch to its delivery at the healthy destination."""

    well: float
    down: float


def run(pairs: int = PAIRS) -> list[Pair]:
    """Alternate runs with the other destination well and down."""
    give_keys()
    return [Pair(_latency(well=True), _latency(well=False)) for _ in range(pairs)]


def ratio(pairs: list[Pair]) -> float:
    """The median over the pairs of how much slower the healthy one got."""
    return statistics.median(pair.down / pair.well for pair in pairs)


def show(pairs: list[Pair]) -> None:
    """Print the pairs."""
    for pair in pairs:
        print(f"  other well {pair.well * 1e3:6.1f} ms, down {pair.down * 1e3:6.1f} ms")
    print(f"median ratio {ratio(pairs):.2f}")


def _latency(*, well: bool) -> float:
    with sink() as one, sink() as other, tempfile.TemporaryDirectory() as folder:
        other.mode(**({} if well else DOWN))
        command = [sys.executable, __file__, one.url, other.url, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return statistics.median(json.loads(done.stdout.splitlines()[-1]))


def _measure(one: str, other: str, folder: str) -> list[float]:
    import safetrack

    form = {"type": "segment", "write_key": "k"}
    places = {"one": {**form, "host": one}, "other": {**form, "host": other}}
    client = safetrack.Client({**POLICY, "destinations": places}, outbox=Path(folder) / "outbox")
    taken = []
    for batch in range(BATCHES + 1):
        started = time.perf_counter()
        for number in range(BATCH):
            client.track(USER, EVENT, {**PROPERTIES, "n": number})
        while client.stats()["one"]["delivered"] < (batch + 1) * BATCH:
            time.sleep(0.0005)
        taken.append(time.perf_counter() - started)
    return taken[1:]


if __name__ == "__main__":
    print(json.dumps(_measure(*sys.argv[1:])), flush=True)
    os._exit(0)
