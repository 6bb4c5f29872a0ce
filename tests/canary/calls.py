"""Plant the canaries: the calls that an application would make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import safetrack
from canary.grid import IN_EACH_CELL, Cell, Extent, Planted, canaries, places_of
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


def plant_all(client: Client, extent: Extent) -> Planted:
    """Make every call of the grid."""
    planted = Planted()
    for channel in Channel:
        for event in places_of(channel, extent).values():
            for kind, encoding in extent.forms():
                for number in range(IN_EACH_CELL):
                    _plant_one(client, planted, channel, event, kind, encoding, number)
    return planted


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
        canary = canaries(place.name, kind, encoding)[number]
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
