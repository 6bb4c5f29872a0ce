"""Percent-encoding: undone until nothing is hidden, redone only where it must be."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

_MAX_ROUNDS: Final = 3
"""Twice encoded happens by mistake; more often than this, on purpose."""
_STRUCTURAL: Final = re.compile(r"[%&;#=+\s\x00-\x1f\x7f]")


def decoded(text: str) -> str | None:
    """`text` without any percent-encoding; None where it is no UTF-8 or is wrapped too often."""
    if "%" not in text:
        return None if "\ufffd" in text else text
    for _ in range(_MAX_ROUNDS):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    hidden = unquote(text) != text or "\ufffd" in text
    return None if hidden else text


def encoded(text: str) -> str:
    """`text` with those characters encoded that would end or split a query parameter.

    The rest stays readable, for the search that follows.
    """
    return _STRUCTURAL.sub(lambda char: quote(char[0], safe=""), text)
