"""``safetrack --version``."""

from __future__ import annotations

from importlib.metadata import version

import typer


def print_version(asked: bool) -> None:  # noqa: FBT001  typer hands it over by position
    """Print the installed version, and stop."""
    if asked:
        typer.echo(f"safetrack {version('safetrack')}")
        raise typer.Exit
