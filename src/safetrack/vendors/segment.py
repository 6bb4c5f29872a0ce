"""Segment: what its messages are made of.

Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/.
"""

from __future__ import annotations

from typing import Final

HOST: Final = "https://api.segment.io"

MAX_ITEMS: Final = 100
MAX_BYTES: Final = 475_000
MAX_ITEM_BYTES: Final = 32 * 1024
"""Limits of one request (500 kB, less what the envelope takes) and one message."""

KEYS: Final = (
    "type",
    "event",
    "name",
    "category",
    "userId",
    "anonymousId",
    "previousId",
    "groupId",
    "integrations",
    "timestamp",
    "messageId",
)
"""Keys of the neutral form that a Segment message has under the same name."""

WITH_PROPERTIES: Final = frozenset({"track", "page", "screen"})
WITH_TRAITS: Final = frozenset({"identify", "group"})
"""Which bag a call has, even an empty one; the others' traits stand in the context."""

RESERVED: Final[frozenset[str]] = frozenset()
"""Segment reads nothing but the envelope."""

RESERVED_CONTEXT: Final = frozenset({"ip", "library", "groupId"})
"""Keys of the context that safetrack alone sets, or nobody (``ip``)."""
