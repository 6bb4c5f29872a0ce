"""Segment, and what speaks its protocol (RudderStack, Jitsu): everything to ``/v1/batch``."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from safetrack.compact_json import encode as compact
from safetrack.destinations import neutral
from safetrack.destinations.address import base_url
from safetrack.destinations.batch import Endpoint, Item, Shipment, batch_of
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION, HttpSender
from safetrack.event import SafeEvent
from safetrack.vendors import segment as wire


class Segment:
    """Sends to one Segment source.

    Args:
        write_key: The source's key.
        host: Another server: a region's, a proxy, RudderStack's data plane.
        timeout: Seconds for one request.
    """

    batch_size = wire.MAX_ITEMS

    def __init__(self, *, write_key: str, host: str | None = None, timeout: float = 15) -> None:
        base = base_url("segment", {"us": wire.HOST}, None, host)
        secret = base64.b64encode(f"{write_key}:".encode()).decode()
        self._endpoint = Endpoint(
            f"{base}/v1/batch",
            batch_of("batch", writeKey=write_key),
            headers=lambda _body: {"Authorization": f"Basic {secret}"},
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
    """Segment's message for a sanitized message in the neutral form."""
    found = {key: message[key] for key in wire.KEYS if message.get(key) is not None}
    own = neutral.properties(message, wire.RESERVED)
    if own or message["type"] in wire.WITH_PROPERTIES:
        found["properties"] = own
    if message["type"] in wire.WITH_TRAITS:
        found["traits"] = _traits(message)
    if "userId" not in found and "anonymousId" not in found:
        found["anonymousId"] = message["messageId"]  # Segment refuses an event of nobody
    found["context"] = _context(message)
    return found


def _traits(message: Mapping[str, Any]) -> dict[str, Any]:
    """Traits; what is to be set once stays apart, for Segment itself would overwrite with it."""
    once = neutral.traits_once(message)
    return {**neutral.traits(message), **({"$set_once": once} if once else {})}


def _context(message: Mapping[str, Any]) -> dict[str, Any]:
    own = neutral.without(neutral.bag(message, "context"), wire.RESERVED_CONTEXT)
    groups, traits = neutral.groups(message), neutral.traits(message)
    if groups:
        own["groups"] = groups
    if len(groups) == 1:
        own["groupId"] = next(iter(groups.values()))
    if traits and message["type"] not in wire.WITH_TRAITS:
        own["traits"] = {**neutral.bag(own, "traits"), **traits}
    return {**own, "library": {"name": "safetrack", "version": VERSION}}
