"""Events written with their labels in place, and how they become lines of the set.

A family of events is written as plain data whose leaves are marked with what they are::

    {"plan": no("plan", "pro"), "user": {"email": yes("email", person.email)}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

BAGS: Final = ("properties", "traits", "context")


@dataclass(frozen=True, slots=True)
class Marked:
    """A leaf with its labels, still without their paths."""

    value: Any
    labels: tuple[dict[str, Any], ...]


def yes(kind: str, value: Any, *parts: str, group: str = "direct") -> Marked:
    """A value that is an identifier, or (with `parts`) one that holds some."""
    said = {"parts": list(parts)} if parts else {}
    return Marked(value, ({"kind": kind, "group": group, **said},))


def online(kind: str, value: Any, *parts: str) -> Marked:
    """An online identifier."""
    return yes(kind, value, *parts, group="online")


def secret(kind: str, value: Any, *parts: str) -> Marked:
    """A secret."""
    return yes(kind, value, *parts, group="secret")


def no(kind: str, value: Any) -> Marked:
    """A harmless value."""
    return Marked(value, ({"kind": kind, "group": "harmless"},))


def text(pattern: str, *marked: Marked, keep: tuple[str, ...] = ()) -> Marked:
    """Open text: the values of `marked` put into the pattern's ``{}``, in order.

    Args:
        pattern: The text around them.
        marked: What stands in it; their labels go with them, as "… in text".
        keep: Words of the text that a good sanitizer leaves.
    """
    whole = pattern.format(*(one.value for one in marked))
    labels = [
        {**label, "kind": f"{label['kind']} in text", "parts": label.get("parts", [str(one.value)])}
        for one in marked
        for label in one.labels
        if label["group"] != "harmless"
    ]
    if keep:
        labels.append({"kind": "words of a text", "group": "harmless", "keep": list(keep)})
    if not labels:
        labels.append({"kind": "plain text", "group": "harmless"})
    return Marked(whole, tuple(labels))


def line(message: dict[str, Any], source: str, style: Callable[[str], str]) -> dict[str, Any]:
    """One line of the set; `style` spells the keys of properties and traits."""
    labels: list[dict[str, Any]] = []
    event = {
        key: _plain(value, (key,), style if key in {"properties", "traits"} else str, labels)
        if key in BAGS
        else value
        for key, value in message.items()
    }
    return {"event": event, "labels": labels, "source": source}


def _plain(
    value: Any, path: tuple[str | int, ...], style: Callable[[str], str], labels: list[Any]
) -> Any:
    if type(value) is Marked:
        labels += [{"path": list(path), **label} for label in value.labels]
        return value.value
    if type(value) is dict:
        spelled = _unique((style(key), below) for key, below in value.items())
        return {key: _plain(below, (*path, key), style, labels) for key, below in spelled.items()}
    if type(value) is list:
        return [_plain(below, (*path, at), style, labels) for at, below in enumerate(value)]
    labels.append({"path": list(path), "kind": _KINDS[type(value)], "group": "harmless"})
    return value


_KINDS: Final = {bool: "boolean", int: "count", float: "amount", type(None): "null", str: "word"}


def _unique(items: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in items:
        if key in found:
            raise ValueError(f"the key {key} is there twice")
        found[key] = value
    return found
