"""RudderStack's ``/v1/batch``: Segment's path, without a key in the body.

Source: https://www.rudderstack.com/docs/api/http-api/.
"""

from __future__ import annotations

from typing import Any

from safetrack.testing import segment
from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    is_bag,
    is_time_with_zone,
    refuse,
    wrong_fields,
)

ENVELOPE: dict[str, Check] = {
    "batch": lambda value: type(value) is list and len(value) > 0,
    "sentAt": is_time_with_zone,
}
MESSAGE: dict[str, Check] = {
    **segment.MESSAGE,
    "channel": lambda value: value in {"server", "web", "mobile", "sources"},
}
LARGEST = 4 * 1024 * 1024
"""Bytes of one request, unpacked."""


def _batch(request: Request) -> Answer:
    body = request.json()
    if type(body) is dict and "writeKey" in body:
        return segment.batch(request)
    if not (request.basic() or "").endswith(":"):
        return refuse(401, "Failed to read writeKey from header")
    if len(request.content()) > LARGEST:
        return refuse(413, "Request size exceeds max limit")
    wrong = wrong_fields(body, ENVELOPE, {"batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    wrong = [problem for message in request.messages for problem in _wrong(message)]
    return refuse(400, ", ".join(wrong)) if wrong else Answer(200, b'"OK"')


def _wrong(message: Any) -> list[str]:
    wrong = segment.wrong_message(message, MESSAGE)
    if is_bag(message) and message.get("type") == "identify" and "context" in message:
        return [name for name in wrong if name != "traits"]  # they stand in the context
    return wrong


PATHS = {("POST", "/v1/batch"): _batch}
