"""Send the whole grid through a real client, and collect all that comes out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
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


def run(  # noqa: PLR0913  a test says what is different about its run
    preset: str,
    folder: Path,
    extent: Extent | None = None,
    *,
    sabotage: Callable[[Client], None] = lambda _client: None,
    patience: float = PATIENCE,
    **options: Any,
) -> Outcome:
    """Plant the grid under a preset.

    Args:
        preset: Its name.
        folder: An empty folder: everything that is written is written below it.
        extent: What is planted; all of the grid, if not given.
        sabotage: Breaks something in the client before the first call.
        patience: Seconds until everything has to be delivered.
        **options: Of the client.
    """
    evidence = Evidence()
    with _home(folder), capturing() as capture, listening(evidence):
        client = _client(preset, folder, capture, evidence, options)
        sabotage(client)
        planted = plant_all(client, extent or Extent())
        client.flush(patience)
        client.close(0.1)
        evidence.add("stats", repr(client.stats()))
        evidence.add("repr", f"{client!r} {vars(client)!r} {vars(client._route.sanitizer)!r}")
        evidence.add_requests(capture.requests)
    safetrack.close()
    evidence.add_files(folder)
    return Outcome(planted, evidence, client.stats())


def _client(
    preset: str, folder: Path, capture: Capture, evidence: Evidence, options: dict[str, Any]
) -> Client:
    """The process-wide client, so that the module-level calls use it too."""

    def on_drop(reason: safetrack.Reason, path: str) -> None:
        evidence.add("on_drop", f"{reason} {path}")

    written = policy(preset, capture.url, folder)
    safetrack.configure(written, **{"on_drop": on_drop, **options})
    client = default.client()
    _overhear(client, evidence)
    return client


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
