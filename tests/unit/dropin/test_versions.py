import subprocess
import sys
from pathlib import Path

import pytest

from safetrack import ConfigError
from safetrack.dropin import versions
from safetrack.dropin.versions import SUPPORTED, is_untested, require
from safetrack.errors import MissingExtraError


def installed(monkeypatch, version):
    monkeypatch.setattr(versions, "version", lambda _name: version)


def test_an_sdk_that_is_too_old_is_refused_with_the_way_out(monkeypatch):
    installed(monkeypatch, "7.39.1")

    with pytest.raises(ConfigError, match=r"posthog 7\.39\.1 is too old .* 7\.40\.0 or newer"):
        require("posthog")


def test_a_missing_sdk_names_its_extra(monkeypatch):
    def missing(name):
        raise versions.PackageNotFoundError(name)

    monkeypatch.setattr(versions, "version", missing)

    assert not is_untested("mixpanel")
    with pytest.raises(MissingExtraError, match=r"safetrack\[mixpanel\]"):
        require("mixpanel")


@pytest.mark.parametrize("vendor", SUPPORTED)
def test_the_oldest_and_the_newest_are_supported_and_what_is_newer_is_untested(vendor, monkeypatch):
    for version in (SUPPORTED[vendor].oldest, SUPPORTED[vendor].newest):
        installed(monkeypatch, version)
        require(vendor)
        assert not is_untested(vendor)
    installed(monkeypatch, "99.0.0rc1")
    assert is_untested(vendor)


ROOT = Path(__file__).parents[3]


def test_what_make_test_oldest_installs_is_what_is_supported():
    pinned = (ROOT / "tests" / "dropin" / "oldest.txt").read_text(encoding="utf-8").split()
    assert set(pinned) == {f"{one.distribution}=={one.oldest}" for one in SUPPORTED.values()}


@pytest.mark.parametrize("vendor", SUPPORTED)
def test_the_reference_names_the_supported_versions(vendor):
    page = (ROOT / "docs" / "reference" / "drop-ins.md").read_text(encoding="utf-8")
    one = SUPPORTED[vendor]
    (row,) = [line for line in page.splitlines() if f"`safetrack.dropin.{vendor}`" in line]
    assert f"| {one.distribution} | {one.oldest} to {one.newest} |" in row


WITHOUT = """
import importlib.metadata, sys

def missing(name):
    raise importlib.metadata.PackageNotFoundError(name)

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in SDKS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

SDKS = {"mixpanel", "posthog", "segment", "amplitude", "rudderstack", "snowplow_tracker"}
importlib.metadata.version = missing
sys.meta_path.insert(0, Missing())
from safetrack import MissingExtraError
try:
    __import__(f"safetrack.dropin.{sys.argv[1]}")
except MissingExtraError as error:
    print(error.extra)
"""
"""A process in which no vendor's SDK is installed."""


@pytest.mark.parametrize("vendor", SUPPORTED)
def test_a_drop_in_whose_sdk_is_missing_says_so_when_it_is_imported(vendor):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, vendor], capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == (vendor, "")
