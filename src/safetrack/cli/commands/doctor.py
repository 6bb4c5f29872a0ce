"""``safetrack doctor``: is everything there that safetrack needs?"""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.console import Console

from safetrack.cli.diagnosis import CHECKS, Status, Verdict, diagnose
from safetrack.cli.options import JsonOption, PolicyOption
from safetrack.cli.terminal import Exit, out, print_json

_MARKS = {Status.GOOD: "[green]ok[/]  ", Status.NOTE: "[yellow]note[/]", Status.BAD: "[red]bad[/] "}


def doctor(policy: PolicyOption = None, as_json: JsonOption = False) -> None:
    """Check the installation, the language model, the detector, the policy and its keys.

    Nothing is sent anywhere. Exit status 1 when something is wrong.
    """
    verdicts = diagnose(CHECKS, policy)
    if as_json:
        print_json([asdict(verdict) for verdict in verdicts])
    else:
        _show(out(), verdicts)
    wrong = any(verdict.status is Status.BAD for verdict in verdicts)
    raise typer.Exit(Exit.FOUND if wrong else Exit.FINE)


def _show(console: Console, verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        console.print(_MARKS[verdict.status], verdict.subject, end=": ", soft_wrap=True)
        console.print(verdict.finding, markup=False, soft_wrap=True)
