"""Messages of Segment and RudderStack, as their SDKs send them."""

from __future__ import annotations

import pytest

from safetrack import Policy, Sanitizer
from safetrack.event import Reason
from safetrack.keys.generate import new_key
from safetrack.vendors import rudderstack, segment
from safetrack.vendors.channel import channel_at

SHAPES = [segment.SEGMENT_MESSAGE, rudderstack.RUDDERSTACK_MESSAGE]


@pytest.fixture(params=SHAPES, ids=lambda shape: shape.vendor)
def process(request, monkeypatch):
    monkeypatch.setenv("SAFETRACK_KEYS", new_key())
    policy = Policy.from_dict({"version": 1, "context": {"**": "keep"}, "traits": {"tier": "keep"}})
    sanitizer = Sanitizer(policy)

    def process(**message):
        whole = {"type": "track", "event": "Signed Up", "messageId": "1", **message}
        return sanitizer.process([whole], "live", request.param)[0]

    return process


def test_an_address_never_leaves_whatever_the_policy_keeps(process):
    context = {"ip": "203.0.113.9", "library": {"name": "x"}, "locale": "en"}

    assert process(context=context).safe.to_dict()["context"] == {"locale": "en"}


def test_traits_and_ids_in_the_context_are_what_they_are_elsewhere(process):
    context = {"traits": {"tier": 1, "plan": 2}, "groupId": "g", "groups": {"company": "g"}}

    left = process(context=context, groupId="g").safe.to_dict()

    assert left["context"]["traits"] == {"tier": 1}
    assert left["context"]["groupId"] == left["groupId"] == left["context"]["groups"]["company"]
    assert left["groupId"].startswith("st1_")


def test_switches_that_restrict_what_is_behind_the_vendor_go_along(process):
    left = process(integrations={"All": False, "Mixpanel": {"token": "t"}}).safe.to_dict()

    assert left["integrations"] == {"All": False, "Mixpanel": True}


def test_the_vendor_s_own_switch_stops_the_event(process, request):
    name = request.node.callspec.id
    done = process(integrations={name.title(): "false"})

    assert done.reason is Reason.INTEGRATION_OFF


@pytest.mark.parametrize(
    ("table", "method", "path", "name"),
    [
        (segment.CHANNELS, "POST", "/v1/batch", "events"),
        (segment.CHANNELS, "POST", "/proxy/v1/batch", "events"),
        (segment.CHANNELS, "POST", "/token", "oauth"),
        (segment.CHANNELS, "GET", "/v1/batch", None),
        (segment.CHANNELS, "POST", "/v1/import", None),
        (rudderstack.CHANNELS, "POST", "/v1/batch", "events"),
        (rudderstack.CHANNELS, "POST", "/token", None),
    ],
)
def test_what_is_in_no_table_is_no_channel(table, method, path, name):
    channel = channel_at(table, method, path)

    assert (channel and channel.name) == name
