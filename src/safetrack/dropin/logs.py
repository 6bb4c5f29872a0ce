"""The vendors' log records, without values.

The SDKs log whole messages at DEBUG, oversize ones at ERROR, and URLs with ids in their query.
What they say is replaced by where they say it, before any handler sees it; a text that stands as
it is in the SDK's own source stays, without what was to be filled in.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from pathlib import PurePath
from types import FrameType
from typing import Any, Final

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""Attributes of every record; what a call adds with ``extra=`` is none of them."""


class _ValueFree(logging.Filter):
    """Keeps level, time, place, the type of an error and the SDK's own words; nothing else."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.pathname == __file__:
            return True  # a `ValueFreeLogger` said it
        error = record.exc_info[0] if record.exc_info else None
        place = f"{PurePath(record.pathname).name}:{record.lineno}"
        words = _own_words(record.msg, _frame_of(record))
        record.msg = _said(record.name, place, error, words)
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

    def debug(self, text: object = None, *_: object, **__: object) -> None:
        """Say where the SDK said something, and what if these are its own words."""
        self._own.debug(_said_by_caller(text))

    def info(self, text: object = None, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.info(_said_by_caller(text))

    def warning(self, text: object = None, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.warning(_said_by_caller(text))

    def error(self, text: object = None, *_: object, **__: object) -> None:
        """As `debug`."""
        self._own.error(_said_by_caller(text))

    exception = critical = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)


def _said_by_caller(text: object) -> str:
    """What stands for a text that the caller of a logger's method wrote."""
    frame = sys._getframe(2)  # noqa: SLF001  no slower way is a public one
    who = frame.f_globals.get("__name__", "").partition(".")[0]
    place = f"{PurePath(frame.f_code.co_filename).name}:{frame.f_lineno}"
    return _said(who, place, sys.exc_info()[0], _own_words(text, frame))


def _frame_of(record: logging.LogRecord) -> FrameType | None:
    """Where the SDK made a record; None where that was not the SDK, but whoever called it."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  as above
    while frame is not None:
        code = frame.f_code
        if code.co_filename == record.pathname and code.co_name == record.funcName:
            module = frame.f_globals.get("__name__", "")
            return frame if module.partition(".")[0] == record.name.partition(".")[0] else None
        frame = frame.f_back
    return None


def _own_words(text: object, frame: FrameType | None) -> str | None:
    """A text that stands as it is in the source of the function that said it: it holds no value."""
    if frame is None or type(text) is not str:
        return None
    return next((one for one in frame.f_code.co_consts if type(one) is str and one == text), None)


def _said(who: str, place: str, error: type[BaseException] | None, words: str | None) -> str:
    kind = f" ({error.__name__})" if error is not None else ""
    what = f": {words}" if words is not None else "; its text may hold values"
    return f"{who} said something at {place}{kind}{what}"
