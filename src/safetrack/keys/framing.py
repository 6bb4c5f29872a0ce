"""Unambiguous bytes for a tuple of texts: what every keyed code of safetrack is computed over."""

from __future__ import annotations

import struct

_length = struct.Struct(">Q").pack


def frame(*parts: str) -> bytes:
    """Each part as its length in bytes (8 bytes, big-endian) followed by its UTF-8 bytes.

    No two different tuples give the same bytes, so that moving a character over the border of two
    parts changes every code. A lone surrogate, which UTF-8 cannot write, becomes the three bytes
    of its code point (WTF-8).
    """
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join([_length(len(part)) + part for part in encoded])
