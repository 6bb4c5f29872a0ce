"""Settings from the environment. With `safetrack.keys.sources`, the only reader of ``os.environ``.

A setting is taken from the first of: argument, environment, policy file, default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

POLICY_VARIABLE: Final = "SAFETRACK_POLICY"
DISABLED_VARIABLE: Final = "SAFETRACK_DISABLED"
DO_NOT_TRACK_VARIABLE: Final = "DO_NOT_TRACK"
"""https://consoledonottrack.com"""

DEFAULT_POLICY: Final = "safetrack.yaml"

_ON: Final = frozenset({"1", "true", "yes", "on"})


def find_policy() -> Path | None:
    """The policy file to use when none is given: ``SAFETRACK_POLICY``, then ``./safetrack.yaml``."""
    named = os.environ.get(POLICY_VARIABLE)
    if named:
        return Path(named)
    default = Path(DEFAULT_POLICY)
    return default if default.exists() else None


def is_disabled() -> bool:
    """Whether nothing at all may be sent."""
    return _is_on(DISABLED_VARIABLE)


def asks_not_to_track() -> bool:
    """Whether the environment says ``DO_NOT_TRACK``."""
    return _is_on(DO_NOT_TRACK_VARIABLE)


def https_proxy(host: str) -> str | None:
    """The proxy through which a host is reached by TLS; None for none.

    From ``https_proxy``, unless ``no_proxy`` names the host or a domain that it belongs to; both
    may be in capitals. There is none for plain HTTP: a proxy would read it.
    """
    proxy = os.environ.get("https_proxy") or os.environ.get("HTTPS_PROXY")
    if not proxy:
        return None
    excepted = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    return None if _is_among(host.casefold(), excepted.casefold()) else proxy


def _is_among(host: str, names: str) -> bool:
    """Whether a list separated by commas names a host, a domain above it, or all (``*``)."""
    listed = [name.strip().removeprefix("*").lstrip(".") for name in names.split(",")]
    everyone = "*" in [name.strip() for name in names.split(",")]
    return everyone or any(name and (host == name or host.endswith(f".{name}")) for name in listed)


def _is_on(variable: str) -> bool:
    return os.environ.get(variable, "").strip().casefold() in _ON
