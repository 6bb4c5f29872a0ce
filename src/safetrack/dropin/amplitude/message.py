"""Amplitude's events as messages on the wire, and messages as events of the vendor's classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from amplitude import Config, constants, event
from amplitude.event import BaseEvent

LIBRARY: Final = f"{constants.SDK_LIBRARY}/{constants.SDK_VERSION}"
"""What the SDK calls itself."""

_FIELDS: Final = {place: (name, kind) for name, (place, kind) in event.EVENT_KEY_MAPPING.items()}
"""Place in a message to the event's field and its type."""

_EMPTY: Final = vars(BaseEvent(""))
"""The fields of an event of which nothing is known; those of its other classes are the same."""

_NOTHING: Final[tuple[object, ...]] = (None, {})
"""Says no more than that nothing is said."""

_SET_UP: Final = ("plan", "ingestion_metadata")
"""Fields whose value comes from the client's configuration."""


def read(own: BaseEvent) -> dict[str, Any]:
    """The message that an event stands for, raw. None of the event's code is run.

    Unlike the event's own ``get_event_body`` it cuts no text short: of what is cut, nothing could
    be found.
    """
    fields = vars(own)
    return {
        place: fields[name]
        for name, (place, _) in event.EVENT_KEY_MAPPING.items()
        if fields.get(name) is not None
    }


def joined_groups(message: Mapping[str, Any]) -> list[str]:
    """Types of groups that a message sets as properties of the person too, as ``set_group`` does."""
    groups, properties = message.get("groups"), message.get("user_properties")
    said = properties.get("$set") if type(properties) is dict else None
    if type(groups) is not dict or type(said) is not dict:
        return []
    return [
        kind
        for kind, group in groups.items()
        if type(kind) is str and _is_id(group) and _is_id(said.get(kind)) and said[kind] == group
    ]


def without_joined(message: Mapping[str, Any], kinds: Iterable[str]) -> Mapping[str, Any]:
    """The message without these properties of the person, which are ids of groups."""
    if not kinds:
        return message
    properties = message["user_properties"]
    said = {key: value for key, value in properties["$set"].items() if key not in kinds}
    return {**message, "user_properties": {**properties, "$set": said}}


def with_joined(message: dict[str, Any], kinds: Iterable[str]) -> dict[str, Any]:
    """A sanitized message, with the ids of its groups as properties of the person again."""
    groups = message.get("groups", {})
    for kind in kinds:
        if kind in groups:
            properties = message.setdefault("user_properties", {})
            properties.setdefault("$set", {})[kind] = groups[kind]
    return message


def written(message: Mapping[str, Any], like: BaseEvent, configuration: Config) -> BaseEvent:
    """An event of the vendor's own class that holds a sanitized message and nothing else.

    Args:
        message: What may leave.
        like: The raw event: gives the class, the callback and the count of attempts.
        configuration: The client's: gives what it was set up with.
    """
    clean, raw = _blank(type(like)), vars(like)
    fields = vars(clean)
    for place, value in message.items():
        name, kind = _FIELDS[place]
        if value not in _NOTHING and _is_of(kind, value):
            fields[name] = value
    if raw.get("library") is not None:
        fields["library"] = LIBRARY
    for name in _SET_UP:
        own = getattr(configuration, name, None)
        if own is not None and _says_the_same(raw.get(name), own):
            fields[name] = own
    if not _names_somebody(fields):
        fields["device_id"] = fields["insert_id"]
    fields["event_callback"] = raw.get("event_callback")
    clean.retry = BaseEvent.retry.fget(like)
    return clean


def _blank(kind: type) -> BaseEvent:
    """An event without any field, of the nearest class of the vendor's own."""
    own: Any = next(base for base in kind.__mro__ if base.__module__ == event.__name__)
    blank = own.__new__(own)
    vars(blank).update(_EMPTY)
    return blank


def _is_of(kind: type, value: object) -> bool:
    """Whether a value has the type that Amplitude takes in a field."""
    return isinstance(value, kind) or (kind is float and type(value) is int)


def _is_id(value: object) -> bool:
    return type(value) is str or (type(value) is list and all(type(one) is str for one in value))


def _says_the_same(said: object, own: object) -> bool:
    """Whether an event was given what the configuration holds: texts are all there is in it."""
    if type(said) is not type(own):
        return False
    return all(type(one) in _TEXTS for one in vars(said).values()) and vars(said) == vars(own)


_TEXTS: Final = (str, type(None))


def _names_somebody(fields: Mapping[str, Any]) -> bool:
    """Amplitude refuses an event without a person; properties of a group need none."""
    is_of_group = fields["event_type"] == constants.GROUP_IDENTIFY_EVENT
    return is_of_group or bool(fields["user_id"] or fields["device_id"])
