"""Feature flags: ids are mapped on entry, and what is asked of PostHog is sanitized.

The same pseudonym chooses the variant here and at PostHog. Properties that flags are evaluated
by in this process stay what they are; those sent to PostHog are what the policy leaves of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias

from posthog.contexts import get_context_device_id, get_context_distinct_id

from safetrack.dropin.guard import Guard
from safetrack.event import Reason
from safetrack.vendors.posthog import POSTHOG_FLAG_GROUP, POSTHOG_FLAG_KEY, POSTHOG_FLAGS
from safetrack.vendors.shape import IdKind

Asked: TypeAlias = dict[str, Any]
"""Arguments of the SDK's own request for flags."""


def person(guard: Guard, given: object) -> Any:
    """A person's id, or the context's, as it leaves; empty text where it may not."""
    return _own_or_mapped(guard, given, get_context_distinct_id)


def device(guard: Guard, given: object) -> Any:
    """As `person`, for the device by which flags may choose instead."""
    return _own_or_mapped(guard, given, get_context_device_id)


def groups(guard: Guard, given: object) -> Any:
    """Ids of groups by type, as they leave; without those that may not.

    What is no mapping is the vendor's to refuse.
    """
    if guard.is_observing or not isinstance(given, Mapping):
        return given
    mapped = {kind: _mapped(guard, IdKind.GROUP, key) for kind, key in given.items()}
    return {kind: key for kind, key in mapped.items() if key != ""}


def asked(guard: Guard, given: Asked, known_keys: Collection[str]) -> Asked | None:
    """What may be asked of PostHog; None where nobody may be asked about.

    Args:
        guard: The policy.
        given: ``distinct_id``, ``groups``, ``person_properties``, ``group_properties``,
            ``device_id``, ``flag_keys_to_evaluate`` and ``disable_geoip``, as they came in.
        known_keys: Flags whose names PostHog itself has said.
    """
    people = {key: given[key] for key in _PEOPLE if given[key] is not None}
    cleaned = guard.clean_one(people, POSTHOG_FLAGS)
    owned = _group_properties(guard, given["group_properties"] or {})
    keys = _keys(guard, given["flag_keys_to_evaluate"] or (), known_keys)
    if guard.is_observing:
        return given if cleaned is not None else None
    if cleaned is None:
        return None
    if "distinct_id" in people and "distinct_id" not in cleaned:
        guard.withhold(Reason.RULE)
        return None
    return {
        "distinct_id": cleaned.get("distinct_id"),
        "groups": cleaned.get("groups", {}),
        "person_properties": cleaned.get("person_properties", {}),
        "group_properties": owned,
        "device_id": cleaned.get("device_id", "" if "device_id" in people else None),
        "flag_keys_to_evaluate": keys,
        "disable_geoip": True,
    }


def may_name(guard: Guard, key: object, known_keys: Collection[str]) -> bool:
    """Whether a flag may be named to PostHog."""
    if key in known_keys:
        return True
    return guard.part({"key": key}, POSTHOG_FLAG_KEY) == {"key": key}


_PEOPLE = ("distinct_id", "groups", "person_properties", "device_id")


def _own_or_mapped(guard: Guard, given: object, ambient: Callable[[], object]) -> Any:
    if guard.is_observing:
        return given
    found = ambient() if given is None else given
    return found if found is None else _mapped(guard, IdKind.PERSON, found)


def _mapped(guard: Guard, kind: IdKind, value: object) -> Any:
    mapped = guard.identifier(kind, value)
    return "" if mapped is None else mapped


def _group_properties(guard: Guard, given: Mapping[str, Any]) -> dict[str, Any]:
    parts = (
        guard.part({"type": kind, "properties": own}, POSTHOG_FLAG_GROUP)
        for kind, own in given.items()
    )
    return {
        part["type"]: part.get("properties", {})
        for part in parts
        if part is not None and "type" in part
    }


def _keys(guard: Guard, given: Iterable[str], known: Collection[str]) -> list[str] | None:
    """The flags asked for; None, which asks for all of them, if one may not be named."""
    keys = list(given)
    return keys if keys and all(may_name(guard, key, known) for key in keys) else None
