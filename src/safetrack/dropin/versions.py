"""Which versions of the vendors' SDKs are supported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeAlias

from safetrack.errors import ConfigError, MissingExtraError

Version: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Supported:
    """The versions of one SDK.

    Attributes:
        distribution: Its name on the package index.
        extra: safetrack's extra that installs it.
        oldest: Older ones are refused.
        newest: The newest one that the tests have run with.
    """

    distribution: str
    extra: str
    oldest: str
    newest: str


SUPPORTED: Final[Mapping[str, Supported]] = {
    "mixpanel": Supported("mixpanel", "mixpanel", "5.2.0", "5.4.1"),
    "posthog": Supported("posthog", "posthog", "7.40.0", "7.91.1"),
    "segment": Supported("segment-analytics-python", "segment", "2.3.1", "2.4.0"),
    "amplitude": Supported("amplitude-analytics", "amplitude", "1.1.5", "1.3.0"),
    "rudderstack": Supported("rudder-sdk-python", "rudderstack", "2.0.0", "2.1.9"),
    "snowplow": Supported("snowplow-tracker", "snowplow", "1.0.1", "1.1.0"),
}
"""By vendor. ``oldest`` is what the oldest-version tests run with."""

_NUMBERS: Final = re.compile(r"\d+")


def require(vendor: str) -> None:
    """Refuse an SDK that is missing or too old.

    Raises:
        MissingExtraError: It is not installed.
        ConfigError: It is older than the oldest version that is supported.
    """
    supported = SUPPORTED[vendor]
    installed = installed_version(vendor)
    if installed is None:
        raise MissingExtraError(f"safetrack.dropin.{vendor}", supported.extra)
    if is_too_old(vendor):
        raise ConfigError(
            f"{supported.distribution} {installed} is too old for safetrack.dropin.{vendor}: it "
            f"needs {supported.oldest} or newer. Install it with: "
            f"pip install --upgrade 'safetrack[{supported.extra}]'"
        )


def installed_version(vendor: str) -> str | None:
    """The installed version of a vendor's SDK; None where there is none."""
    try:
        return version(SUPPORTED[vendor].distribution)
    except PackageNotFoundError:
        return None


def is_too_old(vendor: str) -> bool:
    """Whether the installed version is older than any that the drop-in works with."""
    installed = installed_version(vendor)
    return installed is not None and _parsed(installed) < _parsed(SUPPORTED[vendor].oldest)


def is_untested(vendor: str) -> bool:
    """Whether the installed version is newer than any that the tests have run with."""
    installed = installed_version(vendor)
    return installed is not None and _parsed(installed) > _parsed(SUPPORTED[vendor].newest)


def _parsed(text: str) -> Version:
    return tuple(int(number) for number in _NUMBERS.findall(text)[:3])
