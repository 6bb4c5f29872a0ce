"""The process-wide policy and client."""

from __future__ import annotations

import traceback

import pytest

import safetrack
from recording import Recorder
from safetrack import default
from safetrack.errors import ConfigError, EventError, KeyringError, PolicyError
from safetrack.policy.load import Policy
from sanitizing import KEYS

POLICY = {"version": 1, "properties": {"plan": {"keep": ["pro"]}}}
EMAIL = "jane.canary@acme.com"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch, tmp_path):
    for name in ("SAFETRACK_POLICY", "SAFETRACK_DISABLED", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAFETRACK_KEYS", KEYS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(default, "_policy", None)
    monkeypatch.setattr(default, "_client", None)
    yield
    default.close(0)


def test_the_module_s_calls_use_the_configured_policy():
    recorder = Recorder()
    safetrack.configure(policy=POLICY, destinations={"v": recorder})
    safetrack.track("u", "Signed Up", {"plan": "pro", "x": 1})
    safetrack.identify("u", {"x": 1}, set_once={"y": 2})
    safetrack.group("u", "g", {"x": 1}, group_type="company")
    safetrack.alias("u", previous_id="a")
    safetrack.page("u", "Pricing", category="Docs")
    safetrack.screen("u", "Pricing", category="Docs")
    assert safetrack.flush(60)
    assert [event["type"] for event in recorder.events] == [
        "track",
        "identify",
        "group",
        "alias",
        "page",
        "screen",
    ]
    assert recorder.events[0]["properties"] == {"plan": "pro"}


def test_the_configured_policy_is_known_to_others():
    assert default.configured_policy() is None
    policy = Policy.from_dict(POLICY)
    safetrack.configure(policy)
    assert default.configured_policy() is policy


def test_a_policy_without_destinations_is_enough_for_others_and_not_for_the_module_s_calls():
    safetrack.configure(POLICY)
    with pytest.raises(ConfigError, match="no destination"):
        safetrack.track("u", "Signed Up")


VENDOR = {"v": {"type": "mixpanel", "token": "env:NO_SUCH_TOKEN"}}


def test_what_a_policys_destinations_need_is_asked_for_by_the_first_call(monkeypatch):
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    safetrack.configure({**POLICY, "destinations": VENDOR})  # all that a drop-in needs

    assert default.current_client() is None
    with pytest.raises(ConfigError, match="NO_SUCH_TOKEN is not set"):
        safetrack.track("u", "Signed Up")


def test_a_policy_that_observes_can_be_configured_and_not_be_tracked_by():
    safetrack.configure(
        {**POLICY, "destinations": VENDOR, "mode": "observe", "until": "2999-01-01"}
    )

    with pytest.raises(PolicyError, match="observe"):
        safetrack.track("u", "Signed Up")


def test_a_key_that_the_policy_needs_is_missed_at_once(monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    with pytest.raises(KeyringError):
        safetrack.configure({**POLICY, "destinations": VENDOR})
    assert default.configured_policy() is None


def test_settings_of_the_client_are_tried_at_once(monkeypatch):
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)

    with pytest.raises(ConfigError, match="NO_SUCH_TOKEN is not set"):
        safetrack.configure({**POLICY, "destinations": VENDOR}, outbox=None)
    with pytest.raises(TypeError):
        safetrack.configure(POLICY, no_such_setting=1)


def test_configuring_again_closes_the_client_before():
    one, two = Recorder(), Recorder()
    safetrack.configure(POLICY, destinations={"v": one})
    safetrack.track("u", "Signed Up")
    safetrack.configure(POLICY, destinations={"v": two})
    assert one.names == ["Signed Up"]
    assert one.closed == 1
    safetrack.track("u", "Logged In")
    assert safetrack.close(60)
    assert two.names == ["Logged In"]


def test_a_wrong_policy_changes_nothing():
    recorder = Recorder()
    safetrack.configure(POLICY, destinations={"v": recorder})
    with pytest.raises(PolicyError):
        safetrack.configure({"version": 1, "properties": {"x": "kepe"}})
    safetrack.track("u", "Signed Up")
    assert safetrack.flush(60)
    assert recorder.names == ["Signed Up"]


def test_without_configuration_the_policy_is_found_on_first_use(tmp_path):
    (tmp_path / "safetrack.yaml").write_text(
        "version: 1\ndestinations: {out: {type: jsonl, path: out.jsonl}}\n"
    )
    safetrack.track("u", "Signed Up")
    assert default.client() is default.client()
    assert safetrack.close(60)
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1
    assert safetrack.close(60)  # there is none to close


def test_without_any_policy_the_error_says_how_to_make_one():
    with pytest.raises(PolicyError, match="safetrack init"):
        safetrack.track("u", "Signed Up")


def test_no_frame_of_a_strict_error_holds_what_was_passed():
    safetrack.configure(POLICY, destinations={"v": Recorder()}, strict=True)
    with pytest.raises(EventError) as caught:
        safetrack.track(EMAIL, "A", {EMAIL: EMAIL}, integrations={EMAIL: EMAIL})
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    frames = list(report.stack)[1:]
    assert EMAIL not in repr([(frame.line, frame.locals) for frame in frames])
