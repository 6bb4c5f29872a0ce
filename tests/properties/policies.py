"""Policies that every property is tried under."""

from __future__ import annotations

from functools import cache

from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from sanitizing import sanitizer

ENTITIES = {"*": "redact", "EMAIL_ADDRESS": "pseudonymize", "PHONE_NUMBER": {"mask": 2}}
OPEN = {section: {"**": "keep"} for section in ("properties", "traits", "group_traits", "context")}
WRITTEN = {
    "empty": {},
    "keep everything": OPEN,
    "scrub what is unlisted": {"unlisted": "scrub"},
    "tokens of what is found": {"unlisted": "scrub", "detection": {"entities": ENTITIES}},
    "strict": {"extends": ["safetrack:strict"]},
    "product analytics": {"extends": ["safetrack:product-analytics"]},
}


@cache
def under(name: str) -> Sanitizer:
    """The sanitizer for one of the policies."""
    return sanitizer(Policy.from_dict({"version": 1, **WRITTEN[name]}))
