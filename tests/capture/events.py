"""Sanitized events for tests of what comes after the sanitizer."""

from __future__ import annotations

import uuid
from typing import Any

from safetrack.event import SafeEvent

TIME = "2026-11-23T17:48:10Z"
TRACK: dict[str, Any] = {"type": "track", "event": "Signed Up", "userId": "st1_k1_0_person"}


def safe(message: dict[str, Any] | None = None, **more: Any) -> SafeEvent:
    """A message as the sanitizer would hand it over, a track event where none is given."""
    envelope = {"timestamp": TIME, "messageId": str(uuid.uuid4())}
    plain = {**envelope, **(TRACK if message is None else message), **more}
    return SafeEvent(plain, message_id=plain["messageId"], destination="test")
