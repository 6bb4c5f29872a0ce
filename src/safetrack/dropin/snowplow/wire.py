"""A Snowplow event, opened to be sanitized and closed again to be sent. Pure."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from snowplow_tracker.constants import VERSION

from safetrack.vendors.snowplow import (
    ENTITIES_SCHEMA,
    EVENT_NAMES,
    EVENT_SCHEMA,
    LONGEST_DOCUMENT,
    OWN_VENDORS,
    PLATFORMS,
    SCHEMA,
    SELF_DESCRIBING,
    SNOWPLOW,
    STRUCTURED,
)

Payload: TypeAlias = dict[str, Any]
"""An event as the SDK makes it: name-value pairs."""


class Tracked(dict[str, Any]):
    """An event with what its tracker itself has put into it: namespace and application id."""

    def __init__(self, pairs: Payload, constants: Mapping[str, str]) -> None:
        super().__init__(pairs)
        self.constants = constants


@dataclass(frozen=True, slots=True)
class Schema:
    """The address of a schema, with a version that is one."""

    vendor: str
    name: str
    version: str

    @property
    def label(self) -> str:
        """How policies call it: ``vendor/name``, or the name alone of one of the SDK's own."""
        return self.name if self.vendor in OWN_VENDORS else f"{self.vendor}/{self.name}"

    @property
    def address(self) -> str:
        """As it stands in a document."""
        return f"iglu:{self.vendor}/{self.name}/jsonschema/{self.version}"


@dataclass(slots=True)
class Opened:
    """An event by the shape `SNOWPLOW`, and what is needed to close it again.

    Attributes:
        message: What the sanitizer is given.
        constants: Pairs that the SDK sets itself.
        schema: Of a self-describing event.
        entities: By the number under which each stands in the message.
        places: Under which names the two documents stood.
    """

    message: dict[str, Any]
    constants: dict[str, str] = field(default_factory=dict)
    schema: Schema | None = None
    entities: dict[str, Schema] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)


EVENT_PLACES: Final = ("ue_px", "ue_pr")
ENTITIES_PLACES: Final = ("cx", "co")
"""Where a document stands: in base64, or as it is."""

_OPENED: Final = frozenset({"event", "data", "entities"})
"""Places of the opened form alone."""

_PAIRS: Final = frozenset(place for place in SNOWPLOW.roles if "." not in place) - _OPENED
"""Pairs that can leave: a dotted one would be taken for a place inside another."""

_NUMBERS: Final = frozenset(
    {
        *("pp_mix", "pp_max", "pp_miy", "pp_may"),
        *("tr_tt", "tr_tx", "tr_sh", "ti_pr", "ti_qu"),
        *("se_va", "vid", "cd"),
    }
)
"""Pairs that are numbers, which the SDK writes as text."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_SCHEMA: Final = re.compile(SCHEMA)
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def opened(payload: Payload) -> Opened | None:
    """An event, opened; None for one that does not say what it is."""
    pairs = {key: value for key, value in payload.items() if key not in _OPENED}
    pairs |= {key: _number(pairs[key]) for key in _NUMBERS & pairs.keys()}
    event = Opened(pairs)
    _take_constants(event, payload)
    kind = pairs.get("e")
    if kind == SELF_DESCRIBING and type(kind) is str:
        if not _open_event(event):
            return None
    elif kind == STRUCTURED and type(kind) is str:
        pairs["event"] = pairs.pop("se_ac", None)
    elif type(kind) is str and kind in EVENT_NAMES:
        pairs["event"] = EVENT_NAMES[kind]
    _open_entities(event)
    return event


def closed(event: Opened, clean: Mapping[str, Any]) -> dict[str, Any] | None:
    """The event as it is sent, of what the sanitizer left of its message.

    None where something was found in the name of its schema: there is no schema of another name.
    """
    pairs = {key: value for key, value in clean.items() if key in _PAIRS}
    pairs.update(event.constants)
    name = clean.get("event")
    if event.schema is not None:
        if name != event.schema.label:
            return None
        data = {"schema": event.schema.address, "data": clean.get("data", {})}
        _write(pairs, event.places, EVENT_PLACES, EVENT_SCHEMA, data)
    elif clean.get("e") == STRUCTURED and name is not None:
        pairs["se_ac"] = name
    entities = clean.get("entities", {})
    documents = [
        {"schema": schema.address, "data": entities[number][schema.label]}
        for number, schema in event.entities.items()
        if schema.label in entities.get(number, {})
    ]
    if documents:
        _write(pairs, event.places, ENTITIES_PLACES, ENTITIES_SCHEMA, documents)
    return pairs


def written(method: str, event: Payload) -> dict[str, Any]:
    """An event as the vendor's emitters write it: nothing but texts to POST."""
    return {key: str(event[key]) for key in event} if method == "post" else dict(event)


