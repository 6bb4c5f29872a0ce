"""Traces and metrics: OTLP messages, each of whose spans and points is sanitized as an event.

What the policy says of an event's properties decides about attributes, and about what stands
beside them: ``duration_ms``, ``status`` and ``status_message`` of a span, ``value`` and ``unit``
of a metric. A point whose value may not leave does not leave.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from posthog.metrics_capture import PostHogMetrics, _to_otlp_key_value_list
from posthog.version import VERSION

from safetrack.dropin.guard import Guard
from safetrack.dropin.posthog.events import LIBRARY
from safetrack.event import Reason
from safetrack.vendors.posthog import POSTHOG_TELEMETRY

logger = logging.getLogger("safetrack.dropin")

Json: TypeAlias = dict[str, Any]

SDK: Final = {"telemetry.sdk.name": LIBRARY, "telemetry.sdk.version": VERSION}
UNNAMED: Final = "unknown_service"
"""What the SDK calls a service without a name."""


class SafeMetrics(PostHogMetrics):
    """The metrics of a client, sanitized as they are sent."""

    guard: Guard

    def _send(self, payload: Json) -> str:
        cleaned = _safely(cleaned_metrics, self.guard, payload)
        return "ok" if cleaned is None else super()._send(cleaned)


class SafeSend:
    """Sends spans through the vendor's function, sanitized."""

    def __init__(self, guard: Guard, send: Callable[..., Any]) -> None:
        self._guard = guard
        self._send = send

    def __call__(self, client: Any, payload: Json) -> Any:
        """Send what may leave of a payload; nothing at all is a success."""
        from posthog.tracing._transport import OK  # old versions have no traces

        cleaned = _safely(cleaned_traces, self._guard, payload)
        return OK if cleaned is None else self._send(client, cleaned)


def take_over_metrics(metrics: Any, guard: Guard) -> Any:
    """Have a client's metrics sanitized. Once is enough."""
    taken: Any = metrics
    if type(taken) is not SafeMetrics:
        taken.guard = guard
        taken.__class__ = SafeMetrics
    return taken


def take_over_traces(pipeline: Any, guard: Guard) -> None:
    """Have a client's spans sanitized. Once is enough.

    Raises:
        AttributeError: The SDK is built in another way: nothing may be traced.
    """
    exporter = pipeline._exporter  # noqa: SLF001
    if type(exporter._send) is not SafeSend:  # noqa: SLF001
        exporter._send = SafeSend(guard, exporter._send)  # noqa: SLF001


# Traces


def cleaned_traces(guard: Guard, payload: Json) -> Json | None:
    """What may leave of a request for traces; None where nothing may."""
    return _cleaned(guard, payload, "resourceSpans", "scopeSpans", "spans", _cleaned_spans)


def _cleaned_spans(guard: Guard, spans: Sequence[Json]) -> list[Json]:
    cleaned = guard.clean([_span_message(span) for span in spans], POSTHOG_TELEMETRY)
    happened = [_happened(guard, span.get("events", ())) for span in spans]
    if guard.is_observing:
        return []  # what would have become of them is recorded
    return [
        _span(span, message, moments)
        for span, message, moments in zip(spans, cleaned, happened, strict=True)
        if message is not None
    ]


def _span_message(span: Json) -> Json:
    status = span.get("status", {})
    start, end = int(span["startTimeUnixNano"]), int(span["endTimeUnixNano"])
    beside = {
        "duration_ms": (end - start) / _NANOS_A_MILLI,
        "status": _STATUS.get(status.get("code")),
        "status_message": status.get("message"),
    }
    return {
        "event": span["name"],
        "timestamp": _iso(start),
        "trace": span["traceId"],
        "span": span["spanId"],
        "parent": span.get("parentSpanId"),
        "properties": {**_plain_attributes(span), **_present(beside)},
    }


def _span(span: Json, message: Json, happened: list[Json]) -> Json:
    own = dict(message.get("properties", {}))
    start = _nanos(message.get("timestamp"))
    duration, status = own.pop("duration_ms", 0), own.pop("status", None)
    said = own.pop("status_message", None)
    return {
        "traceId": uuid.UUID(message["trace"]).hex,
        "spanId": _span_id(message["span"]),
        "name": message.get("event", ""),
        "kind": span["kind"],
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + int(duration * _NANOS_A_MILLI)),
        **({"parentSpanId": _span_id(message["parent"])} if "parent" in message else {}),
        **({"attributes": _to_otlp_key_value_list(own)} if own else {}),
        **({"events": happened} if happened else {}),
        **({"status": _status(status, said)} if status in _CODES else {}),
    }


def _happened(guard: Guard, events: Sequence[Json]) -> list[Json]:
    parts = (guard.part(_moment_message(event), POSTHOG_TELEMETRY) for event in events)
    return [
        {
            "name": part["event"],
            "timeUnixNano": str(_nanos(part.get("timestamp"))),
            "attributes": _to_otlp_key_value_list(part.get("properties", {})),
        }
        for part in parts
        if part is not None
    ]


def _moment_message(event: Json) -> Json:
    return {
        "event": event["name"],
        "timestamp": _iso(int(event["timeUnixNano"])),
        "properties": _plain_attributes(event),
    }


def _status(status: str, said: str | None) -> Json:
    return {"code": _CODES[status], **({} if said is None else {"message": said})}


