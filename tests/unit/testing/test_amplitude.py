"""The stand-in for Amplitude refuses what Amplitude refuses."""

import json

import pytest

from safetrack.testing import Request
from safetrack.testing.amplitude import PATHS

EVENT = {"event_type": "Signed Up", "user_id": "user-1"}


def asked(body, path="/2/httpapi", kind="application/json; charset=UTF-8"):
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request("POST", path, {}, [("Content-Type", kind)], text)
    reply = PATHS["POST", path](request)
    return reply.status, json.loads(reply.body)


def refused(*events, **options):
    return asked({"api_key": "k", "events": list(events), **options})[1]


@pytest.mark.parametrize("path", ["/2/httpapi", "/batch"])
def test_events_are_taken_at_both_endpoints(path):
    everything = {
        **EVENT,
        "device_id": "device-1",
        "time": 1795646000000,
        "plan": {"branch": "main", "versionId": "1"},
        "ingestion_metadata": {"source_name": "web"},
        "location_lat": 48,
        "price": 3.5,
        "session_id": -1,
        "event_properties": {"a": [1]},
    }

    assert asked({"api_key": "k", "events": [EVENT, everything]}, path)[0] == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"time": 1795646000},
        {"time": "now"},
        {"price": "3"},
        {"price": True},
        {"session_id": "st1"},
        {"event_properties": []},
        {"plan": {"other": "x"}},
        {"ingestion_metadata": "web"},
        {"unknown": 1},
        {"user_id": 7},
        {"city": ""},
    ],
)
def test_a_field_that_is_unknown_or_of_the_wrong_type_is_blamed(fields):
    (name,) = fields

    assert refused(EVENT, {**EVENT, **fields})["events_with_invalid_fields"] == {name: [1]}


def test_an_event_needs_a_type_and_somebody_unless_it_is_about_a_group():
    group = {"event_type": "$groupidentify", "groups": {"company": "g"}}

    answer = refused({"user_id": "user-1"}, {"event_type": "a"}, group, {**group, "groups": {}})

    assert answer["events_with_missing_fields"] == {"event_type": [0], "user_id": [1, 3]}


def test_ids_have_a_shortest_length_that_the_request_may_set():
    short = {**EVENT, "user_id": "u-1"}

    assert refused(short)["events_with_invalid_id_lengths"] == {"user_id": [0]}
    assert asked({"api_key": "k", "events": [short], "options": {"min_id_length": 1}})[0] == 200


def test_what_is_no_event_is_blamed_too():
    assert refused(EVENT, 7)["events_with_invalid_fields"] == {"event": [1]}


@pytest.mark.parametrize(
    ("body", "path", "status"),
    [
        ({"events": [EVENT]}, "/2/httpapi", 400),
        ({"api_key": "k", "events": []}, "/2/httpapi", 400),
        ({"api_key": "k", "events": [EVENT], "more": 1}, "/batch", 400),
        ({"api_key": "k", "events": [EVENT] * 2001}, "/2/httpapi", 413),
        (b" " * (1024 * 1024 + 1), "/2/httpapi", 413),
        (b" " * (20 * 1024 * 1024 + 1), "/batch", 413),
    ],
)
def test_requests_that_are_wrong_or_too_large_are_refused(body, path, status):
    assert asked(body, path)[0] == status


def test_a_request_must_say_that_it_is_json():
    assert asked({"api_key": "k", "events": [EVENT]}, kind="text/plain")[0] == 400
