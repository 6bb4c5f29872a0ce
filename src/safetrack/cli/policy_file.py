"""Which policy a command works with."""

from __future__ import annotations

from pathlib import Path

from safetrack.cli.terminal import err, visible
from safetrack.config import find_policy
from safetrack.errors import ConfigError
from safetrack.policy.load import Policy
from safetrack.policy.written import nearest


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
    if Path(path).is_dir():
        raise ConfigError(f"{path}: is a folder, not a policy file")
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


def scope_of(policy: Policy | None, destination: str) -> str:
    """The scope of a destination of the policy; any other name is a bare scope."""
    one = policy.document.destinations.get(destination) if policy else None
    return (one.scope if one else None) or destination


def warn_of_bare_scope(policy: Policy | None, named: str | None) -> None:
    """Say on standard error when the policy has destinations, and `named` is none of them."""
    destinations = policy.document.destinations if policy else {}
    scopes = {scope_of(policy, name) for name in destinations}
    if named and destinations and named not in scopes | destinations.keys():
        bare = f"{visible(named)} is no destination of the policy; used as a bare scope"
        hint = nearest(named, destinations)
        err().print(f"warning: {bare}{hint}", soft_wrap=True, markup=False, style="yellow")
