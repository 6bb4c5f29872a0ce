"""``safetrack init``: write a first policy."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Final

import typer

from safetrack.cli.formats.record import Record
from safetrack.cli.formats.source import open_source, require_files
from safetrack.cli.observed.policy_text import from_proposals, starter
from safetrack.cli.options import Format, FormatOption, JsonOption, dialect_of
from safetrack.cli.scrub.dialect import recognise, shape_of
from safetrack.cli.terminal import out, print_json
from safetrack.errors import ConfigError, InputError

_SAMPLE: Final = 50
"""Records looked at to tell whose export a file is."""


def init(
    observed: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Propose rules for the events in this file; - for standard input.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write it.")] = Path(
        "safetrack.yaml"
    ),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    form: FormatOption = Format.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Write a commented policy, from a preset or from observed events.

    No observed value is written, except short lists of common ones in which nothing personal is
    found, such as the names of plans.
    """
    if output.exists() and not force:
        raise ConfigError(f"{output} is there already; replace it with --force")
    text = _from_events(observed, form) if observed else starter()
    output.write_text(text, encoding="utf-8")
    if as_json:
        print_json({"policy": str(output), "from": observed})
    else:
        _show_next_steps(str(output))


def _from_events(name: str, form: Format) -> str:
    from safetrack.cli.observed.proposal import propose
    from safetrack.cli.observed.survey import Survey
    from safetrack.compile.policy import CompiledPolicy
    from safetrack.detect.lazy import LazyDetector
    from safetrack.policy.load import Policy

    require_files([name])
    survey = Survey()
    with open_source(name) as source:
        records = (entry.fields for entry in source.entries() if isinstance(entry, Record))
        sample = list(islice(records, _SAMPLE))
        if not sample:
            raise InputError(f"{name}: no event can be read")
        shape = shape_of(dialect_of(form) or recognise(sample))
        for event in chain(sample, records):
            survey.add(event, shape)
    preset = CompiledPolicy(Policy.preset("product-analytics"))
    return from_proposals(propose(survey, preset, LazyDetector()))


def _show_next_steps(path: str) -> None:
    out().print(
        f"Wrote {path}. Next:\n"
        '  export SAFETRACK_KEYS="$(safetrack keys new)"   # keep it where your secrets are\n'
        f"  safetrack check {path}",
        soft_wrap=True,
        markup=False,
    )
