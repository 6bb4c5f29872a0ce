"""JSON objects, read strictly: what two readers could understand differently is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from safetrack.cli.formats.record import MAX_RECORD_BYTES, Entry, Record, Rejected, RejectReason


class _RefusedError(Exception):
    """Carries a reason out of the decoder's hooks."""

    def __init__(self, reason: RejectReason) -> None:
        self.reason = reason
        super().__init__(reason)


def read_entry(line: int, data: bytes) -> Entry:
    """The record that `data` holds, or why it holds none."""
    value = parse(data)
    if isinstance(value, RejectReason):
        return Rejected(line, value)
    if not isinstance(value, dict):
        return Rejected(line, RejectReason.NOT_AN_OBJECT)
    return Record(line, value, len(data))


def parse(data: bytes) -> Any:
    """The JSON value in `data`, or a `RejectReason`.

    Never raises: the decoder's own errors carry the text.
    """
    if len(data) > MAX_RECORD_BYTES:
        return RejectReason.TOO_LONG
    try:
        return _DECODER.decode(data.decode("utf-8-sig"))
    except _RefusedError as refusal:
        return refusal.reason
    except (RecursionError, ValueError) as error:
        return _REASONS.get(type(error), RejectReason.NUMBER_TOO_LONG)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _RefusedError(RejectReason.DUPLICATE_KEY)
    return result


def _refuse_constant(_name: str) -> NoReturn:
    raise _RefusedError(RejectReason.NOT_FINITE)


_REASONS: Final[Mapping[type[Exception], RejectReason]] = {
    UnicodeDecodeError: RejectReason.NOT_UTF8,
    json.JSONDecodeError: RejectReason.NOT_JSON,
    RecursionError: RejectReason.TOO_DEEP,
}
"""What the decoder's errors mean; any other is that of ``int()`` with more than 4300 digits."""

_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
