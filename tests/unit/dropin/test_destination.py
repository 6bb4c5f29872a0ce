"""Which destination of the policy a drop-in's client is."""

from __future__ import annotations

import re

import pytest

from safetrack import Policy
from safetrack.dropin.destination import choose_destination
from safetrack.dropin.versions import SUPPORTED
from safetrack.errors import ConfigError

OPTIONS = {
    "mixpanel": {"token": "t"},
    "posthog": {"api_key": "k"},
    "segment": {"write_key": "k"},
    "amplitude": {"api_key": "k"},
    "webhook": {"url": "https://h.example/x"},
    "jsonl": {"path": "x.jsonl"},
}


def policy(**types):
    made = {name: {"type": type_name, **OPTIONS[type_name]} for name, type_name in types.items()}
    return Policy.from_dict({"version": 1, "destinations": made})


def refused(written, vendor, named=None):
    with pytest.raises(ConfigError) as caught:
        choose_destination(written, vendor, named)
    return str(caught.value)


@pytest.mark.parametrize("vendor", ["mixpanel", "posthog", "segment", "amplitude"])
def test_the_only_destination_of_a_vendors_type_need_not_be_named(vendor):
    written = policy(mine=vendor, log="jsonl", hook="webhook")

    assert choose_destination(written, vendor, None) == "mine"
    assert choose_destination(written, vendor, "") == "mine"
    assert choose_destination(written, vendor, "mine") == "mine"


@pytest.mark.parametrize("vendor", SUPPORTED)
def test_without_a_destination_for_a_vendor_any_name_is_a_bare_scope(vendor):
    for written in (policy(), policy(log="jsonl", hook="webhook")):
        assert choose_destination(written, vendor, None) == vendor
        assert choose_destination(written, vendor, "anything") == "anything"


def test_a_name_that_is_none_of_a_vendors_destinations_is_refused_with_the_nearest():
    assert "did you mean 'eu'?" in refused(policy(ph="posthog", eu="posthog"), "posthog", "eu1")
    assert "one of: ph, eu" in refused(policy(ph="posthog", eu="posthog"), "posthog", "xyz")


@pytest.mark.parametrize("named", ["posthog", "posthgo", "log"])
def test_the_only_destination_of_a_type_is_used_and_another_name_is_warned_of(named, caplog):
    written = policy(product="posthog", log="jsonl")
    assert choose_destination(written, "posthog", named) == "product"
    assert "product it is" in caplog.text


def test_of_several_destinations_of_a_type_none_is_guessed():
    message = refused(policy(us="posthog", eu="posthog"), "posthog")
    assert "us or eu" in message
    assert "destination=NAME" in message


def test_of_several_destinations_the_one_of_the_vendors_name_is_used():
    assert choose_destination(policy(posthog="posthog", eu="posthog"), "posthog", None) == "posthog"


def test_a_destination_of_another_type_is_refused():
    written = policy(mixpanel="mixpanel", posthog="webhook")

    assert "'mixpanel', not posthog" in refused(written, "posthog", "mixpanel")
    assert "'webhook', not posthog" in refused(written, "posthog")
    assert "'mixpanel'" in refused(written, "snowplow", "mixpanel")
    assert "not segment" in refused(written, "rudderstack", "posthog")


def test_segment_and_rudderstack_share_a_type_and_tell_each_other_apart_by_name():
    both = policy(segment="segment", rudderstack="segment")

    for vendor in ("segment", "rudderstack"):
        assert choose_destination(both, vendor, None) == vendor
        assert choose_destination(policy(**{vendor: "segment"}), vendor, None) == vendor
    assert choose_destination(policy(segment="segment"), "rudderstack", None) == "rudderstack"
    assert choose_destination(policy(rudderstack="segment"), "segment", None) == "segment"
    assert choose_destination(policy(a="segment"), "segment", None) == "a"


def test_a_destination_that_may_be_rudderstacks_is_used_if_it_is_named():
    written = policy(rudder="segment")

    assert choose_destination(written, "rudderstack", "rudder") == "rudder"
    assert choose_destination(written, "rudderstack", None) == "rudderstack"
    assert "did you mean 'rudder'?" in refused(written, "rudderstack", "ruder")


def test_snowplow_has_no_type_and_is_known_by_name():
    assert choose_destination(policy(snowplow="webhook"), "snowplow", None) == "snowplow"
    written = policy(**{"snowplow-eu": "webhook", "collector-us": "jsonl", "hook": "webhook"})

    assert choose_destination(written, "snowplow", "collector-us") == "collector-us"
    assert choose_destination(written, "snowplow", None) == "snowplow"
    assert "'snowplow-eu'" in refused(written, "snowplow", "snowplow_eu")
    loose = policy(**{"collector-us": "jsonl"})
    assert "did you mean 'collector-us'?" in refused(loose, "snowplow", "collector_us")
    assert choose_destination(loose, "snowplow", "checkout") == "checkout"


def test_what_is_no_word_of_a_policy_is_not_shown():
    message = refused(
        policy(ph="posthog", eu="posthog"), "posthog", "phc_0123456789abcdefghijklmnopqrstuv"
    )

    assert "phc_" not in message
    assert re.search("a text is no destination", message.replace("destination=", ""))


def test_a_destination_is_named_by_a_text():
    assert "not int" in refused(policy(), "posthog", 42)
