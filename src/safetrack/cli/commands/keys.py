"""``safetrack keys``: make keys, and compare them without showing them."""

from __future__ import annotations

from typing import Annotated

import typer

from safetrack.cli.options import JsonOption, PolicyOption
from safetrack.cli.policy_file import load_policy_or_none
from safetrack.cli.terminal import Exit, err, out, print_json

app = typer.Typer(name="keys", help="Make keys, and compare them.", no_args_is_help=True)


@app.command()
def new(as_json: JsonOption = False) -> None:
    """Print a new key. Keep it where secrets are kept, e.g. in SAFETRACK_KEYS."""
    from safetrack.keys.generate import new_key

    key = new_key()
    if as_json:
        print_json({"keys": key})
    else:
        typer.echo(key)
        if err().is_terminal:
            err().print(
                "Keep it where your secrets are, the same on every machine: "
                "export SAFETRACK_KEYS='…'.\nWhoever has it can confirm who is behind a pseudonym.",
                style="dim",
            )


@app.command()
def check(
    policy: PolicyOption = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--keys", help="env:NAME or file:PATH, instead of the policy's.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print a fingerprint of the keys, to compare across machines; never the keys."""
    from safetrack.keys.sources import read_keys
    from safetrack.sanitize import DEFAULT_KEYS

    loaded = None if source else load_policy_or_none(policy)
    place = source or (loaded and loaded.document.keys) or DEFAULT_KEYS
    keyring = read_keys(place)
    found = {
        "source": place,
        "current": keyring.current if keyring else None,
        "fingerprint": keyring.fingerprint() if keyring else None,
    }
    if as_json:
        print_json(found)
    elif keyring:
        out().print(
            f"{keyring.fingerprint()}  current key {keyring.current}, from {place}", soft_wrap=True
        )
    else:
        out().print(f"{place} holds no key. Make one with: safetrack keys new", soft_wrap=True)
    raise typer.Exit(Exit.FINE if keyring else Exit.FOUND)
