import json


def test_a_good_policy_is_called_valid(call, policy):
    result = call("check", policy)

    assert result.status == 0, result
    assert "a valid policy, no warnings" in result.out


def test_every_mistake_is_shown_with_its_place(call, policy):
    policy.write_text("version: 1\nproperties:\n  plan: kep\n  seats: {keep: integr}\n")

    result = call("check", policy)

    assert result.status == 2
    assert f"{policy}:3:" in result.err
    assert f"{policy}:4:" in result.err
    assert "keep" in result.err


def test_a_destination_that_widens_is_a_mistake(call, policy):
    policy.write_text(
        policy.read_text().replace("path: events.jsonl", "path: x, properties: {price: keep}")
    )

    assert call("check", policy).status == 2


def test_a_missing_key_is_none_of_its_business(call, policy, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    assert call("check", policy).status == 0


def test_risky_and_expired_rules_are_warned_of(call, policy):
    policy.write_text(
        policy.read_text().replace("{purpose: tests,", "{expires: 2020-01-01, purpose: tests,")
    )

    result = call("check", policy)

    assert result.status == 1
    assert "warning: " in result.err
    assert "1 warning" in result.out


def test_the_answer_for_machines(call, policy):
    policy.write_text("version: 1\nproperties: {plan: kep}\n")

    found = json.loads(call("check", policy, "--json").out)

    assert found["warnings"] == []
    (mistake,) = found["errors"]
    assert (mistake["file"], mistake["line"]) == (str(policy), 2)
    assert mistake["path"].startswith("properties.plan")


def test_without_a_policy_it_says_how_to_make_one(call, in_folder):
    result = call("check")

    assert result.status == 2
    assert "safetrack init" in result.err


def test_a_folder_is_no_policy_file(call, in_folder):
    result = call("check", ".")

    assert result.status == 2
    assert ".: is a folder, not a policy file" in result.err


def test_a_language_without_a_model_on_this_machine_is_warned_of(call, policy):
    policy.write_text(policy.read_text() + "\ndetection: {languages: [en, sw]}\n")

    result = call("check", policy)

    assert result.status == 1
    assert "no language model for 'sw' is installed" in result.err
