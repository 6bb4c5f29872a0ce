"""Labelled events: one JSON object a line.

``{"event": {…}, "labels": [{"path": ["properties", "user", "email"], "kind": "email",
"group": "direct", "parts": ["jane@acme.com"]}], "source": "family"}``

`event` is a message in the neutral form. `path` leads to a leaf of `properties`, `traits` or
`context` (list items by number). Several labels may share a path, for a text that holds several
identifiers. Of a text (or what it is percent-decoded), `parts` are the substrings that must not survive, and `keep` (of a
``harmless`` label) the ones that must; a label with neither speaks of the whole value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

GROUPS: Final = ("direct", "online", "secret", "harmless")
BAGS: Final = ("properties", "traits", "context")

Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What one leaf, or a part of it, is.

    Attributes:
        path: Where it stands in the event.
        kind: What it is, e.g. ``email``.
        group: One of `GROUPS`.
        parts: Substrings that must not survive; empty for harmless ones.
        keep: Substrings of a harmless text that must survive; empty: the whole value.
    """

    path: Place
    kind: str
    group: str
    parts: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """One event with what its leaves are."""

    event: dict[str, Any]
    labels: tuple[Label, ...]
    source: str


def read(path: Path) -> list[Labelled]:
    """All labelled events of a file.

    Raises:
        ValueError: A label is malformed, or a leaf has none.
    """
    with path.open(encoding="utf-8") as lines:
        return [_labelled(json.loads(line), number) for number, line in enumerate(lines, 1)]


def leaves(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every leaf below a value with its path; empty containers have none."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from leaves(below, (*path, index))
    else:
        yield path, value


def event_leaves(event: dict[str, Any]) -> dict[Place, Any]:
    """The leaves that labels speak of."""
    return dict(leaf for bag in BAGS for leaf in leaves(event.get(bag, {}), (bag,)))


def _labelled(line: dict[str, Any], number: int) -> Labelled:
    labels = tuple(_label(one) for one in line["labels"])
    found = event_leaves(line["event"])
    for label in labels:
        _check(label, found, number)
    without = found.keys() - {label.path for label in labels}
    if without:
        raise ValueError(f"line {number}: no label for {sorted(map(str, without))}")
    return Labelled(line["event"], labels, line.get("source", ""))


def _label(raw: dict[str, Any]) -> Label:
    return Label(
        path=tuple(raw["path"]),
        kind=raw["kind"],
        group=raw["group"],
        parts=tuple(raw.get("parts", ())),
        keep=tuple(raw.get("keep", ())),
    )


def _check(label: Label, found: dict[Place, Any], number: int) -> None:
    where = f"line {number}, {label.path}"
    if label.group not in GROUPS:
        raise ValueError(f"{where}: the group is none of {GROUPS}")
    if label.path not in found:
        raise ValueError(f"{where}: there is no such leaf")
    text = str(found[label.path])
    for part in (*label.parts, *label.keep):
        if part not in text and part not in unquote(text):
            raise ValueError(f"{where}: a part does not stand in the value")
