"""Amplitude's ``/2/httpapi`` and ``/batch``.

Sources: https://amplitude.com/docs/apis/analytics/http-v2 and …/batch-event-upload.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
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
    "dma",
    "language",
    "currency",
    "productId",
    "revenueType",
    "ip",
    "idfa",
    "idfv",
    "adid",
    "android_id",
    "partner_id",
    "version_name",
    "user_agent",
)
NUMBERS = ("price", "revenue", "location_lat", "location_lng")
WHOLE = ("quantity", "event_id", "session_id")
BAGS = ("event_properties", "user_properties", "groups", "group_properties")
PLAN = ("branch", "source", "version", "versionId")
INGESTION = ("source_name", "source_version")


def _is_number(value: Any) -> bool:
    return type(value) in {int, float}


def _is_of(names: tuple[str, ...], value: Any) -> bool:
    """Whether it is an object of texts under these names."""
    return is_bag(value) and not wrong_fields(value, dict.fromkeys(names, is_text), set())


EVENT: dict[str, Check] = {
    **dict.fromkeys(TEXTS, is_text),
    "time": lambda value: is_whole(value) and value > 10**11,
    **dict.fromkeys(NUMBERS, _is_number),
    **dict.fromkeys(WHOLE, is_whole),
    **dict.fromkeys(BAGS, is_bag),
    "plan": partial(_is_of, PLAN),
    "ingestion_metadata": partial(_is_of, INGESTION),
}


def _upload(largest: int, request: Request) -> Answer:
    if request.content_type() != "application/json":
        return answer(400, code=400, error="Content-Type")
    if len(request.body) > largest:
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
        if not is_bag(event):
            found["events_with_invalid_fields"]["event"].append(index)
            continue
        if "event_type" not in event:
            found["events_with_missing_fields"]["event_type"].append(index)
        if not _names_somebody(event):
            found["events_with_missing_fields"]["user_id"].append(index)
        for name in ("user_id", "device_id"):
            if is_text(event.get(name)) and len(event[name]) < shortest:
                found["events_with_invalid_id_lengths"][name].append(index)
        for name in wrong_fields(event, EVENT, set()):
            found["events_with_invalid_fields"][name].append(index)
    return found


def _names_somebody(event: Mapping[str, Any]) -> bool:
    """A group's properties may be nobody's in particular, as Amplitude's SDKs send them."""
    is_of_group = event.get("event_type") == "$groupidentify" and bool(event.get("groups"))
    return is_of_group or not {"user_id", "device_id"}.isdisjoint(event)


PATHS = {
    ("POST", "/2/httpapi"): partial(_upload, 1024 * 1024),
    ("POST", "/batch"): partial(_upload, 20 * 1024 * 1024),
}
