"""Amplitude's ``/2/httpapi``. Source: https://amplitude.com/docs/apis/analytics/http-v2."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_text,
    is_whole,
    wrong_fields,
)

ENVELOPE: dict[str, Check] = {
    "api_key": is_text,
    "events": lambda value: type(value) is list and len(value) > 0,
    "options": is_bag,
}
TEXTS = (
    "user_id",
    "device_id",
    "event_type",
    "insert_id",
    "library",
    "app_version",
    "platform",
    "os_name",
    "os_version",
    "device_brand",
    "device_manufacturer",
    "device_model",
    "carrier",
    "country",
    "region",
    "city",
    "language",
)
EVENT: dict[str, Check] = {
    **dict.fromkeys(TEXTS, is_text),
    "time": lambda value: is_whole(value) and value > 10**11,
    **dict.fromkeys(("event_properties", "user_properties", "groups", "group_properties"), is_bag),
}


def _upload(request: Request) -> Answer:
    if len(request.body) > 1024 * 1024:
        return answer(413, code=413, error="Payload too large")
    body = request.json()
    wrong = wrong_fields(body, ENVELOPE, {"api_key", "events"})
    if wrong:
        return answer(400, code=400, error="Invalid request", missing_field=wrong[0])
    if len(body["events"]) > 2000:
        return answer(413, code=413, error="Payload too large")
    request.messages = body["events"]
    shortest = body.get("options", {}).get("min_id_length", 5)
    problems = _problems(request.messages, shortest)
    if problems:
        return answer(400, code=400, error="Request missing required field", **problems)
    return answer(200, code=200, events_ingested=len(request.messages))


def _problems(events: list[Any], shortest: int) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, event in enumerate(events):
        if "event_type" not in event:
            found["events_with_missing_fields"]["event_type"].append(index)
        if not {"user_id", "device_id"} & set(event):
            found["events_with_missing_fields"]["user_id"].append(index)
        for name in ("user_id", "device_id"):
            if len(event.get(name, "x" * shortest)) < shortest:
                found["events_with_invalid_id_lengths"][name].append(index)
        for name in wrong_fields(event, EVENT, set()):
            found["events_with_invalid_fields"][name].append(index)
    return found


PATHS = {("POST", "/2/httpapi"): _upload}
