"""All commands, by name."""

from __future__ import annotations

from typing import Annotated

import typer

from safetrack.cli.commands import (
    check,
    doctor,
    explain,
    init,
    keys,
    outbox,
    pseudonym,
    schema,
    scrub,
)
from safetrack.cli.demo.command import demo
from safetrack.cli.version import print_version

app = typer.Typer(
    name="safetrack",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they would show local variables
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def safetrack(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True),
    ] = False,
) -> None:
    """Analytics events that leave your backend only as far as a policy file lets them."""


app.command()(demo)
app.command()(init.init)
app.command()(check.check)
app.command()(explain.explain)
app.command()(scrub.scrub)
app.command()(schema.schema)
app.add_typer(keys.app, name="keys")
app.add_typer(outbox.app, name="outbox")
app.command()(pseudonym.pseudonym)
app.command()(doctor.doctor)
