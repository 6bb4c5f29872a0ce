"""All inputs of one call of ``scrub`` into its outputs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from safetrack.cli.formats.container import WRITERS, Container, Writer, from_name
from safetrack.cli.formats.source import open_source
from safetrack.cli.scrub.output import (
    is_folder,
    path_in_folder,
    require_distinct,
    standard_output,
    whole_file,
)
from safetrack.cli.scrub.rejected import RejectedFile
from safetrack.cli.scrub.run import Run, scrub
from safetrack.errors import InputError

STANDARD_OUTPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Job:
    """Inputs that go into one output.

    Attributes:
        sources: Paths, or ``-`` for standard input.
        output: None for standard output.
    """

    sources: tuple[str, ...]
    output: Path | None

    @property
    def rejected_path(self) -> Path:
        """The file that says which records could not be read."""
        return Path(f"{self.output or 'stdout'}.rejected.jsonl")


def plan(sources: list[str], output: str) -> list[Job]:
    """One job for each output: one an input where `output` is a folder, else one for all.

    A folder that is missing is made.

    Raises:
        ConfigError: Something would be overwritten.
    """
    if output == STANDARD_OUTPUT:
        return [Job(tuple(sources), None)]
    folder = is_folder(output, len(sources))
    if folder:
        jobs = [Job((source,), path_in_folder(output, source)) for source in sources]
    else:
        jobs = [Job(tuple(sources), Path(output))]
    require_distinct([job.output for job in jobs if job.output], sources)
    if folder:
        Path(output).mkdir(mode=0o700, parents=True, exist_ok=True)
    return jobs


def do(job: Job, run: Run) -> Path | None:
    """Do one job. Returns the file of rejected records, if there are any.

    Raises:
        InputError: None of its inputs can be read.
        ConfigError: The output cannot be written.
    """
    before = len(run.tally.unreadable)
    with RejectedFile(job.rejected_path) as rejected, _stream(job) as stream:
        out = _Output(stream, from_name(job.output.name) if job.output else None)
        for name in job.sources:
            _scrub_one(name, run, out, rejected, label=name if len(job.sources) > 1 else None)
        if len(run.tally.unreadable) - before == len(job.sources):
            raise InputError("\n".join(run.tally.unreadable[before:]))
        out.close()
    return rejected.path if rejected.counts else None


def _stream(job: Job) -> AbstractContextManager[BinaryIO]:
    return whole_file(job.output) if job.output else standard_output()


class _Output:
    """A writer that takes the format of the first input where its own name promises none."""

    def __init__(self, stream: BinaryIO, container: Container | None) -> None:
        self._stream = stream
        self._container = container
        self._writer: Writer | None = None

    def for_input(self, container: Container) -> Writer:
        if self._writer is None:
            self._writer = WRITERS[self._container or container](self._stream)
        return self._writer

    def close(self) -> None:
        if self._writer:
            self._writer.close()


def _scrub_one(
    name: str, run: Run, out: _Output, rejected: RejectedFile, *, label: str | None
) -> None:
    try:
        with open_source(name) as source:
            scrub(run, source, out.for_input(source.container), rejected, label)
    except InputError as error:
        run.tally.unreadable.append(str(error))
