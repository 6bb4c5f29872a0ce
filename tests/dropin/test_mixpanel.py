"""Mixpanel's drop-in against the real SDK: nothing personal leaves; observing changes no byte."""

import inspect
import logging
import time

import mixpanel
import pytest

import safetrack.dropin.mixpanel as dropin
from capture.mixpanel import reroute
from dropin.mixpanel_script import SCRIPT, SENDERS, Scene, Values
from dropin.script import (
    counted_uuids,
    functions_of,
    methods_of,
    on_the_wire,
    stopped_clock,
)
from safetrack import Policy
from safetrack.testing import assert_no_canary, assert_no_pii, capturing

SILENT = {
    "DatetimeSerializer",
    "LocalFlagsConfig",
    "MixpanelException",
    "RemoteFlagsConfig",
}
"""Classes of the SDK that send nothing."""


def policy(**more):
    """A policy that lets a worker's messages go to the project of the script."""
    return Policy.from_dict(
        {"version": 1, "destinations": {"mp": {"type": "mixpanel", "token": "the-token"}}, **more}
    )


ALLOWING = {"extends": ["safetrack:product-analytics"]}
LISTED = ("Signed Up", "Viewed", "$experiment_started")
STRICT = {
    "extends": ["safetrack:strict"],
    "events": {name: {"purpose": "tests"} for name in LISTED},
}


def run(monkeypatch, module, values, keywords, *, forgives):
    """The requests that one run of the script makes."""
    with capturing() as capture, monkeypatch.context() as patch:
        reroute(capture, patch)
        counted_uuids(patch)
        patch.setattr(time, "perf_counter", lambda: 1.0)
        with stopped_clock():
            SCRIPT.run(Scene(module, capture, values, keywords, forgives))
        return capture


def test_the_script_makes_every_public_call_of_the_sdk():
    public = methods_of(*SENDERS) | (functions_of(mixpanel) & {"json_dumps"})

    assert SCRIPT.unknown_to(public) == ([], [])


def test_the_script_knows_every_class_and_function_of_the_sdk():
    own = {
        name
        for name, member in vars(mixpanel).items()
        if (inspect.isclass(member) or inspect.isroutine(member))
        and member.__module__.startswith("mixpanel")
        and not name.startswith("_")
    }

    assert own == SILENT | {kind.__name__ for kind in SENDERS} | {"json_dumps"}


@pytest.mark.parametrize("rules", [ALLOWING, STRICT], ids=["product-analytics", "strict"])
def test_nothing_personal_leaves_by_any_call(rules, monkeypatch, caplog, recwarn):
    caplog.set_level(logging.DEBUG)
    values = Values()

    capture = run(monkeypatch, dropin, values, {"policy": policy(**rules)}, forgives=False)

    assert len(capture.requests) > 40
    assert_no_canary(capture, values.canaries)
    assert_no_pii(capture)
    assert_no_canary(caplog.text, values.canaries)
    assert not recwarn.list


def test_the_search_would_have_seen_it(monkeypatch):
    values = Values()

    capture = run(monkeypatch, mixpanel, values, {}, forgives=True)

    found = {(one.kind, one.number) for one in values.canaries.found_in(capture)}
    assert len(found) > 150


def test_while_observing_not_a_byte_is_changed(monkeypatch, caplog):
    values = Values()
    observing = policy(**ALLOWING, mode="observe", until="2026-12-31")

    plain = run(monkeypatch, mixpanel, values, {}, forgives=True)
    observed = run(monkeypatch, dropin, values, {"policy": observing}, forgives=True)

    assert on_the_wire(observed) == on_the_wire(plain)
    assert_no_canary(caplog.text, values.canaries)
