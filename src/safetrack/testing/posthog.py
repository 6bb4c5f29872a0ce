"""PostHog's ``/batch/``. Source: https://posthog.com/docs/api/capture."""

from __future__ import annotations

from typing import Any

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_bool,
    is_text,
    is_time_with_zone,
    is_uuid,
    refuse,
    wrong_fields,
)


def _is_id(value: Any) -> bool:
    return is_text(value) and len(value) <= 200


ENVELOPE: dict[str, Check] = {
    "api_key": is_text,
    "batch": lambda value: type(value) is list and len(value) > 0,
    "historical_migration": is_bool,
    "sent_at": is_time_with_zone,
}
EVENT: dict[str, Check] = {
    "event": is_text,
    "distinct_id": _is_id,
    "timestamp": is_time_with_zone,
    "uuid": is_uuid,
    "properties": is_bag,
    "$set": is_bag,
    "$set_once": is_bag,
}
PROPERTIES: dict[str, Check] = {
    "$set": is_bag,
    "$set_once": is_bag,
    "$groups": is_bag,
    "$group_type": is_text,
    "$group_key": is_text,
    "$group_set": is_bag,
    "$geoip_disable": is_bool,
    "$process_person_profile": is_bool,
    "distinct_id": is_text,
    "alias": is_text,
}


def _batch(request: Request) -> Answer:
    if (request.header("Content-Type") or "").split(";")[0] != "application/json":
        return refuse(415, "content type")
    body = request.json()
    wrong = wrong_fields(body, ENVELOPE, {"api_key", "batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    for message in request.messages:
        wrong += wrong_fields(message, EVENT, {"event", "distinct_id", "properties"})
        own = message.get("properties", {})
        wrong += [n for n, check in PROPERTIES.items() if n in own and not check(own[n])]
    return refuse(400, ", ".join(wrong)) if wrong else answer(200, status="Ok")


PATHS = {("POST", "/batch/"): _batch}
