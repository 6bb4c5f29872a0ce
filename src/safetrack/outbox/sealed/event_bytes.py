"""A raw event as bytes, and back: what the sealed spool encrypts.

JSON, in which everything stands for itself. What a snapshot has and JSON has not (marks of what
could not be read, keys that are no text) stands under names that begin with NUL.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from safetrack.event import Event
from safetrack.reading import (
    BAD_KEY,
    CHANGED,
    CUT,
    CYCLE,
    NOT_FINITE,
    NOT_TEXT,
    TOO_DEEP,
    TOO_LARGE,
    UNKNOWN_TYPE,
    BadKey,
    Unreadable,
)

_MARK: Final = "\x00unreadable"
_KEY: Final = "\x00key"
_CUT: Final = "cut"
"""`CUT` is told from `TOO_LARGE` by what it is, not by its reason."""

_UNREADABLE: Final[Mapping[str, Unreadable]] = {
    mark.reason: mark
    for mark in (
        UNKNOWN_TYPE,
        NOT_FINITE,
        TOO_LARGE,
        TOO_DEEP,
        CYCLE,
        CHANGED,
        BAD_KEY,
        NOT_TEXT,
    )
} | {_CUT: CUT}


def to_bytes(event: Event) -> bytes:
    """The event as UTF-8 JSON: when it was received, its size, and its message."""
    content = [event.received_at.timestamp(), event.size, event.message]
    try:
        text = _encode(content)
    except TypeError:  # keys that are no text
        text = _encode(_with_text_keys(content))
    return text.encode()


def from_bytes(data: bytes) -> Event:
    """The event that `to_bytes` wrote.

    Raises:
        ValueError: It did not write this.
    """
    received, size, message = json.loads(data, object_pairs_hook=_mapping)
    event = Event({}, received_at=dt.datetime.fromtimestamp(received, dt.UTC))
    event.message, event.size = message, size
    return event


def _mark(value: object) -> Any:
    """What stands for a value that JSON has not."""
    if value is CUT:
        return {_MARK: _CUT}
    known = value if type(value) is Unreadable else UNKNOWN_TYPE
    return {_MARK: known.reason}


_encode: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_mark
).encode
"""Snapshots have no cycles."""


def _with_text_keys(value: Any) -> Any:
    if type(value) is dict:
        return {_key_text(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if type(value) is list else value


def _key_text(key: object) -> str:
    return f"{_KEY}{key.number}" if type(key) is BadKey else str(key)


def _mapping(pairs: Sequence[tuple[str, Any]]) -> Any:
    if len(pairs) == 1 and pairs[0][0] == _MARK:
        return _UNREADABLE.get(str(pairs[0][1]), UNKNOWN_TYPE)
    return {_key(text): value for text, value in pairs}


def _key(text: str) -> object:
    number = text.removeprefix(_KEY)
    is_bad = number != text and number.isascii() and number.isdigit()
    return BadKey(int(number)) if is_bad else text
