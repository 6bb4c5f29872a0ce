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


def consents(given):
    return {"consent": {"categoryPreferences": given}}


def test_what_a_person_consented_to_goes_along(process):
    given = consents({"Advertising": False, "Analytics": "true", "Jane's own": True})

    left = process(context=given).safe.to_dict()

    assert left["context"] == consents({"Advertising": False, "Analytics": True})


@pytest.mark.parametrize(
    "given", [{"Jane's own": False}, {"Advertising": "maybe"}, "none", 1, [3], {"a": {1: 2}}]
)
def test_a_denial_that_cannot_go_along_drops_the_event(process, given):
    assert process(context=consents(given)).reason is Reason.BAD_CONTROL


def test_a_denial_under_a_dotted_key_drops_the_event(process):
    dotted = {"consent": {"categoryPreferences.Advertising": False}}

    assert process(context=dotted).reason is Reason.BAD_CONTROL


@pytest.mark.parametrize("given", [None, {}])
def test_no_consent_denies_nothing(process, given):
    assert process(context=consents(given)).safe is not None


RUDDER = pytest.mark.parametrize(
    "process", [rudderstack.RUDDERSTACK_MESSAGE], indirect=True, ids=["rudderstack"]
)


@RUDDER
def test_lists_of_consent_keep_what_is_known_of_the_allowed(process):
    given = {
        "allowedConsentIds": ["C0001", "jane@acme.com"],
        "deniedConsentIds": ["C0004"],
        "provider": "oneTrust",
        "resolutionStrategy": "and",
    }

    left = process(context={"consentManagement": given}).safe.to_dict()

    assert left["context"]["consentManagement"] == {**given, "allowedConsentIds": ["C0001"]}


@RUDDER
@pytest.mark.parametrize(
    "given",
    [
        {"deniedConsentIds": ["jane@acme.com"]},
        {"deniedConsentIds": [None]},
        {"provider": "jane@acme.com"},
        {"resolutionStrategy": ["and"]},
    ],
)
def test_consent_that_cannot_be_understood_drops_the_event(process, given):
    assert process(context={"consentManagement": given}).reason is Reason.BAD_CONTROL


@RUDDER
def test_consent_words_that_are_not_there_say_nothing(process):
    given = {"provider": None, "resolutionStrategy": None, "deniedConsentIds": None}

    assert process(context={"consentManagement": given}).safe is not None


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
