"""``safetrack --version``."""

from __future__ import annotations

import typer

from safetrack import __version__


def print_version(asked: bool) -> None:  # noqa: FBT001  typer hands it over by position
    """Print the version, and stop."""
    if asked:
        typer.echo(f"safetrack {__version__}")
        raise typer.Exit
