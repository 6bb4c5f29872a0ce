"""Load a policy: its file or dict, and all that it extends."""

from __future__ import annotations

import importlib.resources
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from safetrack.errors import PolicyError
from safetrack.policy.document import (
    DEFAULT_IDENTITY,
    DEFAULT_TIMESTAMP,
    Document,
    Identity,
    Rule,
)
from safetrack.policy.read import read_document
from safetrack.policy.written import (
    Block,
    Budget,
    Mistake,
    Place,
    Problems,
    Row,
    find_place,
    from_data,
    nearest,
)
from safetrack.policy.yaml import MAX_BYTES, read_yaml

PRESETS: Final = ("strict", "product-analytics", "llm")
"""What ``extends: safetrack:NAME`` may name."""

MAX_EXTENDS_DEPTH: Final = 8
"""Policies extending policies."""

_PRESET_PREFIX: Final = "safetrack:"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a policy.

    Attributes:
        name: How decisions and messages call it: a path, or ``safetrack:NAME``.
        document: What it says.
        written: Its plain data with places.
    """

    name: str
    document: Document
    written: Block = field(repr=False, compare=False)

    @property
    def is_preset(self) -> bool:
        """Whether it is shipped with safetrack."""
        return self.name.startswith(_PRESET_PREFIX)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may leave the process. Made by `load`, `from_dict` or `preset`.

    Attributes:
        layers: The policy's own file first, then all extended ones in the order in which they
            are asked. A file always comes before what it extends; of several in one ``extends``
            the later listed comes first.
        source: Path of the policy's own file; None for a dict.
    """

    layers: tuple[Layer, ...]
    source: str | None = None

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Policy:
        """Read a YAML file and all that it extends.

        Raises:
            PolicyError: With every mistake found, its file, line and column.
        """
        file = os.fspath(path)
        problems = Problems()
        written = _or_none(lambda: _read_file(Path(file)), Place(file), problems)
        return cls._from_written(written, _Source(file, Path(file).parent), problems, source=file)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, name: str = "policy") -> Policy:
        """Read a policy written as a dict. Paths in ``extends`` start at the working directory.

        Args:
            data: The same keys and forms as in a file; durations and dates may be timedelta and
                date.
            name: What decisions call it.

        Raises:
            PolicyError: With every mistake found and the keys that lead to it.
        """
        problems = Problems()
        written = _or_none(lambda: from_data(data, Place(), Budget()), Place(), problems)
        return cls._from_written(written, _Source(name, Path()), problems, source=None)

    @classmethod
    def preset(cls, name: str) -> Policy:
        """One of the shipped presets by itself, e.g. ``strict``.

        Raises:
            PolicyError: If there is no such preset.
        """
        try:
            return cls((_preset_layer(_PRESET_PREFIX + name.removeprefix(_PRESET_PREFIX)),))
        except Mistake as mistake:
            problem = Place().problem(mistake.message)
        raise PolicyError(problem)

    @classmethod
    def _from_written(
        cls, written: object, source_of: _Source, problems: Problems, *, source: str | None
    ) -> Policy:
        place = Place(source)
        document = read_document(written, place, problems, extended=False)
        block = written if isinstance(written, Block) else Block(place)
        own = Layer(source_of.name, document, block)
        layers = _with_extended(own, source_of, (_identity_of(source_of),), problems)
        if problems.found:
            raise PolicyError(problems.sorted())
        return cls(tuple(_last_occurrences(layers)), source)

    @property
    def document(self) -> Document:
        """What the policy's own file says."""
        return self.layers[0].document

    def enforced(self) -> Policy:
        """The same policy, which enforces at once whatever its ``mode`` says."""
        own, *extended = self.layers
        document = replace(own.document, mode="enforce", until=None)
        return Policy((replace(own, document=document), *extended), self.source)

    @property
    def identity(self) -> Identity:
        """The rules for ids: each from the first file that has one, else the default."""
        said = [layer.document.identity for layer in self.layers]
        said.append(DEFAULT_IDENTITY)
        return Identity(
            person=_first(identity.person for identity in said),
            group=_first(identity.group for identity in said),
            device=_first(identity.device for identity in said),
        )

    @property
    def timestamp(self) -> Rule:
        """The rule for the times of the message: from the first file that has one."""
        return _first(layer.document.timestamp for layer in self.layers) or DEFAULT_TIMESTAMP

    @property
    def unlisted(self) -> str:
        """``drop`` or ``scrub``: from the first file that says so, else drop."""
        return _first(layer.document.unlisted for layer in self.layers) or "drop"

    @property
    def unlisted_events(self) -> str:
        """``keep`` or ``drop``: from the first file that says so, else keep."""
        return _first(layer.document.unlisted_events for layer in self.layers) or "keep"

    def position(
        self, path: tuple[str | int, ...], layer: int = 0
    ) -> tuple[str | None, int | None, int | None]:
        """File, one-based line and column of an entry, e.g. ``("properties", "plan")``.

        Of the nearest entry above it where there is none; line and column are None for a dict.
        """
        place = find_place(self.layers[layer].written, path)
        return place.file, place.line, place.column


