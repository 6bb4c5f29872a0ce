"""``pseudonymize``: a keyed token, the same for the same value, kind, scope, epoch and key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from safetrack.event import Reason
from safetrack.keys.normalize import normalize
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.scope import Scope, is_scope_within, scope_text


@dataclass(frozen=True, slots=True)
class Pseudonymize:
    """Replaces an identifier by its token.

    Attributes:
        scope: Who can join on the token.
        epoch: How long a token holds; None for good. Periods are counted from 1970 UTC, by the
            event's own time.
    """

    scope: Scope = "destination"
    epoch: dt.timedelta | None = None

    name: ClassVar[str] = "pseudonymize"

    def apply(self, value: Scalar, place: Place) -> Outcome:
        """The token of the normalised value.

        Dropped: what identifies nothing (None, booleans, blank text), and everything where there
        is no key or no scope.
        """
        kind = place.kind or place.name
        normal = normalize(value, kind)
        if normal is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        scope = scope_text(self.scope, place)
        if place.keyring is None or scope is None:
            return Outcome(DROP, Search.NONE, Reason.SANITIZER_ERROR)
        epoch = self.epoch_number(place.time)
        token = place.keyring.pseudonym(normal, scope=scope, kind=kind, epoch=epoch)
        return Outcome(token, Search.NONE, None if token == value else Reason.RULE)

    def epoch_number(self, time: dt.datetime) -> int:
        """Which period `time` falls into; 0 where there are none."""
        if self.epoch is None:
            return 0
        since = time - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return max(0, since // self.epoch)

    def is_narrower_than(self, other: Action) -> bool:
        """No wider a scope, and periods that fit into the other's without crossing their borders."""
        if not isinstance(other, Pseudonymize) or not is_scope_within(self.scope, other.scope):
            return False
        if other.epoch is None:
            return True
        return self.epoch is not None and not other.epoch % self.epoch
