"""Treat something that was found: the policy's rule for its type, under a kind of its own."""

from __future__ import annotations

from typing import Any

from safetrack.compile.policy import entity_kind
from safetrack.compile.rule import ReadyRule
from safetrack.reading import Scalar
from safetrack.transform.action import Place
from safetrack.transform.redact import Redact, marker


def treat(rule: ReadyRule, entity: str, value: Scalar, place: Place) -> Any:
    """What leaves in place of a value that is an `entity`; `DROP` where nothing may."""
    if isinstance(rule.action, Redact):
        return marker(entity)
    kind = rule.kind or entity_kind(entity)
    scoped = Place(kind, kind, place.scope, place.time, place.keyring)
    return rule.action.apply(value if type(value) is str else str(value), scoped).value
