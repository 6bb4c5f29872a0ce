"""HMAC-SHA256 under one key (RFC 2104, FIPS 180-4)."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

_BLOCK: Final = 64
"""Bytes of SHA-256's block."""
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))


class Mac:
    """Makes codes under a key of at most one block.

    ``hmac.digest`` lets other threads run while OpenSSL holds its locks: a process forked at that
    moment would wait for them for ever. These states are copied and fed with nobody in between,
    and the key is worked in only once.
    """

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(_BLOCK, b"\0")
        self._inner = sha256(padded.translate(_INNER))
        self._outer = sha256(padded.translate(_OUTER))

    def digest(self, message: bytes) -> bytes:
        """The code of a message: 32 bytes."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()
