"""Our requests beside those of the vendors' own SDKs, field by field, at the same server.

Each SDK says the same as one neutral message does. Where the two requests differ, the difference
stands in a table here with its reason; a difference that does not is a failure, and so is an
entry of the table that no longer holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from capture.events import safe
from capture.messages import ALIAS, GROUP, ID, IDENTIFY, NOBODY, PAGE, TIME, TRACK
from safetrack.destinations.registry import build
from safetrack.testing.server import Capture, capturing
from safetrack.testing.vendor import Request

PROLOGUE = f"""
import datetime, os, sys
url = sys.argv[1]
ID, TIME = {ID!r}, datetime.datetime.fromisoformat({TIME!r})
"""
EPILOGUE = """
sys.stdout.flush()
os._exit(0)  # some SDKs hold the interpreter for seconds
"""

MIXPANEL = """
from mixpanel import Consumer, Mixpanel
mp = Mixpanel("k", Consumer(
    events_url=url + "/track", people_url=url + "/engage",
    groups_url=url + "/groups", import_url=url + "/import"))
mp._now = lambda: int(TIME.timestamp())
mp._make_insert_id = lambda: ID
mp.track("st1_user", "Signed Up", {"plan": "pro", "seats": 3, "team": "st1_team", "company": "st1_group"})
mp.people_set("st1_user", {"plan": "pro"})
mp.people_set_once("st1_user", {"first_plan": "free"})
mp.group_set("team", "st1_group", {"industry": "retail"})
"""
POSTHOG = """
from posthog import Posthog
ph = Posthog("k", host=url, sync_mode=True)
same = {"uuid": ID, "timestamp": TIME}
ph.capture("Signed Up", distinct_id="st1_user", groups={"company": "st1_group", "team": "st1_team"},
    properties={"plan": "pro", "seats": 3,
        "$set": {"plan": "pro"}, "$set_once": {"first_plan": "free"}}, **same)
ph.set(distinct_id="st1_user", properties={"plan": "pro"}, **same)
ph.group_identify("team", "st1_group", {"industry": "retail"}, distinct_id="st1_user", **same)
ph.alias("st1_anon", "st1_user", **same)
ph.capture("Signed Up", properties={"a": 1}, **same)
"""
SEGMENT = """
from segment.analytics.client import Client
sg = Client("k", host=url, sync_mode=True)
same = {"timestamp": TIME, "message_id": ID}
sg.track("st1_user", "Signed Up", {"plan": "pro", "seats": 3}, **same)
sg.identify("st1_user", {"plan": "pro"}, **same)
sg.group("st1_user", "st1_group", {"industry": "retail"}, **same)
sg.alias("st1_anon", "st1_user", **same)
sg.page("st1_user", "Docs", "Pricing", {"url": "https://example.com/pricing", "path": "/pricing",
    "variant": "b"}, **same)
"""
AMPLITUDE = """
from amplitude import Amplitude, BaseEvent, Config, EventOptions, Identify
am = Amplitude("k", Config(server_url=url + "/2/httpapi", min_id_length=1))
same = {"user_id": "st1_user", "time": int(TIME.timestamp() * 1000), "insert_id": ID}
plan = Identify(); plan.set("plan", "pro"); plan.set_once("first_plan", "free")
retail = Identify(); retail.set("industry", "retail")
def wait():
    for future in am.flush():
        if future: future.result()
am.track(BaseEvent("Signed Up", **same, event_properties={"plan": "pro", "seats": 3},
    user_properties={"$set": {"plan": "pro"}, "$setOnce": {"first_plan": "free"}},
    groups={"company": "st1_group", "team": "st1_team"}))
