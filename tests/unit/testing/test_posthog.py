"""PostHog's stand-in refuses what PostHog would refuse."""

import pytest
import requests

from safetrack.testing import capturing
from safetrack.testing.posthog import FLAG, VARIANTS, variant

BEARER = {"Authorization": "Bearer key"}
V1 = {
    **BEARER,
    "PostHog-Sdk-Info": "posthog-python/7",
    "PostHog-Attempt": "1",
    "PostHog-Request-Id": "r",
}
UUID = "0190f6d2-7c1e-7b3a-9f5e-1c2d3e4f5a6b"
TIME = "2026-11-25T12:00:00+00:00"
EVENT = {"event": "Paid", "distinct_id": "u", "timestamp": TIME, "uuid": UUID, "properties": {}}
EVENT_V1 = {**EVENT, "options": {"process_person_profile": False}}
SPAN = {"traceId": "a" * 32, "spanId": "b" * 16, "name": "work", "kind": 1}
POINT = {"attributes": [], "timeUnixNano": "1", "asDouble": 1.0}


def traces(span, resource=()):
    scopes = [{"scope": {}, "spans": [span]}]
    return {"resourceSpans": [{"resource": {"attributes": list(resource)}, "scopeSpans": scopes}]}


def metrics(**metric):
    scopes = [{"scope": {}, "metrics": [metric]}]
    return {"resourceMetrics": [{"resource": {"attributes": []}, "scopeMetrics": scopes}]}


@pytest.fixture(scope="module")
def capture():
    with capturing() as running:
        yield running


def status(capture, path, body, **headers):
    answer = requests.post(capture.url + path, json=body, headers=headers, timeout=5)
    return answer.status_code


@pytest.mark.parametrize("path", ["/batch/", "/i/v0/ai/batch/"])
def test_a_batch_is_taken_or_refused(path, capture):
    assert status(capture, path, {"api_key": "k", "batch": [EVENT]}) == 200
    assert status(capture, path, {"batch": [EVENT]}) == 400
    assert status(capture, path, {"api_key": "k", "batch": []}) == 400
    assert status(capture, path, {"api_key": "k", "batch": [{**EVENT, "ip": "x"}]}) == 400
    assert status(capture, path, {"api_key": "k", "batch": [{**EVENT, "uuid": "x"}]}) == 400
    wrong = {**EVENT, "properties": {"$geoip_disable": "yes"}}
    assert status(capture, path, {"api_key": "k", "batch": [wrong]}) == 400
    as_text = requests.post(capture.url + path, data="{}", timeout=5)
    assert as_text.status_code == 415


def test_a_batch_of_the_second_version_is_taken_or_refused(capture):
    path, body = "/i/v1/analytics/events", {"created_at": TIME, "batch": [EVENT_V1]}

    answer = requests.post(capture.url + path, json=body, headers=V1, timeout=5)

    assert answer.json() == {"results": {UUID: {"result": "ok"}}}
    assert status(capture, path, body) == 401
    assert status(capture, path, body, **{**V1, "Authorization": "Bearer "}) == 401
    assert status(capture, path, {"batch": [EVENT_V1]}, **V1) == 400
    assert status(capture, path, {**body, "batch": [EVENT]}, **V1) == 400
    wrong = {**EVENT_V1, "options": {"process_person_profile": "no"}}
    assert status(capture, path, {**body, "batch": [wrong]}, **V1) == 400
    as_text = requests.post(capture.url + path, data="{}", headers=V1, timeout=5)
    assert as_text.status_code == 415


def test_flags_are_answered_or_refused(capture):
    body = {"api_key": "k", "distinct_id": "u"}

    answer = requests.post(f"{capture.url}/flags/?v=4", json=body, timeout=5).json()

    assert answer["flags"][FLAG]["variant"] == variant("u")
    others = {**body, "flag_keys_to_evaluate": ["other"]}
    assert requests.post(f"{capture.url}/flags/?v=2", json=others, timeout=5).json()["flags"] == {}
    assert status(capture, "/flags/", body) == 400
    assert status(capture, "/flags/?v=4", {"distinct_id": "u"}) == 400
    assert status(capture, "/flags/?v=4", {"api_key": "k"}) == 400
    assert status(capture, "/flags/?v=4", {**body, "geoip_disable": "no"}) == 400
    assert requests.post(f"{capture.url}/flags/?v=4", data="{}", timeout=5).status_code == 415


def test_the_halves_are_about_halves():
    chosen = [variant(f"u-{number}") for number in range(400)]

    assert 150 < chosen.count(VARIANTS[0]) < 250


@pytest.mark.parametrize(
    "path", ["/flags/definitions", f"/api/projects/@current/feature_flags/{FLAG}/remote_config"]
)
def test_definitions_need_both_keys(path, capture):
    url = capture.url + path

    assert requests.get(f"{url}?token=k", headers=BEARER, timeout=5).status_code == 200
    assert requests.get(f"{url}?token=k", timeout=5).status_code == 401
    assert requests.get(url, headers=BEARER, timeout=5).status_code == 401


def test_traces_are_taken_or_refused(capture):
    assert status(capture, "/i/v1/traces", traces(SPAN), **BEARER) == 200
    assert status(capture, "/i/v1/traces", traces(SPAN)) == 401
    assert status(capture, "/i/v1/traces", traces({**SPAN, "traceId": "x"}), **BEARER) == 400
    assert status(capture, "/i/v1/traces", traces({**SPAN, "user": "x"}), **BEARER) == 400
    assert status(capture, "/i/v1/traces", traces(SPAN, [{"key": "x"}]), **BEARER) == 400
    assert status(capture, "/i/v1/traces", {"spans": []}, **BEARER) == 400


def test_metrics_are_taken_or_refused(capture):
    path = "/i/v1/metrics?token=k"

    assert status(capture, path, metrics(name="n", gauge={"dataPoints": [POINT]})) == 200
    assert status(capture, path, metrics(name="n", gauge={"dataPoints": [{}]})) == 400
    assert status(capture, path, metrics(gauge={"dataPoints": [POINT]})) == 400
    as_text = requests.post(capture.url + path, data="{}", timeout=5)
    assert as_text.status_code == 415
