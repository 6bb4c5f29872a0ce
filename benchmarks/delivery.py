"""What delivery costs, side by side with the vendors' SDKs in one run.

    python benchmarks/delivery.py [--part calls|paced|shipped|outbox] [--pairs N]

Each measurement is a process of its own that shares one core with the server it sends to, as
client and worker do in a container with one processor. Ours and the other's alternate, and the
median over the pairs counts: the machine's load moves both. `calls` and `paced` measure each call
by the clock on the wall, with the worker busy behind it; `shipped` is the process's own CPU time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from stress.sink import sink
from stress.subjects import SUBJECTS, Options, give_keys, running

CALLS: Final = 20_000
PACED: Final = 2_000
SHIPPED: Final = 20_000
ROWS: Final = 20_000
BATCH: Final = 100
PAIRS: Final = 7
CORE: Final = 0
WARM_UP: Final = 500
VARIANTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "safetrack": {},
    "safetrack, sealed": {"spool": "sealed"},
}
"""Ours, with what is set under ``delivery``."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=sorted(PARTS))
    parser.add_argument("--pairs", type=int, default=PAIRS)
    chosen = parser.parse_args()
    give_keys()
    for name, measure in PARTS.items():
        if chosen.part in (None, name):
            measure(chosen.pairs)
    print(f"\nload average of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


# Calls


def calls(pairs: int) -> None:
    """One call after the other, as fast as it goes."""
    _table(f"track(), {CALLS:,} calls in a row, µs", "burst", CALLS, pairs)


def paced(pairs: int) -> None:
    """A call every millisecond."""
    _table(f"track(), {PACED:,} calls, one a millisecond, µs", "paced", PACED, pairs)


def _table(title: str, kind: str, count: int, pairs: int) -> None:
    found = _alternating(kind, (*VARIANTS, "segment"), count, pairs)
    print(f"\n{title} (median of {pairs} alternating runs)")
    print(f"{'':20}{'p50':>9}{'p99':>9}{'p99.9':>9}{'worst':>10}{'CPU/call':>10}   p50 x Segment's")
    base = found["segment"]
    for name, runs in found.items():
        row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        ratio = statistics.median(
            own["p50"] / other["p50"] for own, other in zip(runs, base, strict=True)
        )
        print(
            f"{name:20}{row['p50']:9.1f}{row['p99']:9.1f}{row['p99.9']:9.1f}{row['worst']:10.0f}"
            f"{row['cpu']:10.1f}   {ratio:.2f}"
        )


def _burst(track: Callable[[int], object], count: int) -> list[int]:
    clock = time.perf_counter_ns
    taken = []
    for number in range(count):
        started = clock()
        track(number)
        taken.append(clock() - started)
    return taken


def _paced(track: Callable[[int], object], count: int) -> list[int]:
    taken = []
    due = time.perf_counter()
    for number in range(count):
        due += 0.001
        time.sleep(max(due - time.perf_counter(), 0))
        started = time.perf_counter_ns()
        track(number)
        taken.append(time.perf_counter_ns() - started)
    return taken


def _measure_calls(
    how: Callable[[Callable[[int], object], int], list[int]],
) -> Callable[[Any, int], dict[str, float]]:
    def measure(client: Any, count: int) -> dict[str, float]:
        for number in range(WARM_UP):
            client.track(number)
        client.flush(60)
        used = time.thread_time()
        taken = sorted(how(client.track, count))
        used = time.thread_time() - used
        return {
            "p50": taken[count // 2] / 1e3,
            "p99": taken[count * 99 // 100] / 1e3,
            "p99.9": taken[count * 999 // 1000] / 1e3,
            "worst": taken[-1] / 1e3,
            "cpu": used / count * 1e6,
        }

    return measure


# Throughput


def shipped(pairs: int) -> None:
    """Events from the call to the server's answer."""
    names = ("safetrack", *(name for name in SUBJECTS if name != "safetrack"))
    found = _alternating("shipped", names, SHIPPED, pairs)
    print(f"\n{SHIPPED:,} events tracked and delivered (median of {pairs} alternating runs)")
    print(f"{'':20}{'ev/CPU-s':>10}{'ev/s with the sink':>20}   CPU x PostHog's")
    for name, runs in found.items():
        cpu = statistics.median(SHIPPED / run["cpu"] for run in runs)
        wall = statistics.median(SHIPPED / run["wall"] for run in runs)
        ratio = statistics.median(
            other["cpu"] / own["cpu"] for own, other in zip(runs, found["posthog"], strict=True)
        )
        print(f"{name:20}{cpu:10,.0f}{wall:20,.0f}   {ratio:.2f}")


def _measure_shipped(client: Any, count: int) -> dict[str, float]:
    for number in range(WARM_UP):
        client.track(count + number)
    client.flush(60)
    cpu, wall = time.process_time(), time.perf_counter()
    for number in range(count):
        client.track(number)
    client.flush(300)
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


# The outbox


def outbox(pairs: int) -> None:
    """Rows through the durable outbox alone."""
    runs = [_rows() for _ in range(pairs)]
    cpu = statistics.median(ROWS / cpu for cpu, _ in runs)
    wall = statistics.median(ROWS / wall for _, wall in runs)
    print(
        f"\noutbox, put + lease + ack of authenticated rows in batches of {BATCH} "
        f"(median of {pairs} runs of {ROWS:,})\n"
        f"  {cpu:,.0f} rows/CPU-s, {wall:,.0f} rows/s, best {max(ROWS / w for _, w in runs):,.0f}"
    )


def _rows() -> tuple[float, float]:
    from stress.subjects import EVENT, PROPERTIES, USER

    from safetrack.event import SafeEvent
    from safetrack.keys.generate import new_key
    from safetrack.keys.keyring import Keyring
    from safetrack.outbox.sqlite import SqliteOutbox

    message = {"type": "track", "event": EVENT, "userId": USER, "properties": dict(PROPERTIES)}
    with tempfile.TemporaryDirectory() as folder:
        box = SqliteOutbox(Path(folder) / "box", Keyring.parse(new_key()))
        batches = [
            [
                SafeEvent(
                    {**message, "messageId": f"{at}-{n}"}, message_id=f"{at}-{n}", destination="a"
                )
                for n in range(BATCH)
            ]
            for at in range(ROWS // BATCH)
        ]
        cpu, wall = time.process_time(), time.perf_counter()
        for batch in batches:
            box.put("a", batch)
            box.ack("a", [row.key for row in box.lease("a", BATCH, seconds=60)])
        spent = time.process_time() - cpu, time.perf_counter() - wall
        assert box.pending("a") == 0
        box.close()
    return spent


# Processes


def _alternating(
    kind: str, names: tuple[str, ...], count: int, pairs: int
) -> dict[str, list[dict[str, float]]]:
    """Measure each in turn, so often."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            with sink(CORE) as server, tempfile.TemporaryDirectory() as folder:
                found[name].append(_child(kind, name, count, server.url, folder))
    return found


def _child(kind: str, name: str, count: int, url: str, folder: str) -> dict[str, float]:
    command = ["taskset", "-c", str(CORE), sys.executable, __file__]
    command += ["--child", kind, name, str(count), url, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _run_child(kind: str, name: str, count: str, url: str, folder: str) -> None:
    delivery = VARIANTS.get(name, {})
    subject = name.partition(",")[0]
    client = running(subject, Options(url, Path(folder) / "outbox", delivery))
    measured = MEASURES[kind](client, int(count))
    print(json.dumps(measured), flush=True)
    os._exit(0)


MEASURES: Final[Mapping[str, Callable[[Any, int], dict[str, float]]]] = {
    "burst": _measure_calls(_burst),
    "paced": _measure_calls(_paced),
    "shipped": _measure_shipped,
}
PARTS: Final[Mapping[str, Callable[[int], None]]] = {
    "calls": calls,
    "paced": paced,
    "shipped": shipped,
    "outbox": outbox,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _run_child(*sys.argv[2:])
    else:
        main()
