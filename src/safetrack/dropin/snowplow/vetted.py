"""Events that may leave, known again by their content.

They are dictionaries that the SDK, callbacks and subclasses can write into, and keep for later.
So it is not the object that says what was sanitized, but what stands frozen beside it.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from safetrack.dropin.snowplow.wire import Payload

if TYPE_CHECKING:
    from safetrack.dropin.guard import Guard

SENT_AT: Final = "stm"
"""The time of sending, which the SDK writes anew at each attempt, behind the sanitizer."""

LONGEST_AGO: Final = 600
"""Seconds for which a time of sending is one: ten times the SDK's longest delay of a retry."""

_WHOLE_SECONDS: Final = re.compile(r"[0-9]{10}000")
_SCALARS: Final = frozenset({str, int, float, bool, type(None)})
_NAMES: Final = frozenset({str})
_NOTHING: Final = object()


class Vetted(dict[str, Any]):
    """An event that has been sanitized. A copy or a pickle of it is a plain dictionary.

    Args:
        known: Its pairs as they were sanitized. They are shared, and nobody changes them.
        by: The policy that it was sanitized by.
        pairs: Its pairs as they are now, if they may be others.

    Attributes:
        known: As above.
        by: As above.
    """

    def __init__(self, known: Payload, by: Guard, pairs: Payload | None = None) -> None:
        super().__init__(known if pairs is None else pairs)
        self.known: Final = known
        self.by: Final = by

    def now(self, pairs: Payload) -> Vetted:
        """The same event, whose pairs are others now."""
        return Vetted(self.known, self.by, pairs)

    def as_vetted(self) -> Payload:
        """What it was when it was sanitized, with the time at which it was sent."""
        sent_at = self.get(SENT_AT)
        return {**self.known, SENT_AT: sent_at} if _is_sent_at(sent_at) else dict(self.known)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class Observed(dict[str, Any]):
    """An event as it came, which may leave so while its client observes.

    Args:
        pairs: The event.
        by: The policy that observes it.
    """

    def __init__(self, pairs: Payload, by: Guard) -> None:
        super().__init__(pairs)
        self.by: Final = by

    def as_vetted(self) -> Payload:
        """What it is: while observing, nothing is held to what it was."""
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


Ready: TypeAlias = Vetted | Observed
"""An event that may leave, or could when it was made."""


def changed(pairs: Payload, known: Payload) -> frozenset[Any]:
    """The names of those pairs that are not as they were sanitized. No code of theirs is run."""
    if _is_untouched(pairs, known):
        return frozenset()
    return frozenset(
        name
        for name, value in pairs.items()
        if type(name) is not str
        or not (
            _is_same(value, known.get(name, _NOTHING)) or (name == SENT_AT and _is_sent_at(value))
        )
    )


def _is_untouched(pairs: Payload, known: Payload) -> bool:
    """Whether it is plain at a glance that nothing but the time of sending was added."""
    if not (_SCALARS.issuperset(map(type, pairs.values())) and _NAMES.issuperset(map(type, pairs))):
        return False
    if pairs == known:
        return True
    return _is_sent_at(pairs.get(SENT_AT)) and pairs == {**known, SENT_AT: pairs[SENT_AT]}


def _is_same(value: object, known: object) -> bool:
    kind = type(value)
    return kind in _SCALARS and (value is known or (kind is type(known) and value == known))


def _is_sent_at(value: object) -> bool:
    if type(value) is not str or not _WHOLE_SECONDS.fullmatch(value):
        return False
    return abs(time.time() - int(value) / 1000) <= LONGEST_AGO
