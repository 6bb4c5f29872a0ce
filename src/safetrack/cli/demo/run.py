"""The demo from the first event to the last count."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safetrack.cli.demo.attacker import finder_for
from safetrack.cli.demo.database import require_duckdb
from safetrack.cli.demo.example import Example, pick_example
from safetrack.cli.demo.holdings import Holdings, take_stock
from safetrack.cli.demo.questions import Answer, compare
from safetrack.cli.demo.raw import write_raw
from safetrack.cli.demo.replay import demo_policy, replay
from safetrack.cli.demo.stream import Stream, generate
from safetrack.delivery.counters import Stats

RAW_FILE: Final = "without-safetrack.duckdb"
SAFE_FILE: Final = "with-safetrack.duckdb"
POLICY_FILE: Final = "demo-policy.yaml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the demo found out.

    Attributes:
        events: Events in the stream.
        people: People in the stream.
        raw: What an attacker holds who has the file of the plain SDK.
        safe: What an attacker holds who has the file that went through safetrack.
        texts: Distinct messages to support that hold something personal.
        answers: The product questions, asked of both files.
        example: One event before and after.
        stats: The client's counts: tracked, delivered, pending, dropped by reason.
        seconds: How long each part took, by its name, and in all.
        folder: Where the two files and the policy are.
    """

    events: int
    people: int
    raw: Holdings
    safe: Holdings
    texts: int
    answers: list[Answer]
    example: Example
    stats: Stats
    seconds: dict[str, float]
    folder: Path


def run(
    folder: Path, *, users: int, seed: int, on_progress: Callable[[str, int, int], None]
) -> Outcome:
    """Invent a stream, store it both ways in `folder`, and compare the two files.

    Args:
        folder: Made if missing; files of an earlier demo in it are replaced, nothing else.
        users: People to invent.
        seed: The same seed gives the same stream.
        on_progress: Called with what is being done, how much of it is done, and of how much.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    require_duckdb()
    clock = _Clock()
    raw, safe, written = (folder / name for name in (RAW_FILE, SAFE_FILE, POLICY_FILE))
    _clear(folder)
    on_progress("inventing people and events", 0, 1)
    stream = generate(users, seed)
    clock.lap("inventing the stream")
    on_progress("storing them as a plain SDK would", 0, 1)
    write_raw(raw, stream.messages)
    clock.lap("storing it raw")
    with demo_policy(written, safe) as policy:
        stats, example = _send(policy, stream, on_progress)
    clock.lap("through safetrack")
    on_progress("searching both files as an attacker would", 0, 1)
    finder = finder_for(stream.planted)
    holdings = [take_stock(path, finder) for path in (raw, safe)]
    clock.lap("searching both files")
    answers = compare(raw, safe)
    clock.lap("asking the questions")
    return Outcome(
        events=len(stream.messages),
        people=len(stream.people),
        raw=holdings[0],
        safe=holdings[1],
        texts=len(stream.planted.texts),
        answers=answers,
        example=example,
        stats=stats,
        seconds=clock.laps,
        folder=folder,
    )


def _send(
    policy: Path, stream: Stream, on_progress: Callable[[str, int, int], None]
) -> tuple[Stats, Example]:
    total = len(stream.messages)
    step = "sending them through safetrack"
    on_progress(step, 0, total)
    stats = replay(policy, stream.messages, on_progress=lambda done: on_progress(step, done, total))
    return stats, pick_example(policy, stream)


def _clear(folder: Path) -> None:
    """Make the folder, and remove what an earlier demo left in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (RAW_FILE, SAFE_FILE, POLICY_FILE):
        for suffix in ("", ".wal", ".lock"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)


class _Clock:
    """Seconds of each part."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 1)
        self._last = now
