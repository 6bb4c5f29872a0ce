"""What the drop-ins cost, each side by side with the plain SDK in one run.

    python benchmarks/dropin.py [--vendor NAME] [--events N] [--pairs N]

A run is a process of its own that shares one core with the server it sends to: events are tracked
as fast as the calls return, each call timed by the clock on the wall, with the SDK's own threads
busy behind it; then all of them are waited for. Runs of the SDK and of the drop-in alternate, and
medians over the pairs count: the machine's load moves both. The policy is `product-analytics`
with the type or the values of every property written down.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stress import subjects
from stress.sink import sink
from stress.subjects import EVENT, POLICY, Options, Running

EVENTS: Final = 10_000
PAIRS: Final = 7
WARM_UP: Final = 500
CORE: Final = 0
PLAIN: Final = "plain"
DROP_IN: Final = "drop-in"

TYPED: Final[Mapping[str, Any]] = {
    **POLICY,
    "extends": ["safetrack:product-analytics"],
    "events": {**POLICY["events"], f"com.acme/{EVENT.replace(' ', '_').lower()}": {}},
}


@dataclass(frozen=True)
class Vendor:
    """An SDK and its drop-in.

    Attributes:
        make: Makes a client of either.
        home: The drop-in's module.
        has_threads: Whether the SDK sends on threads of its own, so that the caller's time has a
            goal: where it does not, the caller pays for detection as for everything else.
    """

    make: Callable[..., Running]
    home: str
    has_threads: bool = True


VENDORS: Final[Mapping[str, Vendor]] = {
    "posthog": Vendor(subjects.posthog, "safetrack.dropin.posthog"),
    "segment": Vendor(subjects.segment, "safetrack.dropin.segment"),
    "amplitude": Vendor(subjects.amplitude, "safetrack.dropin.amplitude"),
    "rudderstack": Vendor(subjects.rudder, "safetrack.dropin.rudderstack"),
    "snowplow": Vendor(subjects.snowplow, "safetrack.dropin.snowplow"),
    "mixpanel": Vendor(subjects.mixpanel, "safetrack.dropin.mixpanel", has_threads=False),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--vendor", choices=sorted(VENDORS))
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    chosen = parser.parse_args()
    subjects.give_keys()
    print(
        f"{chosen.events:,} events of 15 properties, median of {chosen.pairs} alternating pairs\n"
    )
    print(
        f"{'':22}{'p50 µs':>9}{'p99 µs':>9}{'CPU µs':>9}{'ev/s':>9}{'ev/CPU-s':>10}   drop-in ÷ plain"
    )
    for name in VENDORS:
        if chosen.vendor in (None, name):
            _compare(name, chosen.events, chosen.pairs)
    print(f"\nload average of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _compare(name: str, events: int, pairs: int) -> None:
    runs: dict[str, list[dict[str, float]]] = {PLAIN: [], DROP_IN: []}
    for _ in range(pairs):
        for kind, found in runs.items():
            found.append(_child(name, kind, events))
    for kind, found in runs.items():
        row = {key: statistics.median(run[key] for run in found) for key in found[0]}
        print(
            f"{f'{name}, {kind}':22}{row['p50']:9.1f}{row['p99']:9.0f}{row['call']:9.1f}"
            f"{row['shipped']:9,.0f}{row['per_cpu']:10,.0f}",
            end="" if kind == DROP_IN else "\n",
        )
    ratios = {key: _ratio(runs, key) for key in ("p50", "shipped", "per_cpu")}
    goal = "" if VENDORS[name].has_threads else " (no goal: the SDK has no thread)"
    print(
        f"   p50 {ratios['p50']:.2f}{goal}, events/s {ratios['shipped']:.2f}, "
        f"events/CPU-s {ratios['per_cpu']:.2f}"
    )


def _ratio(runs: Mapping[str, list[dict[str, float]]], key: str) -> float:
    pairs = zip(runs[DROP_IN], runs[PLAIN], strict=True)
    return statistics.median(ours[key] / plain[key] for ours, plain in pairs)


# Processes


def _child(name: str, kind: str, events: int) -> dict[str, float]:
    with sink(CORE) as server:
        command = ["taskset", "-c", str(CORE), sys.executable, __file__]
        command += ["--child", name, kind, str(events), server.url]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        missing = server.report().missing(range(events))
    if missing:
        raise SystemExit(f"{name}, {kind}: {missing} of {events} events never came")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _run_child(name: str, kind: str, events: str, url: str) -> None:
    subjects.silence()
    vendor = VENDORS[name]
    ours = {"home": vendor.home, "policy": TYPED} if kind == DROP_IN else {}
    client = vendor.make(Options(url), **ours)
    print(json.dumps(_measure(client, int(events))), flush=True)
    os._exit(0)


def _measure(client: Running, events: int) -> dict[str, float]:
    for number in range(WARM_UP):
        client.track(events + number)
    client.flush(60)
    clock = time.perf_counter_ns
    taken = []
    cpu, own, wall = time.process_time(), time.thread_time(), clock()
    for number in range(events):
        started = clock()
        client.track(number)
        taken.append(clock() - started)
    own = time.thread_time() - own
    client.flush(300)
    wall, cpu = clock() - wall, time.process_time() - cpu
    taken.sort()
    return {
        "p50": taken[events // 2] / 1e3,
        "p99": taken[events * 99 // 100] / 1e3,
        "call": own / events * 1e6,
        "shipped": events / wall * 1e9,
        "per_cpu": events / cpu,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _run_child(*sys.argv[2:])
    else:
        main()
