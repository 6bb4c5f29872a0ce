"""Mixpanel: events to ``/track`` or ``/import``, people to ``/engage``, groups to ``/groups``."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from safetrack.compact_json import encode as compact
from safetrack.destinations import neutral
from safetrack.destinations.address import base_url
from safetrack.destinations.batch import (
    Endpoint,
    Item,
    Shipment,
    Verdict,
    array,
    judge_by_status,
)
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import VERSION, HttpSender, Reply
from safetrack.errors import ConfigError
from safetrack.event import SafeEvent
from safetrack.vendors import mixpanel as wire

CHANNELS: Final = ("track", "import", "engage", "groups")
"""The endpoints, in the order in which one batch uses them."""

_WINDOW: Final = wire.TRACK_WINDOW_DAYS * 86400 - 3600
"""Seconds. An hour less than Mixpanel's own, for the way there."""


class Mixpanel:
    """Sends to one Mixpanel project.

    Args:
        token: The project's token.
        region: ``us`` (the default), ``eu`` or ``in``: where the project's data lives.
        host: Another server, instead of a region's.
        project_id: With `service_account`: the project's number.
        service_account: ``username:secret``. With it, events older than five days go to
            ``/import``; without it they are rejected as ``too_old``, for ``/track`` would drop
            them silently.
        timeout: Seconds for one request.
    """

    batch_size = 200

    def __init__(  # noqa: PLR0913  one keyword an option of the policy
        self,
        *,
        token: str,
        region: str | None = None,
        host: str | None = None,
        project_id: str | int | None = None,
        service_account: str | None = None,
        timeout: float = 15,
    ) -> None:
        if bool(project_id) != bool(service_account):
            raise ConfigError("mixpanel: project_id and service_account belong together")
        self._token = token
        base = base_url("mixpanel", wire.HOSTS, region, host)
        self._endpoints = {name: _endpoint(f"{base}/{name}?ip=0&verbose=1") for name in CHANNELS}
        if service_account:
            self._endpoints["import"] = _import_endpoint(base, str(project_id), service_account)
        self._imports = bool(service_account)
        self._sender = HttpSender(timeout=timeout)

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Deliver one batch, in one request an endpoint (more where limits ask for it)."""
        shipment = Shipment(self._sender)
        queues: dict[str, list[Item]] = {name: [] for name in CHANNELS}
        for position, message in shipment.messages(events):
            for channel, own in encode(message, token=self._token):
                queues[channel].append(Item(position, compact(own)))
        if not self._imports:
            shipment.rejected |= {item.position: "too_old" for item in queues.pop("import")}
        for channel, items in queues.items():
            shipment.post(self._endpoints[channel], items)
        return shipment.result()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()


def encode(message: Mapping[str, Any], *, token: str) -> list[tuple[str, dict[str, Any]]]:
    """Mixpanel's messages for a sanitized message in the neutral form, with their endpoints."""
    if message["type"] == "group":
        return [("groups", _group(message, token)), *_membership(message, token)]
    return [*_events(message, token), *_person(message, token)]


def _events(message: Mapping[str, Any], token: str) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = message["type"]
    if kind == "identify" and not ("userId" in message and "anonymousId" in message):
        return  # there is nothing to link, and Mixpanel has no event for setting properties
    name = wire.EVENT_NAMES.get(kind) or message.get("event", "")
    own = {**_bags(message), **_LINKS.get(kind, _no_links)(message), **_envelope(message, token)}
    yield _channel(message), {"event": name, "properties": own}


def _bags(message: Mapping[str, Any]) -> dict[str, Any]:
    """What the application said about the event."""
    own = neutral.properties(message, wire.RESERVED)
    if message["type"] == "page":
        own = {**_titled(message), **neutral.renamed(own, wire.PAGE)}
    elif message["type"] == "screen":
        own = {**neutral.present(name=message.get("name"), category=message.get("category")), **own}
    found = {**neutral.context(message, wire.CONTEXT), **own, **neutral.groups(message)}
    return neutral.without(found, wire.RESERVED | neutral.ROUTING)


def _titled(message: Mapping[str, Any]) -> dict[str, Any]:
    return neutral.present(current_page_title=message.get("name"), category=message.get("category"))


def _envelope(message: Mapping[str, Any], token: str) -> dict[str, Any]:
    return {
        "token": token,
        **neutral.present(time=_time(message)),
        "distinct_id": _distinct_id(message),
        **_person_ids(message),
        "$insert_id": message["messageId"],
        "ip": 0,  # do not derive a place from the request's address
        "mp_lib": "safetrack",
        "$lib_version": VERSION,
    }


