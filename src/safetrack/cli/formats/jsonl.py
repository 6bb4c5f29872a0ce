"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from safetrack.cli.formats.record import MAX_RECORD_BYTES, Entry, Rejected, RejectReason
from safetrack.cli.formats.strict_json import read_entry


def read(stream: BinaryIO) -> Iterator[Entry]:
    """Every line's object, in order. Blank lines are passed over."""
    number = 0
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        if len(line) > MAX_RECORD_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Rejected(number, RejectReason.TOO_LONG)
        elif stripped := line.strip():
            yield read_entry(number, stripped)


def _skip_line(stream: BinaryIO) -> None:
    while part := stream.readline(MAX_RECORD_BYTES):
        if part.endswith(b"\n"):
            return


def encode(message: Any) -> bytes:
    """One message (or value) as compact JSON, without a line end."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="replace")  # a lone surrogate has no bytes in UTF-8


class Writer:
    """Writes one object a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, message: Mapping[str, Any]) -> None:
        """Add one message."""
        self._stream.write(encode(message) + b"\n")

    def close(self) -> None:
        """Nothing is left to write."""
