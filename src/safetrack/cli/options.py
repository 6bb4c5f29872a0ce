"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from safetrack.cli.scrub.dialect import Dialect

PolicyOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--policy",
        "-p",
        help="The policy file. Else $SAFETRACK_POLICY, else ./safetrack.yaml.",
        show_default=False,
    ),
]
DestinationOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--destination",
        "-d",
        help="For which destination of the policy (or bare scope).",
        show_default=False,
    ),
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


class Format(StrEnum):
    """Whose form events have: a dialect's name, or to be told from the events."""

    AUTO = "auto"
    NEUTRAL = "neutral"
    MIXPANEL = "mixpanel"
    POSTHOG = "posthog"
    AMPLITUDE = "amplitude"


FormatOption: TypeAlias = Annotated[
    Format, typer.Option("--format", help="Whose export it is; auto tells it from the events.")
]


def dialect_of(form: Format) -> Dialect | None:
    """The dialect that was named; None when it is to be told from the events."""
    return None if form is Format.AUTO else Dialect(form.value)
