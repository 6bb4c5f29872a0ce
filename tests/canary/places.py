"""Where canaries are planted: every place of every call."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from canary.values import Value


class Channel(StrEnum):
    """A way into the client."""

    TRACK = "track"
    IDENTIFY = "identify"
    GROUP = "group"
    ALIAS = "alias"
    PAGE = "page"
    SCREEN = "screen"
    MODULE = "module"
    CONTEXT = "context()"


CALLS: Final = tuple(Channel)[:6]
WITH_PROPERTIES: Final = (Channel.TRACK, Channel.PAGE, Channel.SCREEN, Channel.MODULE)
WITH_NAMES: Final = (Channel.PAGE, Channel.SCREEN)
EVERYWHERE: Final = (*CALLS, Channel.MODULE)
KEY: Final = "\0key"
"""In a path: the canary itself is the key; what follows stands under it."""
ITEM: Final = "\0item"
"""In a path: the canary is in a list."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the arguments of a call.

    Attributes:
        name: As the grid shows it.
        path: The keyword argument, and the keys under it, up to the value.
        channels: The calls that have it.
        event: Canaries of one event share it; those that decide about the whole event (its name,
            its switches) have one of their own, lest they hide the others.
        opens: Whether text leaves there once it has been searched, or may: see `proof.md`.
        leaf: What stands at the end of a path on which the canary is a key.
    """

    name: str
    path: tuple[str, ...]
    channels: tuple[Channel, ...] = EVERYWHERE
    event: str = "main"
    opens: bool = False
    leaf: Any = field(default="web")


def plant(arguments: dict[str, Any], path: tuple[str, ...], value: Value, leaf: Any) -> None:
    """Put a canary at the end of a path, or as a key or an item on it."""
    holder: Any = arguments
    is_key = KEY in path
    steps = [part.replace(KEY, str(value)) for part in path]
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        here = (leaf if is_key else value) if last else [] if steps[at + 1] == ITEM else {}
        if step == ITEM:
            holder.append(here)
            holder = here
        else:
            holder = holder.setdefault(step, here)


def _in(bag: str, *keys: str) -> tuple[str, ...]:
    return (bag, *keys)


def _properties() -> tuple[Place, ...]:
    def place(name: str, *keys: str, opens: bool = False, leaf: Any = "web") -> Place:
        return Place(
            f"properties: {name}", _in("properties", *keys), WITH_PROPERTIES, opens=opens, leaf=leaf
        )

    return (
        place("unlisted", "shoe_size"),
        place("unlisted, nested", "shipment", "parcel", "recipient"),
        place("unlisted, in a list", "attendees", ITEM),
        place("unlisted, key", KEY),
        place("dropped", "email"),
        place("dropped, other spelling", "Phone-Number"),
        place("dropped, nested", "address", "delivery", "line"),
        place("listed", "country"),
        place("typed", "seats"),
        place("boolean", "success"),
        place("time", "created_at"),
        place("version", "app_version"),
        place("pseudonymized", "user_id"),
        place("user agent", "user_agent"),
        place("ip", "$ip"),
        place("referrer", "referrer", opens=True),
        place("url", "page_url", opens=True),
        place("open text", "comment", opens=True),
        place("open text, nested", "message", "thread", "first", opens=True),
        place("open text, in a list", "tags", ITEM, opens=True),
        place("open text, key", "feedback", KEY, opens=True),
        place("open text, short", "plan", opens=True),
        place("utm", "utm_source", opens=True),
        place("list of products", "products", ITEM, "name", opens=True),
        place("kept pattern, key", f"$feature/{KEY}", opens=True),
        place("$set, unlisted", "$set", "shoe_size"),
        place("$set, dropped", "$set", "email"),
        place("$set, open text", "$set", "industry", opens=True),
        place("$set_once", "$set_once", "first_plan", opens=True),
        place("$groups", "$groups", "team"),
        place("$groups, key", "$groups", KEY, opens=True),
        place("token", "token"),
    )


def _traits() -> tuple[Place, ...]:
    def place(name: str, *keys: str, opens: bool = False) -> Place:
        return Place(f"traits: {name}", _in("traits", *keys), opens=opens)

    return (
        place("unlisted", "shoe_size"),
        place("unlisted, nested", "household", "members", "eldest"),
        place("unlisted, in a list", "hobbies", ITEM),
        place("unlisted, key", KEY),
        place("dropped", "email"),
        place("dropped, other spelling", "FirstName"),
        place("dropped, nested", "address", "street"),
        place("listed", "country"),
        place("typed", "logins"),
        place("pseudonymized", "id"),
        place("open text", "industry", opens=True),
        place("open text, in a list", "plan", ITEM, opens=True),
    )


def _context() -> tuple[Place, ...]:
    def place(name: str, *keys: str, opens: bool = False) -> Place:
        return Place(f"context: {name}", _in("context", *keys), opens=opens)

    return (
        place("unlisted", "shopper"),
        place("unlisted, key", KEY),
        place("unlisted, nested", "extra", "deep", "deeper"),
        place("unlisted, in a list", "crew", ITEM),
        place("ip", "ip"),
        place("user agent", "userAgent"),
        place("device.id", "device", "id"),
        place("device.name", "device", "name"),
        place("device.type", "device", "type"),
        place("os.name", "os", "name"),
        place("os.version", "os", "version"),
        place("location", "location", "city"),
        place("page.url", "page", "url", opens=True),
        place("page.path", "page", "path", opens=True),
        place("page.referrer", "page", "referrer", opens=True),
        place("page.title", "page", "title", opens=True),
        place("page.search", "page", "search"),
        place("campaign.name", "campaign", "name", opens=True),
        place("traits", "traits", "email"),
        place("traits, open text", "traits", "industry", opens=True),
        place("groupId", "groupId"),
    )


def _envelope() -> tuple[Place, ...]:
    return (
        Place("userId", ("user_id",)),
        Place("anonymousId", ("anonymous_id",)),
        Place("previousId", ("previous_id",), (Channel.ALIAS,)),
        Place("groupId", ("group_id",), (Channel.GROUP,)),
        Place("groupType", ("group_type",), (Channel.GROUP,), "group type", opens=True),
        Place("groups", ("groups", "company")),
        Place("groups, in a list", ("groups", "team", ITEM)),
        Place("groups, key", ("groups", KEY), opens=True),
        Place("integrations, key", ("integrations", KEY), leaf=True),
        Place("integrations, value", ("integrations", "Braze"), event="integrations"),
        Place("timestamp", ("timestamp",)),
        Place("messageId", ("message_id",)),
        Place("type", ("type",), event="type"),
        Place("unknown key's value", ("sentBy",)),
        Place("unknown key's value, nested", ("metadata", "operator", "contact")),
        Place("unknown key", (KEY,)),
        Place("event", ("event",), (Channel.TRACK, Channel.MODULE), "name", opens=True),
        Place("name", ("name",), WITH_NAMES, opens=True),
        Place("category", ("category",), WITH_NAMES, opens=True),
        Place("set_once, unlisted", ("set_once", "shoe_size"), (Channel.IDENTIFY,)),
        Place("set_once, dropped", ("set_once", "email"), (Channel.IDENTIFY,)),
        Place("set_once, open text", ("set_once", "first_plan"), (Channel.IDENTIFY,), opens=True),
        Place("switch", ("properties", "$geoip_disable"), WITH_PROPERTIES, "switch"),
    )


def _request_context() -> tuple[Place, ...]:
    def place(name: str, *path: str, opens: bool = False) -> Place:
        return Place(name, path, (Channel.CONTEXT,), opens=opens)

    return (
        place("userId", "user_id"),
        place("anonymousId", "anonymous_id"),
        place("groups", "groups", "company"),
        place("groups, key", "groups", KEY, opens=True),
        place("properties: unlisted", "properties", "shoe_size"),
        place("properties: dropped", "properties", "email"),
        place("properties: open text", "properties", "comment", opens=True),
        place("properties: key", "properties", KEY),
        place("context: unlisted", "context", "shopper"),
        place("context: ip", "context", "ip"),
        place("context: page.title", "context", "page", "title", opens=True),
        place("context: key", "context", KEY),
    )


PLACES: Final = (*_envelope(), *_properties(), *_traits(), *_context(), *_request_context())
"""All of them, but for ``default_properties``, which belong to a client of their own."""
