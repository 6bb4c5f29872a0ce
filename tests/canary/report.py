"""The grid as tables: what is planted where, and what is not because no client accepts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from canary.encodings import ENCODINGS, excluded
from canary.grid import Planted
from canary.places import PLACES, Channel
from canary.run import Outcome
from canary.values import KINDS


def by_place(planted: Planted) -> str:
    """Rows: places. Columns: calls. Values planted, of all kinds and encodings."""
    counts: Counter[tuple[str, str]] = Counter()
    for cell, count in planted.counts.items():
        counts[cell.place.name, cell.channel] += count
    names = list(dict.fromkeys(place.name for place in PLACES))
    rows = [[name, *(_shown(counts[name, one]) for one in Channel)] for name in names]
    return table(["place", *Channel], rows)


def by_form(planted: Planted) -> str:
    """Rows: kinds. Columns: encodings. Values planted, in all places and by all calls."""
    counts: Counter[tuple[str, str]] = Counter()
    for cell, count in planted.counts.items():
        counts[cell.kind, cell.encoding] += count
    rows = [[kind, *(_shown(counts[kind, one]) for one in ENCODINGS)] for kind in KINDS]
    return table(["kind", *ENCODINGS], rows)


def exclusions() -> str:
    """Kinds and encodings of which there is no value, and why."""
    reasons: dict[str, list[str]] = {}
    for kind in KINDS:
        for encoding in ENCODINGS:
            reason = excluded(kind, encoding)
            if reason is not None:
                reasons.setdefault(reason, []).append(f"{kind} as {encoding}")
    return table(
        ["not planted", "because"], [[_joined(cells), why] for why, cells in reasons.items()]
    )


def results(outcomes: dict[str, Outcome], hits: dict[str, int]) -> str:
    """Rows: policies. What was planted, what came out, what was found in it."""
    rows = []
    for preset, outcome in outcomes.items():
        books = [one for stats in outcome.stats for one in stats.values()]
        rows.append(
            [
                preset,
                f"{len(outcome.planted.canaries):,}",
                f"{sum(outcome.planted.counts.values()):,}",
                f"{len(outcome.planted.counts):,}",
                f"{books[0]['tracked']:,}",
                f"{sum(int(str(one['delivered'])) for one in books):,}",
                f"{outcome.evidence.size / 1e6:,.0f} MB",
                str(hits[preset]),
            ]
        )
    head = [
        "policy",
        "unique values",
        "planted",
        "cells",
        "events",
        "delivered",
        "searched",
        "found",
    ]
    return table(head, rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _shown(count: int) -> str:
    return f"{count:,}" if count else "·"


def _joined(cells: list[str]) -> str:
    """``ip as [at], card as [at]`` → ``ip, card as [at]``, by what they have in common."""
    kinds = list(dict.fromkeys(cell.split(" as ")[0] for cell in cells))
    encodings = list(dict.fromkeys(cell.split(" as ")[1] for cell in cells))
    shown = "all but plain" if len(encodings) == len(ENCODINGS) - 1 else ", ".join(encodings)
    return f"{', '.join(kinds)} as {shown}"
