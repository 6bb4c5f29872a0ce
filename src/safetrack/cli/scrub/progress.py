"""A progress bar on standard error, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from safetrack.cli.formats.source import Source, size_of
from safetrack.cli.terminal import err


@contextmanager
def progress_over(names: list[str]) -> Iterator[Callable[[Source], None]]:
    """Show how many bytes of all inputs are done; yields what to call after each batch."""
    sizes = {name: size_of(name) for name in names}
    known = [size for size in sizes.values() if size is not None]
    total = sum(known) if len(known) == len(sizes) else None
    with _bar() as bar:
        task = bar.add_task("scrubbing", total=total)
        done: dict[str, int] = {}

        def advance(source: Source) -> None:
            done[source.name] = source.position()
            bar.update(task, completed=sum(done.values()))

        yield advance


def _bar() -> Progress:
    console = err()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
