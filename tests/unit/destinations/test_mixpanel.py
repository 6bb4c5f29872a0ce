"""Mixpanel's wire format, against a server that refuses what Mixpanel refuses."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from capture import messages
from capture.events import safe
from capture.messages import ID, SECONDS
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION
from safetrack.destinations.mixpanel import Mixpanel
from safetrack.errors import ConfigError
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer, answer
from safetrack.vendors.mixpanel import RESERVED

LATE = "2020-01-01T00:00:00Z"
ENVELOPE = {
    "token": "t",
    "time": SECONDS,
    "distinct_id": "st1_user",
    "$user_id": "st1_user",
    "$insert_id": ID,
    "ip": 0,
    "mp_lib": "safetrack",
    "$lib_version": VERSION,
}
UPDATE = {
    "$token": "t",
    "$distinct_id": "st1_user",
    "$time": SECONDS,
    "$ip": 0,
    "$ignore_time": True,
}
SET = {**UPDATE, "$set": {"plan": "pro"}}
SET_ONCE = {**UPDATE, "$set_once": {"first_plan": "free"}}

GOLDEN: dict[str, tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]] = {
    "track": (
        messages.TRACK,
        [
            (
                "/track",
                {
                    "event": "Signed Up",
                    "properties": {
                        **ENVELOPE,
                        "$device_id": "st1_anon",
                        "plan": "pro",
                        "seats": 3,
                        "company": "st1_group",
                        "team": "st1_team",
                        "$os": "Linux",
                        "context_locale": "de",
                        "context_custom_deep": 1,
                    },
                },
            ),
            ("/engage", SET),
            ("/engage", SET_ONCE),
        ],
    ),
    "identify": (messages.IDENTIFY, [("/engage", SET), ("/engage", SET_ONCE)]),
    "identify with both ids": (
        messages.LINK,
        [
            (
                "/track",
                {
                    "event": "$identify",
                    "properties": {
                        **ENVELOPE,
                        "$device_id": "st1_anon",
                        "$identified_id": "st1_user",
                        "$anon_id": "st1_anon",
                    },
                },
            ),
            ("/engage", SET),
            ("/engage", SET_ONCE),
        ],
    ),
    "page": (
        messages.PAGE,
        [
            (
                "/track",
                {
                    "event": "$mp_web_page_view",
                    "properties": {
                        **ENVELOPE,
                        "current_page_title": "Pricing",
                        "category": "Docs",
                        "$current_url": "https://example.com/pricing",
                        "current_url_path": "/pricing",
                        "variant": "b",
                    },
                },
            )
        ],
    ),
    "screen": (
        messages.SCREEN,
        [
            (
                "/track",
                {
                    "event": "Loaded a Screen",
                    "properties": {
                        **ENVELOPE,
                        "name": "Pricing",
                        "category": "Docs",
                        "variant": "b",
                    },
                },
            )
        ],
    ),
    "group": (
        messages.GROUP,
        [
            ("/engage", {**UPDATE, "$union": {"team": ["st1_group"]}}),
            (
                "/groups",
                {
                    "$token": "t",
                    "$group_key": "team",
                    "$group_id": "st1_group",
                    "$set": {"industry": "retail"},
                },
            ),
        ],
    ),
    "alias": (
        messages.ALIAS,
        [
            (
                "/track",
                {
                    "event": "$create_alias",
                    "properties": {
                        **{key: ENVELOPE[key] for key in ENVELOPE if key != "$user_id"},
                        "distinct_id": "st1_anon",
                        "alias": "st1_user",
                    },
                },
            )
        ],
    ),
    "nobody": (
        messages.NOBODY,
        [
            (
                "/track",
                {
                    "event": "Signed Up",
                    "properties": {
                        **{key: ENVELOPE[key] for key in ENVELOPE if key != "$user_id"},
                        "distinct_id": "",
                        "a": 1,
                    },
                },
            )
        ],
    ),
}


def sent(capture: Capture) -> list[tuple[str, dict[str, Any]]]:
    return [(request.path, message) for request in capture.requests for message in request.messages]


@pytest.mark.parametrize("name", GOLDEN)
def test_each_kind_of_message_is_written_as_mixpanel_documents_it(
    capture: Capture, name: str
) -> None:
    message, expected = GOLDEN[name]
    assert Mixpanel(token="t", host=capture.url).send([safe(message)]) == SendResult()
    assert sent(capture) == expected


def test_every_request_switches_geolocation_off(capture: Capture) -> None:
    account = {"project_id": "1", "service_account": "u:s"}
    batch = [safe(messages.TRACK), safe(messages.GROUP), safe(messages.TRACK, timestamp=LATE)]
    Mixpanel(token="t", host=capture.url, **account).send(batch)
    assert {request.path for request in capture.requests} == {
        "/track",
        "/engage",
        "/groups",
        "/import",
    }
    assert {request.query["ip"] for request in capture.requests} == {"0"}


@pytest.mark.parametrize("name", ["track", "page", "screen"])
def test_a_caller_cannot_write_the_envelope(capture: Capture, name: str) -> None:
    forged = dict.fromkeys([*RESERVED, *messages.ENRICHING], "forged")
    bags = {"properties": {**forged, "$set": forged, "$set_once": forged}, "groups": forged}
    message = {**GOLDEN[name][0], **bags}
    Mixpanel(token="t", host=capture.url).send([safe(message)])
    assert capture.messages()
    assert b"forged" not in b"".join(request.body for request in capture.requests)


@pytest.mark.parametrize("anonymous", ["st1_anon", "$device:st1_anon"])
def test_somebody_who_is_not_logged_in_is_a_device(capture: Capture, anonymous: str) -> None:
    message = {**messages.NOBODY, "anonymousId": anonymous}
    Mixpanel(token="t", host=capture.url).send([safe(message)])
    own = capture.messages()[0]["properties"]
    assert own["distinct_id"] == "$device:st1_anon"
    assert own["$device_id"] == anonymous


def test_fractions_of_a_second_are_kept_as_milliseconds(capture: Capture) -> None:
    message = safe(messages.NOBODY, timestamp="2099-11-23T17:48:10.250Z")
    Mixpanel(token="t", host=capture.url).send([message])
    assert capture.messages()[0]["properties"]["time"] == SECONDS * 1000 + 250


@pytest.mark.parametrize(
    ("region", "start"),
    [
        (None, "https://api.mixpanel.com/"),
        ("us", "https://api.mixpanel.com/"),
        ("eu", "https://api-eu.mixpanel.com/"),
        ("in", "https://api-in.mixpanel.com/"),
    ],
)
def test_a_region_is_the_vendors_host(region: str | None, start: str) -> None:
    destination = Mixpanel(token="t", region=region)
    assert all(endpoint.url.startswith(start) for endpoint in destination._endpoints.values())


def test_late_events_go_to_import_where_there_is_a_service_account(capture: Capture) -> None:
    destination = Mixpanel(token="t", host=capture.url, project_id=7, service_account="user:secret")
    batch = [safe(messages.NOBODY), safe(messages.NOBODY, timestamp=LATE)]
    assert destination.send(batch) == SendResult()
    track, imported = capture.requests
    assert (track.path, imported.path) == ("/track", "/import")
    assert imported.query == {"strict": "1", "project_id": "7", "ip": "0"}
    assert imported.header("Authorization") == "Basic " + base64.b64encode(b"user:secret").decode()
    assert track.header("Authorization") is None
    assert imported.messages[0]["properties"]["time"] == 1577836800


def test_late_events_are_rejected_where_mixpanel_would_forget_them(capture: Capture) -> None:
    batch = [safe(messages.NOBODY), safe(messages.NOBODY, timestamp=LATE)]
    result = Mixpanel(token="t", host=capture.url).send(batch)
    assert result == SendResult(rejected={1: "too_old"})
    assert len(capture.messages()) == 1


def test_a_late_identify_needs_no_import(capture: Capture) -> None:
    result = Mixpanel(token="t", host=capture.url).send([safe(messages.IDENTIFY, timestamp=LATE)])
    assert result == SendResult()


def test_import_names_the_events_that_it_refuses(capture: Capture) -> None:
    destination = Mixpanel(token="t", host=capture.url, project_id=7, service_account="u:s")
    bad = safe(messages.NOBODY, timestamp=LATE, messageId="no insert id: too long, and spaces")
    batch = [safe(timestamp=LATE), safe(), bad, safe(timestamp=LATE)]
    assert destination.send(batch) == SendResult(rejected={2: "invalid"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b'{"failed_records": []}',
        b'{"failed_records": "all"}',
        b'{"failed_records": [{"index": 7}, {"field": "time"}]}',
    ],
)
def test_an_unreadable_refusal_of_import_refuses_the_whole_request(
    capture: Capture, body: bytes
) -> None:
    capture.answers.append(Answer(400, body))
    destination = Mixpanel(token="t", host=capture.url, project_id=7, service_account="u:s")
    batch = [safe(timestamp=LATE), safe(timestamp=LATE)]
    assert destination.send(batch) == SendResult(rejected={0: "http_400", 1: "http_400"})


def test_indexes_outside_the_request_are_ignored(capture: Capture) -> None:
    failed = [{"index": 9}, {"index": -1}, {"index": "0"}, {"index": True}, 3, {"index": 1}]
    capture.answers.append(answer(400, failed_records=failed))
    destination = Mixpanel(token="t", host=capture.url, project_id=7, service_account="u:s")
    batch = [safe(timestamp=LATE), safe(timestamp=LATE)]
    assert destination.send(batch) == SendResult(rejected={1: "invalid"})


def test_a_200_that_says_no_is_a_refusal(capture: Capture) -> None:
    capture.answers.append(answer(200, status=0, error="token, missing or empty"))
    result = Mixpanel(token="t", host=capture.url).send([safe(messages.NOBODY)])
    assert result == SendResult(rejected={0: "refused"})


def test_one_endpoint_down_costs_only_the_events_that_need_it(capture: Capture) -> None:
    batch = [safe(messages.NOBODY), safe(messages.IDENTIFY), safe(messages.NOBODY)]
    capture.answers += [answer(200, status=1), Answer(503, headers=(("Retry-After", "9"),))]
    result = Mixpanel(token="t", host=capture.url).send(batch)
    assert result == SendResult(retry=frozenset({1}), retry_after=9, why="http_503")


@pytest.mark.parametrize(
    "options",
    [
        {"project_id": "1"},
        {"service_account": "u:s"},
        {"region": "ue"},
        {"region": "eu", "host": "https://example.com"},
    ],
)
def test_options_that_cannot_work_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Mixpanel(token="t", **options)
