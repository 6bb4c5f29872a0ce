"""PostHog: what its messages are made of.

Sources: https://posthog.com/docs/api/capture; exports:
https://posthog.com/docs/data/batch-exports and https://posthog.com/docs/data-model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.shape import (
    Bag,
    Groups,
    GroupType,
    Id,
    IdKind,
    MessageId,
    Name,
    Never,
    Role,
    Section,
    Shape,
    Switch,
    Time,
    Unset,
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

CALLS: Final = frozenset({"$create_alias", "$groupidentify", "$identify", "$set", "$set_once"})
"""Events that say something of a person or a group, and are none of the application's own."""

CHANNELS: Final = (
    Channel("events", "POST", r"/batch/", Carries.EVENTS),
    Channel("events_v1", "POST", r"/i/v1/analytics/events", Carries.EVENTS),
    Channel("ai_events", "POST", r"/i/v0/ai/batch/", Carries.EVENTS),
    Channel("traces", "POST", r"/i/v1/traces", Carries.EVENTS),
    Channel("metrics", "POST", r"/i/v1/metrics", Carries.EVENTS),
    Channel("flags", "POST", r"/flags/", Carries.IDS),
    Channel("flag_definitions", "GET", r"/flags/definitions", Carries.NOTHING),
    Channel("flag_definitions", "GET", r"/api/feature_flag/local_evaluation/?", Carries.NOTHING),
    Channel(
        "remote_config",
        "GET",
        r"/api/projects/@current/feature_flags/[^/]+/remote_config/?",
        Carries.NOTHING,
    ),
)
"""What the SDK may talk to, below its host. Not among them: the API that sends e-mail, which
needs the addresses themselves; datasets and evaluations; OpenTelemetry exporters of their own."""

_PERSON: Final = ("distinct_id", "alias", "$anon_distinct_id", "$user_id", "$device_id")
_DEVICE: Final = ("$session_id", "$window_id", "$pageview_id")
_TRAITS: Final = ("$set", "$set_once", "$initial_person_info")
_ROW_TRAITS: Final = ("person_properties", "person_set", "person_set_once", "set", "set_once")
_NEVER: Final = ("token", "api_key", "$ip", "ip")
_GROUPS: Final = ("$group_0", "$group_1", "$group_2", "$group_3", "$group_4")


def _message(*, encoded: bool) -> dict[str, Role]:
    """What every event has, on the wire and in an export; there bags are JSON text (`encoded`)."""
    own: dict[str, Role] = {
        **{key: Id(IdKind.PERSON) for key in _PERSON},
        **{key: Id(IdKind.DEVICE) for key in _DEVICE},
        **{key: Id(IdKind.GROUP) for key in _GROUPS},
        **{key: Bag(Section.TRAITS, encoded=encoded) for key in _TRAITS},
        **{key: Never() for key in _NEVER},
        "$unset": Unset(Section.TRAITS),
        "$groups": Groups(),
        "$group_type": GroupType(),
        "$group_key": Id(IdKind.GROUP),
        "$group_set": Bag(Section.GROUP_TRAITS, encoded=encoded),
        "$process_person_profile": Switch(restricts=False),
        "$geoip_disable": Switch(restricts=True),
    }
    return {
        "uuid": MessageId(),
        "event": Name(event=True, calls=CALLS),
        "distinct_id": Id(IdKind.PERSON),
        "$set": Bag(Section.TRAITS, encoded=encoded),
        "$set_once": Bag(Section.TRAITS, encoded=encoded),
        "ip": Never(),
        "properties": Bag(Section.PROPERTIES, encoded=encoded),
        **{f"properties.{key}": role for key, role in own.items()},
    }


POSTHOG_EXPORT: Final = Shape(
    vendor="posthog",
    roles={
        **_message(encoded=True),
        "id": MessageId(),
        "person_id": Id(IdKind.PERSON),
        "created_at": Time(),
        "inserted_at": Time(),
        "_inserted_at": Time(),
        "person_created_at": Time(),
        "timestamp": Time(),  # last among the times: the event's own, which decides epochs
        **{key: Bag(Section.TRAITS, encoded=True) for key in _ROW_TRAITS},
    },
    fixed={},
)
"""One row of an events export: batch export, file download or the events API. ``properties`` and
``person_properties`` come as objects or as JSON text. ``team_id``, ``elements_chain`` and
whatever else is not named does not leave."""

_SDKS_OWN: Final = frozenset(
    {"properties.$lib", "properties.$lib_version", "properties.$is_server"}
)

POSTHOG_EVENT: Final = Shape(
    vendor="posthog",
    roles={
        **_message(encoded=False),
        "timestamp": Time(),
        **{place: Never() for place in _SDKS_OWN},
    },
    fixed={},
    sdks_own=_SDKS_OWN,
)
"""One event as the SDK has it ready for sending, in whichever lane. What it says of the SDK itself
is taken off, and is the drop-in's to put back."""

POSTHOG_FLAGS: Final = Shape(
    vendor="posthog",
    roles={
        "distinct_id": Id(IdKind.PERSON),
        "device_id": Id(IdKind.PERSON),
        "groups": Groups(),
        "person_properties": Bag(Section.TRAITS),
        "person_properties.distinct_id": Id(IdKind.PERSON),
        "person_properties.$device_id": Id(IdKind.PERSON),
        "person_properties.$ip": Never(),
    },
    fixed={},
)
"""What a request for feature flags says of a person."""

POSTHOG_FLAG_GROUP: Final = Shape(
    vendor="posthog",
    roles={
        "type": GroupType(),
        "properties": Bag(Section.GROUP_TRAITS),
        "properties.$group_key": Id(IdKind.GROUP),
    },
    fixed={},
)
"""What a request for feature flags says of one group."""

POSTHOG_FLAG_KEY: Final = Shape(vendor="posthog", roles={"key": Name()}, fixed={})
"""The name of a feature flag."""

POSTHOG_TELEMETRY: Final = Shape(
    vendor="posthog",
    roles={
        "event": Name(event=True),
        "timestamp": Time("milliseconds"),
        "since": Time("milliseconds"),
        "trace": MessageId(),
        "span": MessageId(),
        "parent": MessageId(),
        "properties": Bag(Section.PROPERTIES),
        "properties.posthogDistinctId": Id(IdKind.PERSON),
        "properties.sessionId": Id(IdKind.DEVICE),
        "resource": Bag(Section.CONTEXT),
    },
    fixed={},
)
"""A span, something that happened within it, or a point of a metric: the drop-in writes them as
events. Attributes are properties; ``duration_ms``, ``status``, ``value`` and ``unit`` as well."""
