"""Where the command line writes: for people with rich, for machines as JSON."""

from __future__ import annotations

import json
import sys
from enum import IntEnum
from typing import Any

from rich.console import Console


class Exit(IntEnum):
    """Exit statuses of every command."""

    FINE = 0
    FOUND = 1
    """It found or refused something."""
    FAILED = 2
    """Wrong usage, a bad policy, a missing file."""


def out() -> Console:
    """Standard output; in colour on a terminal only."""
    return Console(highlight=False)


def err() -> Console:
    """Standard error; in colour on a terminal only."""
    return Console(stderr=True, highlight=False)


def visible(text: str) -> str:
    """A text with what could steer a terminal written out, such as the start of a colour code."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
