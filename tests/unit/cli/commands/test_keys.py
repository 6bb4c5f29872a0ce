import json

from safetrack.keys.keyring import Keyring


def test_a_new_key_can_be_used_at_once(call, in_folder, monkeypatch):
    key = call("keys", "new").out.strip()

    monkeypatch.setenv("SAFETRACK_KEYS", key)
    result = call("keys", "check")

    assert result.status == 0
    assert Keyring.parse(key).fingerprint() in result.out
    assert key.split(":")[1] not in result.out


def test_two_keys_differ_and_so_do_their_fingerprints(call, in_folder):
    one, other = (json.loads(call("keys", "new", "--json").out)["keys"] for _ in range(2))

    assert one != other
    assert Keyring.parse(one).fingerprint() != Keyring.parse(other).fingerprint()


def test_without_keys_the_status_says_so(call, in_folder, monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS")

    result = call("keys", "check")

    assert result.status == 1
    assert "env:SAFETRACK_KEYS holds no key" in result.out


def test_keys_of_a_file_and_of_the_policy_are_checked(call, policy, in_folder, monkeypatch):
    key = call("keys", "new").out
    (in_folder / "keys").write_text(key)
    (in_folder / "keys").chmod(0o600)
    named = json.loads(call("keys", "check", "--keys", "file:keys", "--json").out)
    policy.write_text(policy.read_text() + "keys: file:keys\n")
    monkeypatch.delenv("SAFETRACK_KEYS")

    of_policy = json.loads(call("keys", "check", "--json").out)

    assert of_policy == named
    assert of_policy["source"] == "file:keys"
    assert of_policy["current"] == "k1"


def test_a_malformed_key_is_an_error_that_does_not_show_it(call, in_folder, monkeypatch):
    monkeypatch.setenv("SAFETRACK_KEYS", "k1:c2VjcmV0c2VjcmV0")

    result = call("keys", "check")

    assert result.status == 2
    assert "c2VjcmV0" not in result.err + result.out
