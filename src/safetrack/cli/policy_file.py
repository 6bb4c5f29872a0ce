"""Which policy a command works with."""

from __future__ import annotations

from pathlib import Path

from safetrack.config import find_policy
from safetrack.errors import ConfigError
from safetrack.policy.load import Policy


def policy_path(named: str | None) -> str:
    """The policy file: as named, else ``SAFETRACK_POLICY``, else ``./safetrack.yaml``.

    Raises:
        ConfigError: There is none.
    """
    path = named or str(find_policy() or "")
    if not path:
        raise ConfigError(
            "no policy: name one with --policy or in SAFETRACK_POLICY, or make one with: safetrack init"
        )
    if not Path(path).is_file():
        raise ConfigError(f"{path}: no such policy file")
    return path


def load_policy(named: str | None) -> Policy:
    """The policy that a command works with.

    Raises:
        ConfigError: There is none.
        PolicyError: It is wrong.
    """
    return Policy.load(policy_path(named))


def load_policy_or_none(named: str | None) -> Policy | None:
    """As `load_policy`; None when none is named and none is where one would be looked for."""
    if named is None and find_policy() is None:
        return None
    return load_policy(named)
