"""Read, sanitize, write: one input into one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, Final

from safetrack.cli.formats.container import Writer
from safetrack.cli.formats.record import Entry, Record, Rejected
from safetrack.cli.formats.source import Source
from safetrack.cli.policy_file import scope_of
from safetrack.cli.scrub.batch import Order, Sanitized, sanitize, sanitize_in_worker
from safetrack.cli.scrub.dialect import Dialect, destination_for, recognise
from safetrack.cli.scrub.rejected import RejectedFile
from safetrack.cli.scrub.tally import Tally
from safetrack.cli.scrub.workers import in_order
from safetrack.sanitize import Sanitizer

_BATCH_RECORDS: Final = 500
_BATCH_BYTES: Final = 4_000_000
"""A batch ends at either bound: small records are searched together, large ones do not pile up."""
_SAMPLE: Final = 50
"""Records looked at to tell whose export a file is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same over all inputs.

    Attributes:
        sanitizer: Made from `policy_file`; with several workers, each makes its own from it.
        policy_file: The policy.
        destination: As named on the command line.
        dialect: As named on the command line; None to tell it from each file.
        workers: Processes that sanitize.
        tally: What was done so far.
        progress: Told after each batch.
    """

    sanitizer: Sanitizer
    policy_file: str
    destination: str | None
    dialect: Dialect | None
    workers: int
    tally: Tally
    progress: Callable[[Source], None]


def scrub(
    run: Run, source: Source, writer: Writer, rejected: RejectedFile, label: str | None
) -> None:
    """Send every record of `source` through the policy into `writer`, in order.

    Raises:
        InputError: The input cannot be read at all, or it cannot be told whose export it is.
        ConfigError: It cannot be told for which destination it is.
    """

    def note(entry: Rejected) -> None:
        run.tally.reject(entry.reason)
        rejected.add(entry, label)

    records = _readable(source.entries(), note)
    sample = list(islice(records, _SAMPLE))
    if not sample:
        return
    order = _order(run, sample)
    scope = order.destination and scope_of(run.sanitizer.policy, order.destination)
    run.tally.note_form(order.dialect.value, scope)
    batches = _batches(chain(sample, records))
    for done in in_order(_work(run, order), batches, run.workers):
        for message in done.messages:
            writer.write(message)
        run.tally.add(done)
        run.progress(source)


def _work(run: Run, order: Order) -> Callable[[list[dict[str, Any]]], Sanitized]:
    if run.workers > 1:
        return partial(sanitize_in_worker, order)
    return partial(sanitize, run.sanitizer, order)


def _readable(entries: Iterator[Entry], note: Callable[[Rejected], None]) -> Iterator[Record]:
    for entry in entries:
        if isinstance(entry, Rejected):
            note(entry)
        else:
            yield entry


def _order(run: Run, sample: list[Record]) -> Order:
    dialect = run.dialect or recognise(record.fields for record in sample)
    destination = destination_for(run.sanitizer.policy, dialect, run.destination)
    return Order(run.policy_file, destination, dialect)


def _batches(records: Iterable[Record]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for record in records:
        batch.append(record.fields)
        size += record.size
        if len(batch) >= _BATCH_RECORDS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