wait()
am.identify(plan, EventOptions(**same)); wait()
am.group_identify("team", "st1_group", retail, EventOptions(**same)); wait()
am.set_group("team", "st1_group", EventOptions(**same)); wait()
"""

SOMEBODY = {key: value for key, value in TRACK.items() if key not in {"anonymousId", "context"}}
PLAIN = {**NOBODY, "userId": "st1_user", "properties": {"plan": "pro", "seats": 3}}
SET = {key: value for key, value in IDENTIFY.items() if key != "properties"}

STREAMS: dict[str, tuple[str, dict[str, Any], list[dict[str, Any]]]] = {
    "mixpanel": (MIXPANEL, {"token": "k"}, [SOMEBODY, GROUP]),
    "posthog": (POSTHOG, {"api_key": "k"}, [SOMEBODY, SET, GROUP, ALIAS, NOBODY]),
    "segment": (SEGMENT, {"write_key": "k"}, [PLAIN, SET, GROUP, ALIAS, PAGE]),
    "amplitude": (AMPLITUDE, {"api_key": "k"}, [SOMEBODY, IDENTIFY, GROUP]),
}
"""The SDK's program, our options, and the messages that say the same."""

OURS, THEIRS, OTHER = "only ours", "only theirs", "another value"

ALLOWED: dict[str, dict[str, str]] = {
    "mixpanel": {
        # ours: JSON bodies, which Mixpanel documents today; the SDK still sends a form
        "header content-type": OTHER,
        "header accept": OTHER,
        "header accept-encoding": OTHER,
        "header connection": THEIRS,
        "header user-agent": OTHER,
        # who sends
        "properties.mp_lib": OTHER,
        "properties.$lib_version": OTHER,
        # for projects with simplified id merge, in which distinct_id alone names nobody
        "properties.$user_id": OURS,
        # no place from the request's address, said in the message as well as in the request
        "properties.ip": OURS,
        "$ip": OURS,
        # an update is no sign of life: events say when somebody was last seen
        "$ignore_time": OURS,
        # groups have no timeline at Mixpanel; their updates apply in order of arrival
        "groups $time": THEIRS,
        # a group call says who belongs to the group, which the SDK leaves to the caller
        "engage $union": OURS,
    },
    "posthog": {
        "header accept": OTHER,
        "header accept-encoding": OTHER,
        "header connection": THEIRS,
        "header user-agent": OTHER,
        "properties.$lib": OTHER,
        "properties.$lib_version": OTHER,
        # the machine that sends is not the person's, and nobody's business
        "properties.$os": THEIRS,
        "properties.$os_version": THEIRS,
        "properties.$os_distro": THEIRS,
        "properties.$python_runtime": THEIRS,
        "properties.$python_version": THEIRS,
        "properties.$is_server": THEIRS,
        # PostHog would store the request's address otherwise
        "properties.$ip": OURS,
        "timestamp": OTHER,  # the same time in another spelling: Z and +00:00
        # times are final: PostHog corrects them by sent_at where it is given
        "sent_at": THEIRS,
        # the common spec's identify says $set inside the properties; PostHog reads both places
        "$set": THEIRS,
        "properties.$set": OURS,
        # nobody's events: PostHog's SDK makes a random id, ours is the message's own
        "distinct_id": OTHER,
    },
    "segment": {
        "header accept": OTHER,
        "header accept-encoding": OTHER,
        "header connection": THEIRS,
        "header user-agent": OTHER,
        # times are final: Segment corrects them by sentAt where it is given
        "sentAt": THEIRS,
        "context.library.name": OTHER,
        "context.library.version": OTHER,
        "timestamp": OTHER,  # the same time in another spelling: Z and +00:00
        "integrations": THEIRS,  # an empty mapping says nothing
        "anonymousId": THEIRS,  # nor does null
    },
    "amplitude": {
        "header accept": OTHER,
        "header connection": THEIRS,
        "header content-type": OTHER,  # with a charset, which JSON has not
        "header user-agent": OTHER,
        "library": OTHER,
        # a group call is two events to Amplitude, so its second one has an id of its own
        "insert_id": OTHER,
    },
}


