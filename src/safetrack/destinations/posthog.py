"""PostHog, cloud or self-hosted: everything to ``/batch/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from safetrack.compact_json import encode as compact
from safetrack.destinations import neutral
from safetrack.destinations.address import base_url
from safetrack.destinations.batch import Endpoint, Item, Shipment, batch_of
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION, HttpSender
from safetrack.event import SafeEvent
from safetrack.vendors import posthog as wire


class PostHog:
    """Sends to one PostHog project.

    Args:
        api_key: The project's key.
        host: The server; the US cloud when not given.
        timeout: Seconds for one request.
    """

    batch_size = 200

    def __init__(self, *, api_key: str, host: str | None = None, timeout: float = 15) -> None:
        base = base_url("posthog", wire.HOSTS, None, host)
        self._endpoint = Endpoint(
            f"{base}/batch/",
            batch_of("batch", api_key=api_key, historical_migration=False),
            max_items=wire.MAX_ITEMS,
            max_bytes=wire.MAX_BYTES,
            max_item_bytes=wire.MAX_ITEM_BYTES,
        )
        self._sender = HttpSender(timeout=timeout)

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Deliver one batch, in one request (more where limits ask for it)."""
        shipment = Shipment(self._sender)
        items = [Item(at, compact(encode(found))) for at, found in shipment.messages(events)]
        shipment.post(self._endpoint, items)
        return shipment.result()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()


def encode(message: Mapping[str, Any]) -> dict[str, Any]:
    """PostHog's message for a sanitized message in the neutral form."""
    return {
        "event": _name(message),
        "distinct_id": _distinct_id(message),
        **neutral.present(timestamp=message.get("timestamp")),
        "uuid": message["messageId"],
        "properties": {**_bags(message), **_links(message), **_envelope(message)},
    }


def _name(message: Mapping[str, Any]) -> str:
    if message["type"] == "identify" and "$anon_distinct_id" not in _links(message):
        return wire.SET_EVENT
    return wire.EVENT_NAMES.get(message["type"]) or str(message.get("event", ""))


def _distinct_id(message: Mapping[str, Any]) -> str:
    """The person; where the policy lets out none, an id of its own for this event."""
    if message["type"] == "alias":
        return str(message["previousId"])
    person = message.get("userId") or message.get("anonymousId")
    return str(person or _group_person(message) or message["messageId"])


def _group_person(message: Mapping[str, Any]) -> str | None:
    """Stands for a group's own updates, as PostHog's SDKs do when nobody makes them."""
    if message["type"] == "group":
        return f"{neutral.group_type(message)}_{message['groupId']}"
    return None


def _bags(message: Mapping[str, Any]) -> dict[str, Any]:
    """What the application said about the event and the person."""
    own = neutral.properties(message, wire.RESERVED)
    if message["type"] == "page":
        own = {**neutral.present(title=message.get("name")), **neutral.renamed(own, wire.PAGE)}
    elif message["type"] == "screen":
        own = {**own, **_screen(message)}
    if message["type"] in {"page", "screen"}:
        own |= neutral.present(category=message.get("category"))
    found = neutral.without(neutral.context(message, wire.CONTEXT), wire.RESERVED) | own
    bags = {"$set_once": neutral.traits_once(message), "$groups": neutral.groups(message)}
    if message["type"] != "group":
        bags["$set"] = neutral.traits(message)
    return found | {key: bag for key, bag in bags.items() if bag}


def _screen(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"$screen_name": message["name"]} if "name" in message else {}


def _links(message: Mapping[str, Any]) -> dict[str, Any]:
    """Properties by which an event says that two ids are one person, or what a group is."""
    kind = message["type"]
    if kind == "alias":
        return {"distinct_id": _distinct_id(message), "alias": message["userId"]}
    if kind == "identify" and "userId" in message and "anonymousId" in message:
        return {"$anon_distinct_id": message["anonymousId"]}
    if kind == "group":
        return {
            "$group_type": neutral.group_type(message),
            "$group_key": message["groupId"],
            "$group_set": neutral.traits(message),
        }
    return {}


def _envelope(message: Mapping[str, Any]) -> dict[str, Any]:
    nobody = {} if _is_somebody(message) else {"$process_person_profile": False}
    return {
        **neutral.controls(message, wire.SWITCHES),
        **nobody,
        "$geoip_disable": True,
        "$ip": wire.NO_IP,
        "$lib": "safetrack",
        "$lib_version": VERSION,
    }


def _is_somebody(message: Mapping[str, Any]) -> bool:
    return _distinct_id(message) != str(message["messageId"])
