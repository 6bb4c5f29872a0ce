"""``encrypt``: a token that the key's owner can turn back into the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safetrack.event import Reason
from safetrack.keys.normalize import normalize
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.scope import Scope, is_scope_within, scope_text


@dataclass(frozen=True, slots=True)
class Encrypt:
    """Replaces a value by a reversible, deterministic token.

    Attributes:
        scope: Who can join on the token.
    """

    scope: Scope = "destination"

    name: ClassVar[str] = "encrypt"

    def apply(self, value: Scalar, place: Place) -> Outcome:
        """The token of the normalised value.

        Dropped: what identifies nothing, and everything where there is no key or no scope.
        """
        kind = place.kind or place.name
        normal = normalize(value, kind)
        if normal is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        scope = scope_text(self.scope, place)
        if place.keyring is None or scope is None:
            return Outcome(DROP, Search.NONE, Reason.SANITIZER_ERROR)
        token = place.keyring.encrypt(normal, scope=scope, kind=kind)
        return Outcome(token, Search.NONE, None if token == value else Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """No wider a scope."""
        return isinstance(other, Encrypt) and is_scope_within(self.scope, other.scope)
