from __future__ import annotations

import os

import pytest

from safetrack.errors import ConfigError, KeyringError
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.keys.sources import read_keys, resolve_secret, unset_variable


@pytest.fixture
def private_file(tmp_path):
    path = tmp_path / "keys"
    path.write_text(new_key() + "\n")
    path.chmod(0o600)
    return path


def test_keys_come_from_the_environment(monkeypatch):
    text = new_key()
    monkeypatch.setenv("SOME_KEYS", f" {text}\n")
    assert read_keys("env:SOME_KEYS").fingerprint() == Keyring.parse(text).fingerprint()


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_unset_or_blank_variable_holds_no_keys(monkeypatch, value):
    monkeypatch.delenv("SOME_KEYS", raising=False)
    if value is not None:
        monkeypatch.setenv("SOME_KEYS", value)
    assert read_keys("env:SOME_KEYS") is None


def test_a_malformed_variable_is_refused_without_showing_it(monkeypatch):
    monkeypatch.setenv("SOME_KEYS", "k1:hunter2hunter2")
    with pytest.raises(KeyringError) as caught:
        read_keys("env:SOME_KEYS")
    assert "hunter2" not in str(caught.value)


def test_keys_come_from_a_private_file(private_file):
    expected = Keyring.parse(private_file.read_text()).fingerprint()
    assert read_keys(f"file:{private_file}").fingerprint() == expected


def test_a_file_below_the_home_directory_may_be_written_with_a_tilde(private_file, monkeypatch):
    monkeypatch.setenv("HOME", str(private_file.parent))
    assert read_keys("file:~/keys").current == "k1"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644])
def test_a_file_that_others_can_touch_is_refused(private_file, mode):
    private_file.chmod(mode)
    with pytest.raises(KeyringError, match="can be read by others"):
        read_keys(f"file:{private_file}")


def test_a_missing_file_is_an_error_and_not_no_keys(tmp_path):
    with pytest.raises(KeyringError, match="No such file"):
        read_keys(f"file:{tmp_path / 'none'}")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(KeyringError, match="is not a file"):
        read_keys(f"file:{tmp_path}")


def test_a_huge_file_is_refused_without_reading_it(private_file):
    os.truncate(private_file, 10**9)
    with pytest.raises(KeyringError, match="too long"):
        read_keys(f"file:{private_file}")


def test_a_binary_file_is_refused(private_file):
    private_file.write_bytes(bytes(range(256)))
    with pytest.raises(KeyringError, match="key 1"):
        read_keys(f"file:{private_file}")


@pytest.mark.parametrize("scheme", ["aws-kms", "gcp-kms", "vault"])
def test_key_services_say_what_is_supported(scheme):
    with pytest.raises(
        KeyringError, match=f"{scheme}: is not supported .* use env:NAME or file:PATH"
    ):
        read_keys(f"{scheme}:projects/x")


@pytest.mark.parametrize("source", ["", "k1:c2VjcmV0c2VjcmV0", "env:", "env:not-a-name", "file:"])
def test_an_unknown_source_is_refused_without_showing_it(source):
    with pytest.raises(KeyringError) as caught:
        read_keys(source)
    assert str(caught.value) == "unknown source of keys; use env:NAME or file:PATH"
    shown = [repr(value) for value in caught.traceback[-1].frame.f_locals.values()]
    assert not source or not any(source in text for text in shown)


def test_a_secret_stands_for_itself_or_for_a_variable(monkeypatch):
    monkeypatch.setenv("SOME_TOKEN", "t0ken\n")
    assert resolve_secret("literal") == "literal"
    assert resolve_secret("env:SOME_TOKEN") == "t0ken"


def test_a_secret_whose_variable_is_unset_names_the_variable(monkeypatch):
    monkeypatch.delenv("SOME_TOKEN", raising=False)
    with pytest.raises(ConfigError, match="SOME_TOKEN is not set"):
        resolve_secret("env:SOME_TOKEN")


def test_an_unset_variable_is_told_from_a_secret_and_from_what_names_none(monkeypatch):
    monkeypatch.setenv("SOME_TOKEN", "t0ken")
    monkeypatch.setenv("BLANK_TOKEN", " ")
    monkeypatch.delenv("NO_TOKEN", raising=False)

    assert unset_variable("env:NO_TOKEN") == "NO_TOKEN"
    assert unset_variable("env:BLANK_TOKEN") == "BLANK_TOKEN"
    for text in ("env:SOME_TOKEN", "NO_TOKEN", "env:sk-live-1234"):
        assert unset_variable(text) is None


def test_a_secret_pasted_after_env_is_not_shown():
    with pytest.raises(ConfigError) as caught:
        resolve_secret("env:sk-live-1234")
    assert "1234" not in str(caught.value)
    assert not any("1234" in repr(v) for v in caught.traceback[-1].frame.f_locals.values())
