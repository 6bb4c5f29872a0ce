"""Everything that came out: bytes on the wire, files, output, logs, warnings, reprs, tracebacks."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from safetrack.testing.readings import text_of
from safetrack.testing.vendor import Request


@dataclass(slots=True)
class Evidence:
    """Texts with where each comes from, equal ones once."""

    texts: dict[tuple[str, str], None] = field(default_factory=dict)
    size: int = 0

    def add(self, origin: str, found: bytes | str) -> None:
        """Something that came out."""
        self.size += len(found)
        self.texts[origin, text_of(found) if isinstance(found, bytes) else found] = None

    def add_requests(self, requests: list[Request]) -> None:
        """Request lines, headers and bodies."""
        for request in requests:
            line = f"{request.method} {request.path} {request.query}"
            self.add(f"request line {request.path}", line)
            self.add(f"headers {request.path}", repr(request.headers))
            self.add(f"body {request.path}", request.body)

    def add_files(self, folder: Path) -> None:
        """Every file below a folder, with its path; databases also read as such."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.add("file name", str(path.relative_to(folder)))
                self.add(f"file {path.name}", path.read_bytes())
                if path.suffix == ".duckdb":
                    self.add(f"table {path.name}", _rows(path))

    def add_error(self, origin: str, error: BaseException) -> None:
        """An exception as an error tracker would ship it, our own frames' locals included."""
        shown: BaseException | None = error
        while shown is not None:
            self.add(f"{origin}, text", f"{shown} {shown!r} {shown.args!r} {vars(shown)!r}")
            self.add(f"{origin}, traceback", "\n".join(_frames(shown)))
            shown = shown.__cause__ or shown.__context__


def _rows(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as database:
        tables = [name for (name,) in database.sql("SHOW TABLES").fetchall()]
        rows = [database.sql(f'FROM "{name}"').fetchall() for name in tables]
    return json.dumps(rows, default=str, ensure_ascii=False)


def _frames(error: BaseException) -> Iterator[str]:
    """The frames of safetrack; the caller's own locals are the caller's."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    for frame in report.stack:
        if "/safetrack/" in frame.filename:
            yield f"{frame.name} {frame.line} {frame.locals}"


MADE_BY_LOGGING = frozenset(
    {"exc_info", "thread", "process", "created", "msecs", "relativeCreated"}
)
"""Clocks and ids of the machine: fifteen digits of a thread's id hold some position by chance. The
error itself is looked at apart."""


class _Collector(logging.Handler):
    def __init__(self, evidence: Evidence) -> None:
        super().__init__(logging.NOTSET)
        self._evidence = evidence

    def emit(self, record: logging.LogRecord) -> None:
        fields = {key: value for key, value in vars(record).items() if key not in MADE_BY_LOGGING}
        self._evidence.add(f"log {record.name}", f"{record.getMessage()} {fields!r}")
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._evidence.add_error(f"log {record.name}", error)


@contextmanager
def listening(evidence: Evidence) -> Iterator[None]:
    """Collect logs of every logger at DEBUG, warnings, output and unhandled errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_every_logger(_Collector(evidence)))
        stack.enter_context(_unhandled(evidence))
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        yield
    evidence.add("stdout", out.getvalue())
    evidence.add("stderr", err.getvalue())
    for warning in caught:
        evidence.add("warning", f"{warning.message} {warning.message!r} {warning.source!r}")


@contextmanager
def _every_logger(handler: logging.Handler) -> Iterator[None]:
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    before = [(one, one.level, one.propagate) for one in (logging.root, *known)]
    for one, _, _ in before:
        one.setLevel(logging.DEBUG if one is logging.root else logging.NOTSET)
        one.propagate = True
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
        for one, level, propagate in before:
            one.setLevel(level)
            one.propagate = propagate


@contextmanager
def _unhandled(evidence: Evidence) -> Iterator[None]:
    def collect(given: Any) -> None:
        evidence.add_error("thread", given.exc_value)

    def collect_unraisable(given: Any) -> None:
        evidence.add_error("unraisable", given.exc_value)

    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = collect, collect_unraisable
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before
