"""``safetrack check``: is this policy right, and is it wise?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import typer

from safetrack.cli.options import JsonOption
from safetrack.cli.policy_file import policy_path
from safetrack.cli.terminal import Exit, err, out, print_json
from safetrack.errors import DetectorError, PolicyError, Problem
from safetrack.policy.load import Policy


def check(
    policy: Annotated[
        str | None, typer.Argument(help="The policy file.", metavar="POLICY", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Validate a policy, and warn of risky rules and of expired or purposeless events.

    Exit status: 0 when there is nothing to say, 1 with warnings, 2 with mistakes.
    """
    path = policy_path(policy)
    mistakes, warnings = _examine(path)
    if as_json:
        print_json(
            {
                "policy": path,
                "errors": [_as_dict(problem) for problem in mistakes],
                "warnings": [_as_dict(problem) for problem in warnings],
            }
        )
    else:
        _show(path, mistakes, warnings)
    if mistakes:
        raise typer.Exit(Exit.FAILED)
    raise typer.Exit(Exit.FOUND if warnings else Exit.FINE)


def _examine(path: str) -> tuple[list[Problem], list[Problem]]:
    from safetrack.compile.destination import check_narrowing
    from safetrack.compile.policy import CompiledPolicy
    from safetrack.policy.lint import warnings

    try:
        policy = Policy.load(path)
        check_narrowing(policy, CompiledPolicy(policy))
    except PolicyError as error:
        return list(error.problems), []
    found = warnings(policy, dt.datetime.now(dt.UTC).date())
    return [], [*found, *_missing_models(policy)]


def _missing_models(policy: Policy) -> Iterator[Problem]:
    """Languages that cannot be searched on this machine. The policy may be for another."""
    from safetrack.detect.presidio.model import installed_models

    detection = policy.document.detection
    for language in detection.languages:
        try:
            installed_models(language, detection.model)
        except DetectorError as error:
            file, line, column = policy.position(("detection", "languages"))
            yield Problem(str(error), file, line, column, "detection.languages")


def _as_dict(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "message": problem.message,
    }


def _show(path: str, mistakes: list[Problem], warnings: list[Problem]) -> None:
    for problem in mistakes:
        err().print(f"error: {problem}", soft_wrap=True, markup=False, style="red")
    for problem in warnings:
        err().print(f"warning: {problem}", soft_wrap=True, markup=False, style="yellow")
    if not mistakes:
        found = (
            f"{len(warnings)} warning{'s' * (len(warnings) != 1)}" if warnings else "no warnings"
        )
        out().print(f"{path}: a valid policy, {found}", soft_wrap=True, markup=False)
