"""Mixpanel: what its messages are made of.

Sources: https://docs.mixpanel.com/reference/track-event, …/import-events, …/profile-set,
…/group-set-property; raw export: https://docs.mixpanel.com/reference/raw-event-export.
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
    Section,
    Shape,
    Time,
)

HOSTS: Final[Mapping[str, str]] = {
    "us": "https://api.mixpanel.com",
    "eu": "https://api-eu.mixpanel.com",
    "in": "https://api-in.mixpanel.com",
}
"""Where each data residency region takes events; the first is the default."""

MAX_ITEMS: Final = 2000
MAX_BYTES: Final = 2_000_000
MAX_ITEM_BYTES: Final = 1_000_000
"""Limits of one request and one event (…/reference/import-events, "Limits")."""

TRACK_WINDOW_DAYS: Final = 5
"""``/track`` silently drops older events; ``/import`` takes them."""

RESERVED: Final = frozenset(
    {
        "$anon_distinct_id",
        "$anon_id",
        "$device_id",
        "$distinct_id",
        "$distinct_ids",
        "$identified_id",
        "$import",
        "$insert_id",
        "$lib_version",
        "$time",
        "$user_id",
        "distinct_id",
        "mp_lib",
        "time",
    }
)
"""Event properties that are Mixpanel's envelope: safetrack alone sets them."""

EVENT_NAMES: Final[Mapping[str, str]] = {
    "page": "$mp_web_page_view",
    "screen": "Loaded a Screen",
    "alias": "$create_alias",
    "identify": "$identify",
}
"""Event names of calls that are no ``track``. Mixpanel has none of its own for screens."""

CONTEXT: Final[Mapping[str, str]] = {
    "app.build": "$app_build_number",
    "app.version": "$app_version_string",
    "campaign.content": "utm_content",
    "campaign.medium": "utm_medium",
    "campaign.name": "utm_campaign",
    "campaign.source": "utm_source",
    "campaign.term": "utm_term",
    "device.manufacturer": "$manufacturer",
    "device.model": "$model",
    "location.city": "$city",
    "location.country": "mp_country_code",
    "location.region": "$region",
    "os.name": "$os",
    "os.version": "$os_version",
    "page.referrer": "$referrer",
    "page.url": "$current_url",
    "screen.height": "$screen_height",
    "screen.width": "$screen_width",
}
"""The common spec's context, as Mixpanel's own properties."""

PAGE: Final[Mapping[str, str]] = {
    "path": "current_url_path",
    "referrer": "$referrer",
    "search": "current_url_search",
    "title": "current_page_title",
    "url": "$current_url",
}
"""The common spec's page properties, as those of a Mixpanel page view."""

MIXPANEL_EXPORT: Final = Shape(
    vendor="mixpanel",
    roles={
        "event": Name(event=True),
        "properties": Bag(Section.PROPERTIES),
        "properties.mp_processing_time_ms": Time("milliseconds"),
        "properties.time": Time("seconds"),  # the last time: the event's own, which decides epochs
        "properties.distinct_id": Id(IdKind.PERSON),
        "properties.$distinct_id": Id(IdKind.PERSON),
        "properties.$distinct_ids": Id(IdKind.PERSON),
        "properties.$user_id": Id(IdKind.PERSON),
        "properties.$device_id": Id(IdKind.PERSON),
        "properties.$identified_id": Id(IdKind.PERSON),
        "properties.$anon_id": Id(IdKind.PERSON),
        "properties.$anon_distinct_id": Id(IdKind.PERSON),
        "properties.$distinct_id_before_identity": Id(IdKind.PERSON),
        "properties.$had_persisted_distinct_id": Never(),
        "properties.alias": Id(IdKind.PERSON),
        "properties.$group_id": Id(IdKind.GROUP),
        "properties.$groups": Groups(),
        "properties.$insert_id": MessageId(),
        "properties.$session_id": Id(IdKind.DEVICE),
        "properties.$ios_ifa": Id(IdKind.DEVICE),
        "properties.$ios_ifv": Id(IdKind.DEVICE),
        "properties.$android_id": Id(IdKind.DEVICE),
        "properties.$android_ad_id": Id(IdKind.DEVICE),
        "properties.token": Never(),
        "properties.api_key": Never(),
        "properties.ip": Never(),
        "properties.$ip": Never(),
    },
    fixed={},
)
"""One line of a raw event export."""
