"""``safetrack outbox``: what waits on this machine, what was refused, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from rich.table import Table

from safetrack.cli.options import JsonOption, PolicyOption
from safetrack.cli.outbox_place import Place, place_of
from safetrack.cli.terminal import Exit, out, print_json, visible

app = typer.Typer(
    name="outbox", help="What waits to be delivered, and what was refused.", no_args_is_help=True
)

FolderOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--folder", help="The outbox' folder, instead of the policy's.", show_default=False
    ),
]
DestinationArgument: TypeAlias = Annotated[
    str | None,
    typer.Argument(help="Only this destination; all if not given.", show_default=False),
]


@app.command()
def status(
    policy: PolicyOption = None, folder: FolderOption = None, as_json: JsonOption = False
) -> None:
    """Show for each destination what waits, since when, and the dead letters by reason.

    Exit status 1 when there are dead letters, or files that are damaged.
    """
    from safetrack.outbox.inspection import survey

    place = place_of(policy, folder)
    found = survey(place.folders)
    if as_json:
        print_json({"folder": str(place.folders[0]), **asdict(found)})
    else:
        _show(place, found)
    is_wrong = found.damaged or found.unreadable or any(o.dead for o in found.destinations.values())
    raise typer.Exit(Exit.FOUND if is_wrong else Exit.FINE)


@app.command()
def retry(
    destination: DestinationArgument = None,
    policy: PolicyOption = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have dead letters delivered after all, by the next process that uses the outbox.

    A running one takes them over within half a minute. Exit status 1 when some could not be.
    """
    place = place_of(policy, folder)
    box = place.open()
    try:
        place.check(destination)
        revived = dict(box.revive(destination))
    finally:
        box.close()
    left = _dead(place, destination)
    if as_json:
        print_json({"retried": revived, "left": left})
    else:
        for name, count in revived.items():
            out().print(f"{visible(name)}: to be delivered again: {_count(count, 'dead letter')}")
        if left:
            out().print(f"left, since other keys wrote them: {_count(left, 'dead letter')}")
        elif not revived:
            out().print("no dead letters")
    raise typer.Exit(Exit.FOUND if left else Exit.FINE)


@app.command()
def purge(
    destination: DestinationArgument = None,
    waiting: Annotated[
        bool,
        typer.Option("--waiting", help="Also events that wait and that no running process holds."),
    ] = False,
    damaged: Annotated[
        bool, typer.Option("--damaged", help="Also damaged files that were set aside.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without, only say what is there.")
    ] = False,
    policy: PolicyOption = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove dead letters for good.

    Without --yes nothing is removed, and the exit status is 1.
    """
    from safetrack.outbox import inspection

    place = place_of(policy, folder)
    place.check(destination)
    if not yes:
        out().print("nothing removed: say --yes to remove what `safetrack outbox status` shows")
        raise typer.Exit(Exit.FOUND)
    dead, events = inspection.purge(place.folders, destination, waiting=waiting)
    files = inspection.purge_damaged(place.folders) if damaged else 0
    if as_json:
        print_json({"dead": dead, "waiting": events, "damaged_files": files})
    else:
        out().print(
            f"removed {_count(dead, 'dead letter')}, {_count(events, 'event')} that waited, "
            f"{_count(files, 'damaged file')}"
        )


def _dead(place: Place, destination: str | None) -> int:
    from safetrack.outbox.inspection import survey

    held = survey(place.folders).destinations
    return sum(sum(one.dead.values()) for name, one in held.items() if destination in {None, name})


def _show(place: Place, found: Any) -> None:
    out().print(f"{place.folders[0]}", markup=False, soft_wrap=True)
    if not place.folders[0].is_dir():
        out().print("there is no such folder (yet): no process has used an outbox there")
    out().print(f"{_count(found.files, 'file')}, {found.in_use} in use")
    table = Table("destination", "waiting", "size", "oldest", "tries", "dead letters")
    for name, held in sorted(found.destinations.items()):
        dead = ", ".join(f"{reason} {count:,}" for reason, count in sorted(held.dead.items()))
        age = "" if held.oldest is None else _age(held.oldest)
        row = (f"{held.waiting:,}", f"{held.bytes / 1e6:.1f} MB", age, str(held.attempts), dead)
        table.add_row(visible(name), *row)
    if found.destinations:
        out().print(table)
    for count, what in (
        (found.unreadable, "that cannot be read"),
        (found.damaged, "set aside, damaged"),
    ):
        if count:
            out().print(f"{_count(count, 'file')} {what}")
    if found.sealed:
        size = f"{found.sealed / 1e6:.1f} MB"
        out().print(
            f"{size} of sealed logs, encrypted; of their events some may be sanitized already"
        )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _age(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
