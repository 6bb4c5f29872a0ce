"""Who can join on a token: everyone, one destination, or one property at one destination."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from safetrack.transform.action import Place

Scope: TypeAlias = Literal["destination", "field", "global"]

_WIDTH: Final[dict[Scope, int]] = {"field": 0, "destination": 1, "global": 2}


def scope_text(scope: Scope, place: Place) -> str | None:
    """The scope's text in a token's computation; None where it needs a destination and has none."""
    if scope == "global":
        return "*"
    if place.scope is None:
        return None
    return f"{place.scope}#{place.name}" if scope == "field" else place.scope


def is_scope_within(inner: Scope, outer: Scope) -> bool:
    """Whether all who can join on a token of scope `inner` could do so under `outer`."""
    return _WIDTH[inner] <= _WIDTH[outer]
