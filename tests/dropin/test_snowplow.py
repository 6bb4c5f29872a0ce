"""Snowplow's SDK and the drop-in, run through the same script against the capture server."""

from __future__ import annotations

import datetime as dt

import pytest
import snowplow_tracker

import safetrack.dropin.snowplow as dropin
from dropin.script import counted_uuids, on_the_wire, stopped_clock
from dropin.snowplow_script import PUBLIC, SCRIPT, Scene, Values
from safetrack import Policy
from safetrack.testing import assert_no_canary, assert_no_pii, capturing

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

LISTED = ("com.acme/signed_up", "com.acme/user", "com.acme/done", "transaction")
STRICT = {
    "version": 1,
    "extends": ["safetrack:strict"],
    "events": {name: {} for name in LISTED},
}
PRODUCT = {"version": 1, "extends": ["safetrack:product-analytics"]}


def observing():
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=400)
    return Policy.from_dict({**PRODUCT, "mode": "observe", "until": until})


def test_every_public_call_is_exercised():
    assert SCRIPT.unknown_to(PUBLIC) == ([], [])


@pytest.mark.parametrize("policy", [STRICT, PRODUCT], ids=["strict", "product-analytics"])
def test_no_canary_leaves_through_any_call(policy, capture, canaries, caplog, capsys):
    caplog.set_level("DEBUG")
    scene = Scene(dropin, capture, Values(canaries), policy=policy)

    SCRIPT.run(scene)

    assert len(capture.messages()) > 20
    assert_no_canary(capture, canaries)
    assert_no_canary([repr(scene.called_back), caplog.text], canaries)
    assert_no_canary([*capsys.readouterr()], canaries)
    assert_no_pii(capture)


def test_while_observing_the_bytes_are_those_of_the_plain_sdk(monkeypatch, canaries):
    values = Values(canaries)
    wires, scenes = [], []
    for sdk, options in ((snowplow_tracker, {}), (dropin, {"policy": observing()})):
        with capturing() as capture, monkeypatch.context() as patch, stopped_clock():
            counted_uuids(patch)
            scenes.append(Scene(sdk, capture, values, **options))
            SCRIPT.run(scenes[-1])
            wires.append(on_the_wire(capture))

    assert len(wires[0]) > 60
    assert wires[0] == wires[1]
    plain, observed = scenes
    assert plain.returned == observed.returned
    assert plain.called_back == observed.called_back
    summary = observed.usual.safetrack.observation.summary()
    assert summary["messages"] > 20
    assert {"uid", "data.email"} <= {one["path"] for one in summary["decisions"]}
    assert canaries.found_in(repr(summary)) == []
