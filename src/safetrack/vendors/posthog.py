"""PostHog: what its messages are made of.

Sources: https://posthog.com/docs/api/capture; exports:
https://posthog.com/docs/data/batch-exports and https://posthog.com/docs/data-model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.vendors.shape import (
    Bag,
    Groups,
    GroupType,
    Id,
    IdKind,
    MessageId,
    Name,
    Never,
    Section,
    Shape,
    Switch,
    Time,
)

HOSTS: Final[Mapping[str, str]] = {
    "us": "https://us.i.posthog.com",
    "eu": "https://eu.i.posthog.com",
}
"""Where each cloud region takes events; the first is the default."""

MAX_ITEMS: Final = 1000
MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ITEM_BYTES: Final = 900 * 1024
"""Limits that PostHog's own SDK keeps; the server refuses requests above 20 MB."""

RESERVED: Final = frozenset(
    {
        "$anon_distinct_id",
        "$cookieless_mode",
        "$group_key",
        "$group_set",
        "$group_type",
        "$lib",
        "$lib_version",
        "$sent_at",
        "$unset",
        "distinct_id",
    }
)
"""Event properties that are PostHog's envelope: safetrack alone sets them."""

SWITCHES: Final = ("$process_person_profile",)
"""Restricting switches of the caller's that are passed on as PostHog reads them."""

NO_IP: Final = "0.0.0.0"  # noqa: S104  an address of nobody, nothing is bound to it
"""PostHog stores the address of the request unless the event has one; null counts as none."""

EVENT_NAMES: Final[Mapping[str, str]] = {
    "page": "$pageview",
    "screen": "$screen",
    "alias": "$create_alias",
    "identify": "$identify",
    "group": "$groupidentify",
}
"""Event names of calls that are no ``track``."""

SET_EVENT: Final = "$set"
"""The event that sets a person's properties and links no ids."""

CONTEXT: Final[Mapping[str, str]] = {
    "app.build": "$app_build",
    "app.name": "$app_name",
    "app.namespace": "$app_namespace",
    "app.version": "$app_version",
    "campaign.content": "utm_content",
    "campaign.medium": "utm_medium",
    "campaign.name": "utm_campaign",
    "campaign.source": "utm_source",
    "campaign.term": "utm_term",
    "device.manufacturer": "$device_manufacturer",
    "device.model": "$device_model",
    "device.type": "$device_type",
    "locale": "$locale",
    "location.city": "$geoip_city_name",
    "location.country": "$geoip_country_code",
    "os.name": "$os",
    "os.version": "$os_version",
    "page.path": "$pathname",
    "page.referrer": "$referrer",
    "page.url": "$current_url",
    "screen.height": "$screen_height",
    "screen.width": "$screen_width",
    "timezone": "$timezone",
    "userAgent": "$raw_user_agent",
}
"""The common spec's context, as PostHog's own properties."""

PAGE: Final[Mapping[str, str]] = {
    "path": "$pathname",
    "referrer": "$referrer",
    "url": "$current_url",
}
"""The common spec's page properties, as those of a PostHog page view."""

_PERSON: Final = (
    "distinct_id",
    "person_id",
    "properties.distinct_id",
    "properties.alias",
    "properties.$anon_distinct_id",
    "properties.$user_id",
    "properties.$device_id",
)
_DEVICE: Final = ("properties.$session_id", "properties.$window_id", "properties.$pageview_id")
_TRAITS: Final = (
    "properties.$set",
    "properties.$set_once",
    "properties.$initial_person_info",
    "person_properties",
    "person_set",
    "person_set_once",
    "$set",
    "$set_once",
    "set",
    "set_once",
)
_NEVER: Final = ("properties.token", "properties.api_key", "properties.$ip", "properties.ip", "ip")

POSTHOG_EXPORT: Final = Shape(
    vendor="posthog",
    roles={
        "uuid": MessageId(),
        "id": MessageId(),
        "event": Name(event=True),
        "created_at": Time(),
        "inserted_at": Time(),
        "_inserted_at": Time(),
        "person_created_at": Time(),
        "timestamp": Time(),  # last among the times: the event's own, which decides epochs
        "properties": Bag(Section.PROPERTIES, encoded=True),
        **{place: Id(IdKind.PERSON) for place in _PERSON},
        **{place: Id(IdKind.DEVICE) for place in _DEVICE},
        **{place: Bag(Section.TRAITS, encoded=True) for place in _TRAITS},
        **{place: Never() for place in _NEVER},
        "properties.$groups": Groups(),
        "properties.$group_type": GroupType(),
        "properties.$group_key": Id(IdKind.GROUP),
        "properties.$group_set": Bag(Section.GROUP_TRAITS, encoded=True),
        "properties.$group_0": Id(IdKind.GROUP),
        "properties.$group_1": Id(IdKind.GROUP),
        "properties.$group_2": Id(IdKind.GROUP),
        "properties.$group_3": Id(IdKind.GROUP),
        "properties.$group_4": Id(IdKind.GROUP),
        "properties.$process_person_profile": Switch(restricts=False),
        "properties.$geoip_disable": Switch(restricts=True),
    },
    fixed={},
)
"""One row of an events export: batch export, file download or the events API. ``properties`` and
``person_properties`` come as objects or as JSON text. ``team_id``, ``elements_chain`` and
whatever else is not named does not leave."""
