"""The written form of keys, ``kid:base64[,kid:base64 …]``, and what makes a key too weak.

Nothing here raises, and a problem is told by position only: an exception would carry the key's
text in its frames.
"""

from __future__ import annotations

import base64
import binascii
import re
import string
from itertools import pairwise
from typing import Final

MIN_KEY_BYTES: Final = 32
"""As many as HMAC-SHA256 gives back; OpenTelemetry's redaction processor asks for the same."""

_KID: Final = re.compile(r"[a-z0-9]{1,8}")
_MIN_DISTINCT: Final = 16
"""Distinct bytes, and distinct steps between neighbours. 32 random bytes have about 30 of each; a
random key falls below 16 once in more than 10¹² draws."""
_PRINTABLE: Final = frozenset(string.printable.encode())
_URL_SAFE: Final = str.maketrans("-_", "+/")


def read_keys_text(text: str) -> tuple[dict[str, bytes], str | None]:
    """Read `text` into keys by kid, in order.

    Returns:
        The keys and None, or an empty dict and what is wrong, in words that hold no part of them.
    """
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(text.split(","), start=1):
        kid, colon, written = entry.strip().partition(":")
        problem = None if colon else 'has no "kid:" in front'
        key = _decode(written)
        problem = problem or _kid_problem(kid, keys) or _key_problem(key, keys)
        if problem:
            return {}, f"key {number} {problem}"
        keys[kid] = key
    return keys, None


def _decode(written: str) -> bytes:
    """The bytes of standard or URL-safe base64, padded or not; none where it is neither."""
    plain = written.strip().translate(_URL_SAFE).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _kid_problem(kid: str, keys: dict[str, bytes]) -> str | None:
    if not _KID.fullmatch(kid):
        return "has a kid that is not 1 to 8 of a-z and 0-9"
    return "repeats the kid of an earlier one" if kid in keys else None


def _key_problem(key: bytes, keys: dict[str, bytes]) -> str | None:
    if not key:
        return "is not base64"
    if len(key) < MIN_KEY_BYTES:
        return f"has {len(key)} bytes; at least {MIN_KEY_BYTES} are needed"
    if _is_guessable(key):
        return "is not random bytes; make one with: safetrack keys new"
    return "repeats the bytes of an earlier one" if key in keys.values() else None


def _is_guessable(key: bytes) -> bool:
    """Text, few different bytes, or a plain sequence: nothing that a generator would give."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    return _PRINTABLE.issuperset(key) or min(len(set(key)), len(steps)) < _MIN_DISTINCT
