"""A JSON array of objects, or objects one after the other, split without holding them all.

The splitter looks at brackets and quotes only; each element is then read by the same strict
parser as a line of JSON Lines. So an element that is broken in itself costs that element only,
and the line of each is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from safetrack.cli.formats.jsonl import encode
from safetrack.cli.formats.record import MAX_RECORD_BYTES, Entry, Rejected, RejectReason
from safetrack.cli.formats.strict_json import read_entry

_CHUNK: Final = 1 << 16
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OUTSIDE_TEXT: Final = re.compile(rb'["\[\]{},]')
_INSIDE_TEXT: Final = re.compile(rb'["\\]')


def read(stream: BinaryIO) -> Iterator[Entry]:
    """Every element's object, in order; last, what is wrong with the end of the array."""
    splitter = _Splitter()
    while chunk := stream.read(_CHUNK):
        for text in splitter.feed(chunk):
            if entry := _entry(splitter, text):
                yield entry
    rest = splitter.rest()
    if splitter.depth:
        yield Rejected(splitter.line, RejectReason.TRUNCATED)
    elif entry := _entry(splitter, rest):
        yield entry


def _entry(splitter: _Splitter, text: bytes) -> Entry | None:
    """The element in `text`, moving the splitter's line past it; None when it is blank."""
    if splitter.lines_cut is not None:
        rejected = Rejected(splitter.line, RejectReason.TOO_LONG)
        splitter.line += splitter.lines_cut + text.count(b"\n")
        splitter.lines_cut = None
        return rejected
    line = splitter.line + _lines_before(text)
    splitter.line += text.count(b"\n")
    return read_entry(line, text.strip()) if text.strip() else None


def _lines_before(text: bytes | bytearray) -> int:
    """Line ends in the blank that `text` begins with."""
    return text.count(b"\n", 0, len(text) - len(text.lstrip()))


class _Splitter:
    """Finds the elements of the outermost array, or outermost objects, in bytes that arrive in chunks.

    Attributes:
        line: The line on which the text that comes next begins.
        depth: Brackets that are open.
        lines_cut: Line ends in the part of the element at hand that was thrown away because it
            grew too long; None while nothing was.
    """

    def __init__(self) -> None:
        self.line = 1
        self.depth = 0
        self.lines_cut: int | None = None
        self._buffer = bytearray()
        self._start = 0
        self._next = 0
        self._in_text = False
        self._in_array = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take in more bytes, and yield the text of each element that ends in them."""
        if self.line == 1 and not self._buffer:
            chunk = chunk.removeprefix(_BYTE_ORDER_MARK)
        self._buffer += chunk
        while match := self._search():
            self._next = match.end()
            if self._in_text:
                self._step_inside_text(match[0])
            elif self._is_border(match[0]):
                end = self._next if match[0] == b"}" else match.start()
                yield bytes(self._buffer[self._start : end])
                self._start = self._next
        self._next = max(self._next, len(self._buffer))
        self._forget()

    def rest(self) -> bytes:
        """What stands after the last element."""
        return bytes(self._buffer[self._start :])

    def _search(self) -> re.Match[bytes] | None:
        pattern = _INSIDE_TEXT if self._in_text else _OUTSIDE_TEXT
        return pattern.search(self._buffer, self._next)

    def _step_inside_text(self, mark: bytes) -> None:
        if mark == b"\\":
            self._next += 1  # whatever it escapes, perhaps in the next chunk
        else:
            self._in_text = False

    def _is_border(self, mark: bytes) -> bool:
        """Follow one mark outside of text; whether an element ends at it, or the array begins."""
        if mark == b'"':
            self._in_text = True
            return False
        if mark == b",":
            return self.depth == 1 and self._in_array
        if mark in b"[{":
            return self._opens_array(mark)
        self.depth = max(self.depth - 1, 0)
        return self.depth == 0

    def _opens_array(self, mark: bytes) -> bool:
        self.depth += 1
        if self.depth == 1:
            self._in_array = mark == b"["
        return self.depth == 1 and self._in_array

    def _forget(self) -> None:
        """Let go of what was yielded, and of an element that is too long."""
        del self._buffer[: self._start]
        self._next -= self._start
        self._start = 0
        if len(self._buffer) > MAX_RECORD_BYTES:
            self._cut()

    def _cut(self) -> None:
        if self.lines_cut is None:
            self.lines_cut = -_lines_before(self._buffer)
            self.line -= self.lines_cut
        self.lines_cut += self._buffer.count(b"\n")
        self._next -= len(self._buffer)
        self._buffer.clear()


class Writer:
    """Writes one JSON array, an element a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._before = b"[\n"

    def write(self, message: Mapping[str, Any]) -> None:
        """Add one element."""
        self._stream.write(self._before + encode(message))
        self._before = b",\n"

    def close(self) -> None:
        """End the array."""
        self._stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")
