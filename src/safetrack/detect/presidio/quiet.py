"""Keeps the libraries' own loggers silent while they hold values.

Presidio logs context words at DEBUG, IBAN candidates at ERROR and stack traces with frame locals
at WARNING: all of it raw text. What it says while it searches for safetrack is not let through;
other uses of Presidio in the same process log as before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LOGGERS: Final = (
    "presidio-analyzer",
    "presidio-anonymizer",
    "decision_process",
    "spacy",
    "tldextract",
    "phonenumbers",
)

_active = threading.local()


class _NotWhileSearching(logging.Filter):
    def filter(self, _record: logging.LogRecord) -> bool:
        return not getattr(_active, "depth", 0)


_FILTER: Final = _NotWhileSearching()


@contextmanager
def quiet() -> Iterator[None]:
    """Drop every record of the libraries' loggers that this thread makes inside the block."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)  # does nothing when it is there already
    _active.depth = getattr(_active, "depth", 0) + 1
    try:
        yield
    finally:
        _active.depth -= 1