def frozen(method: str, event: Payload) -> dict[str, Any]:
    """An event that its caller can no longer change, and whose numbers are numbers still."""
    if type(event) is Tracked and _PLAIN.issuperset(map(type, event.values())):
        return event  # our tracker's own copy, which nobody changes
    pairs = dict(event)
    if method == "post":
        pairs |= {key: str(value) for key, value in pairs.items() if type(value) not in _PLAIN}
    return Tracked(pairs, event.constants) if type(event) is Tracked else pairs


def _take_constants(event: Opened, payload: Payload) -> None:
    """Take off what the SDK sets itself; what a caller wrote in its place is not taken."""
    pairs, constants = event.message, event.constants
    platform = pairs.pop("p", None)
    if type(platform) is str and platform in PLATFORMS:
        constants["p"] = platform
    if pairs.pop("tv", None) is not None:
        constants["tv"] = VERSION
    if type(payload) is Tracked:
        for key, value in payload.constants.items():
            pairs.pop(key, None)
            constants[key] = value


def _open_event(event: Opened) -> bool:
    """Put the self-describing event into the message; False where there is none."""
    place, found = _read(event.message, EVENT_PLACES)
    if type(found) is not dict:
        return False
    schema, data = _described(found)
    if schema is None:
        return False
    event.places.append(place)
    del event.message[place]
    event.schema = schema
    event.message |= {"event": schema.label, "data": data}
    return True


def _open_entities(event: Opened) -> None:
    """Put the entities into the message, each under its number and its name."""
    place, found = _read(event.message, ENTITIES_PLACES)
    if type(found) is not list:
        return  # what cannot be read stays where it stood, and no shape names that
    event.places.append(place)
    del event.message[place]
    bags: dict[str, Any] = {}
    for number, one in enumerate(found):
        schema, data = _described(one)
        if schema is not None:
            event.entities[str(number)] = schema
            bags[str(number)] = {schema.label: data}
    event.message["entities"] = bags


def _described(found: Any) -> tuple[Schema | None, Any]:
    """Schema and data of a self-describing document; no schema where it is none."""
    if type(found) is not dict or type(found.get("schema")) is not str:
        return None, None
    address = _SCHEMA.fullmatch(found["schema"])
    schema = Schema(address["vendor"], address["name"], address["version"]) if address else None
    return schema, found.get("data")


def _read(pairs: Mapping[str, Any], places: tuple[str, str]) -> tuple[str, Any]:
    """What the envelope at the first of two places holds, and which place that is."""
    place = places[0] if places[0] in pairs else places[1]
    text = pairs.get(place)
    if type(text) is not str or len(text) > LONGEST_DOCUMENT:
        return place, None
    try:
        raw = base64.b64decode(text, b"-_", validate=True) if place == places[0] else text
        envelope = json.loads(raw)
    except (ValueError, RecursionError):
        return place, None
    return place, envelope.get("data") if type(envelope) is dict else None


def _write(
    pairs: dict[str, Any], taken: list[str], places: tuple[str, str], schema: str, data: Any
) -> None:
    """Put a document where it stood, encoded as the SDK encodes it."""
    place = next(place for place in places if place in taken)
    text = json.dumps({"schema": schema, "data": data}, ensure_ascii=False)
    encoded = base64.urlsafe_b64encode(text.encode()).decode()
    pairs[place] = encoded if place == places[0] else text


def _number(value: Any) -> Any:
    """A number that was written as text; anything else as it is."""
    if type(value) is str and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
