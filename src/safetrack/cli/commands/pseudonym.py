"""``safetrack pseudonym``: under which token a value is known at a destination."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from safetrack.cli.options import DestinationOption, JsonOption, PolicyOption
from safetrack.cli.policy_file import load_policy_or_none, scope_of, warn_of_bare_scope
from safetrack.cli.terminal import print_json
from safetrack.errors import ConfigError, KeyringError
from safetrack.keys.keyring import Keyring
from safetrack.policy.load import Policy

_STANDARD_INPUT: Final = "-"


def pseudonym(
    value: Annotated[
        str, typer.Argument(help="The raw value; - reads one line from standard input.")
    ],
    destination: DestinationOption = None,
    kind: Annotated[
        str, typer.Option(help="person, group, email, phone, or the property's name.")
    ] = "person",
    epoch: Annotated[int, typer.Option(min=0, help="The epoch's number; 0 without epochs.")] = 0,
    policy: PolicyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the pseudonym of a value, to look a person up at a vendor."""
    from safetrack.keys.normalize import normalize

    loaded = load_policy_or_none(policy)
    scope = _scope(loaded, destination)
    raw = sys.stdin.readline().rstrip("\n") if value == _STANDARD_INPUT else value
    normalised = normalize(raw, kind)
    if normalised is None:
        raise ConfigError("the value is empty, or nothing that can identify")
    token = _keyring(loaded).pseudonym(normalised, scope=scope, kind=kind, epoch=epoch)
    if as_json:
        print_json({"pseudonym": token, "scope": scope, "kind": kind, "epoch": epoch})
    else:
        typer.echo(token)


def _scope(policy: Policy | None, named: str | None) -> str:
    """The scope of the destination that was named, or of the policy's only one."""
    destinations = policy.document.destinations if policy else {}
    if named is None and len(destinations) == 1:
        named = next(iter(destinations))
    if named is None:
        known = f" ({', '.join(destinations)})" if destinations else ""
        raise ConfigError(f"say for which destination, with --destination{known}")
    warn_of_bare_scope(policy, named)
    return scope_of(policy, named)


def _keyring(policy: Policy | None) -> Keyring:
    from safetrack.keys.sources import read_keys
    from safetrack.sanitize import DEFAULT_KEYS

    source = (policy and policy.document.keys) or DEFAULT_KEYS
    keyring = read_keys(source)
    if keyring is None:
        raise KeyringError(f"{source} holds no key. Make one with: safetrack keys new")
    return keyring
