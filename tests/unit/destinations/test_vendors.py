"""What every vendor's destination has in common."""

from __future__ import annotations

from typing import Any

import pytest

from capture import messages
from capture.events import safe
from safetrack.destinations.destination import SendResult
from safetrack.destinations.registry import build
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer

KEYS = {"mixpanel": "token", "posthog": "api_key", "segment": "write_key", "amplitude": "api_key"}
KINDS = {
    "track": messages.TRACK,
    "identify": messages.IDENTIFY,
    "page": messages.PAGE,
    "screen": messages.SCREEN,
    "group": messages.GROUP,
    "alias": messages.ALIAS,
}
IDS = ("userId", "anonymousId", "previousId", "groupId")


def send(vendor: str, capture: Capture, *batch: dict[str, Any]) -> SendResult:
    destination = build(vendor, vendor, {KEYS[vendor]: "k", "host": capture.url}, 5.0)
    result = destination.send([safe(message) for message in batch])
    destination.close()
    return result


def without(message: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key not in keys}


@pytest.mark.parametrize("vendor", KEYS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_event_without_any_id_is_taken_or_rejected_here(
    capture: Capture, vendor: str, kind: str
) -> None:
    """A policy may drop every id; the vendor must not have to refuse the whole batch for it."""
    result = send(vendor, capture, without(KINDS[kind], *IDS))
    needs_ids = kind in {"identify", "group", "alias"}
    assert result == SendResult(rejected={0: "incomplete"} if needs_ids else {})


@pytest.mark.parametrize("vendor", KEYS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_event_without_bags_and_names_is_taken(capture: Capture, vendor: str, kind: str) -> None:
    bags = ("properties", "traits", "context", "groups", "integrations")
    bare = without(KINDS[kind], *bags, "name", "category", "groupType")
    assert send(vendor, capture, bare) == SendResult()


@pytest.mark.parametrize("vendor", KEYS)
def test_a_group_of_nobody_is_taken(capture: Capture, vendor: str) -> None:
    assert send(vendor, capture, without(messages.GROUP, "userId")) == SendResult()
    assert len(capture.messages()) == 1


@pytest.mark.parametrize("vendor", KEYS)
def test_an_incomplete_event_costs_only_itself(capture: Capture, vendor: str) -> None:
    batch = [messages.PAGE, without(messages.ALIAS, "previousId"), messages.SCREEN]
    assert send(vendor, capture, *batch) == SendResult(rejected={1: "incomplete"})
    assert len(capture.messages()) == 2


@pytest.mark.parametrize("vendor", KEYS)
def test_a_server_in_trouble_gets_the_same_bytes_again(capture: Capture, vendor: str) -> None:
    capture.answers.append(Answer(503, headers=(("Retry-After", "4"),)))
    assert send(vendor, capture, messages.PAGE) == SendResult(frozenset({0}), {}, 4, "http_503")
    assert send(vendor, capture, messages.PAGE) == SendResult()
    first, again = capture.requests
    assert again.body == first.body


@pytest.mark.parametrize("vendor", KEYS)
def test_no_answer_at_all_sends_everything_again(capture: Capture, vendor: str) -> None:
    capture.answers.append(Answer(reset=True))
    batch = [messages.PAGE, messages.SCREEN]
    assert send(vendor, capture, *batch) == SendResult(frozenset({0, 1}), why="connection")


@pytest.mark.parametrize("vendor", KEYS)
def test_half_a_surrogate_pair_does_not_stop_the_batch(capture: Capture, vendor: str) -> None:
    odd = {**messages.NOBODY, "properties": {"a": "half \ud800 pair"}}
    assert send(vendor, capture, odd, messages.PAGE) == SendResult()
    assert b"half ? pair" in capture.requests[0].body


@pytest.mark.parametrize("vendor", KEYS)
def test_a_time_that_the_policy_drops_is_left_to_the_vendor(capture: Capture, vendor: str) -> None:
    destination = build(vendor, vendor, {KEYS[vendor]: "k", "host": capture.url}, 5.0)
    event = safe(messages.IDENTIFY, timestamp=None)
    assert destination.send([event]) == SendResult()
