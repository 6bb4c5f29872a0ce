"""Amplitude's SDK and its drop-in, side by side, against a server that refuses what Amplitude does."""

from __future__ import annotations

import logging
from types import ModuleType

import amplitude
import pytest

import safetrack.dropin.amplitude as dropin
from dropin.amplitude_script import SCRIPT, Scene
from dropin.script import counted_uuids, functions_of, methods_of, on_the_wire, stopped_clock
from safetrack.testing import Capture, assert_no_canary, assert_no_pii, capturing

NAMES = ("Signed Up", "revenue_amount", "Failing")
POLICIES = {
    "strict": {
        "version": 1,
        "extends": ["safetrack:strict"],
        "events": {name: {"purpose": "tests", "properties": {}} for name in NAMES},
    },
    "product-analytics": {"version": 1, "extends": ["safetrack:product-analytics"]},
}
OBSERVING = {**POLICIES["product-analytics"], "mode": "observe", "until": "2999-01-01"}


def play(sdk: ModuleType, capture: Capture, **more) -> Scene:
    scene = Scene(sdk, f"{capture.url}/2/httpapi", **more)
    SCRIPT.run(scene)
    return scene


def test_every_public_call_of_the_installed_sdk_is_exercised():
    kinds = [value for value in vars(amplitude).values() if isinstance(value, type)]
    public = methods_of(*kinds) | functions_of(amplitude)

    assert SCRIPT.unknown_to(public) == ([], [])


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_personal_leaves_whatever_is_called(policy, capture, caplog):
    caplog.set_level(logging.DEBUG)

    scene = play(dropin, capture, policy=POLICIES[policy])

    canaries = scene.plants.canaries
    assert len(capture.messages()) > 10
    assert scene.called_back
    assert all(" 200 " in text for text in scene.called_back)
    books = scene.client.safetrack.stats()
    assert books["passed"] == len(capture.messages())
    assert books["tracked"] == books["passed"] + sum(books["dropped"].values())
    assert_no_canary(capture, canaries)
    assert_no_canary(scene.called_back, canaries)
    assert_no_canary([repr(vars(record)) for record in caplog.records], canaries)
    assert_no_pii(capture)
    assert not any("ip" in message for message in capture.messages())


def test_where_everything_unlisted_is_searched_only_plain_numbers_are_left(capture):
    scene = play(dropin, capture, policy={"version": 1, "unlisted": "scrub"})

    found = scene.plants.canaries.found_in(capture, scene.called_back)
    assert capture.messages()
    assert {one.kind for one in found} <= {"number"}  # a price, a quantity, a counter


def test_while_observing_the_bytes_are_those_of_the_plain_sdk(capture, monkeypatch):
    with stopped_clock():
        counted_uuids(monkeypatch)
        plain = play(amplitude, capture)
        with capturing() as own:
            counted_uuids(monkeypatch)
            scene = play(dropin, own, policy=OBSERVING)

    assert on_the_wire(own) == on_the_wire(capture)
    assert scene.called_back == plain.called_back
    assert scene.client.safetrack.observation.summary()["changed"] > 10
