"""The vendors' log records, without values.

The SDKs log whole messages at DEBUG, oversize ones at ERROR, and URLs with ids in their query.
What they say is replaced by where they say it, before any handler sees it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""Attributes of every record; what a call adds with ``extra=`` is none of them."""


class _ValueFree(logging.Filter):
    """Keeps level, time, place and the type of an error; nothing else of a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[0] if record.exc_info else None
        where = f"{PurePath(record.pathname).name}:{record.lineno}"
        said = f" ({error.__name__})" if error is not None else ""
        record.msg = f"{record.name} said something at {where}{said}; its text may hold values"
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