def _person_ids(message: Mapping[str, Any]) -> dict[str, Any]:
    """The ids by which Mixpanel's simplified id merge joins people."""
    if message["type"] == "alias":
        return {}
    ids = {"$user_id": message.get("userId"), "$device_id": message.get("anonymousId")}
    return neutral.present(**ids)


def _distinct_id(message: Mapping[str, Any]) -> str:
    """The person; empty when the policy lets out none: Mixpanel counts such events for nobody."""
    if message["type"] == "alias":
        return str(message["previousId"])
    return str(message.get("userId") or _device(message.get("anonymousId")))


def _device(anonymous_id: str | None) -> str:
    """How Mixpanel writes the id of somebody who is not logged in."""
    prefix = "" if not anonymous_id or anonymous_id.startswith("$device:") else "$device:"
    return f"{prefix}{anonymous_id or ''}"


def _alias_links(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"alias": message["userId"]}


def _identify_links(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"$identified_id": message["userId"], "$anon_id": message["anonymousId"]}


def _no_links(_message: Mapping[str, Any]) -> dict[str, Any]:
    return {}


_LINKS: Final = {"alias": _alias_links, "identify": _identify_links}
"""Properties by which an event says that two ids are one person."""


def _time(message: Mapping[str, Any]) -> int | None:
    """Seconds where that is exact, else milliseconds: Mixpanel reads both."""
    found = neutral.milliseconds(message)
    return found // 1000 if found is not None and found % 1000 == 0 else found


def _channel(message: Mapping[str, Any]) -> str:
    found = neutral.milliseconds(message)
    late = found is not None and found / 1000 < time.time() - _WINDOW
    return "import" if late else "track"


def _person(message: Mapping[str, Any], token: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Updates of the person: one each for what is set, and what is set once."""
    person = _distinct_id(message)
    updates = {"$set": neutral.traits(message), "$set_once": neutral.traits_once(message)}
    for verb, traits in updates.items():
        own = neutral.without(traits, wire.RESERVED)
        if own and person:
            yield "engage", _update(message, token, person, verb, own)


def _update(
    message: Mapping[str, Any], token: str, person: str, verb: str, own: Mapping[str, Any]
) -> dict[str, Any]:
    seconds = neutral.milliseconds(message)
    return {
        "$token": token,
        "$distinct_id": person,
        **({"$time": seconds // 1000} if seconds is not None else {}),
        "$ip": 0,  # do not derive a place from the request's address
        "$ignore_time": True,  # "last seen" is for events to say
        verb: own,
    }


def _group(message: Mapping[str, Any], token: str) -> dict[str, Any]:
    return {
        "$token": token,
        "$group_key": neutral.group_type(message),
        "$group_id": message["groupId"],
        "$set": neutral.without(neutral.traits(message), wire.RESERVED),
    }


def _membership(message: Mapping[str, Any], token: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The person belongs to the group from now on."""
    person = _distinct_id(message)
    if person:
        joined = {neutral.group_type(message): [message["groupId"]]}
        yield "engage", _update(message, token, person, "$union", joined)


def _endpoint(url: str) -> Endpoint:
    return Endpoint(
        url,
        array,
        judge=_judge,
        max_items=wire.MAX_ITEMS,
        max_bytes=wire.MAX_BYTES,
        max_item_bytes=wire.MAX_ITEM_BYTES,
    )


def _import_endpoint(base: str, project_id: str, service_account: str) -> Endpoint:
    query = urlencode({"strict": 1, "project_id": project_id, "ip": 0})
    secret = base64.b64encode(service_account.encode()).decode()
    return Endpoint(
        f"{base}/import?{query}",
        array,
        headers=lambda _body: {"Authorization": f"Basic {secret}"},
        judge=_judge_import,
        max_items=wire.MAX_ITEMS,
        max_bytes=wire.MAX_BYTES,
        max_item_bytes=wire.MAX_ITEM_BYTES,
    )


def _judge(reply: Reply, count: int) -> Verdict:
    """``/track``, ``/engage`` and ``/groups`` answer 200 and ``status: 0`` to what they refuse."""
    if reply.delivered and reply.json().get("status") == 0:
        return Verdict(rejected=dict.fromkeys(range(count), "refused"))
    return judge_by_status(reply, count)


def _judge_import(reply: Reply, count: int) -> Verdict:
    """A 400 of ``/import`` lists the events that failed; it has taken all others.

    Source: https://docs.mixpanel.com/troubleshooting/errors/400-bad-request.
    """
    failed = reply.json().get("failed_records") if reply.status == 400 else None  # noqa: PLR2004
    records = failed if isinstance(failed, list) else []
    found = [record.get("index") for record in records if isinstance(record, dict)]
    known = {index: "invalid" for index in found if type(index) is int and 0 <= index < count}
    if known:
        return Verdict(rejected=known)
    return judge_by_status(reply, count)  # it names nobody: none of it counts as delivered
