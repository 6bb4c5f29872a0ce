"""The vendors' log records, without values.

The SDKs log whole messages at DEBUG, oversize ones at ERROR, and URLs with ids in their query.
What they say is replaced by where they say it, before any handler sees it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""Attributes of every record; what a call adds with ``extra=`` is none of them."""


class _ValueFree(logging.Filter):
    """Keeps level, time, place and the type of an error; nothing else of a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.pathname == __file__:
            return True  # a `ValueFreeLogger` said it
        error = record.exc_info[0] if record.exc_info else None
        record.msg = _said(record.name, record.pathname, record.lineno, error)
        record.args = None
        record.exc_info = record.exc_text = record.stack_info = None
        for name in vars(record).keys() - _STANDARD:
            delattr(record, name)
        return True


_FILTER: Final = _ValueFree()


def silence_values(loggers: Iterable[str]) -> None:
    """Strip values from every record of these loggers, from now on. Once is enough.

    A filter of a logger sees the records made with this very logger, not with its children: name
    each that the SDK uses.
    """
    for name in loggers:
        logging.getLogger(name).addFilter(_FILTER)


class ValueFreeLogger:
    """What an SDK logs to in place of a logger of the application's, which stays as it is.

    Args:
        own: The application's: anything with the methods of a `logging.Logger`.
    """

    def __init__(self, own: Any) -> None:
        self._own = own

    def debug(self, *_: object, **__: object) -> None:
        """Say that the SDK said something."""
        self._own.debug(_said_by_caller())

    def info(self, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.info(_said_by_caller())

    def warning(self, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.warning(_said_by_caller())

    def error(self, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.error(_said_by_caller())

    exception = critical = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)


def _said_by_caller() -> str:
    """What stands for a text that the caller of a logger's method wrote."""
    frame = sys._getframe(2)  # noqa: SLF001  no slower way is a public one
    place = frame.f_globals.get("__name__", "").partition(".")[0]
    return _said(place, frame.f_code.co_filename, frame.f_lineno, sys.exc_info()[0])


def _said(who: str, path: str, line: int, error: type[BaseException] | None) -> str:
    kind = f" ({error.__name__})" if error is not None else ""
    return f"{who} said something at {PurePath(path).name}:{line}{kind}; its text may hold values"
