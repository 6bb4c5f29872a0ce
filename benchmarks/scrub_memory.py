"""Peak memory and speed of ``safetrack scrub`` by size of the input.

    python benchmarks/scrub_memory.py 50 200 2000        # megabytes

Writes Mixpanel-style exports of these sizes to a temporary folder, sanitizes each in a process of
its own, and prints that process's peak resident memory. Flat memory means: the last column does
not grow with the first.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

POLICY = """\
version: 1
properties:
  plan: {keep: [free, pro, enterprise], otherwise: other}
  seats: {keep: integer, min: 0, max: 10000}
  amount: {generalize: {round: 10}}
  page_url: {generalize: {url: origin}}
events:
  Signed Up: {purpose: benchmark}
  Viewed: {purpose: benchmark}
  Paid: {purpose: benchmark}
"""


def events(seed: int) -> Iterator[str]:
    """Lines of a raw export: a dozen properties each, most of which the policy drops."""
    chosen = random.Random(seed)
    number = 0
    while True:
        number += 1
        person = chosen.randrange(100_000)
        properties = {
            "time": 1795456090 + number,
            "distinct_id": f"user-{person}@example.com",
            "$insert_id": f"{number:032x}",
            "plan": chosen.choice(["free", "pro", "enterprise", "gold"]),
            "seats": chosen.randrange(50),
            "amount": chosen.random() * 100,
            "page_url": f"https://app.example.com/o/{person}/billing?token={number}",
            "name": f"Person {person}",
            "$city": "Lyon",
            "$browser": "Firefox",
            "comment": "Please call me back about the invoice, " * chosen.randrange(4),
        }
        name = chosen.choice(["Signed Up", "Viewed", "Paid"])
        yield json.dumps({"event": name, "properties": properties}) + "\n"


def write_export(path: Path, megabytes: int) -> None:
    """An export of about this size."""
    left = megabytes * 1_000_000
    with path.open("w") as file:
        for line in events(seed=megabytes):
            file.write(line)
            left -= len(line)
            if left < 0:
                return


def measure(folder: Path, megabytes: int, more: list[str]) -> tuple[float, float]:
    """Seconds, and peak resident megabytes of the process (without those of its workers)."""
    source = folder / "export.jsonl"
    write_export(source, megabytes)
    command = [sys.executable, "-m", "safetrack.cli", "scrub", str(source)]
    command += ["-p", str(folder / "policy.yaml"), "-o", str(folder / "out.jsonl"), *more]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def main() -> None:
    """Measure the sizes given as arguments; other arguments go to ``scrub``."""
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [10, 50]
    more = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    os.environ["SAFETRACK_KEYS"] = "k1:wCX5EgSRPOdi7OX4mDDuvDXIrQKrBFIrZo5iq0oVJ3Y="
    print(f"{'input MB':>10} {'seconds':>10} {'MB/s':>10} {'peak RSS MB':>12}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "policy.yaml").write_text(POLICY)
        for megabytes in sizes:
            seconds, peak = measure(folder, megabytes, more)
            print(f"{megabytes:>10} {seconds:>10.1f} {megabytes / seconds:>10.2f} {peak:>12.0f}")


if __name__ == "__main__":
    main()
