"""``safetrack explain``: what happens to each leaf of an event, and by which rule."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from safetrack.cli.formats import strict_json
from safetrack.cli.formats.record import Record, RejectReason
from safetrack.cli.formats.source import open_source, require_files
from safetrack.cli.options import (
    DestinationOption,
    Format,
    FormatOption,
    JsonOption,
    dialect_of,
)
from safetrack.cli.policy_file import policy_path, warn_of_bare_scope
from safetrack.cli.scrub.dialect import destination_for, recognise, shape_of
from safetrack.cli.terminal import Exit, out, print_json, visible
from safetrack.detect.detector import Finding
from safetrack.errors import InputError
from safetrack.policy.load import Policy
from safetrack.sanitize import Explained, Sanitized, Sanitizer


def explain(
    policy: Annotated[str, typer.Argument(help="The policy file.", show_default=False)],
    event: Annotated[
        str,
        typer.Argument(
            help="A file whose first event is taken, - for standard input, or JSON text.",
            show_default=False,
        ),
    ],
    destination: DestinationOption = None,
    form: FormatOption = Format.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Show for each leaf of an event the rule, what was found, and what leaves.

    Raw values are shown on a terminal only. In a file or a pipe, and with --json, only what was
    decided and what leaves is written.
    """
    loaded = Policy.load(policy_path(policy))
    warn_of_bare_scope(loaded, destination)
    record = _read_event(event)
    dialect = dialect_of(form) or recognise([record])
    scope = destination_for(loaded, dialect, destination)
    sanitized, leaves = Sanitizer(loaded).explain(record, scope, shape_of(dialect))
    if as_json:
        print_json(_report(sanitized, leaves, scope))
    elif out().is_terminal:
        _show(out(), _with_values(leaves), sanitized)
    else:
        _show(out(), _without_values(sanitized, leaves), sanitized)
    raise typer.Exit(Exit.FINE if sanitized.safe else Exit.FOUND)


def _read_event(event: str) -> dict[str, Any]:
    """The event as JSON text, or the first one of a file."""
    if event.lstrip().startswith("{"):
        parsed = strict_json.parse(event.encode("utf-8", errors="replace"))
        problem = parsed if isinstance(parsed, RejectReason) else None
    else:
        parsed, problem = _read_first(event)
    if problem or not isinstance(parsed, dict):
        raise InputError(f"no event can be read: {problem or RejectReason.NOT_AN_OBJECT}")
    return parsed


def _read_first(name: str) -> tuple[dict[str, Any] | None, RejectReason | None]:
    require_files([name])
    with open_source(name) as source:
        first = next(source.entries(), None)
    if isinstance(first, Record):
        return first.fields, None
    return None, first.reason if first else None


def _report(sanitized: Sanitized, leaves: Sequence[Explained], scope: str | None) -> dict[str, Any]:
    return {
        "destination": scope,
        "leaves": sanitized.safe.to_dict() if sanitized.safe else None,
        "dropped": sanitized.reason,
        "decisions": [asdict(decision) for decision in sanitized.decisions],
        "findings": [
            {"path": leaf.shown, **asdict(finding)} for leaf in leaves for finding in leaf.findings
        ],
    }


def _show(console: Console, steps: Iterable[Text], sanitized: Sanitized) -> None:
    for step in steps:
        console.print(step, soft_wrap=True)
    if sanitized.safe is None:
        console.print(f"\nThe event does not leave: {sanitized.reason}", style="bold")
    else:
        console.print("\nWhat leaves:", style="bold")
        text = json.dumps(sanitized.safe.to_dict(), ensure_ascii=False, indent=2)
        console.print(Text("\n".join(map(visible, text.splitlines()))), soft_wrap=True)


def _with_values(leaves: Sequence[Explained]) -> Iterator[Text]:
    """What decided of each leaf, and the value before and after. For the owner's terminal."""
    for leaf in leaves:
        yield _step(leaf.path, leaf.action, leaf.rule)
        for decision in leaf.decisions:
            if decision.entities and not leaf.findings:
                yield _indented(f"{', '.join(decision.entities)} by {decision.reason}")
        for finding in leaf.findings:
            yield _indented(_evidence(finding))
        after = ("nothing", "dim") if leaf.after is None else (_shown(leaf.after), "green")
        yield Text.assemble("    ", _shown(leaf.before), "  →  ", after)


def _without_values(sanitized: Sanitized, leaves: Sequence[Explained]) -> Iterator[Text]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for leaf in leaves:
        found[leaf.shown] += leaf.findings
    for one in sanitized.decisions:
        yield _step(one.path, one.action, one.rule, one.entities).append(f"  ({one.reason})")
        for finding in found.pop(one.path, ()):  # once, where a list has several decisions
            yield _indented(_evidence(finding))


def _evidence(finding: Finding) -> str:
    """Which recogniser decided, how sure it is, in which reading of the text, and what helped."""
    view = f", in the view {finding.view}" if finding.view else ""
    context = ", with context" if finding.has_context else ""
    where = f"characters {finding.start}-{finding.end}"
    score = f"score {finding.score:.2f}"
    return f"{finding.entity} by {finding.recognizer}, {score}, {where}{view}{context}"


def _indented(text: str) -> Text:
    return Text.assemble("    ", (visible(text), "yellow"))


def _step(path: str, action: str, rule: str | None, entities: tuple[str, ...] = ()) -> Text:
    text = Text.assemble((visible(path), "bold"), "  ", (action, "cyan"))
    if rule:
        text.append(f"  by {rule}", "dim")
    if entities:
        text.append(f"  found {', '.join(dict.fromkeys(entities))}", "yellow")
    return text


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return visible(text)
