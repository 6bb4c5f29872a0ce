"""PostHog's wire format, against a server that refuses what PostHog refuses."""

from __future__ import annotations

from typing import Any

import pytest

from capture import messages
from capture.events import safe
from capture.messages import ID, TIME
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION
from safetrack.destinations.posthog import PostHog
from safetrack.errors import ConfigError
from safetrack.testing.server import Capture
from safetrack.vendors.posthog import RESERVED

NOWHERE = "0.0.0.0"  # noqa: S104  nothing is bound to it
SWITCHES = {
    "$geoip_disable": True,
    "$ip": NOWHERE,
    "$lib": "safetrack",
    "$lib_version": VERSION,
}


def event(name: str, distinct_id: str, /, **properties: Any) -> dict[str, Any]:
    return {
        "event": name,
        "distinct_id": distinct_id,
        "timestamp": TIME,
        "uuid": ID,
        "properties": {**SWITCHES, **properties},
    }


PERSON = {"$set": {"plan": "pro"}, "$set_once": {"first_plan": "free"}}
PAGE = {
    "$current_url": "https://example.com/pricing",
    "$pathname": "/pricing",
    "variant": "b",
    "category": "Docs",
}

GOLDEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "track": (
        messages.TRACK,
        event(
            "Signed Up",
            "st1_user",
            plan="pro",
            seats=3,
            **PERSON,
            **{
                "$groups": {"company": "st1_group", "team": "st1_team"},
                "$locale": "de",
                "$os": "Linux",
                "context_custom_deep": 1,
            },
        ),
    ),
    "identify": (messages.IDENTIFY, event("$set", "st1_user", **PERSON)),
    "identify with both ids": (
        messages.LINK,
        event("$identify", "st1_user", **PERSON, **{"$anon_distinct_id": "st1_anon"}),
    ),
    "page": (messages.PAGE, event("$pageview", "st1_user", title="Pricing", **PAGE)),
    "screen": (
        messages.SCREEN,
        event("$screen", "st1_user", variant="b", category="Docs", **{"$screen_name": "Pricing"}),
    ),
    "group": (
        messages.GROUP,
        event(
            "$groupidentify",
            "st1_user",
            **{
                "$group_type": "team",
                "$group_key": "st1_group",
                "$group_set": {"industry": "retail"},
            },
        ),
    ),
    "group of nobody": (
        {key: value for key, value in messages.GROUP.items() if key != "userId"},
        event(
            "$groupidentify",
            "team_st1_group",
            **{
                "$group_type": "team",
                "$group_key": "st1_group",
                "$group_set": {"industry": "retail"},
            },
        ),
    ),
    "alias": (
        messages.ALIAS,
        event("$create_alias", "st1_anon", distinct_id="st1_anon", alias="st1_user"),
    ),
    "nobody": (
        messages.NOBODY,
        event("Signed Up", ID, a=1, **{"$process_person_profile": False}),
    ),
    "no profile asked for": (
        {**messages.NOBODY, "userId": "st1_user", "properties": {"$process_person_profile": False}},
        event("Signed Up", "st1_user", **{"$process_person_profile": False}),
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_kind_of_message_is_written_as_posthog_documents_it(
    capture: Capture, name: str
) -> None:
    message, expected = GOLDEN[name]
    assert PostHog(api_key="k", host=capture.url).send([safe(message)]) == SendResult()
    assert capture.messages() == [expected]
    assert capture.last.path == "/batch/"
    envelope = {key: value for key, value in capture.last.json().items() if key != "batch"}
    assert envelope == {"api_key": "k", "historical_migration": False}


@pytest.mark.parametrize("name", GOLDEN)
def test_every_event_switches_geolocation_and_the_requests_address_off(
    capture: Capture, name: str
) -> None:
    forged = {**messages.ENRICHING, "$geoip_disable": False}
    message = {**GOLDEN[name][0], "properties": forged}
    PostHog(api_key="k", host=capture.url).send([safe(message)])
    own = capture.messages()[0]["properties"]
    assert own["$geoip_disable"] is True
    assert own["$ip"] == NOWHERE


@pytest.mark.parametrize("name", GOLDEN)
def test_a_caller_cannot_write_the_envelope(capture: Capture, name: str) -> None:
    forged = dict.fromkeys([*RESERVED, *messages.ENRICHING], "forged")
    bags = {"properties": {**forged, "$set": messages.ENRICHING | {"ip": "forged"}}}
    PostHog(api_key="k", host=capture.url).send([safe({**GOLDEN[name][0], **bags})])
    assert len(capture.messages()) == 1
    assert b"forged" not in capture.last.body


@pytest.mark.parametrize(
    ("host", "url"),
    [
        (None, "https://us.i.posthog.com/batch/"),
        ("https://eu.i.posthog.com", "https://eu.i.posthog.com/batch/"),
        ("posthog.example.com", "https://posthog.example.com/batch/"),
        ("http://localhost:8000/", "http://localhost:8000/batch/"),
        ("https://example.com/ingest/", "https://example.com/ingest/batch/"),
    ],
)
def test_the_host_is_the_cloud_or_ones_own(host: str | None, url: str) -> None:
    assert PostHog(api_key="k", host=host)._endpoint.url == url


@pytest.mark.parametrize(
    "host", ["ftp://example.com", "https://", "https://user:secret@example.com", "http://x:y/"]
)
def test_a_host_that_cannot_work_is_refused_without_showing_it(host: str) -> None:
    with pytest.raises(ConfigError) as caught:
        PostHog(api_key="k", host=host)
    assert "secret" not in str(caught.value)


def test_plain_http_off_this_machine_is_warned_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    PostHog(api_key="k", host="http://127.0.0.1:8000")
    assert not caplog.records
    PostHog(api_key="k", host="http://posthog.internal:8000")
    assert "without TLS" in caplog.text


def test_a_refused_key_rejects_the_batch(capture: Capture) -> None:
    result = PostHog(api_key="", host=capture.url).send([safe(), safe()])
    assert result == SendResult(rejected={0: "http_400", 1: "http_400"})
