"""``safetrack scrub``: sanitize exported files."""

from __future__ import annotations

from typing import Annotated

import typer

from safetrack.cli.formats.source import require_files
from safetrack.cli.options import (
    DestinationOption,
    Format,
    FormatOption,
    JsonOption,
    PolicyOption,
    dialect_of,
)
from safetrack.cli.policy_file import policy_path, warn_of_bare_scope
from safetrack.cli.scrub.job import STANDARD_OUTPUT, do, plan
from safetrack.cli.scrub.progress import progress_over
from safetrack.cli.scrub.run import Run
from safetrack.cli.scrub.summary import show_summary
from safetrack.cli.scrub.tally import Tally
from safetrack.cli.terminal import Exit
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer


def scrub(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="IN...", help="Files, or - for standard input.", show_default=False),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="A file, a folder (one file an input; made if missing), or - for standard output.",
        ),
    ] = STANDARD_OUTPUT,
    policy: PolicyOption = None,
    destination: DestinationOption = None,
    form: FormatOption = Format.AUTO,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that sanitize.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Sanitize exports: JSON Lines, a JSON array, CSV or Parquet, also gzipped; order is kept.

    The output has the format its name says, else that of the input. What cannot be read is listed,
    by line and reason and never by content, in OUT.rejected.jsonl, and the exit status is 1.
    """
    require_files(sources)
    path = policy_path(policy)
    sanitizer = Sanitizer(Policy.load(path))
    jobs = plan(sources, output)
    warn_of_bare_scope(sanitizer.policy, destination)
    tally = Tally()
    with progress_over(sources) as progress:
        run = Run(
            sanitizer=sanitizer,
            policy_file=path,
            destination=destination,
            dialect=dialect_of(form),
            workers=workers,
            tally=tally,
            progress=progress,
        )
        rejected = [found for job in jobs if (found := do(job, run))]
    show_summary(tally, rejected, as_json=as_json, output_is_data=output == STANDARD_OUTPUT)
    raise typer.Exit(Exit.FINE if tally.is_clean else Exit.FOUND)
