"""Segment's ``/v1/batch``.

Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/.
"""

from __future__ import annotations

import json
from typing import Any

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_text,
    is_time_with_zone,
    refuse,
    wrong_fields,
)

ENVELOPE: dict[str, Check] = {
    "batch": lambda value: type(value) is list and len(value) > 0,
    "sentAt": is_time_with_zone,
    "writeKey": is_text,
}
MESSAGE: dict[str, Check] = {
    "type": is_text,
    "messageId": lambda value: is_text(value) and len(value) <= 100,
    "timestamp": is_time_with_zone,
    "userId": lambda value: value is None or is_text(value),
    "anonymousId": lambda value: value is None or is_text(value),
    "context": is_bag,
    "integrations": is_bag,
    "event": is_text,
    "name": lambda value: value is None or is_text(value),
    "category": lambda value: value is None or is_text(value),
    "properties": is_bag,
    "traits": is_bag,
    "groupId": is_text,
    "previousId": is_text,
}
REQUIRED: dict[Any, set[str]] = {
    "track": {"event", "properties"},
    "identify": {"traits"},
    "page": set(),
    "screen": set(),
    "group": {"groupId"},
    "alias": {"previousId", "userId"},
}


def _batch(request: Request) -> Answer:
    if not (request.basic() or "").endswith(":"):
        return refuse(401, "authorization")
    if len(request.body) > 500_000:
        return refuse(400, "Exceed payload limit")
    body = request.json()
    wrong = wrong_fields(body, ENVELOPE, {"batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    wrong = [problem for message in request.messages for problem in _wrong(message)]
    return refuse(400, ", ".join(wrong)) if wrong else answer(200, success=True)


def _wrong(message: Any) -> list[str]:
    wrong = wrong_fields(message, MESSAGE, {"type", "messageId"})
    wrong += REQUIRED.get(message.get("type"), {"type"}) - set(message)
    if not (message.get("userId") or message.get("anonymousId")):
        wrong.append("userId")
    if len(json.dumps(message)) > 32 * 1024:
        wrong.append("size")
    return wrong


PATHS = {("POST", "/v1/batch"): _batch}
