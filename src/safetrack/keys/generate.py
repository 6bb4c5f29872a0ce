"""Make a new key."""

from __future__ import annotations

import base64
import secrets

from safetrack.keys.keytext import MIN_KEY_BYTES


def new_key() -> str:
    """A new random key in its written form, ``k1:<base64 of 32 bytes>``."""
    return f"k1:{base64.b64encode(secrets.token_bytes(MIN_KEY_BYTES)).decode('ascii')}"
