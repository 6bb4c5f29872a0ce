"""Mixpanel: what its messages are made of.

Sources: https://docs.mixpanel.com/reference/track-event, …/import-events, …/profile-set,
…/group-set-property, …/evaluate-feature-flags; raw export:
https://docs.mixpanel.com/reference/raw-event-export.
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

CALLS: Final = frozenset({"$create_alias", "$identify", "$merge"})
"""Event names by which Mixpanel links two ids: no events of the application's."""

_PERSON: Final = (
    "distinct_id",
    "$distinct_id",
    "$distinct_ids",
    "$user_id",
    "$device_id",
    "$identified_id",
    "$anon_id",
    "$anon_distinct_id",
    "$distinct_id_before_identity",
    "alias",
)
_DEVICE: Final = ("$session_id", "$ios_ifa", "$ios_ifv", "$android_id", "$android_ad_id")
_NEVER: Final = ("token", "api_key", "ip", "$ip", "$had_persisted_distinct_id")

_EVENT: Final[Mapping[str, Role]] = {
    "properties": Bag(Section.PROPERTIES),
    **{f"properties.{key}": Id(IdKind.PERSON) for key in _PERSON},
    **{f"properties.{key}": Id(IdKind.DEVICE) for key in _DEVICE},
    **{f"properties.{key}": Never() for key in _NEVER},
    "properties.$group_id": Id(IdKind.GROUP),
    "properties.$groups": Groups(),
    "properties.$insert_id": MessageId(),
}
_TIME: Final[Mapping[str, Role]] = {
    "properties.time": Time("seconds"),  # the last time: the event's own, which decides epochs
}

MIXPANEL_EXPORT: Final = Shape(
    vendor="mixpanel",
    roles={
        "event": Name(event=True),
        **_EVENT,
        "properties.mp_processing_time_ms": Time("milliseconds"),
        **_TIME,
    },
    fixed={},
)
"""One line of a raw event export."""

MIXPANEL_EVENT: Final = Shape(
    vendor="mixpanel",
    roles={
        "event": Name(event=True, calls=CALLS),
        **_EVENT,
        "properties.mp_lib": Never(),
        "properties.$lib_version": Never(),
        **_TIME,
    },
    fixed={},
)
"""One event to ``/track`` or ``/import``, links of two ids included."""

_UPDATE: Final[Mapping[str, Role]] = {
    "$token": Never(),
    "$ip": Never(),
    "$delete": Never(),
    "$ignore_time": Switch(restricts=True),
    "$ignore_alias": Switch(restricts=True),
    "$time": Time("seconds"),
}
_BAGS: Final = ("$set", "$set_once", "$add", "$append", "$union", "$remove")
VERBS: Final = (*_BAGS, "$unset", "$delete")
"""What an update does."""


def _update(section: Section, ids: Mapping[str, Role]) -> Shape:
    bags = {verb: Bag(section) for verb in _BAGS}
    roles: dict[str, Role] = {**ids, **bags, "$unset": Unset(section), **_UPDATE}
    return Shape(vendor="mixpanel", roles=roles, fixed={})


MIXPANEL_PEOPLE: Final = _update(
    Section.TRAITS, {"$distinct_id": Id(IdKind.PERSON), "distinct_id": Id(IdKind.PERSON)}
)
"""One update of a person, to ``/engage``."""

MIXPANEL_GROUP: Final = _update(
    Section.GROUP_TRAITS, {"$group_key": GroupType(), "$group_id": Id(IdKind.GROUP)}
)
"""One update of a group, to ``/groups``."""

MIXPANEL_FLAGS: Final = Shape(
    vendor="mixpanel",
    roles={
        "distinct_id": Id(IdKind.PERSON),
        "device_id": Id(IdKind.PERSON),
        "groups": Groups(),
        "custom_properties": Bag(Section.TRAITS),
        "flag_key": Name(),
    },
    fixed={},
)
"""A question about feature flags. On the wire the groups stand beside the other ids."""

_BELOW: Final = r"(?:/[\w.~-]+)*"
"""A reverse proxy of the application's own may have a path."""

CHANNELS: Final = (
    Channel("events", "POST", f"{_BELOW}/track", Carries.EVENTS),
    Channel("people", "POST", f"{_BELOW}/engage", Carries.EVENTS),
    Channel("groups", "POST", f"{_BELOW}/groups", Carries.EVENTS),
    Channel("imports", "POST", f"{_BELOW}/import", Carries.EVENTS),
    Channel("flags", "GET", f"{_BELOW}/flags", Carries.IDS),
    Channel("definitions", "GET", f"{_BELOW}/flags/definitions", Carries.NOTHING),
)
"""Every endpoint of the SDK. The first four have the names of its consumers' endpoints."""
