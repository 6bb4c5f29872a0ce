"""Switches, as callers write them."""

from __future__ import annotations

import pytest

from safetrack.walk.integrations import allows, understand


@pytest.mark.parametrize(
    ("value", "understood"),
    [
        (True, True),
        (False, False),
        ("true", True),
        (" False ", False),
        (1, True),
        (0, False),
        ({"apiKey": "k"}, True),
        ("1", None),
        ("", None),
        (2, None),
        (1.0, None),
        (None, None),
        ([], None),
    ],
)
def test_a_switch_is_a_boolean_or_clearly_means_one(value, understood):
    assert understand(value) is understood


@pytest.mark.parametrize(
    ("switches", "allowed"),
    [
        ({}, True),
        ({"All": False}, False),
        ({"All": False, "Mixpanel": True}, True),
        ({"mixpanel": False}, False),
        ({"mixpanel": True, "eu": False}, False),  # any switch that says no
        ({"PostHog": False}, True),
    ],
)
def test_the_own_switch_decides_before_all(switches, allowed):
    assert allows(switches, "eu", "mixpanel") is allowed


def test_a_bare_scope_has_no_type():
    assert allows({"Mixpanel": False}, "warehouse", None)
    assert not allows({"Ware House": False}, "warehouse", None)


def test_a_destination_that_routes_by_the_switches_is_stopped_by_its_own_alone():
    assert allows({"All": False, "Mixpanel": True}, "segment", "segment", routed=True)
    assert not allows({"Segment.io": False}, "live", "segment", routed=True)
