"""Sanitize one batch of records: what a worker process does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from safetrack.cli.formats import strict_json
from safetrack.cli.scrub.dialect import Dialect, shape_of
from safetrack.event import Reason
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from safetrack.vendors.shape import Bag, Shape


@dataclass(frozen=True, slots=True)
class Order:
    """How to sanitize: picklable, and without any key; each process reads the keys itself."""

    policy: str
    destination: str | None
    dialect: Dialect


@dataclass(frozen=True, slots=True)
class Sanitized:
    """What became of one batch.

    Attributes:
        messages: Those that may leave, in order.
        dropped: How many do not leave, by reason.
        changed: How many values were changed or dropped, by reason.
    """

    messages: list[dict[str, Any]]
    dropped: Counter[Reason]
    changed: Counter[Reason]


def sanitize_in_worker(order: Order, records: Sequence[dict[str, Any]]) -> Sanitized:
    """As `sanitize`, with the worker process's own sanitizer."""
    return sanitize(_sanitizer_of_this_process(order.policy), order, records)


@cache
def _sanitizer_of_this_process(policy: str) -> Sanitizer:
    return Sanitizer(Policy.load(policy))


def sanitize(sanitizer: Sanitizer, order: Order, records: Sequence[dict[str, Any]]) -> Sanitized:
    """Sanitize records of one form for one destination."""
    shape = shape_of(order.dialect)
    events = [_decode_bags(record, shape) for record in records]
    results = sanitizer.process(events, order.destination, shape)
    return Sanitized(
        messages=[result.safe.to_dict() for result in results if result.safe],
        dropped=Counter(result.reason for result in results if result.reason),
        changed=Counter(
            decision.reason for result in results if result.safe for decision in result.decisions
        ),
    )


def _decode_bags(record: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """Tables hold bags as JSON text in one column; the shape says which keys are bags."""
    decoded = dict(record)
    for key, role in shape.roles.items():
        value = decoded.get(key)
        if isinstance(role, Bag) and not role.encoded and isinstance(value, str):
            parsed = strict_json.parse(value.encode("utf-8", errors="replace"))
            decoded[key] = parsed if isinstance(parsed, dict) else value
    return decoded
