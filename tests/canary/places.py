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
    DEFAULTS = "default_properties"


CALLS: Final = tuple(Channel)[:6]
EVERYWHERE: Final = (*CALLS, Channel.MODULE)
MOST: Final = CALLS[:5]
"""``screen`` is ``page`` by another name, and the module's calls hand on to the client's: a part of
the places shows that they do."""
ONCE: Final = (Channel.TRACK, Channel.IDENTIFY)
"""For places that differ only in the rule that the policy has for them: the way there is the same."""
WITH_PROPERTIES: Final = (Channel.TRACK, Channel.PAGE, Channel.SCREEN, Channel.MODULE)
MOST_WITH_PROPERTIES: Final = (Channel.TRACK, Channel.PAGE)
WITH_NAMES: Final = (Channel.PAGE, Channel.SCREEN)
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
        opens: Whether text leaves there, under some policy, once it has been searched.
        pool: Places of one pool share their canaries: they are searched alike, so once for all.
        leaf: What stands at the end of a path on which the canary is a key.
    """

    name: str
    path: tuple[str, ...]
    channels: tuple[Channel, ...] = MOST
    event: str = "main"
    opens: bool = False
    leaf: Any = field(default="web")
    pool: str = ""


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


def _properties() -> tuple[Place, ...]:
    def place(
        name: str, *keys: str, everywhere: bool = False, most: bool = False, **more: Any
    ) -> Place:
        rest = MOST_WITH_PROPERTIES if most else (Channel.TRACK,)
        channels = WITH_PROPERTIES if everywhere else rest
        return Place(f"properties: {name}", ("properties", *keys), channels, **more)

    def open_text(name: str, *keys: str, **more: Any) -> Place:
        return place(name, *keys, opens=True, **more)

    return (
        place("unlisted", "shoe_size", everywhere=True),
        place("unlisted, nested", "shipment", "parcel", "recipient", most=True),
        place("unlisted, in a list", "attendees", ITEM, most=True),
        place("unlisted, key", KEY, everywhere=True),
        place("dropped", "email", most=True),
        place("dropped, other spelling", "Phone-Number"),
        place("dropped, nested", "address", "delivery", "line"),
        place("listed", "country"),
        place("typed", "seats"),
        place("boolean", "success"),
        place("time", "created_at"),
        place("time, finer", "started_at"),
        place("version", "app_version"),
        place("pseudonymized", "user_id"),
        place("user agent", "user_agent"),
        place("ip", "$ip"),
        open_text("referrer", "referrer"),
        open_text("url", "page_url", most=True),
        open_text("open text", "comment", everywhere=True, pool="comment"),
        open_text("open text, nested", "message", "thread", "comment", pool="comment"),
        open_text("open text, in a list", "tags", ITEM, most=True),
        open_text("open text, key", "feedback", KEY, most=True, pool="names"),
        open_text("open text, short", "plan"),
        open_text("utm", "utm_source"),
        open_text("list of products", "products", ITEM, "name", pool="something's name"),
        open_text("kept pattern, key", f"$feature/{KEY}", most=True),
        place("$set, unlisted", "$set", "shoe_size"),
        place("$set, dropped", "$set", "email"),
        open_text("$set, open text", "$set", "industry", pool="industry"),
        open_text("$set_once, open text", "$set_once", "industry", pool="industry"),
        place("$groups", "$groups", "team"),
        open_text("$groups, key", "$groups", KEY, pool="names"),
        place("token", "token"),
    )


def _traits() -> tuple[Place, ...]:
    def place(
        name: str, *keys: str, everywhere: bool = False, most: bool = False, **more: Any
    ) -> Place:
        channels = EVERYWHERE if everywhere else MOST if most else ONCE
        return Place(f"traits: {name}", ("traits", *keys), channels, **more)

    return (
        place("unlisted", "shoe_size", everywhere=True),
        place("unlisted, nested", "household", "members", "eldest"),
        place("unlisted, in a list", "hobbies", ITEM),
        place("unlisted, key", KEY, most=True),
        place("dropped", "email", most=True),
        place("dropped, other spelling", "FirstName"),
        place("dropped, nested", "address", "street"),
        place("listed", "country"),
        place("typed", "logins"),
        place("pseudonymized", "id"),
        place("open text", "industry", most=True, opens=True, pool="industry"),
        place("open text, in a list", "plan", ITEM, opens=True),
    )


def _context() -> tuple[Place, ...]:
    def place(
        name: str, *keys: str, everywhere: bool = False, most: bool = False, **more: Any
    ) -> Place:
        channels = EVERYWHERE if everywhere else MOST if most else ONCE
        return Place(f"context: {name}", ("context", *keys), channels, **more)

    return (
        place("unlisted", "shopper", everywhere=True),
        place("unlisted, key", KEY, most=True),
        place("unlisted, nested", "extra", "deep", "deeper"),
        place("unlisted, in a list", "crew", ITEM),
        place("ip", "ip", most=True),
        place("user agent", "userAgent", most=True),
        place("device.id", "device", "id", most=True),
        place("device.name", "device", "name"),
        place("device.type", "device", "type"),
        place("os.name", "os", "name"),
        place("os.version", "os", "version"),
        place("location", "location", "city"),
        place("page.url", "page", "url", most=True, opens=True),
        place("page.path", "page", "path", opens=True),
        place("page.referrer", "page", "referrer", opens=True),
        place("page.title", "page", "title", everywhere=True, opens=True),
        place("page.search", "page", "search"),
        place("campaign.name", "campaign", "name", opens=True, pool="something's name"),
        place("traits", "traits", "email"),
        place("traits, open text", "traits", "industry", opens=True, pool="industry"),
        place("groupId", "groupId"),
    )


def _envelope() -> tuple[Place, ...]:
    named = (Channel.TRACK, Channel.MODULE)
    grouped, known = (Channel.GROUP,), (Channel.IDENTIFY,)
    return (
        Place("userId", ("user_id",), EVERYWHERE),
        Place("anonymousId", ("anonymous_id",)),
        Place("previousId", ("previous_id",), (Channel.ALIAS,)),
        Place("groupId", ("group_id",), grouped),
        Place("groupType", ("group_type",), grouped, "group type", opens=True, pool="names"),
        Place("groups", ("groups", "company"), EVERYWHERE),
        Place("groups, in a list", ("groups", "team", ITEM)),
        Place("groups, key", ("groups", KEY), opens=True, pool="names"),
        Place("integrations, key", ("integrations", KEY), leaf=True),
        Place("integrations, value", ("integrations", "Braze"), ONCE, event="integrations"),
        Place("timestamp", ("timestamp",)),
        Place("messageId", ("message_id",), EVERYWHERE),
        Place("type", ("type",), ONCE, event="type"),
        Place("unknown key's value", ("sentBy",), EVERYWHERE),
        Place("unknown key's value, nested", ("metadata", "operator", "contact")),
        Place("unknown key", (KEY,)),
        Place("event", ("event",), named, "name", opens=True, pool="names"),
        Place("name", ("name",), WITH_NAMES, opens=True, pool="names"),
        Place("category", ("category",), WITH_NAMES, opens=True, pool="names"),
        Place("set_once, unlisted", ("set_once", "shoe_size"), known),
        Place("set_once, dropped", ("set_once", "email"), known),
        Place("set_once, open text", ("set_once", "industry"), known, opens=True, pool="industry"),
        Place("switch", ("properties", "$geoip_disable"), (Channel.TRACK,), "switch"),
    )


def _request_context() -> tuple[Place, ...]:
    def place(name: str, *path: str, **more: Any) -> Place:
        return Place(name, path, (Channel.CONTEXT,), **more)

    return (
        place("userId", "user_id"),
        place("anonymousId", "anonymous_id"),
        place("groups", "groups", "company"),
        place("groups, key", "groups", KEY, opens=True, pool="names"),
        place("properties: unlisted", "properties", "shoe_size"),
        place("properties: dropped", "properties", "email"),
        place("properties: open text", "properties", "comment", opens=True, pool="comment"),
        place("properties: unlisted, key", "properties", KEY),
        place("context: unlisted", "context", "shopper"),
        place("context: ip", "context", "ip"),
        place("context: page.title", "context", "page", "title", opens=True),
        place("context: unlisted, key", "context", KEY),
    )


def _defaults() -> tuple[Place, ...]:
    def place(name: str, *path: str, **more: Any) -> Place:
        return Place(name, path, (Channel.DEFAULTS,), **more)

    return (
        place("properties: unlisted", "shoe_size", ITEM),
        place("properties: dropped", "email", ITEM),
        place("properties: open text", "comment", ITEM, opens=True, pool="comment"),
        place("properties: unlisted, key", KEY),
    )


PLACES: Final = (
    *_envelope(),
    *_properties(),
    *_traits(),
    *_context(),
    *_request_context(),
    *_defaults(),
)
"""All of them."""
