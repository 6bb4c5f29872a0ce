"""Traces and metrics: sanitized span by span and point by point."""

import logging

import posthog
import pytest

from safetrack import Policy
from safetrack.dropin.posthog import telemetry
from safetrack.testing import Answer
from safetrack.vendors.shape import IdKind

EMAIL = "jane.doe@example.org"
RULES = {
    "version": 1,
    "timestamp": {"generalize": {"time": "second"}},
    "properties": {
        "plan": "keep",
        "duration_ms": {"keep": "number", "min": 0, "max": 999999},
        "status": {"keep": ["ok", "error"]},
        "status_message": "scrub",
        "value": {"keep": "number", "min": 0, "max": 1000},
        "unit": {"keep": ["ms"]},
    },
    "context": {"service.name": {"keep": ["shop"]}},
}
NEEDS_TRACES = pytest.mark.skipif(not hasattr(posthog.Client, "start_span"), reason="an older SDK")


@pytest.fixture
def client(make):
    named = {"service_name": "shop", "flush_interval": 3600}
    options = {"traces": named} if hasattr(posthog.Client, "start_span") else {}
    return make(policy=Policy.from_dict(RULES), metrics=named, **options)


def resource_of(capture, outer):
    attributes = capture.last.json()[outer][0]["resource"]["attributes"]
    return {one["key"]: one["value"]["stringValue"] for one in attributes}


@NEEDS_TRACES
def test_a_span_leaves_as_an_event_would(client, capture):
    with client.new_context(fresh=True):
        client.identify_context("u-1")
        client.set_context_session("s-1")
        with (
            client.start_span("checkout", attributes={"plan": "pro", "email": EMAIL}) as outer,
            client.start_span("pay") as inner,
        ):
            inner.add_event("charged", {"plan": "pro", "email": EMAIL})
            inner.set_status("error", f"card of {EMAIL}")
        trace = outer.traceparent().split("-")[1]
    client.flush()

    pay, checkout = capture.messages()
    assert (pay["name"], checkout["name"]) == ("pay", "checkout")
    assert checkout["attributes"] == [
        attribute("posthogDistinctId", client.safetrack.identifier(IdKind.PERSON, "u-1")),
        attribute("plan", "pro"),
    ]
    assert pay["parentSpanId"] == checkout["spanId"]
    assert pay["traceId"] == checkout["traceId"] != trace
    assert pay["status"]["code"] == 2
    assert EMAIL not in pay["status"]["message"]
    assert [(one["name"], one["attributes"]) for one in pay["events"]] == [
        ("charged", [attribute("plan", "pro")])
    ]
    start = int(checkout["startTimeUnixNano"])
    assert start % 10**9 == 0
    assert start < int(checkout["endTimeUnixNano"]) < start + 10**9 * 60
    assert resource_of(capture, "resourceSpans") == {"service.name": "shop", **telemetry.SDK}


def attribute(key, text):
    return {"key": key, "value": {"stringValue": text}}


@NEEDS_TRACES
def test_values_of_every_kind_are_read_back(make, capture):
    rules = {"version": 1, "unlisted": "scrub"}
    client = make(policy=Policy.from_dict(rules), traces={})
    given = {
        "flag": True,
        "n": 7,
        "x": 1.5,
        "list": ["a", 2],
        "map": {"k": "v"},
        "nan": float("nan"),
    }

    client.start_span("work", attributes=given).end()
    client.flush()

    (span,) = capture.messages()
    made = {one["key"]: one["value"] for one in span["attributes"]}
    assert made["flag"] == {"boolValue": True}
    assert made["n"] == {"intValue": 7}
    assert made["list"] == {"arrayValue": {"values": [{"stringValue": "a"}, {"intValue": 2}]}}
    assert made["map"] == {"stringValue": '{"k": "v"}'}


@NEEDS_TRACES
def test_spans_that_may_not_leave_are_no_failure(make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "unlisted_events": "drop"}), traces={})

    client.start_span("work").end()
    client.flush()

    assert capture.requests == []
    assert not client._traces.has_queued_spans()
    assert client.safetrack.stats()["dropped"] == {"event_dropped": 1}


@NEEDS_TRACES
def test_spans_are_tried_again_sanitized(client, capture):
    capture.answers.append(Answer(503))
    client.start_span("checkout", attributes={"email": EMAIL}).end()
    client.flush(0.2)

    assert [request.path for request in capture.requests] == ["/i/v1/traces"] * 2
    assert EMAIL.encode() not in b"".join(one.content() for one in capture.requests)


def test_a_point_leaves_if_its_value_may(client, capture):
    client.metrics.count("orders", 3, attributes={"plan": "pro", "email": EMAIL})
    client.metrics.count("orders", 4, attributes={"plan": "pro", "email": "other@example.org"})
    client.metrics.gauge("depth", 12345678901)
    client.metrics.histogram("took", 12.5, unit="ms", attributes={"plan": "pro"})
    client.metrics.histogram("took", 700.5, unit=EMAIL)
    client.metrics.flush()

    orders, took, *unitless = capture.messages()
    assert orders["name"] == "orders"
    assert [point["asDouble"] for point in orders["sum"]["dataPoints"]] == [3, 4]
    assert {str(point["attributes"]) for point in orders["sum"]["dataPoints"]} == {
        str([attribute("plan", "pro")])
    }
    assert (took["name"], took["unit"], took["histogram"]["dataPoints"][0]["count"]) == (
        "took",
        "ms",
        1,
    )
    assert [one.get("unit") for one in unitless] == [None]
    assert client.safetrack.stats()["dropped"] == {"rule": 1}
    assert resource_of(capture, "resourceMetrics") == {"service.name": "shop", **telemetry.SDK}


def test_metrics_of_which_nothing_may_leave_are_not_sent(make, capture):
    client = make()
    client.metrics.count("orders", 3)
    client.metrics.flush()

    assert capture.requests == []


def test_a_message_that_is_built_in_another_way_does_not_leave(client, capture, caplog):
    caplog.set_level(logging.ERROR)

    assert client.metrics._send({"resourceMetrics": [], "email": EMAIL}) == "ok"

    assert capture.requests == []
    assert client.safetrack.stats()["dropped"] == {"sanitizer_error": 1}
    assert EMAIL not in caplog.text


@NEEDS_TRACES
def test_an_sdk_whose_exporter_is_built_in_another_way_traces_nothing(make, monkeypatch):
    client = make(traces={})
    pipeline = client._traces_pipeline
    monkeypatch.delattr(pipeline, "_exporter")

    with pytest.raises(AttributeError):
        telemetry.take_over_traces(pipeline, client.safetrack)