def _or_none(read: Callable[[], object], place: Place, problems: Problems) -> object:
    """What `read` gives; None, with the mistake noted, when it cannot."""
    try:
        return read()
    except Mistake as mistake:
        problems.add(mistake, place)
    return None


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _last_occurrences(layers: list[Layer]) -> list[Layer]:
    """A file extended twice is asked at its last place, after everything that extends it."""
    last = {layer.name: index for index, layer in enumerate(layers)}
    return [layer for index, layer in enumerate(layers) if last[layer.name] == index]


# Following ``extends``.


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a layer came from: its name, and the folder its own paths start at."""

    name: str
    folder: Path | None


def _identity_of(source: _Source) -> str:
    """The same for two spellings of one path."""
    is_preset = source.name.startswith(_PRESET_PREFIX)
    return source.name if is_preset else str(Path(source.name).resolve())


_Chain: TypeAlias = tuple[str, ...]


def _with_extended(layer: Layer, source: _Source, chain: _Chain, problems: Problems) -> list[Layer]:
    """A layer and, depth first, all that it extends; later listed ones first."""
    layers = [layer]
    for index, name in reversed(tuple(enumerate(layer.document.extends))):
        place = _extends_place(layer.written, index)
        try:
            found = _extended(name, source, chain, problems)
        except Mistake as mistake:
            problems.add(mistake, place)
            continue
        inner_layer, inner_source = found
        inner_chain = (*chain, _identity_of(inner_source))
        layers += _with_extended(inner_layer, inner_source, inner_chain, problems)
    return layers


def _extends_place(written: Block, index: int) -> Place:
    row = written["extends"]
    return row.items_at[index] if isinstance(row, Row) else written.values_at["extends"]


def _extended(
    name: str, source: _Source, chain: _Chain, problems: Problems
) -> tuple[Layer, _Source]:
    if len(chain) > MAX_EXTENDS_DEPTH:
        raise Mistake(f"more than {MAX_EXTENDS_DEPTH} policies extend each other")
    if name.startswith(_PRESET_PREFIX):
        return _preset_layer(name), _Source(name, None)
    if source.folder is None:
        raise Mistake("a preset extends presets only")
    path = source.folder / name
    inner = _Source(str(path), path.parent)
    if _identity_of(inner) in chain:
        raise Mistake(f"{name} extends itself: {' → '.join(Path(file).name for file in chain)}")
    place = Place(str(path))
    written = _read_file(path)
    document = read_document(written, place, problems, extended=True)
    return Layer(
        inner.name, document, written if isinstance(written, Block) else Block(place)
    ), inner


@cache
def _preset_layer(name: str) -> Layer:
    """Read a shipped preset, once a process: parsing takes longer than everything after it."""
    short = name.removeprefix(_PRESET_PREFIX)
    if short not in PRESETS:
        known = [_PRESET_PREFIX + preset for preset in PRESETS]
        raise Mistake(f"there is no preset {name!r}{nearest(name, known)}")
    resource = importlib.resources.files("safetrack.policy.presets") / f"{short}.yaml"
    problems = Problems()
    place = Place(name)
    written = read_yaml(resource.read_bytes(), name)
    document = read_document(written, place, problems, extended=True)
    if problems.found:
        raise PolicyError(problems.sorted())
    return Layer(name, document, written)


# Reading files.


def _read_file(path: Path) -> object:
    """Read and parse. Raises `Mistake`; with a place only if it lies inside the file."""
    if why := _why_unreadable(path):
        raise Mistake(why)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return read_yaml(data, str(path))


def _why_unreadable(path: Path) -> str:
    """Why a policy cannot be read; empty when it can."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"cannot read the policy {path}: {error.strerror}"
    if not stat.S_ISREG(mode):
        return f"cannot read the policy {path}: not a file"
    if mode & stat.S_IWOTH:
        return f"every user of this machine may change {path}; run: chmod o-w {path}"
    if not os.access(path, os.R_OK):
        return f"cannot read the policy {path}: permission denied"
    return ""
