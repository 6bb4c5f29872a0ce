"""Snowplow: what its messages are made of.

Source: https://docs.snowplow.io/docs/events/going-deeper/event-parameters/ (the tracker protocol),
…/docs/fundamentals/schemas/ (what a schema's address is made of).

On the wire an event is flat: short names and texts, and two JSON documents in base64, the
self-describing event and its entities. The shape below describes it opened: the documents stand
decoded under ``data`` and ``entities``, with their schemas as the names they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.shape import (
    Bag,
    Id,
    IdKind,
    Kind,
    MessageId,
    Name,
    Never,
    Property,
    Section,
    Shape,
    Time,
)

CHANNELS: Final = (
    Channel("events", "POST", r"(/.*)?/com\.snowplowanalytics\.snowplow/tp2", Carries.EVENTS),
    Channel("events", "GET", r"(/.*)?/i", Carries.EVENTS),
)
"""The two paths of a collector; one may stand behind a prefix of the operator's."""

ANONYMOUS: Final[Mapping[str, str]] = {"SP-Anonymous": "*"}
"""Asks the collector to store no address and to set no cookie
(https://docs.snowplow.io/docs/pipeline/collector/, "Anonymous tracking")."""

PLATFORMS: Final = frozenset({"app", "cnsl", "iot", "mob", "pc", "srv", "tv", "web"})
"""What ``p`` may say; anything else fails in the pipeline."""

EVENT_NAMES: Final[Mapping[str, str]] = {
    "pv": "page_view",
    "pp": "page_ping",
    "tr": "transaction",
    "ti": "transaction_item",
}
"""Kinds of events that have no name of their own, and how Snowplow's ``event_name`` calls them."""

SELF_DESCRIBING: Final = "ue"
STRUCTURED: Final = "se"

OWN_VENDORS: Final = (
    "com.snowplowanalytics.snowplow",
    "com.snowplowanalytics.mobile",
)
"""Vendors of the schemas that the SDK itself writes: an event of theirs is known by its name
alone, any other as ``vendor/name``."""

PAYLOAD_SCHEMA: Final = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
EVENT_SCHEMA: Final = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0"
ENTITIES_SCHEMA: Final = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1"
"""Envelopes of a request, of a self-describing event and of its entities."""

SCHEMA: Final = (
    r"iglu:(?P<vendor>[a-zA-Z0-9_.-]{1,128})/(?P<name>[a-zA-Z0-9_-]{1,128})"
    r"/jsonschema/(?P<version>[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,2})"
)
"""A schema's address. Longer version numbers than anyone has are refused: they could be a
telephone's."""

MOST_ENTITIES: Final = 64
"""Entities of one event; what comes after them has no place in the shape, and does not leave."""

LONGEST_DOCUMENT: Final = 1_000_000
"""Characters of an encoded document that is read; the pipeline refuses events above 1 MB."""

_PROPERTIES: Final[Mapping[str, str]] = {
    "url": "url",
    "page": "title",
    "refr": "referrer",
    "pp_mix": "min_x",
    "pp_max": "max_x",
    "pp_miy": "min_y",
    "pp_may": "max_y",
    "se_la": "label",
    "se_pr": "property",
    "se_va": "value",
    "tr_id": "order_id",
    "tr_tt": "total",
    "tr_af": "affiliation",
    "tr_tx": "tax",
    "tr_sh": "shipping",
    "tr_ci": "city",
    "tr_st": "state",
    "tr_co": "country",
    "tr_cu": "currency",
    "ti_id": "order_id",
    "ti_sk": "sku",
    "ti_nm": "name",
    "ti_ca": "category",
    "ti_pr": "price",
    "ti_qu": "quantity",
    "ti_cu": "currency",
}
"""The common spec's names of what Snowplow abbreviates: one rule of a policy holds for all
vendors."""

_CONTEXT: Final[Mapping[str, str]] = {
    "ua": "userAgent",
    "lang": "locale",
    "tz": "timezone",
    "res": "screen.resolution",
    "vp": "screen.viewport",
    "cd": "screen.color_depth",
    "vid": "session_index",
}

SNOWPLOW: Final = Shape(
    vendor="snowplow",
    roles={
        "e": Kind(frozenset({*EVENT_NAMES, SELF_DESCRIBING, STRUCTURED})),
        "event": Name(event=True, calls=frozenset({"page_view", "page_ping", "screen_view"})),
        "se_ca": Name(),
        "tna": Name(),
        "aid": Name(),
        "eid": MessageId(),
        "uid": Id(IdKind.PERSON),
        "duid": Id(IdKind.PERSON),
        "tnuid": Id(IdKind.PERSON),
        "sid": Id(IdKind.DEVICE),
        "stm": Time("milliseconds"),
        "dtm": Time("milliseconds"),
        "ttm": Time("milliseconds"),  # the last time: the event's true one, which decides epochs
        **{place: Property(Section.PROPERTIES, name) for place, name in _PROPERTIES.items()},
        **{place: Property(Section.CONTEXT, name) for place, name in _CONTEXT.items()},
        "data": Bag(Section.PROPERTIES),
        "entities": Bag(Section.CONTEXT),
        **{f"entities.{number}": Bag(Section.CONTEXT) for number in range(MOST_ENTITIES)},
        "ip": Never(),
    },
    fixed={},
)
"""An event as it leaves the SDK, opened."""
