"""New message ids: random UUIDs whose randomness is fetched ahead.

A system call for each id would release the interpreter's lock each time, and the calling thread
would queue for it behind the threads that deliver.
"""

from __future__ import annotations

import os
from collections import deque
from typing import Final

_BYTES: Final = 16
_AHEAD: Final = 512
"""Ids whose randomness is fetched in one call: fewer than 1 call in 100 waits for it."""

_POOL: Final[deque[bytes]] = deque()


def new_message_id() -> str:
    """A random UUID (RFC 9562 version 4), as text. Thread-safe; never the same after a fork."""
    try:
        raw = _POOL.popleft()
    except IndexError:
        raw = _refill()
    text = raw.hex()
    variant = "89ab"[raw[8] >> 6]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def _refill() -> bytes:
    """Fetch randomness for more ids; returns one's own."""
    fetched = os.urandom(_BYTES * _AHEAD)
    _POOL.extend(fetched[at : at + _BYTES] for at in range(_BYTES, len(fetched), _BYTES))
    return fetched[:_BYTES]


os.register_at_fork(after_in_child=_POOL.clear)
