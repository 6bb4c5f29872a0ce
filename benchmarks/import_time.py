"""How much longer than a bare interpreter `import safetrack` takes, and what it loads.

Goal: at most 60 ms, without pydantic, Presidio, spaCy, requests, pandas or DuckDB.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

PAIRS = 15
HEAVY = (
    "pydantic",
    "presidio_analyzer",
    "presidio_anonymizer",
    "spacy",
    "requests",
    "pandas",
    "duckdb",
)


def seconds(code: str) -> float:
    """Wall time of one fresh interpreter that runs `code`."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Alternate bare and importing interpreters, and print the median difference."""
    seconds("import safetrack")  # writes the bytecode
    pairs = [(seconds("pass"), seconds("import safetrack")) for _ in range(PAIRS)]
    extra = statistics.median(own - bare for bare, own in pairs)
    bare = statistics.median(bare for bare, _ in pairs)
    print(f"bare interpreter      {bare * 1e3:8.1f} ms")
    print(f"import safetrack     +{extra * 1e3:8.1f} ms   (median of {PAIRS} pairs; goal ≤ 60 ms)")
    loaded = f"import safetrack, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    )
    print(f"heavy modules loaded  {found.stdout.strip()}")


if __name__ == "__main__":
    main()
