"""Segment's wire format, against a server that refuses what Segment refuses."""

from __future__ import annotations

from typing import Any

import pytest

from capture import messages
from capture.events import safe
from capture.messages import ID, TIME
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION
from safetrack.destinations.segment import Segment
from safetrack.testing.server import Capture

BASE = {"timestamp": TIME, "messageId": ID}
LIBRARY = {"library": {"name": "safetrack", "version": VERSION}}
SOMEBODY = {**BASE, "userId": "st1_user", "context": LIBRARY}
TRAITS = {"plan": "pro", "$set_once": {"first_plan": "free"}}

GOLDEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "track": (
        messages.TRACK,
        {
            **BASE,
            "type": "track",
            "event": "Signed Up",
            "userId": "st1_user",
            "anonymousId": "st1_anon",
            "properties": {"plan": "pro", "seats": 3},
            "integrations": {"All": True},
            "context": {
                **LIBRARY,
                "locale": "de",
                "os": {"name": "Linux"},
                "custom": {"deep": 1},
                "groups": {"team": "st1_team", "company": "st1_group"},
                "traits": {"plan": "pro"},
            },
        },
    ),
    "identify": (
        messages.IDENTIFY,
        {**SOMEBODY, "type": "identify", "traits": TRAITS},
    ),
    "identify with both ids": (
        messages.LINK,
        {
            **SOMEBODY,
            "type": "identify",
            "anonymousId": "st1_anon",
            "traits": TRAITS,
        },
    ),
    "page": (
        messages.PAGE,
        {
            **SOMEBODY,
            "type": "page",
            "name": "Pricing",
            "category": "Docs",
            "properties": messages.PAGE["properties"],
        },
    ),
    "screen": (
        messages.SCREEN,
        {
            **SOMEBODY,
            "type": "screen",
            "name": "Pricing",
            "category": "Docs",
            "properties": {"variant": "b"},
        },
    ),
    "group": (
        messages.GROUP,
        {**SOMEBODY, "type": "group", "groupId": "st1_group", "traits": {"industry": "retail"}},
    ),
    "alias": (messages.ALIAS, {**SOMEBODY, "type": "alias", "previousId": "st1_anon"}),
    "nobody": (
        messages.NOBODY,
        {
            **BASE,
            "type": "track",
            "event": "Signed Up",
            "anonymousId": ID,
            "properties": {"a": 1},
            "context": LIBRARY,
        },
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_kind_of_message_is_written_as_segment_documents_it(
    capture: Capture, name: str
) -> None:
    message, expected = GOLDEN[name]
    assert Segment(write_key="k", host=capture.url).send([safe(message)]) == SendResult()
    assert capture.messages() == [expected]
    assert capture.last.path == "/v1/batch"
    assert capture.last.basic() == "k:"
    assert capture.last.json()["writeKey"] == "k"


@pytest.mark.parametrize("name", GOLDEN)
def test_no_address_and_no_foreign_key_gets_through(capture: Capture, name: str) -> None:
    forged = dict.fromkeys(messages.ENRICHING, "forged")
    bags = {
        "properties": {**forged, "$set": forged},
        "traits": forged,
        "context": {"ip": "forged", "library": {"name": "forged"}, "groupId": "forged"},
    }
    Segment(write_key="k", host=capture.url).send([safe({**GOLDEN[name][0], **bags})])
    assert len(capture.messages()) == 1
    assert b"forged" not in capture.last.body


def test_the_only_group_is_the_contexts_group_too(capture: Capture) -> None:
    message = {**messages.NOBODY, "groups": {"company": "st1_group"}}
    Segment(write_key="k", host=capture.url).send([safe(message)])
    context = capture.messages()[0]["context"]
    assert context["groupId"] == "st1_group"
    assert context["groups"] == {"company": "st1_group"}


def test_a_track_without_properties_still_has_the_bag(capture: Capture) -> None:
    assert Segment(write_key="k", host=capture.url).send([safe()]) == SendResult()
    assert capture.messages()[0]["properties"] == {}


def test_the_host_is_segments_or_ones_own() -> None:
    assert Segment(write_key="k")._endpoint.url == "https://api.segment.io/v1/batch"
    own = Segment(write_key="k", host="https://events.eu1.segmentapis.com")
    assert own._endpoint.url == "https://events.eu1.segmentapis.com/v1/batch"


def test_an_event_above_segments_limit_is_rejected_alone(capture: Capture) -> None:
    batch = [safe(), safe(properties={"text": "x" * 33_000}), safe()]
    result = Segment(write_key="k", host=capture.url).send(batch)
    assert result == SendResult(rejected={1: "too_large"})
    assert len(capture.messages()) == 2


def test_a_batch_above_segments_limit_goes_in_several_requests(capture: Capture) -> None:
    batch = [safe(properties={"text": "x" * 30_000}) for _ in range(20)]
    assert Segment(write_key="k", host=capture.url).send(batch) == SendResult()
    assert [len(request.messages) for request in capture.requests] == [15, 5]