def sdk_requests(program: str) -> list[Request]:
    with capturing() as capture:
        source = PROLOGUE + program + EPILOGUE
        arguments = [sys.executable, "-W", "ignore", "-c", source, capture.url]
        done = subprocess.run(
            arguments, capture_output=True, text=True, timeout=120, env=os.environ
        )
        assert done.returncode == 0, done.stderr[-2000:]
    return capture.requests


def our_requests(kind: str, options: dict[str, Any], stream: list[dict[str, Any]]) -> Capture:
    with capturing() as capture:
        destination = build(kind, kind, {**options, "host": capture.url}, 5.0)
        result = destination.send([safe(message) for message in stream])
        assert not result.retry
        assert not result.rejected
        destination.close()
    return capture


def flat(tree: dict[str, Any], start: str = "") -> dict[str, Any]:
    """A message as leaves by their dotted path."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if type(value) is dict and value:
            found |= flat(value, f"{start}{key}.")
        else:
            found[start + key] = value
    return found


def compared(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, str]:
    """Path to kind of difference, cut to what the tables name."""
    found = dict.fromkeys(set(ours) - set(theirs), OURS)
    found |= dict.fromkeys(set(theirs) - set(ours), THEIRS)
    return found | {key: OTHER for key in set(ours) & set(theirs) if ours[key] != theirs[key]}


def key_of(path: str, message: dict[str, Any]) -> tuple[str, ...]:
    """What makes a message of one request the counterpart of one of another."""
    kind = next((k for k in ("event", "event_type", "type") if k in message), "")
    verbs = sorted({"$set", "$set_once", "$union", "$group_id"} & set(message))
    groups = sorted(message.get("groups", {}))
    marks = (
        ["nobody"] if message.get("properties", {}).get("$process_person_profile") is False else []
    )
    return (path, str(message.get(kind, "")), *(verbs if not kind else groups), *marks)


def by_key(requests: list[Request]) -> dict[tuple[str, ...], dict[str, Any]]:
    found = {}
    for request in requests:
        for message in request.messages:
            key = key_of(request.path, message)
            assert key not in found, "two messages that the test cannot tell apart"
            found[key] = message
    return found


def differences(theirs: list[Request], ours: list[Request]) -> dict[str, str]:
    found: dict[str, str] = {}
    their_messages, our_messages = by_key(theirs), by_key(ours)
    for key in set(their_messages) ^ set(our_messages):
        found[f"{key[0].strip('/')} {key[-1]}"] = OURS if key in our_messages else THEIRS
    for key in set(their_messages) & set(our_messages):
        for name, kind in compared(flat(their_messages[key]), flat(our_messages[key])).items():
            in_groups = key[0] == "/groups" and name == "$time"
            found["groups $time" if in_groups else name.removesuffix(".plan")] = kind
    headers = [{name.lower(): value for name, value in r[0].headers} for r in (theirs, ours)]
    for name, kind in compared(*headers).items():
        if name not in {"host", "content-length"}:
            found[f"header {name}"] = kind
    return found


@pytest.mark.parametrize("kind", STREAMS)
def test_our_requests_are_the_sdks_own_but_for_what_the_table_allows(kind: str) -> None:
    program, options, stream = STREAMS[kind]
    theirs = sdk_requests(program)
    ours = our_requests(kind, options, stream).requests
    assert {request.path for request in ours} == {request.path for request in theirs}
    found = differences(theirs, ours)
    if kind != "mixpanel":  # whose form has no envelope
        envelopes = [envelope(requests[0]) for requests in (theirs, ours)]
        found |= compared(*envelopes)
    assert found == ALLOWED[kind]


def envelope(request: Request) -> dict[str, Any]:
    """The body's keys beside its messages."""
    body = request.json()
    return flat({key: value for key, value in body.items() if key not in {"batch", "events"}})


def test_mixpanels_sdk_switches_geolocation_off_as_we_do() -> None:
    program, options, stream = STREAMS["mixpanel"]
    for requests in (sdk_requests(program), our_requests("mixpanel", options, stream).requests):
        assert {request.query["ip"] for request in requests} == {"0"}
