"""Amplitude: everything to ``/2/httpapi``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from safetrack.compact_json import encode as compact
from safetrack.destinations import neutral
from safetrack.destinations.address import base_url
from safetrack.destinations.batch import (
    Endpoint,
    Item,
    Shipment,
    Verdict,
    batch_of,
    judge_by_status,
)
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import USER_AGENT, HttpSender, Reply
from safetrack.event import SafeEvent
from safetrack.vendors import amplitude as wire


class Amplitude:
    """Sends to one Amplitude project.

    Args:
        api_key: The project's key.
        region: ``us`` (the default) or ``eu``: where the project's data lives.
        host: Another server, instead of a region's.
        timeout: Seconds for one request.
    """

    batch_size = 200

    def __init__(
        self,
        *,
        api_key: str,
        region: str | None = None,
        host: str | None = None,
        timeout: float = 15,
    ) -> None:
        base = base_url("amplitude", wire.HOSTS, region, host)
        self._endpoint = Endpoint(
            f"{base}/2/httpapi",
            batch_of("events", api_key=api_key, options=dict(wire.OPTIONS)),
            judge=_judge,
            max_items=wire.MAX_ITEMS,
            max_bytes=wire.MAX_BYTES - 1000,
            max_item_bytes=wire.MAX_ITEM_BYTES - 1000,
        )
        self._sender = HttpSender(timeout=timeout)

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Deliver one batch, in one request (more where limits ask for it)."""
        shipment = Shipment(self._sender)
        items = [
            Item(position, compact(own))
            for position, message in shipment.messages(events)
            for own in encode(message)
        ]
        shipment.post(self._endpoint, items)
        return shipment.result()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()


def encode(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Amplitude's events for a sanitized message in the neutral form."""
    if message["type"] == "group":
        return [_group(message), *_membership(message)]
    groups = neutral.groups(message)
    return [
        {
            "event_type": wire.EVENT_NAMES.get(message["type"]) or str(message.get("event", "")),
            **_envelope(message),
            **_bags(message),
            **({"groups": groups} if groups else {}),
        }
    ]


def _envelope(message: Mapping[str, Any]) -> dict[str, Any]:
    """Ids and time. There is never an ``ip``: without one, Amplitude derives no place."""
    return {
        **_ids(message),
        **neutral.present(time=neutral.milliseconds(message)),
        "insert_id": message["messageId"],
        "library": USER_AGENT,
    }


def _ids(message: Mapping[str, Any]) -> dict[str, Any]:
    """The person; where the policy lets out none, a device of its own for this event."""
    device = message.get("previousId" if message["type"] == "alias" else "anonymousId")
    found = neutral.present(user_id=message.get("userId"), device_id=device)
    return found or {"device_id": message["messageId"]}


def _bags(message: Mapping[str, Any]) -> dict[str, Any]:
    """What the application said about the event and the person."""
    fields, rest = _context(message)
    own = {**rest, **_properties(message)}
    return fields | {
        key: bag
        for key, bag in {"event_properties": own, "user_properties": _person(message)}.items()
        if bag
    }


def _properties(message: Mapping[str, Any]) -> dict[str, Any]:
    own = neutral.properties(message, wire.RESERVED)
    name, category = message.get("name"), message.get("category")
    if message["type"] == "page":
        titled = {"[Amplitude] Page Title": name, "category": category}
        return {**neutral.present(**titled), **neutral.renamed(own, wire.PAGE)}
    if message["type"] == "screen":
        titled = {"[Amplitude] Screen Name": name, "category": category}
        return {**own, **neutral.present(**titled)}
    return own


def _context(message: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The context as fields of the event, and what is left of it as event properties."""
    found = neutral.context(message, wire.CONTEXT)
    fields = frozenset(wire.CONTEXT.values())
    return (
        {key: value for key, value in found.items() if key in fields},
        neutral.without(found, fields),
    )


def _person(message: Mapping[str, Any]) -> dict[str, Any]:
    verbs = {"$set": neutral.traits(message), "$setOnce": neutral.traits_once(message)}
    return {verb: traits for verb, traits in verbs.items() if traits}


def _group(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "event_type": wire.EVENT_NAMES["group"],
        **_envelope(message),
        "groups": {neutral.group_type(message): message["groupId"]},
        "group_properties": {"$set": neutral.traits(message)},
    }


def _membership(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The person belongs to the group from now on: an event of its own, so an id of its own."""
    if not ("userId" in message or "anonymousId" in message):
        return []
    joined = {neutral.group_type(message): message["groupId"]}
    return [
        {
            "event_type": wire.EVENT_NAMES["identify"],
            **_envelope(message),
            "insert_id": f"{message['messageId']}-member",
            "groups": joined,
            "user_properties": {"$set": joined},
        }
    ]


def _judge(reply: Reply, count: int) -> Verdict:
    """A 400 or 429 names the events that are to blame, and has taken none: the others go again.

    Source: https://amplitude.com/docs/apis/analytics/http-v2 (400: what is wrong with which event,
    and events of silenced devices; 429: events of users and devices that send too much).
    """
    answer, everyone = reply.json(), frozenset(range(count))
    if reply.status == 400:  # noqa: PLR2004
        refused = {
            **dict.fromkeys(_indexes(_by_field(answer), count), "invalid"),
            **dict.fromkeys(_indexes([answer.get("silenced_events")], count), "silenced"),
        }
        if refused:
            return Verdict(rejected=refused, resend=everyone - refused.keys())
    if reply.status == 429:  # noqa: PLR2004
        slow = frozenset(_indexes([answer.get("throttled_events")], count))
        if slow and slow != everyone:  # theirs to wait, and nobody else's
            return Verdict(slow, why="throttled", resend=everyone - slow)
    return judge_by_status(reply, count)


def _by_field(answer: Mapping[str, Any]) -> list[Any]:
    """The lists of blamed events, one for each field of each kind of blame."""
    return [found for key in wire.REFUSED_BY_FIELD for found in neutral.bag(answer, key).values()]


def _indexes(lists: Iterable[Any], count: int) -> list[int]:
    """The positions that stand in some lists; whatever else does is passed over."""
    known = [index for found in lists if isinstance(found, list) for index in found]
    return sorted({index for index in known if type(index) is int and 0 <= index < count})
