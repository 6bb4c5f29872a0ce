"""Scores systems on labelled events, and prints what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evaluation.labelled import GROUPS, Label, Labelled, Place, event_leaves
from evaluation.scoring import MISSING, altered, survives, wilson


class System(Protocol):
    """Something that takes personal data out of events."""

    name: str

    def after(self, events: Sequence[dict[str, Any]]) -> list[dict[Place, Any]]:
        """What is left of each event's leaves, by path."""


@dataclass(frozen=True, slots=True)
class Result:
    """One label: its value, what the first system left of it, and who failed."""

    label: Label
    before: Any
    after: Any
    failed: tuple[bool, ...]


def run(
    labelled: Sequence[Labelled], systems: Sequence[System], kind: str | None = None
) -> list[Result]:
    """Score every label, or those of one kind, under every system."""
    if kind is not None:
        labelled = [one for one in labelled if any(label.kind == kind for label in one.labels)]
    events = [one.event for one in labelled]
    left = [system.after(events) for system in systems]
    return [
        result
        for at, one in enumerate(labelled)
        for result in _results(one, [of[at] for of in left])
        if kind in {None, result.label.kind}
    ]


def _results(one: Labelled, left: Sequence[dict[Place, Any]]) -> list[Result]:
    raw = event_leaves(one.event)
    moved = [[value for path, value in of.items() if path not in raw] for of in left]
    return [
        Result(
            label,
            raw[label.path],
            left[0].get(label.path, MISSING),
            tuple(
                _failed(label, raw[label.path], of.get(label.path, MISSING), other)
                for of, other in zip(left, moved, strict=True)
            ),
        )
        for label in one.labels
    ]


def _failed(label: Label, before: Any, after: Any, moved: Sequence[Any]) -> bool:
    """Whether a harmless value was altered, or an identifier survives; `moved`: under new keys."""
    if label.group == "harmless":
        return altered(label, before, after)
    places = moved if after is MISSING else (after,)
    return any(survives(label, before, place) for place in places)


def print_table(part: str, results: Sequence[Result], names: Sequence[str]) -> None:
    """Print survivors and altered values by group and kind."""
    print(
        f"\n{part}: {len(results)} labelled values; identifiers that survive, and harmless values"
    )
    print("that are altered, with 95 % Wilson intervals\n")
    print(f"{'':34}{'n':>6}" + "".join(f"{name:>26}" for name in names))
    for group in GROUPS:
        rows = [one for one in results if one.label.group == group]
        if not rows:
            continue
        _print_row(group.upper(), rows, len(names))
        for kind in sorted({one.label.kind for one in rows}):
            _print_row(f"  {kind}", [one for one in rows if one.label.kind == kind], len(names))


def _print_row(title: str, rows: Sequence[Result], systems: int) -> None:
    cells = ""
    for system in range(systems):
        failed = sum(one.failed[system] for one in rows)
        low, high = wilson(failed, len(rows))
        cells += f"{failed:6} {failed / len(rows):6.1%} [{low:4.0%},{high:5.0%}]"
    print(f"{title:34}{len(rows):6}{cells}")


def print_failures(results: Sequence[Result], count: int) -> None:
    """Print failures of the first system: those of the worst kinds first, turn by turn."""
    failed: dict[tuple[str, str], list[Result]] = {}
    for one in results:
        if one.failed[0]:
            failed.setdefault((one.label.group, one.label.kind), []).append(one)
    queues = sorted(failed.values(), key=len, reverse=True)
    shown = 0
    while shown < count and any(queues):
        for queue in queues:
            if queue and shown < count:
                _print_failure(queue.pop(0))
                shown += 1


def _print_failure(one: Result) -> None:
    path = ".".join(str(step) for step in one.label.path)
    after = "(gone)" if one.after is MISSING else repr(one.after)
    print(f"{one.label.group}/{one.label.kind}  {path}: {one.before!r} -> {after}")
