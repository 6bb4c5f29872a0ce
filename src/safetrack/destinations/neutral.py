"""What encoders read from a sanitized message in the neutral form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

CONTROLS: Final = frozenset(
    {"$set", "$set_once", "$groups", "$process_person_profile", "$geoip_disable"}
)
"""Keys of ``properties`` that are no properties; each encoder puts them where its vendor reads."""

ROUTING: Final = frozenset({"token", "$token", "api_key", "ip", "$ip", "$remote"})
"""Property names by which some vendor routes, authenticates or enriches. No encoder passes them
on, at whichever vendor: Segment and others hand properties on to further ones."""

DEFAULT_GROUP_TYPE: Final = "company"
"""The type of a group whose call names none: the common tracking spec has no group types."""


_NEEDED: Final = {
    "alias": (("userId", "previousId"),),
    "group": (("groupId",),),
    "identify": (("userId",), ("anonymousId",)),
}
"""Per kind of call, the ids that it needs: one of the sets."""


def bag(message: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A mapping of the message; empty where it has none."""
    found = message.get(key)
    return found if isinstance(found, dict) else {}


def properties(message: Mapping[str, Any], reserved: frozenset[str]) -> dict[str, Any]:
    """The event's own properties, without those that the vendor would take as instructions."""
    return without(bag(message, "properties"), _instructions(reserved))


@cache
def _instructions(reserved: frozenset[str]) -> frozenset[str]:
    return CONTROLS | ROUTING | reserved


def without(found: Mapping[str, Any], reserved: Collection[str]) -> dict[str, Any]:
    """The mapping without some of its keys."""
    return {key: value for key, value in found.items() if key not in reserved}


def traits(message: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be set on the person (or, of a group call, on the group)."""
    own, more = bag(message, "traits"), bag(bag(message, "properties"), "$set")
    return without({**own, **more}, ROUTING) if own or more else {}


def traits_once(message: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be set on the person only where it is not set yet."""
    return without(bag(bag(message, "properties"), "$set_once"), ROUTING)


def groups(message: Mapping[str, Any]) -> dict[str, Any]:
    """Group type to group id, of the groups that the event belongs to."""
    return {**bag(bag(message, "properties"), "$groups"), **bag(message, "groups")}


def group_type(message: Mapping[str, Any]) -> str:
    """The type of the group that a group call is about."""
    return message.get("groupType") or DEFAULT_GROUP_TYPE


def controls(message: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Those of the message's own switches that it sets."""
    own = bag(message, "properties")
    return {name: own[name] for name in names if name in own}


def context(message: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """The message's context as flat properties.

    A path that `table` names becomes that property; any other ``context_<path>``, joined by
    underscores. The traits in it are not its own and are left out.
    """
    leaves = _leaves(without(bag(message, "context"), {"traits", "ip", "library"}))
    return {table.get(path, "context_" + path.replace(".", "_")): leaf for path, leaf in leaves}


def _leaves(tree: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{start}{key}.")
        else:
            yield start + key, value


def renamed(found: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """The mapping with its keys as the vendor spells them."""
    return {table.get(key, key): value for key, value in found.items()}


def present(**found: Any) -> dict[str, Any]:
    """Those keywords that are not None."""
    return {key: value for key, value in found.items() if value is not None}


def is_complete(message: Mapping[str, Any]) -> bool:
    """Whether the policy has left the ids without which the call means nothing."""
    needed = _NEEDED.get(message["type"])
    return needed is None or any(all(message.get(key) for key in keys) for keys in needed)


def milliseconds(message: Mapping[str, Any]) -> int | None:
    """The event's time in milliseconds since 1970; None when it has none."""
    text = message.get("timestamp")
    if not isinstance(text, str):
        return None
    return round(dt.datetime.fromisoformat(text).timestamp() * 1000)
