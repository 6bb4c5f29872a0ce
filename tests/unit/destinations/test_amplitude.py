"""Amplitude's wire format, against a server that refuses what Amplitude refuses."""

from __future__ import annotations

from typing import Any

import pytest

from capture import messages
from capture.events import safe
from capture.messages import ID, SECONDS
from safetrack.destinations.amplitude import Amplitude
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import USER_AGENT
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer, answer

BASE = {"time": SECONDS * 1000, "insert_id": ID, "library": USER_AGENT}
SOMEBODY = {**BASE, "user_id": "st1_user"}
PERSON = {"$set": {"plan": "pro"}, "$setOnce": {"first_plan": "free"}}

GOLDEN: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "track": (
        messages.TRACK,
        [
            {
                **SOMEBODY,
                "event_type": "Signed Up",
                "device_id": "st1_anon",
                "event_properties": {"plan": "pro", "seats": 3, "context_custom_deep": 1},
                "user_properties": PERSON,
                "groups": {"company": "st1_group", "team": "st1_team"},
                "language": "de",
                "os_name": "Linux",
            }
        ],
    ),
    "identify": (
        messages.IDENTIFY,
        [{**SOMEBODY, "event_type": "$identify", "user_properties": PERSON}],
    ),
    "identify with both ids": (
        messages.LINK,
        [
            {
                **SOMEBODY,
                "event_type": "$identify",
                "device_id": "st1_anon",
                "user_properties": PERSON,
            }
        ],
    ),
    "page": (
        messages.PAGE,
        [
            {
                **SOMEBODY,
                "event_type": "[Amplitude] Page Viewed",
                "event_properties": {
                    "[Amplitude] Page Title": "Pricing",
                    "[Amplitude] Page URL": "https://example.com/pricing",
                    "[Amplitude] Page Path": "/pricing",
                    "category": "Docs",
                    "variant": "b",
                },
            }
        ],
    ),
    "screen": (
        messages.SCREEN,
        [
            {
                **SOMEBODY,
                "event_type": "[Amplitude] Screen Viewed",
                "event_properties": {
                    "[Amplitude] Screen Name": "Pricing",
                    "category": "Docs",
                    "variant": "b",
                },
            }
        ],
    ),
    "group": (
        messages.GROUP,
        [
            {
                **SOMEBODY,
                "event_type": "$groupidentify",
                "groups": {"team": "st1_group"},
                "group_properties": {"$set": {"industry": "retail"}},
            },
            {
                **SOMEBODY,
                "event_type": "$identify",
                "insert_id": f"{ID}-member",
                "groups": {"team": "st1_group"},
                "user_properties": {"$set": {"team": "st1_group"}},
            },
        ],
    ),
    "alias": (
        messages.ALIAS,
        [{**SOMEBODY, "event_type": "$identify", "device_id": "st1_anon"}],
    ),
    "nobody": (
        messages.NOBODY,
        [
            {
                **BASE,
                "event_type": "Signed Up",
                "device_id": ID,
                "event_properties": {"a": 1},
            }
        ],
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_kind_of_message_is_written_as_amplitude_documents_it(
    capture: Capture, name: str
) -> None:
    message, expected = GOLDEN[name]
    assert Amplitude(api_key="k", host=capture.url).send([safe(message)]) == SendResult()
    assert capture.messages() == expected
    assert capture.last.path == "/2/httpapi"
    envelope = {key: value for key, value in capture.last.json().items() if key != "events"}
    assert envelope == {"api_key": "k", "options": {"min_id_length": 1}}


@pytest.mark.parametrize("name", GOLDEN)
def test_no_address_and_no_foreign_key_gets_through(capture: Capture, name: str) -> None:
    forged = dict.fromkeys(messages.ENRICHING, "forged")
    bags = {
        "properties": {**forged, "$set": forged, "$set_once": forged},
        "traits": forged,
        "context": {"ip": "forged"},
    }
    Amplitude(api_key="k", host=capture.url).send([safe({**GOLDEN[name][0], **bags})])
    assert capture.messages()
    assert b"forged" not in capture.last.body
    assert not any("ip" in event for event in capture.messages())


def test_short_ids_are_not_dropped(capture: Capture) -> None:
    result = Amplitude(api_key="k", host=capture.url).send([safe(userId="u")])
    assert result == SendResult()
    assert capture.messages()[0]["user_id"] == "u"


@pytest.mark.parametrize(
    ("region", "url"),
    [
        (None, "https://api2.amplitude.com/2/httpapi"),
        ("us", "https://api2.amplitude.com/2/httpapi"),
        ("eu", "https://api.eu.amplitude.com/2/httpapi"),
    ],
)
def test_a_region_is_the_vendors_host(region: str | None, url: str) -> None:
    assert Amplitude(api_key="k", region=region)._endpoint.url == url


def test_an_event_that_amplitude_blames_is_rejected_and_the_others_go_again_at_once(
    capture: Capture,
) -> None:
    batch = [safe(), safe(context={"os": {"name": 5}}), safe()]
    destination = Amplitude(api_key="k", host=capture.url)
    assert destination.send(batch) == SendResult(rejected={1: "invalid"})
    first, again = capture.requests
    kept = [first.messages[0], first.messages[2]]
    assert again.messages == kept


@pytest.mark.parametrize(
    "blame",
    [
        {"events_with_invalid_fields": {"time": [1]}},
        {"events_with_missing_fields": {"event_type": [1], "user_id": [1]}},
        {"events_with_invalid_id_lengths": {"user_id": [1]}},
        {"silenced_events": [1]},
        {"silenced_events": [1, 7, -1, "0", True], "events_with_invalid_fields": {"x": 3}},
    ],
)
def test_every_list_of_blamed_events_is_read(capture: Capture, blame: dict[str, Any]) -> None:
    capture.answers.append(answer(400, code=400, **blame))
    result = Amplitude(api_key="k", host=capture.url).send([safe(), safe()])
    why = "silenced" if "silenced_events" in blame else "invalid"
    assert result == SendResult(rejected={1: why})
    assert [len(request.messages) for request in capture.requests[1:]] == [1]


def test_a_blamed_half_of_a_group_call_rejects_the_call_when_it_is_all_there_is(
    capture: Capture,
) -> None:
    capture.answers.append(answer(400, code=400, silenced_events=[0, 1]))
    result = Amplitude(api_key="k", host=capture.url).send([safe(messages.GROUP)])
    assert result == SendResult(rejected={0: "silenced"})


def test_a_400_that_blames_nobody_rejects_the_request(capture: Capture) -> None:
    capture.answers.append(answer(400, code=400, error="Invalid API key"))
    result = Amplitude(api_key="k", host=capture.url).send([safe(), safe()])
    assert result == SendResult(rejected={0: "http_400", 1: "http_400"})


def test_events_of_somebody_who_sends_too_much_wait_and_hold_up_nobody_else(
    capture: Capture,
) -> None:
    slow = answer(429, code=429, throttled_users={"u": 31}, throttled_events=[0])
    slow.headers += (("Retry-After", "30"),)
    capture.answers.append(slow)
    result = Amplitude(api_key="k", host=capture.url).send([safe(), safe()])
    assert result == SendResult(frozenset({0}), why="throttled")
    assert [len(request.messages) for request in capture.requests[1:]] == [1]


def test_throttling_that_names_nobody_sends_everything_again(capture: Capture) -> None:
    capture.answers.append(answer(429, code=429, throttled_events="all"))
    result = Amplitude(api_key="k", host=capture.url).send([safe(), safe()])
    assert result == SendResult(retry=frozenset({0, 1}), why="http_429")


def test_a_server_that_finds_new_fault_each_time_is_asked_as_often_as_there_are_events(
    capture: Capture,
) -> None:
    capture.answers += [answer(400, code=400, silenced_events=[0])] * 9
    result = Amplitude(api_key="k", host=capture.url).send([safe(), safe(), safe()])
    assert result == SendResult(rejected=dict.fromkeys(range(3), "silenced"))
    assert len(capture.requests) == 3


def test_a_request_that_is_too_large_is_halved_until_the_culprit_stands_alone(
    capture: Capture,
) -> None:
    too_large, fine = Answer(413), answer(200)
    capture.answers += [too_large, fine, too_large, too_large, fine]
    result = Amplitude(api_key="k", host=capture.url).send([safe() for _ in range(4)])
    assert result == SendResult(rejected={2: "http_413"})
