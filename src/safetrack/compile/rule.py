"""A rule that is ready to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safetrack.transform.action import Action
from safetrack.transform.keep import Keep


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """One rule of the policy, compiled.

    Attributes:
        action: What to do.
        label: How decisions name it, e.g. ``properties.email`` or
            ``safetrack:strict properties.plan``.
        pattern: The property name as the policy writes it, e.g. ``utm_*``.
        kind: The rule's own ``kind:``.
        expires: The last day on which it lets anything out.
        line: Its order in its file: among equal globs the later one wins.
        within: The ``keep`` that it narrows: it is given only what that one lets out.
        over_scrub: Whether it narrows a rule that scrubs, so that the value itself is searched.
    """

    action: Action
    label: str
    pattern: str = ""
    kind: str | None = None
    expires: dt.date | None = None
    line: int = 0
    within: Keep | None = None
    over_scrub: bool = False

    @property
    def reaches_below(self) -> bool:
        """Whether it also treats everything inside a mapping (contract: drop, redact, scrub)."""
        return self.action.name in {"drop", "redact", "scrub"}

    @property
    def is_timed(self) -> bool:
        """Whether what it makes of a value depends on when."""
        return getattr(self.action, "epoch", None) is not None

    def is_expired(self, today: dt.date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and today > self.expires
