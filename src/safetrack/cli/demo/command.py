"""``safetrack demo``: what a vendor would have held, without and with safetrack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from safetrack.cli.terminal import err, out, print_json

USERS: Final = 2500
SEED: Final = 20251109


def demo(
    folder: Annotated[
        Path,
        typer.Option("--out", help="Folder for the two files and the policy.", file_okay=False),
    ] = Path("demo-out"),
    users: Annotated[int, typer.Option(min=10, max=20_000, help="People to invent.")] = USERS,
    seed: Annotated[int, typer.Option(help="The same seed gives the same stream.")] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Replay a vendor breach on invented events, without and with safetrack.

    Stores one stream in two DuckDB files, shows what an attacker would hold with each, and that
    the product questions still have the same answers.
    """
    from safetrack.cli.demo.report import WIDTH, print_report, to_json
    from safetrack.cli.demo.run import run

    with _progress() as on_progress:
        outcome = run(folder, users=users, seed=seed, on_progress=on_progress)
    if as_json:
        print_json(to_json(outcome))
        return
    console = out()
    console.width = min(console.width, WIDTH)
    print_report(outcome, console)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error while the demo works; nothing where that is no terminal."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = err()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("")
        yield lambda step, done, total: bar.update(
            task, description=step, completed=done, total=total
        )
