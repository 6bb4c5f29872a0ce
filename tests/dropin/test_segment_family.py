"""Segment's SDK and RudderStack's: no canary leaves, and while observing every byte is the SDK's."""

from __future__ import annotations

import importlib
import logging
import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from dropin.script import counted_uuids, on_the_wire, stopped_clock
from dropin.segment_family_script import Scene, public_calls, script
from safetrack import Policy
from safetrack.testing import Canaries, assert_no_canary, assert_no_pii, capturing

POLICIES = {
    "strict": {"version": 1, "extends": ["safetrack:strict"], "events": {"Signed Up": {}}},
    "product analytics": {"version": 1, "extends": ["safetrack:product-analytics"]},
}
OBSERVE = {"version": 1, "mode": "observe", "until": "2999-01-01"}


@dataclass(frozen=True)
class Vendor:
    name: str

    @property
    def plain(self) -> Any:
        return importlib.import_module(f"{self.name}.analytics")

    @property
    def ours(self) -> Any:
        return importlib.import_module(f"safetrack.dropin.{self.name}")


@pytest.fixture(params=["segment", "rudderstack"])
def vendor(request):
    return Vendor(request.param)


@pytest.fixture
def capture():
    with capturing() as capture:
        yield capture


@pytest.fixture(autouse=True)
def settings_as_they_were(monkeypatch, vendor):
    """The script sets the settings of the modules: they are those of all tests."""
    for module in (vendor.plain, vendor.ours):
        for name in ("write_key", "host", "on_error", "sync_mode", "default_client", "policy"):
            monkeypatch.setattr(module, name, getattr(module, name, None), raising=False)
        monkeypatch.setattr(module, "dataPlaneUrl", None, raising=False)


def test_every_public_call_of_the_sdk_is_exercised(vendor):
    not_exercised, _ = script.unknown_to(public_calls(vendor.plain))

    assert not_exercised == []


@pytest.mark.parametrize("policy", POLICIES)
def test_no_canary_leaves_in_any_call(vendor, capture, policy, caplog):
    caplog.set_level(logging.DEBUG)
    options = {"policy": Policy.from_dict(POLICIES[policy])}
    scene = Scene(vendor.ours, capture.url, options)

    script.run(scene)
    scene.end()

    assert len(capture.messages()) > 30
    assert scene.said == []
    assert_no_canary(capture, scene.canaries)
    assert_no_canary(caplog.text, scene.canaries)
    assert_no_pii(capture)


def test_while_observing_every_byte_is_the_sdks_own(vendor, monkeypatch):
    observed = {"policy": Policy.from_dict(OBSERVE)}
    canaries = _Fixed()

    sent = []
    with stopped_clock(), capturing() as capture:
        for module, options in ((vendor.plain, {}), (vendor.ours, observed)):
            counted_uuids(monkeypatch)
            monkeypatch.setattr(vendor.plain.client, "uuid4", uuid.uuid4)
            scene = Scene(module, capture.url, options, canaries.again())
            script.run(scene)
            scene.end()
            sent.append(on_the_wire(capture))
            capture.requests.clear()

    assert len(sent[0]) > 30
    assert sent[1] == sent[0]


class _Fixed(Canaries):
    """The same values each time that it begins again."""

    def again(self) -> _Fixed:
        self._next = 0
        return self

    def _plant(self, kind: str, value: str) -> str:
        self._next += 1
        if self._next > len(self._planted):
            super()._plant(kind, value)
        return self._planted[self._next - 1][1]
