"""The endpoints that a vendor's SDK talks to, as a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Carries(StrEnum):
    """What a request to an endpoint holds of the application's data."""

    EVENTS = "events"
    """Messages: each is sanitized by its shape."""
    IDS = "ids"
    """Ids and properties of one person, to evaluate feature flags."""
    NOTHING = "nothing"
    """Definitions and credentials of the application's own: no data of its users."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One endpoint.

    Attributes:
        name: How reports call it, e.g. ``events``.
        method: HTTP method.
        path: Regular expression that the whole path of the URL must match.
        carries: What it is sent.
    """

    name: str
    method: str
    path: str
    carries: Carries
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pattern", re.compile(self.path))

    def is_at(self, method: str, path: str) -> bool:
        """Whether a request of this method to this path goes here."""
        return method.upper() == self.method and bool(self._pattern.fullmatch(path))


def channel_at(table: Sequence[Channel], method: str, path: str) -> Channel | None:
    """The channel that a request goes through; None where the table has none: it must not leave."""
    return next((channel for channel in table if channel.is_at(method, path)), None)
