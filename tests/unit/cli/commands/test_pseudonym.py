import json

import pytest

from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer


def test_it_is_the_token_that_the_destination_sees(call, policy):
    event = {"type": "track", "event": "Signed Up", "userId": "Jane@Acme.com"}
    safe = Sanitizer(Policy.load(policy)).sanitize(event, "vault")

    assert call("pseudonym", "jane@acme.com").out.strip() == safe.to_dict()["userId"]


def test_a_value_can_come_from_standard_input(call, policy):
    assert call("pseudonym", "-", stdin=b"u-1\n").out == call("pseudonym", "u-1").out


def test_scope_kind_and_epoch_change_it(call, policy):
    tokens = {
        call("pseudonym", "u-1", *more).out
        for more in (
            [],
            ["--destination", "other"],
            ["--kind", "email"],
            ["--epoch", "3"],
        )
    }

    assert len(tokens) == 4


def test_a_destinations_own_scope_counts(call, policy):
    shared = call("pseudonym", "u-1", "--destination", "shared").out
    policy.write_text(policy.read_text().replace("{type: jsonl,", "{type: jsonl, scope: shared,"))

    assert call("pseudonym", "u-1", "--destination", "vault").out == shared


def test_without_a_policy_the_destination_is_the_scope(call, in_folder):
    result = call("pseudonym", "u-1", "-d", "mixpanel", "--json")

    found = json.loads(result.out)
    assert found["scope"] == "mixpanel"
    assert found["pseudonym"].startswith("st1_k1_0_")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["u-1"], "--destination"), (["", "-d", "x"], "empty")],
)
def test_wrong_usage_is_a_plain_message(call, in_folder, arguments, words):
    result = call("pseudonym", *arguments)

    assert result.status == 2
    assert words in result.err


def test_without_keys_it_says_how_to_make_one(call, policy, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    result = call("pseudonym", "u-1")

    assert result.status == 2
    assert "safetrack keys new" in result.err


def test_a_destination_that_the_policy_does_not_have_is_warned_of(call, policy):
    warning = "is no destination of the policy; used as a bare scope; did you mean 'vault'?"

    result = call("pseudonym", "u-1", "--destination", "vaultt")

    assert result.status == 0
    assert f"vaultt {warning}" in result.err
    assert warning not in call("pseudonym", "u-1", "--destination", "vault").err
