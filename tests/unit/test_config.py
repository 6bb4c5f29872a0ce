"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from safetrack import config


@pytest.fixture(autouse=True)
def _bare(monkeypatch, tmp_path):
    for name in ("SAFETRACK_POLICY", "SAFETRACK_DISABLED", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_environment_names_the_policy_before_the_working_folder_does(monkeypatch, tmp_path):
    (tmp_path / "safetrack.yaml").touch()
    monkeypatch.setenv("SAFETRACK_POLICY", "/etc/other.yaml")
    assert config.find_policy() == Path("/etc/other.yaml")


def test_without_it_the_working_folder_s_policy_is_found(monkeypatch, tmp_path):
    assert config.find_policy() is None
    monkeypatch.setenv("SAFETRACK_POLICY", "")
    assert config.find_policy() is None
    (tmp_path / "safetrack.yaml").touch()
    assert config.find_policy() == Path("safetrack.yaml")


@pytest.mark.parametrize(
    ("text", "is_on"),
    [
        ("1", True),
        ("true", True),
        ("TRUE", True),
        (" yes ", True),
        ("on", True),
        ("0", False),
        ("false", False),
        ("", False),
        ("no", False),
    ],
)
def test_switches_are_read_as_people_write_them(monkeypatch, text, is_on):
    monkeypatch.setenv("SAFETRACK_DISABLED", text)
    assert config.is_disabled() is is_on
    monkeypatch.setenv("DO_NOT_TRACK", text)
    assert config.asks_not_to_track() is is_on


def test_switches_are_off_when_nothing_is_said():
    assert not config.is_disabled()
    assert not config.asks_not_to_track()


@pytest.mark.parametrize(
    ("host", "excepted", "used"),
    [
        ("api.vendor.example", "", True),
        ("api.vendor.example", "localhost, 127.0.0.1", True),
        ("api.vendor.example", "api.vendor.example", False),
        ("api.vendor.example", "vendor.example", False),
        ("api.vendor.example", ".vendor.example", False),
        ("API.vendor.example", "*.VENDOR.example", False),
        ("api.vendor.example", "*", False),
        ("notvendor.example", "vendor.example", True),
        ("api.vendor.example", " , ", True),
    ],
)
def test_no_proxy_names_hosts_and_domains(monkeypatch, host, excepted, used):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", excepted)
    assert config.https_proxy(host) == ("http://proxy:3128" if used else None)


def test_there_is_no_proxy_by_default(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:3128")
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    assert config.https_proxy("api.vendor.example") is None
