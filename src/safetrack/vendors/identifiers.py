"""Prefixes that vendors put before an id to say what kind it is."""

from __future__ import annotations

from typing import Final

from safetrack.reading import Scalar

ID_PREFIXES: Final = ("$device:", "$identified:")
"""Mixpanel's simplified id merge writes ``$device:`` before device ids that stand as distinct ids
(https://docs.mixpanel.com/docs/tracking-methods/id-management)."""


def split_prefix(value: Scalar) -> tuple[str, Scalar]:
    """A vendor's prefix, if the id has one, and the id itself."""
    if type(value) is str:
        for prefix in ID_PREFIXES:
            if value.startswith(prefix) and len(value) > len(prefix):
                return prefix, value[len(prefix) :]
    return "", value
