"""Plant the canaries: the calls that an application would make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import safetrack
from canary.grid import IN_EACH_CELL, Cell, Extent, Planted, canaries_of, places_of
from canary.places import Channel, Place, plant
from safetrack.client import Client

NATIVE: Final = {
    Channel.TRACK: {"event": "Signed Up"},
    Channel.MODULE: {"event": "Signed Up"},
    Channel.CONTEXT: {"event": "Signed Up"},
    Channel.PAGE: {"name": "Pricing", "category": "Docs"},
    Channel.SCREEN: {"name": "Pricing", "category": "Docs"},
    Channel.GROUP: {"group_id": "org-7", "group_type": "company"},
    Channel.ALIAS: {"previous_id": "anon-9"},
    Channel.IDENTIFY: {},
}
"""What every call of a channel has, unless a canary takes its place."""


def plant_all(client: Client, extent: Extent, planted: Planted) -> None:
    """Make every call of the grid."""
    for channel in NATIVE:
        for event in places_of(channel, extent).values():
            for kind, encoding in extent.forms():
                for number in range(IN_EACH_CELL):
                    _plant_one(client, planted, channel, event, kind, encoding, number)


def call_with_defaults(client: Client) -> None:
    """The calls that take the client's default properties along."""
    for channel in (Channel.TRACK, Channel.PAGE, Channel.SCREEN):
        call(client, channel, {})


def default_properties(extent: Extent, planted: Planted) -> dict[str, Any]:
    """The client's own properties: all canaries of the channel at once, in lists and as keys."""
    properties: dict[str, Any] = {}
    for place in extent.places:
        if Channel.DEFAULTS in place.channels:
            for kind, encoding in extent.forms():
                for canary in canaries_of(place, kind, encoding):
                    plant(properties, place.path, canary.planted, place.leaf)
                    planted.add(Cell(Channel.DEFAULTS, place, kind, encoding), canary)
    return properties


def _plant_one(  # noqa: PLR0913, PLR0917  the coordinates of an event
    client: Client,
    planted: Planted,
    channel: Channel,
    event: list[Place],
    kind: str,
    encoding: str,
    number: int,
) -> None:
    arguments: dict[str, Any] = {}
    for place in event:
        canary = canaries_of(place, kind, encoding)[number]
        plant(arguments, place.path, canary.planted, place.leaf)
        planted.add(Cell(channel, place, kind, encoding), canary)
    call(client, channel, arguments)


def call(client: Client, channel: Channel, arguments: dict[str, Any]) -> None:
    """One call, with what every call of its channel has."""
    around: AbstractContextManager[Any] = nullcontext()
    if channel is Channel.CONTEXT:
        around, arguments = safetrack.context(**arguments), {}
    else:
        arguments = {"user_id": "user-42", **arguments}
    arguments = {**NATIVE[channel], **arguments}
    arguments.setdefault("timestamp", SOME_TIME)
    with around:
        _method(client, channel)(**arguments)


SOME_TIME: Final = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)


def _method(client: Client, channel: Channel) -> Callable[..., str]:
    if channel is Channel.MODULE:
        return safetrack.track
    name = "track" if channel is Channel.CONTEXT else channel.value
    method: Callable[..., str] = getattr(client, name)
    return method
