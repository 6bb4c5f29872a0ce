"""Amplitude: what its messages are made of, and where its SDK sends them.

Sources: https://amplitude.com/docs/apis/analytics/http-v2 and …/identify (the verbs); exports:
https://amplitude.com/docs/apis/analytics/export; the SDK's own fields: amplitude-analytics 1.3.0,
``amplitude/event.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.shape import (
    Bag,
    Groups,
    Id,
    IdKind,
    MessageId,
    Name,
    Never,
    Property,
    Role,
    Section,
    Shape,
    Time,
    Unset,
    Word,
)

HOSTS: Final[Mapping[str, str]] = {
    "us": "https://api2.amplitude.com",
    "eu": "https://api.eu.amplitude.com",
}
"""Where each data residency region takes events; the first is the default."""

MAX_ITEMS: Final = 1000
MAX_BYTES: Final = 1_000_000
MAX_ITEM_BYTES: Final = 1_000_000
"""Limits of one request to ``/2/httpapi``."""

RESERVED: Final[frozenset[str]] = frozenset()
"""Amplitude reads nothing but the envelope."""

OPTIONS: Final[Mapping[str, int]] = {"min_id_length": 1}
"""Amplitude drops ids shorter than five characters unless told otherwise."""

EVENT_NAMES: Final[Mapping[str, str]] = {
    "page": "[Amplitude] Page Viewed",
    "screen": "[Amplitude] Screen Viewed",
    "identify": "$identify",
    "alias": "$identify",
    "group": "$groupidentify",
}
"""Event types of calls that are no ``track``. Amplitude merges the two ids of an ``$identify``."""

CHANNELS: Final = (
    Channel("events", "POST", r"(/.*)?/2/httpapi", Carries.EVENTS),
    Channel("batch", "POST", r"(/.*)?/batch", Carries.EVENTS),
)
"""The SDK's only two endpoints; what stands in front is the path of a proxy of the application's."""

OWN_NAMES: Final = frozenset({"$identify", "$groupidentify"})
"""Event types of which Amplitude counts no event: they say something of a person or a group."""

VERBS: Final = (
    "$set",
    "$setOnce",
    "$add",
    "$append",
    "$prepend",
    "$preInsert",
    "$postInsert",
    "$remove",
)
"""What is to be done to properties of a person or a group."""
UNSET: Final = "$unset"
CLEAR_ALL: Final = "$clearAll"
NO_VALUE: Final = "-"
"""Stands where `UNSET` and `CLEAR_ALL` have no value to say."""

CONTEXT: Final[Mapping[str, str]] = {
    "app.version": "app_version",
    "device.brand": "device_brand",
    "device.manufacturer": "device_manufacturer",
    "device.model": "device_model",
    "locale": "language",
    "location.city": "city",
    "location.country": "country",
    "location.region": "region",
    "network.carrier": "carrier",
    "os.name": "os_name",
    "os.version": "os_version",
    "platform": "platform",
}
"""The common spec's context, as fields of an Amplitude event; the rest is an event property."""

PAGE: Final[Mapping[str, str]] = {
    "path": "[Amplitude] Page Path",
    "referrer": "referrer",
    "title": "[Amplitude] Page Title",
    "url": "[Amplitude] Page URL",
}
"""The common spec's page properties, as those of an Amplitude page view."""

REFUSED_BY_FIELD: Final = (
    "events_with_invalid_fields",
    "events_with_missing_fields",
    "events_with_invalid_id_lengths",
)
"""Keys of a 400 answer that list refused events: field to positions in the request."""

_TIMES: Final = (
    "user_creation_time",
    "client_upload_time",
    "server_received_time",
    "server_upload_time",
    "processed_time",
    "client_event_time",
    "event_time",
)
"""The event's own time comes last: that one decides epochs."""
_ENVELOPE: Final[Mapping[str, Role]] = {
    "event_type": Name(event=True, calls=OWN_NAMES),
    "user_id": Id(IdKind.PERSON),
    "device_id": Id(IdKind.PERSON),
    "insert_id": MessageId(),
    "session_id": Id(IdKind.DEVICE),
    "idfa": Id(IdKind.DEVICE),
    "idfv": Id(IdKind.DEVICE),
    "adid": Id(IdKind.DEVICE),
    "android_id": Id(IdKind.DEVICE),
    "groups": Groups(),
    "ip": Never(),
    "api_key": Never(),
}
"""What live events and exported ones have in common."""
_FIELDS: Final = (
    "city",
    "region",
    "country",
    "dma",
    "location_lat",
    "location_lng",
    "os_name",
    "os_version",
    "platform",
    "language",
    "version_name",
    "device_brand",
    "device_manufacturer",
    "device_model",
)
"""Properties of an event outside any bag, in live events and in exported ones."""
_EXPORTED: Final = (
    *_FIELDS,
    "ip_address",
    "start_version",
    "device_type",
    "device_family",
    "device_carrier",
    "library",
    "paying",
    "sample_rate",
    "amplitude_attribution_ids",
)
_LIVE: Final = (
    *_FIELDS,
    "app_version",
    "carrier",
    "price",
    "quantity",
    "revenue",
    "currency",
    "event_id",
    "partner_id",
    "user_agent",
)


def _properties(names: Iterable[str]) -> dict[str, Role]:
    return {name: Property(Section.PROPERTIES, name) for name in names}


def _verbs(place: str, section: Section) -> dict[str, Role]:
    """A bag whose entries may be verbs, each with properties of its own."""
    return {
        place: Bag(section),
        **{f"{place}.{verb}": Bag(section) for verb in VERBS},
        f"{place}.{UNSET}": Unset(section, NO_VALUE),
        f"{place}.{CLEAR_ALL}": Word(frozenset({NO_VALUE})),
    }


AMPLITUDE_EVENT: Final = Shape(
    vendor="amplitude",
    roles={
        **_ENVELOPE,
        "time": Time("milliseconds"),
        **_properties(_LIVE),
        "productId": Property(Section.PROPERTIES, "product_id"),
        "revenueType": Property(Section.PROPERTIES, "revenue_type"),
        "event_properties": Bag(Section.PROPERTIES),
        **_verbs("user_properties", Section.TRAITS),
        **_verbs("group_properties", Section.GROUP_TRAITS),
        "library": Never(),
        "plan": Never(),
        "ingestion_metadata": Never(),
    },
    fixed={},
    sdks_own=frozenset({"library"}),
)
"""One event as the SDK sends it. What the SDK itself is and how it was set up (``library``,
``plan``, ``ingestion_metadata``) the drop-in knows without asking the event."""

AMPLITUDE_EXPORT: Final = Shape(
    vendor="amplitude",
    roles={
        **_ENVELOPE,
        "amplitude_id": Id(IdKind.PERSON),
        "$insert_id": MessageId(),
        "uuid": MessageId(),
        **{name: Time("sql") for name in _TIMES},
        **_properties(_EXPORTED),
        "event_properties": Bag(Section.PROPERTIES, encoded=True),
        "user_properties": Bag(Section.TRAITS, encoded=True),
        "group_properties": Bag(Section.GROUP_TRAITS, encoded=True),
    },
    fixed={},
)
"""One line of an event export. Times are ``YYYY-MM-DD HH:MM:SS.ffffff``, UTC. ``app``, ``data``,
``event_id``, ``$schema`` and whatever else is not named does not leave."""
