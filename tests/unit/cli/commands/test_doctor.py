import json
from importlib.metadata import PackageNotFoundError

import pytest

from safetrack.detect.detector import SearchFailed
from safetrack.detect.lazy import LazyDetector
from safetrack.event import Reason


def verdicts(result):
    return {one["subject"]: one for one in json.loads(result.out)}


def test_a_healthy_installation_is_told_so(call, policy):
    result = call("doctor")

    assert result.status == 0, result.out
    for subject in ("python", "presidio-analyzer", "language model", "detector", "keys"):
        assert f"ok   {subject}: " in result.out
    assert "destination vault: jsonl, configured" in result.out


def test_a_key_that_is_needed_and_missing_is_wrong(call, policy, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    result = call("doctor", "--json")

    assert result.status == 1
    assert verdicts(result)["keys"]["status"] == "bad"


def test_without_policy_and_keys_there_is_only_a_note(call, in_folder, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    result = call("doctor", "--json")

    assert result.status == 0
    assert verdicts(result)["policy"]["status"] == "note"
    assert verdicts(result)["keys"]["status"] == "note"


def test_a_wrong_policy_does_not_stop_the_other_checks(call, policy):
    policy.write_text("version: 1\nproperties: {plan: kep}\n")

    result = call("doctor", "--json")

    assert result.status == 1
    found = verdicts(result)
    assert found["policy"]["status"] == "bad"
    assert found["detector"]["status"] == "good"


def test_a_vendors_secret_that_is_not_set_is_noted_with_who_needs_it(call, policy, monkeypatch):
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    policy.write_text(
        policy.read_text() + "  mixpanel: {type: mixpanel, token: env:NO_SUCH_TOKEN}\n"
    )

    result = call("doctor", "--json")

    assert result.status == 0
    found = verdicts(result)
    assert found["destination mixpanel"]["status"] == "note"
    assert "NO_SUCH_TOKEN not set here" in found["destination mixpanel"]["finding"]
    assert "not by safetrack.dropin.mixpanel" in found["destination mixpanel"]["finding"]
    assert found["destination vault"]["status"] == "good"


def test_an_address_that_only_the_client_uses_has_to_be_set(call, policy, monkeypatch):
    monkeypatch.delenv("NO_SUCH_URL", raising=False)
    policy.write_text(policy.read_text() + "  hook: {type: webhook, url: env:NO_SUCH_URL}\n")

    result = call("doctor", "--json")

    assert result.status == 1
    assert verdicts(result)["destination hook"]["status"] == "bad"
    assert "NO_SUCH_URL" in verdicts(result)["destination hook"]["finding"]


@pytest.mark.parametrize(("version", "status"), [((3, 10, 0), 1), ((3, 14, 0), 1), ((3, 13, 9), 0)])
def test_a_python_that_is_not_tested_is_wrong(call, policy, monkeypatch, version, status):
    monkeypatch.setattr("safetrack.cli.diagnosis.sys.version_info", version)
    monkeypatch.setattr("safetrack.cli.diagnosis.CHECKS", ())
    from safetrack.cli import diagnosis

    (verdict,) = diagnosis._python(None)

    assert (verdict.status is diagnosis.Status.BAD) == bool(status)


def test_a_missing_library_is_named(call, policy, monkeypatch):
    monkeypatch.setattr("safetrack.cli.diagnosis._LIBRARIES", ("no-such-library",))

    result = call("doctor", "--json")

    assert result.status == 1
    assert verdicts(result)["no-such-library"]["finding"] == "not installed"


@pytest.mark.parametrize(
    ("answer", "words"),
    [((), "missed EMAIL_ADDRESS, PERSON"), ("timeout", "failed: timeout")],
)
def test_a_detector_that_does_not_find_is_wrong(call, policy, monkeypatch, answer, words):
    found = SearchFailed(Reason(answer)) if answer else answer
    monkeypatch.setattr(LazyDetector, "find", lambda _self, queries: [found for _ in queries])

    result = call("doctor", "--json")

    assert result.status == 1
    assert words in verdicts(result)["detector"]["finding"]


@pytest.mark.parametrize(
    ("installed", "verdict"),
    [
        ("5.4.1", ("good", "5.4.1")),
        ("99.0.0", ("note", "tested with 5.2.0 to 5.4.1")),
        ("4.10.1", ("note", "needs 5.2.0 or newer")),
    ],
)
def test_an_sdk_that_no_drop_in_was_tested_with_is_noted(call, monkeypatch, installed, verdict):
    monkeypatch.setattr("safetrack.dropin.versions.version", lambda _name: installed)

    found = verdicts(call("doctor", "--json"))["mixpanel"]

    status, said = verdict
    assert found["status"] == status
    assert said in found["finding"]


def test_an_sdk_that_is_not_installed_is_not_spoken_of(call, policy, monkeypatch):
    def version(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("safetrack.dropin.versions.version", version)

    assert "mixpanel" not in verdicts(call("doctor", "--json"))
