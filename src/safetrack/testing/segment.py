"""Segment's ``/v1/batch``, and the ``/token`` of its OAuth server.

Sources: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ and
https://segment.com/docs/connections/oauth/.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import parse_qs

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_text,
    is_time_with_zone,
    is_whole,
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


TOKEN = "stand-in-access-token"  # noqa: S105  of nobody
"""What the OAuth server gives, and ``/v1/batch`` takes as a bearer."""
FORM: dict[str, Check] = {
    "grant_type": lambda value: value == "client_credentials",
    "client_assertion_type": lambda value: value.endswith(":client-assertion-type:jwt-bearer"),
    "client_assertion": lambda value: _part(value, 0).get("alg") == "RS256",
    "scope": is_text,
}
CLAIMS: dict[str, Check] = {
    **dict.fromkeys(("iss", "sub", "aud", "jti"), is_text),
    **dict.fromkeys(("iat", "exp"), is_whole),
}


def batch(request: Request) -> Answer:
    """What Segment answers to a batch."""
    if len(request.content()) > 500_000:
        return refuse(400, "Exceed payload limit")
    body = request.json()
    if not _is_known(request, body):
        return refuse(401, "authorization")
    wrong = wrong_fields(body, ENVELOPE, {"batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    wrong = [problem for message in request.messages for problem in _wrong(message)]
    return refuse(400, ", ".join(wrong)) if wrong else answer(200, success=True)


def _is_known(request: Request, body: Any) -> bool:
    """By a bearer, or by the write key: as a user, or in the body."""
    if request.bearer() is not None:
        return request.bearer() == TOKEN
    return (request.basic() or "").endswith(":") or (is_bag(body) and "writeKey" in body)


def _wrong(message: Any) -> list[str]:
    wrong = wrong_message(message, MESSAGE)
    if len(json.dumps(message)) > 32 * 1024:
        wrong.append("size")
    return wrong


def wrong_message(message: Any, fields: dict[str, Check]) -> list[str]:
    """Names of what is wrong in one message of the common tracking spec."""
    wrong = wrong_fields(message, fields, {"type", "messageId"})
    if not is_bag(message):
        return wrong
    required = REQUIRED.get(message.get("type"))
    wrong += ["type"] if required is None else sorted(required - set(message))
    if not (message.get("userId") or message.get("anonymousId")):
        wrong.append("userId")
    return wrong


def _token(request: Request) -> Answer:
    """Answers an application's own credentials, signed by its key; there is nobody's data in them."""
    if request.content_type() != "application/x-www-form-urlencoded":
        return refuse(415, "content type")
    form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    wrong = wrong_fields(form, FORM, set(FORM)) or wrong_fields(
        _part(form["client_assertion"], 1), CLAIMS, set(CLAIMS)
    )
    if wrong:
        return answer(400, error="invalid_request", error_description=", ".join(wrong))
    return answer(200, access_token=TOKEN, expires_in=3600, token_type="Bearer")  # noqa: S106


def _part(token: str, number: int) -> dict[str, Any]:
    """A part of a JSON web token (RFC 7519); empty where it is none."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[number] + "=="))
    except (binascii.Error, ValueError):
        return {}
    return found if is_bag(found) else {}


PATHS = {("POST", "/v1/batch"): batch, ("POST", "/token"): _token}
