"""Gzip, read to where it is damaged."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Final

from safetrack.cli.formats.record import RejectReason

MAGIC: Final = b"\x1f\x8b"
_GZIP_ONLY: Final = 31  # zlib's window bits for "gzip header, largest window"
_CHUNK: Final = 1 << 16


class Gunzip(io.RawIOBase):
    """The decompressed bytes of a gzip stream of any number of members.

    The standard library's reader raises at the end of a half-written file and loses what it had
    decompressed before. This one ends there, and `damage` says what was wrong.
    """

    def __init__(self, compressed: BinaryIO) -> None:
        self.damage: RejectReason | None = None
        self._compressed = compressed
        self._inflater = zlib.decompressobj(_GZIP_ONLY)
        self._input = b""
        self._ended = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # RawIOBase hands a memoryview
        """Fill `buffer` as far as one step of decompression goes; 0 at the end."""
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while not self._ended:
            data = self._inflate(size)
            if data:
                return data
            if self._inflater.eof:
                self._open_next_member()
            elif not self._input and not self._ended:
                self._input = self._compressed.read(_CHUNK)
                if not self._input:
                    self._end(RejectReason.TRUNCATED)
        return b""

    def _inflate(self, size: int) -> bytes:
        try:
            data = self._inflater.decompress(self._input, size)
        except zlib.error:
            self._end(RejectReason.DAMAGED)
            return b""
        self._input = self._inflater.unconsumed_tail
        return data

    def _open_next_member(self) -> None:
        rest = self._inflater.unused_data.lstrip(b"\0")  # tape blocks are padded with zeros
        rest = rest or self._compressed.read(_CHUNK).lstrip(b"\0")
        if not rest:
            self._ended = True
            return
        self._inflater = zlib.decompressobj(_GZIP_ONLY)
        self._input = rest

    def _end(self, damage: RejectReason) -> None:
        self.damage = damage
        self._ended = True
