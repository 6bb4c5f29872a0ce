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


def _is_on(variable: str) -> bool:
    return os.environ.get(variable, "").strip().casefold() in _ON
