"""How a value in a holdout event carries its label until the event is written out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Leaf:
    """A value with its label.

    Attributes:
        value: The value itself.
        kind: What it is.
        group: `direct`, `online`, `secret` or `harmless`.
        parts: The raw substrings that must not survive; none for a harmless value.
        others: For a text with identifiers of several kinds: each further kind with its parts.
    """

    value: Any
    kind: str
    group: str
    parts: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()


def text(value: Any) -> str:
    """A leaf's text: the string itself, or its JSON form."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _leaf(group: str, kind: str, value: Any, parts: tuple[str, ...]) -> Leaf:
    return Leaf(value, kind, group, parts or (text(value),))


def direct(kind: str, value: Any, *parts: str) -> Leaf:
    """A value that names or reaches a person."""
    return _leaf("direct", kind, value, parts)


def online(kind: str, value: Any, *parts: str) -> Leaf:
    """A value that follows a device, browser or profile."""
    return _leaf("online", kind, value, parts)


def secret(kind: str, value: Any, *parts: str) -> Leaf:
    """A value that opens something."""
    return _leaf("secret", kind, value, parts)


def harmless(kind: str, value: Any) -> Leaf:
    """A value that must come through unchanged, with a kind of its own."""
    return Leaf(value, kind, "harmless", ())


_SHAPES = (
    ("url", re.compile(r"https?://|android-app://")),
    ("user_agent", re.compile(r"Mozilla/|okhttp/|Dalvik/")),
    ("time", re.compile(r"\d{4}-\d\d-\d\d([T ]|$)")),
    ("thing_id", re.compile(r"[0-9a-fA-F-]{36}$|[a-z]{2,5}_\w{10,}$|[0-9a-f]{24,64}$")),
    ("path", re.compile(r"/[\w./-]*$")),
    ("version", re.compile(r"v?\d+(\.\d+)+")),
    ("word", re.compile(r"\S+$")),
)


def plain_kind(value: Any) -> str:
    """The kind of a harmless value that was written without one, from its shape."""
    if isinstance(value, bool) or value is None:
        return "flag"
    if isinstance(value, int | float):
        return "number"
    return next((kind for kind, shape in _SHAPES if shape.match(value)), "phrase")


def unlabelled(node: Any) -> Any:
    """`node` with the bare values in place of labelled ones."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, dict):
        return {key: unlabelled(value) for key, value in node.items()}
    if isinstance(node, list):
        return [unlabelled(value) for value in node]
    return node


def labels(node: Any, path: tuple[str | int, ...]) -> Iterator[dict[str, Any]]:
    """The labels of the leaves below `path`; a value written bare is harmless."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from labels(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from labels(value, (*path, place))
    else:
        leaf = node if isinstance(node, Leaf) else harmless(plain_kind(node), node)
        for kind, parts in ((leaf.kind, leaf.parts), *leaf.others):
            label: dict[str, Any] = {"path": list(path), "kind": kind, "group": leaf.group}
            yield label | {"parts": list(parts)} if parts else label
