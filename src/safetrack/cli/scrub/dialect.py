"""Whose export a file is: told by the keys of its first records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib import import_module
from typing import Any, Final

from safetrack.errors import ConfigError, InputError
from safetrack.policy.load import Policy
from safetrack.vendors.shape import Shape


class Dialect(StrEnum):
    """A form of exported events: the neutral one, or a vendor's."""

    NEUTRAL = "neutral"
    MIXPANEL = "mixpanel"
    POSTHOG = "posthog"
    AMPLITUDE = "amplitude"


_SHAPES: Final = {
    Dialect.NEUTRAL: ("neutral", "NEUTRAL"),
    Dialect.MIXPANEL: ("mixpanel", "MIXPANEL_EXPORT"),
    Dialect.POSTHOG: ("posthog", "POSTHOG_EXPORT"),
    Dialect.AMPLITUDE: ("amplitude", "AMPLITUDE_EXPORT"),
}
"""File and name, in `safetrack.vendors`, of each form's shape."""

_SIGNS: Final[tuple[tuple[Dialect, tuple[str, ...]], ...]] = (
    (Dialect.AMPLITUDE, ("event_type",)),
    (Dialect.MIXPANEL, ("event", "properties.distinct_id", "properties.time")),
    (Dialect.POSTHOG, ("event", "distinct_id")),
    (Dialect.NEUTRAL, ("type",)),
)
"""Keys that all records of a form have, the more telling forms first. Sources:
https://amplitude.com/docs/apis/analytics/export, https://developer.mixpanel.com/reference/raw-event-export,
https://posthog.com/docs/cdp/batch-exports."""


def shape_of(dialect: Dialect) -> Shape:
    """The shape of a form's records."""
    module, name = _SHAPES[dialect]
    shape: Shape = getattr(import_module(f"safetrack.vendors.{module}"), name)
    return shape


def recognise(records: Iterable[Mapping[str, Any]]) -> Dialect:
    """The form of these records.

    Raises:
        InputError: None of them has the keys that tell, or they tell different things.
    """
    found = {dialect for record in records if (dialect := _recognise_one(record))}
    if len(found) == 1:
        return found.pop()
    problem = "its records have different forms" if found else "no known export has such keys"
    raise InputError(f"cannot tell whose export this is ({problem}); say it with --format")


def _recognise_one(record: Mapping[str, Any]) -> Dialect | None:
    for dialect, signs in _SIGNS:
        if all(_has(record, sign) for sign in signs):
            return dialect
    return None


def _has(record: Mapping[str, Any], sign: str) -> bool:
    bag, _, key = sign.rpartition(".")
    inner = record.get(bag) if bag else record
    return isinstance(inner, Mapping) and key in inner


def destination_for(policy: Policy, dialect: Dialect, named: str | None) -> str | None:
    """The destination whose scope and narrowing apply.

    It is the one named, else the only one that fits (of the vendor's type; for the neutral form,
    of any), else the vendor's name.

    Raises:
        ConfigError: Several fit.
    """
    if named:
        return named
    destinations = policy.document.destinations
    vendor = None if dialect is Dialect.NEUTRAL else dialect.value
    fitting = [name for name, one in destinations.items() if vendor in (None, one.type)]
    if len(fitting) > 1:
        raise ConfigError(f"say which destination with --destination: {', '.join(fitting)}")
    return fitting[0] if fitting else vendor
