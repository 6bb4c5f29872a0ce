"""The last words of a run of ``scrub``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from safetrack.cli.scrub.tally import Tally
from safetrack.cli.terminal import err, out, visible


def show_summary(
    tally: Tally, rejected_files: list[Path], *, as_json: bool, output_is_data: bool
) -> None:
    """Say what was done: on standard error, or as JSON on standard output where no events go there."""
    if as_json:
        report = tally.to_dict() | {"rejected_files": [str(path) for path in rejected_files]}
        console = err() if output_is_data else out()
        console.print(json.dumps(report), soft_wrap=True, markup=False)
    else:
        _show(err(), tally, rejected_files)


def _show(console: Console, tally: Tally, rejected_files: list[Path]) -> None:
    forms = "; ".join(f"format {form}, scope {scope or 'none'}" for form, scope in tally.forms)
    figures = f"{tally.read:,} events read, {tally.written:,} written"
    said = f"{figures} ({visible(forms)})" if forms else figures
    console.print(said, soft_wrap=True, markup=False)
    _show_counts(console, "events dropped by the policy", tally.dropped)
    _show_counts(console, "values changed or dropped", tally.changed)
    _show_counts(console, "records that could not be read", tally.rejected)
    for path in rejected_files:
        console.print(f"  their lines and reasons: {path}", soft_wrap=True, markup=False)
    for problem in tally.unreadable:
        console.print(problem, soft_wrap=True, markup=False)


def _show_counts(console: Console, title: str, counts: Mapping[Any, int]) -> None:
    if counts:
        reasons = ", ".join(
            f"{reason} {count:,}" for reason, count in Counter(counts).most_common()
        )
        console.print(f"{sum(counts.values()):,} {title}: {reasons}", soft_wrap=True)