def _span_id(made: str) -> str:
    """The eight bytes of a span's id (W3C Trace Context) of the sixteen of a message's."""
    return uuid.UUID(made).hex[:16]


_STATUS: Final = {1: "ok", 2: "error"}
_CODES: Final = {word: code for code, word in _STATUS.items()}


# Metrics


def cleaned_metrics(guard: Guard, payload: Json) -> Json | None:
    """What may leave of a request for metrics; None where nothing may."""
    return _cleaned(guard, payload, "resourceMetrics", "scopeMetrics", "metrics", _cleaned_all)


def _cleaned_all(guard: Guard, metrics: Sequence[Json]) -> list[Json]:
    return [own for metric in metrics for own in _cleaned_metric(guard, metric)]


def _cleaned_metric(guard: Guard, metric: Json) -> list[Json]:
    """One metric for each name and unit that its points leave under."""
    kind = next(kind for kind in ("sum", "gauge", "histogram") if kind in metric)
    points = metric[kind]["dataPoints"]
    messages = guard.clean([_point_message(metric, point) for point in points], POSTHOG_TELEMETRY)
    if guard.is_observing:
        return []  # what would have become of them is recorded
    kept: defaultdict[tuple[str, str | None], list[Json]] = defaultdict(list)
    for point, message in zip(points, messages, strict=True):
        own = {} if message is None else dict(message.get("properties", {}))
        value, unit = own.pop("value", None), own.pop("unit", None)
        if message is not None and value == list(_numbers(point).values()):
            kept[message.get("event", ""), unit].append(_point(point, message, own))
        elif message is not None:
            guard.withhold(Reason.RULE)
    return [
        {"name": name, **_present({"unit": unit}), kind: {**metric[kind], "dataPoints": own_points}}
        for (name, unit), own_points in kept.items()
    ]


def _point_message(metric: Json, point: Json) -> Json:
    since = point.get("startTimeUnixNano")
    return {
        "event": metric["name"],
        "timestamp": _iso(int(point["timeUnixNano"])),
        **({} if since is None else {"since": _iso(int(since))}),
        "properties": {
            **_plain_attributes(point),
            **_present({"unit": metric.get("unit")}),
            "value": list(_numbers(point).values()),
        },
    }


def _point(point: Json, message: Json, own: Json) -> Json:
    since = {"startTimeUnixNano": str(_nanos(message["since"]))} if "since" in message else {}
    return {
        "attributes": _to_otlp_key_value_list(own),
        **since,
        "timeUnixNano": str(_nanos(message.get("timestamp"))),
        **_numbers(point),
        **{key: point[key] for key in ("count", "bucketCounts", "explicitBounds") if key in point},
    }


def _numbers(point: Json) -> Json:
    """What was measured, as the application said it or summed up."""
    return {key: point[key] for key in ("asDouble", "sum", "min", "max") if key in point}


# Both


def _safely(
    clean: Callable[[Guard, Json], Json | None], guard: Guard, payload: Json
) -> Json | None:
    """As `clean`; nothing leaves of a message that is built in another way than is known here."""
    try:
        return clean(guard, payload)
    except Exception as error:  # noqa: BLE001  whatever it is, nothing of this may leave
        logger.error("telemetry was dropped: %s", type(error).__name__)  # noqa: TRY400
    guard.drop(Reason.SANITIZER_ERROR)
    return payload if guard.is_observing else None


def _cleaned(  # noqa: PLR0913, PLR0917  the three names of the levels are one thing
    guard: Guard,
    payload: Json,
    outer: str,
    inner: str,
    items: str,
    clean: Callable[[Guard, Sequence[Json]], list[Json]],
) -> Json | None:
    """Sanitize what stands on the third level of a message, and its resource."""
    (top,) = payload[outer]
    (scope,) = top[inner]
    kept = clean(guard, scope[items])
    resource = guard.part({"resource": _plain_attributes(top["resource"])}, POSTHOG_TELEMETRY)
    if guard.is_observing:
        return payload
    if not kept or resource is None:
        return None
    attributes = {"service.name": UNNAMED, **resource.get("resource", {}), **SDK}
    own = {"attributes": _to_otlp_key_value_list(attributes)}
    return {outer: [{"resource": own, inner: [{**scope, items: kept}]}]}


def _plain_attributes(of: Json) -> Json:
    return {entry["key"]: _plain(entry["value"]) for entry in of.get("attributes", ())}


def _plain(value: Mapping[str, Any]) -> Any:
    """The value that an OTLP ``AnyValue`` wraps."""
    ((kind, inner),) = value.items()
    if kind == "arrayValue":
        return [_plain(item) for item in inner["values"]]
    if kind == "kvlistValue":
        return {entry["key"]: _plain(entry["value"]) for entry in inner["values"]}
    return int(inner) if kind == "intValue" else inner


def _present(fields: Json) -> Json:
    return {key: value for key, value in fields.items() if value is not None}


_NANOS_A_MILLI: Final = 1_000_000


def _iso(nanos: int) -> str:
    return dt.datetime.fromtimestamp(nanos / 1e9, dt.UTC).isoformat()


def _nanos(millis: object) -> int:
    return int(millis) * _NANOS_A_MILLI if type(millis) is int else 0
