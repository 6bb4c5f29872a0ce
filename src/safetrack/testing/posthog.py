"""PostHog: events in three lanes, feature flags, traces and metrics.

Sources: https://posthog.com/docs/api/capture, …/api/flags, …/feature-flags/local-evaluation, and
OTLP as JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). The second version
of capture is documented by the SDK that speaks it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final

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
    is_whole,
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


OPTIONS: dict[str, Check] = {
    "cookieless_mode": is_bool,
    "disable_skew_correction": is_bool,
    "process_person_profile": is_bool,
    "product_tour_id": is_text,
}
ENVELOPE_V1: dict[str, Check] = {
    "created_at": is_time_with_zone,
    "batch": lambda value: type(value) is list and len(value) > 0,
    "historical_migration": is_bool,
}
EVENT_V1: dict[str, Check] = {
    "event": is_text,
    "distinct_id": _is_id,
    "timestamp": is_time_with_zone,
    "uuid": is_uuid,
    "options": lambda value: not wrong_fields(value, OPTIONS, set()),
    "properties": is_bag,
    "session_id": is_text,
    "window_id": is_text,
}
HEADERS_V1: Final = ("PostHog-Sdk-Info", "PostHog-Attempt", "PostHog-Request-Id")
FLAGS: dict[str, Check] = {
    "api_key": is_text,
    "token": is_text,
    "distinct_id": _is_id,
    "device_id": lambda value: value is None or type(value) is str,
    "groups": is_bag,
    "person_properties": is_bag,
    "group_properties": lambda value: is_bag(value) and all(map(is_bag, value.values())),
    "geoip_disable": is_bool,
    "flag_keys_to_evaluate": lambda value: type(value) is list and all(map(is_text, value)),
    "sent_at": is_time_with_zone,
}

FLAG: Final = "checkout"
"""The flag that this project has: half of the people get ``control``, the others ``test``."""
VARIANTS: Final = ("control", "test")


def variant(distinct_id: str) -> str:
    """Which variant of `FLAG` a person gets, by the hash that SDKs and server share."""
    digest = hashlib.sha1(f"{FLAG}.{distinct_id}variant".encode()).hexdigest()  # noqa: S324
    return VARIANTS[int(int(digest[:15], 16) / 0xFFFFFFFFFFFFFFF >= 0.5)]


def _batch(request: Request) -> Answer:
    body = _json(request)
    if type(body) is Answer:
        return body
    wrong = wrong_fields(body, ENVELOPE, {"api_key", "batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    for message in request.messages:
        wrong += wrong_fields(message, EVENT, {"event", "distinct_id", "properties"})
        own = message.get("properties", {})
        wrong += [n for n, check in PROPERTIES.items() if n in own and not check(own[n])]
    return refuse(400, ", ".join(wrong)) if wrong else answer(200, status="Ok")


def _batch_v1(request: Request) -> Answer:
    missing = [name for name in HEADERS_V1 if not request.header(name)]
    if missing or not _bearer(request):
        return refuse(401, ", ".join(missing) or "Authorization")
    body = _json(request)
    if type(body) is Answer:
        return body
    wrong = wrong_fields(body, ENVELOPE_V1, {"created_at", "batch"})
    if wrong:
        return refuse(400, ", ".join(wrong))
    request.messages = body["batch"]
    for message in request.messages:
        wrong += wrong_fields(message, EVENT_V1, set(EVENT_V1) - {"session_id", "window_id"})
    results = {message.get("uuid"): {"result": "ok"} for message in request.messages}
    return refuse(400, ", ".join(wrong)) if wrong else answer(200, results=results)


def _flags(request: Request) -> Answer:
    if request.query.get("v") not in {"2", "4"}:
        return refuse(400, "v")
    body = _json(request)
    if type(body) is Answer:
        return body
    request.messages = [body]
    wrong = wrong_fields(body, FLAGS, {"distinct_id"})
    if "api_key" not in body and "token" not in body:
        wrong.append("api_key")
    if wrong:
        return refuse(400, ", ".join(wrong))
    wanted = body.get("flag_keys_to_evaluate", [FLAG])
    return answer(
        200,
        flags={FLAG: _flag(body["distinct_id"])} if FLAG in wanted else {},
        errorsWhileComputingFlags=False,
        requestId="0190f6d2-7c1e-7b3a-9f5e-1c2d3e4f5a6b",
        evaluatedAt=1764072000000,
    )


def _flag(distinct_id: str) -> dict[str, Any]:
    """One record of an answer, as from version 2 on."""
    return {
        "key": FLAG,
        "enabled": True,
        "variant": variant(distinct_id),
        "reason": {"code": "condition_match", "condition_index": 0, "description": "matched"},
        "metadata": {"id": 1, "version": 1, "payload": None, "description": None},
    }


def _definitions(request: Request) -> Answer:
    if not _bearer(request) or not request.query.get("token"):
        return refuse(401, "credentials")
    halves = [{"key": key, "rollout_percentage": 50} for key in VARIANTS]
    everybody = [{"properties": [], "rollout_percentage": 100}]
    filters = {"groups": everybody, "multivariate": {"variants": halves}, "payloads": {}}
    return answer(
        200,
        flags=[{"id": 1, "key": FLAG, "active": True, "version": 1, "filters": filters}],
        group_type_mapping={"0": "company"},
        cohorts={},
    )


def _remote_config(request: Request) -> Answer:
    if not _bearer(request) or not request.query.get("token"):
        return refuse(401, "credentials")
    return answer(200, colour="blue")


def _are_attributes(value: Any) -> bool:
    return type(value) is list and all(
        is_bag(one) and set(one) == {"key", "value"} for one in value
    )


def _are_points(value: Any) -> bool:
    return is_bag(value) and all(
        _are_attributes(point.get("attributes")) and is_text(point.get("timeUnixNano"))
        for point in value.get("dataPoints", [{}])
    )


SPAN: dict[str, Check] = {
    "traceId": lambda value: bool(re.fullmatch("[0-9a-f]{32}", str(value))),
    "spanId": lambda value: bool(re.fullmatch("[0-9a-f]{16}", str(value))),
    "parentSpanId": lambda value: bool(re.fullmatch("[0-9a-f]{16}", str(value))),
    "traceState": is_text,
    "name": is_text,
    "kind": lambda value: value in range(1, 6),
    "startTimeUnixNano": lambda value: is_text(value) and value.isdigit(),
    "endTimeUnixNano": lambda value: is_text(value) and value.isdigit(),
    "flags": is_whole,
    "attributes": _are_attributes,
    "events": lambda value: type(value) is list,
    "droppedAttributesCount": is_whole,
    "droppedEventsCount": is_whole,
    "status": is_bag,
}
METRIC: dict[str, Check] = {
    "name": is_text,
    "unit": is_text,
    "sum": _are_points,
    "gauge": _are_points,
    "histogram": _are_points,
}


def _otlp(
    outer: str, inner: str, items: str, fields: dict[str, Check], required: set[str]
) -> Callable[[Request], Answer]:
    """A check of OTLP, whose messages stand below a resource and a scope."""

    def check(request: Request) -> Answer:
        if not (_bearer(request) or request.query.get("token")):
            return refuse(401, "credentials")
        body = _json(request)
        if type(body) is Answer:
            return body
        wrong = wrong_fields(body, {outer: lambda value: type(value) is list}, {outer})
        for resource in body.get(outer, []):
            if not _are_attributes(resource["resource"]["attributes"]):
                wrong.append("resource")
            for scope in resource[inner]:
                request.messages += scope[items]
        for message in request.messages:
            wrong += wrong_fields(message, fields, required)
        return refuse(400, ", ".join(wrong)) if wrong else answer(200)

    return check


def _json(request: Request) -> Any:
    """The body; an answer that refuses it if it is declared as something else."""
    if request.content_type() != "application/json":
        return refuse(415, "content type")
    return request.json()


def _bearer(request: Request) -> str:
    return (request.header("Authorization") or "").removeprefix("Bearer ")


PATHS = {
    ("POST", "/batch/"): _batch,
    ("POST", "/i/v0/ai/batch/"): _batch,
    ("POST", "/i/v1/analytics/events"): _batch_v1,
    ("POST", "/flags/"): _flags,
    ("GET", "/flags/definitions"): _definitions,
    ("GET", f"/api/projects/@current/feature_flags/{FLAG}/remote_config"): _remote_config,
    ("POST", "/i/v1/traces"): _otlp(
        "resourceSpans", "scopeSpans", "spans", SPAN, {"traceId", "spanId", "name", "kind"}
    ),
    ("POST", "/i/v1/metrics"): _otlp(
        "resourceMetrics", "scopeMetrics", "metrics", METRIC, {"name"}
    ),
}
