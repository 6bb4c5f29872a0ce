"""CPU time of sanitizing, side by side with plain Presidio in one run.

    python benchmarks/speed.py [--part events|texts|processes|memory]

Everything is CPU time of one process (`time.process_time`), but for the two processes, which are
timed by the clock on the wall. The streams are seeded (`timing/stream.py`); naive Presidio is
measured on the first events of the same streams, since it would take an hour for all.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any, Final

from timing import naive, own
from timing.quality import Comparison, compare
from timing.stream import Told, distinct, long_texts, repeating

EVENTS: Final = 1_000
NAIVE_EVENTS: Final = 60
TEXTS: Final = 24
NAIVE_TEXTS: Final = 12
WARM_RUNS: Final = 3


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=sorted(PARTS))
    chosen = parser.parse_args().part
    for name, measure in PARTS.items():
        if chosen in (None, name):
            measure()


# Streams of events


def events() -> None:
    """Both streams under both policies, and naive Presidio on the first events of each."""
    presidio = naive.engine()
    stream, new = repeating(EVENTS), distinct(EVENTS)
    _describe("repeating", stream)
    _describe("distinct", new)
    base, found = naive.analyze_values(presidio, stream[:NAIVE_EVENTS])
    base_new, found_new = naive.analyze_values(presidio, new[:NAIVE_EVENTS])
    print(f"\nnaive Presidio on the first {NAIVE_EVENTS} events of each, safetrack on {EVENTS}\n")
    print(f"{'':46}{'events/CPU-s':>13}{'x naive':>9}{'leaves kept':>13}")
    _row("naive, repeating", base, base)
    left = _cold_and_warm("unlisted: scrub", own.SCRUB, stream, base)
    _cold_and_warm("product-analytics", own.PRODUCT, stream, base)
    _row("naive, distinct", base_new, base_new)
    seconds, left_new = own.run(own.sanitizer(own.SCRUB, own.uncached()), new)
    _row("unlisted: scrub, distinct, no cache", seconds, base_new, _kept(new, left_new))
    seconds, kept = own.run(own.sanitizer(own.PRODUCT, own.uncached()), new)
    _row("product-analytics, distinct, no cache", seconds, base_new, _kept(new, kept))
    _findings("repeating", compare(stream[:NAIVE_EVENTS], found, left[:NAIVE_EVENTS]))
    _findings("distinct", compare(new[:NAIVE_EVENTS], found_new, left_new[:NAIVE_EVENTS]))


def _cold_and_warm(
    label: str, policy: dict[str, Any], stream: list[Told], base: float
) -> list[dict[str, Any]]:
    cleaner = own.sanitizer(policy)
    cold, left = own.run(cleaner, stream)
    warm = min(own.run(cleaner, stream)[0] for _ in range(WARM_RUNS))
    _row(f"{label}, repeating, cold cache", cold, base, _kept(stream, left))
    _row(f"{label}, repeating, warm cache", warm, base, _kept(stream, left))
    return left


def _row(label: str, seconds: float, base: float, kept: float | None = None) -> None:
    share = "" if kept is None else f"{kept:13.0%}"
    print(f"{label:46}{1 / seconds:13,.0f}{base / seconds:9.1f}{share}")


def _kept(stream: list[Told], left: list[dict[str, Any]]) -> float:
    """The share of property leaves of which something leaves."""
    return sum(map(len, left)) / sum(len(event.properties) for event in stream)


def _describe(name: str, stream: list[Told]) -> None:
    values = [(type(v), v) for event in stream for v in event.properties.values()]
    personal = sum(len(event.personal) - ("comment" in event.personal) for event in stream)
    texts = sum("comment" in event.properties for event in stream)
    print(
        f"{name}: {len(stream)} events, {len(values) / len(stream):.1f} properties each, "
        f"{1 - len(set(values)) / len(values):.0%} seen before, "
        f"{personal / len(values):.0%} personal fields, {texts / len(values):.0%} free text"
    )


def _findings(name: str, counts: Comparison) -> None:
    print(f"\n{name}, the naive sample: what is left of what is personal")
    for system in ("naive", "safetrack"):
        print(
            f"  {system:10} leaves {counts.left[system]:4} of {counts.personal} personal pieces, "
            f"alters {counts.altered[system]:4} of {counts.harmless} harmless strings"
        )
    missed = ", ".join(f"{entity} {n}" for entity, n in sorted(counts.missed.items()) if n)
    print(f"  found by naive Presidio and left by safetrack: {missed or 'nothing'}")


# Long texts


def texts() -> None:
    """Texts of 2,000 characters, all new, against Presidio's own batches."""
    presidio = naive.engine()
    sample = long_texts(TEXTS)
    base = naive.analyze_batch(presidio, sample[:NAIVE_TEXTS])
    cleaner = own.sanitizer(own.SCRUB, own.uncached())
    seconds = own.scrub_texts(cleaner, sample)
    print(f"\nfree text of 2,000 characters ({NAIVE_TEXTS} for Presidio, {TEXTS} for safetrack)")
    print(f"  BatchAnalyzerEngine {base * 1000:6.1f} ms of CPU a text")
    print(f"  safetrack           {seconds * 1000:6.1f} ms of CPU a text, {base / seconds:.1f}x")


# Processes


def processes() -> None:
    """The same work in one process and in two, by the clock on the wall; best of three."""
    one, two = (min(_wall(count) for _ in range(3)) for count in (1, 2))
    print("\nthe distinct stream, once a process (wall time, loading excluded, best of 3)")
    print(
        f"  1 process {one:.2f} s, 2 processes {two:.2f} s for twice the work: {2 * one / two:.2f}x"
    )
    print(f"  load average of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _wall(count: int) -> float:
    context = get_context("spawn")
    barrier = context.Barrier(count + 1)
    workers = [context.Process(target=_work, args=(barrier,)) for _ in range(count)]
    for worker in workers:
        worker.start()
    barrier.wait()
    started = time.perf_counter()
    barrier.wait()
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return seconds


def _work(barrier: Barrier) -> None:
    cleaner = own.sanitizer(own.SCRUB, own.uncached())
    stream = distinct(EVENTS // 2)
    barrier.wait()
    own.run(cleaner, stream)
    barrier.wait()


# Memory


def memory() -> None:
    """Resident memory of a process with the model, after a stream of new values."""
    child = subprocess.run(
        [sys.executable, __file__, "--part", "_memory"], capture_output=True, text=True, check=True
    )
    print(f"\nresident memory of a process: {child.stdout.strip()}")


def _measure_memory() -> None:
    cleaner = own.sanitizer(own.SCRUB)
    loaded = _resident()
    own.run(cleaner, distinct(EVENTS))
    print(f"{loaded:.0f} MB with the model loaded, {_resident():.0f} MB after {EVENTS} events")


def _resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  no path, a kernel file
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


PARTS: Final[dict[str, Callable[[], None]]] = {
    "events": events,
    "texts": texts,
    "processes": processes,
    "memory": memory,
}


if __name__ == "__main__":
    if sys.argv[1:] == ["--part", "_memory"]:
        _measure_memory()
    else:
        main()
