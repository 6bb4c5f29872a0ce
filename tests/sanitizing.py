"""A sanitizer to try policies with: the real detector, one for the whole process, and fixed keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from safetrack.detect.cached import CachedDetector
from safetrack.detect.detector import Detector
from safetrack.detect.presidio.analyzer import PresidioDetector
from safetrack.event import Decision
from safetrack.keys.keyring import Keyring
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitized, Sanitizer

KEYS = "k1:wCX5EgSRPOdi7OX4mDDuvDXIrQKrBFIrZo5iq0oVJ3Y="
TODAY = dt.date(2026, 11, 23)
AT = "2026-11-23T17:48:10Z"


@cache
def keyring() -> Keyring:
    """The keys of all tests."""
    return Keyring.parse(KEYS)


@cache
def detector() -> Detector:
    """The real detector: loading its model takes a second."""
    made = PresidioDetector()
    made.warm()
    return CachedDetector(made)


def sanitizer(policy: Mapping[str, Any] | Policy | None = None, **sections: Any) -> Sanitizer:
    """A sanitizer for a policy, or for these sections of one."""
    if not isinstance(policy, Policy):
        policy = Policy.from_dict({"version": 1, **(policy or {}), **sections})
    return Sanitizer(policy, detector=detector(), keyring=keyring(), today=lambda: TODAY)


def process(
    event: Mapping[str, Any], destination: str | None = "vendor", **sections: Any
) -> Sanitized:
    """What a policy made of these sections does with an event."""
    return sanitizer(**sections).process([event], destination)[0]


def track(properties: object, **fields: Any) -> dict[str, Any]:
    """An event of a name that is not searched."""
    return {"type": "track", "event": "Signed Up", "properties": properties, **fields}


def let_out(properties: object, rules: Mapping[str, Any], **sections: Any) -> dict[str, Any]:
    """What leaves of an event's properties under these rules for them."""
    safe = process(track(properties), properties=rules, **sections).safe
    assert safe is not None
    return safe.to_dict().get("properties", {})


def decisions(done: Sanitized) -> dict[str, Decision]:
    """The decisions by path; the last one where there are several."""
    return {decision.path: decision for decision in done.decisions}
