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
from canary.calls import call_with_defaults, default_properties, plant_all
from canary.evidence import Evidence, listening
from canary.grid import Extent, Planted
from canary.policies import KEYS, policy
from safetrack import default
from safetrack.client import Client
from safetrack.delivery.counters import Stats
from safetrack.testing.server import capturing

PATIENCE: Final = 600.0
"""Seconds that a run may take."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was planted, what came out, and what the clients say about it."""

    planted: Planted
    evidence: Evidence
    stats: list[dict[str, Stats]]


def run(
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
    evidence, planted, extent = Evidence(), Planted(), extent or Extent()
    with _home(folder), capturing() as capture, listening(evidence):
        written = policy(preset, capture.url, folder)
        options = {"on_drop": _listener(evidence), **options}
        safetrack.configure(written, **options)  # so that the module-level calls use it too
        client = default.client()
        sabotage(client)
        _overhear(client, evidence)
        plant_all(client, extent, planted)
        stats = [_close(client, evidence, patience)]
        if planted_defaults := default_properties(extent, planted):
            second = Client(written, **options, default_properties=planted_defaults)
            sabotage(second)
            second._route.sanitizer.detector = client._route.sanitizer.detector
            _overhear(second, evidence)
            call_with_defaults(second)
            stats.append(_close(second, evidence, patience))
        evidence.add_requests(capture.requests)
        safetrack.close()
    evidence.add_files(folder)
    return Outcome(planted, evidence, stats)


def _listener(evidence: Evidence) -> Callable[[safetrack.Reason, str], None]:
    def on_drop(reason: safetrack.Reason, path: str) -> None:
        evidence.add("on_drop", f"{reason} {path}")

    return on_drop


def _close(client: Client, evidence: Evidence, patience: float) -> dict[str, Stats]:
    """Have everything delivered, and look at the client itself."""
    client.flush(patience)
    client.close(0.1)
    sanitizer = client._route.sanitizer
    shown = {key: value for key, value in vars(client).items() if key != "_default_properties"}
    evidence.add("stats", repr(client.stats()))
    evidence.add("repr", f"{client!r} {shown!r} {vars(sanitizer)!r}")
    return client.stats()


def _overhear(client: Client, evidence: Evidence) -> None:
    """Collect the reprs of what the sanitizer hands out, decisions included."""
    sanitizer = client._route.sanitizer
    process_for = sanitizer.process_for

    def overheard(events: Any, *rest: Any, **ways: Any) -> Any:
        done = process_for(events, *rest, **ways)
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
