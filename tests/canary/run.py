"""Send the whole grid through a real client, and collect all that comes out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import safetrack
from canary.calls import plant_all
from canary.evidence import Evidence, listening
from canary.grid import Extent, Planted
from canary.policies import KEYS, policy
from capture.server import Capture, capturing
from safetrack import default
from safetrack.client import Client
from safetrack.delivery.counters import Stats

PATIENCE: Final = 600.0
"""Seconds that a run may take."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was planted, what came out, and what the client says about it."""

    planted: Planted
    evidence: Evidence
    stats: dict[str, Stats]


def run(preset: str, folder: Path, extent: Extent | None = None, **options: Any) -> Outcome:
    """Plant the grid under a preset."""
    evidence = Evidence()
    extent = extent or Extent()
    with _home(folder), capturing() as capture, listening(evidence):
        planted, stats = _send(preset, folder, capture, evidence, extent, options)
        evidence.add_requests(capture.requests)
    evidence.add_files(folder)
    return Outcome(planted, evidence, stats)


def _send(  # noqa: PLR0913, PLR0917
    preset: str,
    folder: Path,
    capture: Capture,
    evidence: Evidence,
    extent: Extent,
    options: dict[str, Any],
) -> tuple[Planted, dict[str, Stats]]:
    def on_drop(reason: safetrack.Reason, path: str) -> None:
        evidence.add("on_drop", f"{reason} {path}")

    safetrack.configure(policy(preset, capture.url, folder), on_drop=on_drop, **options)
    client = default.client()
    _overhear(client, evidence)
    planted = plant_all(client, extent)
    client.flush(PATIENCE)
    stats = client.stats()
    evidence.add("stats", repr(stats))
    evidence.add("repr", f"{client!r} {client.policy!r} {vars(client)!r}")
    safetrack.close()
    return planted, stats


def _overhear(client: Client, evidence: Evidence) -> None:
    """Collect the reprs of what the sanitizer hands out, decisions included."""
    sanitizer = client._route.sanitizer
    process_for = sanitizer.process_for

    def overheard(events: Any, *rest: Any) -> Any:
        done = process_for(events, *rest)
        for event in events:
            evidence.add("repr of an event", f"{event!r} {event}")
        for batch in done:
            for one in batch:
                evidence.add("repr of what was sanitized", f"{one!r} {one.safe!r} {one.safe}")
        return done

    sanitizer.process_for = overheard  # type: ignore[method-assign]


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Have everything that is written without a path of its own written below a folder."""
    here, before, tmp = Path.cwd(), dict(os.environ), tempfile.tempdir
    for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder)
    os.environ["SAFETRACK_KEYS"] = KEYS
    tempfile.tempdir = None
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = tmp
