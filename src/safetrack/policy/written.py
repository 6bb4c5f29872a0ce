"""Plain data that remembers where it was written, and the mistakes found in it.

A policy comes as a YAML file or as a dict; both become a `Block`, so that everything after reads
one form and every mistake can name its place.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

from safetrack.errors import Problem

MAX_DEPTH: Final = 32
"""Containers inside containers."""
MAX_NODES: Final = 50_000
"""Keys and values of one policy, aliases expanded."""

Path: TypeAlias = tuple[str | int, ...]

_ADDRESS: Final = re.compile(r"[^\s@]@[^\s@]+\.")
_POLICY_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_:-]{0,23}|")
_LONGEST_NUMBER: Final = 6
"""Digits; a phone or account number is longer."""


class Place(NamedTuple):
    """Where something stands: the file with one-based line and column, and the keys to it."""

    file: str | None = None
    path: Path = ()
    line: int | None = None
    column: int | None = None

    def problem(self, message: str) -> Problem:
        """A mistake at this place."""
        dotted = ".".join("…" if _ADDRESS.search(str(part)) else str(part) for part in self.path)
        return Problem(message, self.file, self.line, self.column, dotted)


class Mistake(Exception):  # noqa: N818  caught by the reader, becomes a `Problem`
    """A value is wrong; `place` says where, unless it is the value being read."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


@dataclass(frozen=True, slots=True)
class Problems:
    """Collects every mistake, so that all are reported at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, mistake: Mistake, place: Place) -> None:
        """Note a mistake, at its own place or else at `place`."""
        self.found.append((mistake.place or place).problem(mistake.message))

    def sorted(self) -> list[Problem]:
        """File by file in the order in which they were read, top to bottom."""
        files = list(dict.fromkeys(problem.file for problem in self.found))
        return sorted(
            self.found,
            key=lambda problem: (
                files.index(problem.file),
                problem.line or 0,
                problem.column or 0,
            ),
        )


class Block(dict[str, Any]):
    """A written mapping. ``keys_at`` and ``values_at`` hold the place of each entry."""

    __slots__ = ("keys_at", "place", "values_at")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}

    def put(self, key: str, value: object, key_at: Place, value_at: Place) -> None:
        """Add an entry with its places."""
        self[key] = value
        self.keys_at[key] = key_at
        self.values_at[key] = value_at


class Row(list[Any]):
    """A written list. ``items_at`` holds the place of each item."""

    __slots__ = ("items_at", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.items_at: list[Place] = []

    def put(self, value: object, value_at: Place) -> None:
        """Add an item with its place."""
        self.append(value)
        self.items_at.append(value_at)


class Budget:
    """Counts nodes while a policy is read, and stops one that is too large."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_NODES

    def spend(self, place: Place) -> None:
        """Count one node. Raises `Mistake` when there are too many, or too deep."""
        self.left -= 1
        if self.left < 0:
            raise Mistake(f"more than {MAX_NODES} values; split the policy", place)
        if len(place.path) > MAX_DEPTH:
            raise Mistake(f"nested deeper than {MAX_DEPTH} levels", place)


_PLAIN: Final = (str, int, float, bool, type(None), dt.date, dt.timedelta)


def from_data(data: object, place: Place, budget: Budget) -> Any:
    """Copy a dict given by the caller into `Block` and `Row`. Raises `Mistake`."""
    budget.spend(place)
    if isinstance(data, Mapping):
        return _copy_mapping(data, place, budget)
    if isinstance(data, (list, tuple)):
        return _copy_sequence(data, place, budget)
    if type(data) in _PLAIN:
        return data
    raise Mistake(f"a {type(data).__name__} has no place in a policy", place)


def _copy_mapping(data: Mapping[Any, Any], place: Place, budget: Budget) -> Block:
    block = Block(place)
    for key, value in data.items():
        if type(key) is not str:
            raise Mistake(f"keys are text, not {type(key).__name__}", place)
        inner = place._replace(path=(*place.path, key))
        block.put(key, from_data(value, inner, budget), inner, inner)
    return block


def _copy_sequence(data: Sequence[Any], place: Place, budget: Budget) -> Row:
    row = Row(place)
    for index, value in enumerate(data):
        inner = place._replace(path=(*place.path, index))
        row.put(from_data(value, inner, budget), inner)
    return row


def find_place(root: Block, path: Path) -> Place:
    """The place of the entry that `path` leads to, or of the nearest one above it that exists."""
    place = root.place
    at: Any = root
    for part in path:
        if isinstance(at, Block) and type(part) is str and part in at:
            place, at = at.keys_at[part], at[part]
        elif isinstance(at, Row) and type(part) is int and part < len(at):
            place, at = at.items_at[part], at[part]
        else:
            break
    return place


def nearest(word: str, names: Iterable[str]) -> str:
    """``; did you mean …?``, or the names there are."""
    known = {name.lower(): name for name in names}
    close = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {known[close[0]]!r}?"
    return f"; one of: {', '.join(known.values())}" if known else ""


def shown(value: object) -> str:
    """A value of the policy as a message shows it: only what looks like a word of a policy.

    Somebody may have named an export by mistake, and its values are nobody's to print.
    """
    kinds = {Block: "a mapping", Row: "a list", type(None): "nothing", dt.date: "a date"}
    if type(value) in kinds:
        return kinds[type(value)]
    if isinstance(value, str):
        return repr(value) if _POLICY_WORD.fullmatch(value) else "a text"
    return str(value) if len(str(value)) <= _LONGEST_NUMBER else f"a {type(value).__name__}"


def unknown(what: str, word: object) -> str:
    """``unknown action 'kep'``, without the word if it does not look like one of a policy."""
    text = shown(word)
    return f"unknown {what}" if text == "a text" else f"unknown {what} {text}"


Reader: TypeAlias = Callable[[Any, Place, Problems], Any]
"""Turns one written value into what the document holds. Raises `Mistake` when it cannot."""


def read_entries(
    block: Block, readers: Mapping[str, Reader], problems: Problems, *, what: str = "key"
) -> dict[str, Any]:
    """Read each entry of a mapping by the reader of its key; note unknown keys and mistakes."""
    read: dict[str, Any] = {}
    for key, value in block.items():
        if key not in readers:
            message = f"{unknown(what, key)}{nearest(key, readers)}"
            problems.add(Mistake(message), block.keys_at[key])
            continue
        try:
            read[key] = readers[key](value, block.values_at[key], problems)
        except Mistake as mistake:
            problems.add(mistake, block.values_at[key])
    return read
