"""Sanitized events for tests of what comes after the sanitizer."""

from __future__ import annotations

import uuid
from typing import Any

from safetrack.event import SafeEvent

TIME = "2026-11-23T17:48:10Z"
EPOCH = 1795456090
"""`TIME` in seconds since 1970."""


def safe(message: dict[str, Any] | None = None, **more: Any) -> SafeEvent:
    """A track event as the sanitizer would hand it over, with the keys given on top."""
    plain = {
        "type": "track",
        "event": "Signed Up",
        "userId": "st1_k1_0_person",
        "timestamp": TIME,
        "messageId": str(uuid.uuid4()),
        **(message or {}),
        **more,
    }
    plain = {key: value for key, value in plain.items() if value is not None}
    return SafeEvent(plain, message_id=plain["messageId"], destination="test")
