"""Amplitude: what its messages are made of.

Sources: https://amplitude.com/docs/apis/analytics/http-v2; exports:
https://amplitude.com/docs/apis/analytics/export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.vendors.shape import (
    Bag,
    Groups,
    Id,
    IdKind,
    MessageId,
    Name,
    Never,
    Property,
    Section,
    Shape,
    Time,
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
_PROPERTIES: Final = (
    "city",
    "region",
    "country",
    "dma",
    "ip_address",
    "location_lat",
    "location_lng",
    "os_name",
    "os_version",
    "platform",
    "language",
    "version_name",
    "start_version",
    "device_type",
    "device_family",
    "device_brand",
    "device_manufacturer",
    "device_model",
    "device_carrier",
    "library",
    "paying",
    "sample_rate",
    "amplitude_attribution_ids",
)

AMPLITUDE_EXPORT: Final = Shape(
    vendor="amplitude",
    roles={
        "event_type": Name(event=True),
        "user_id": Id(IdKind.PERSON),
        "device_id": Id(IdKind.PERSON),
        "amplitude_id": Id(IdKind.PERSON),
        "$insert_id": MessageId(),
        "insert_id": MessageId(),
        "uuid": MessageId(),
        "session_id": Id(IdKind.DEVICE),
        "idfa": Id(IdKind.DEVICE),
        "idfv": Id(IdKind.DEVICE),
        "adid": Id(IdKind.DEVICE),
        "android_id": Id(IdKind.DEVICE),
        **{name: Time("sql") for name in _TIMES},
        **{name: Property(Section.PROPERTIES, name) for name in _PROPERTIES},
        "event_properties": Bag(Section.PROPERTIES, encoded=True),
        "user_properties": Bag(Section.TRAITS, encoded=True),
        "group_properties": Bag(Section.GROUP_TRAITS, encoded=True),
        "groups": Groups(),
        "ip": Never(),
        "api_key": Never(),
    },
    fixed={},
)
"""One line of an event export. Times are ``YYYY-MM-DD HH:MM:SS.ffffff``, UTC. ``app``, ``data``,
``event_id``, ``$schema`` and whatever else is not named does not leave."""
