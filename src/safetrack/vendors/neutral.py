"""The neutral form: the field's common tracking spec, as a shape.

Source: https://segment.com/docs/connections/spec/common/ (keys, and what stands in ``context``).
"""

from __future__ import annotations

from typing import Final

from safetrack.event import EVENT_TYPES
from safetrack.vendors.shape import (
    Bag,
    Groups,
    GroupType,
    Id,
    IdKind,
    Integrations,
    Kind,
    MessageId,
    Name,
    Section,
    Shape,
    Switch,
    Time,
)

NEUTRAL: Final = Shape(
    vendor="neutral",
    roles={
        "type": Kind(frozenset(EVENT_TYPES), default="track"),
        "event": Name(event=True),
        "name": Name(),
        "category": Name(),
        "userId": Id(IdKind.PERSON),
        "anonymousId": Id(IdKind.PERSON),
        "previousId": Id(IdKind.PERSON),
        "groupId": Id(IdKind.GROUP),
        "groupType": GroupType(),
        "groups": Groups(),
        "properties": Bag(Section.PROPERTIES),
        "properties.$set": Bag(Section.TRAITS),
        "properties.$set_once": Bag(Section.TRAITS),
        "properties.$groups": Groups(),
        "properties.$process_person_profile": Switch(restricts=False),
        "properties.$geoip_disable": Switch(restricts=True),
        "traits": Bag(Section.TRAITS),
        "context": Bag(Section.CONTEXT),
        "context.traits": Bag(Section.TRAITS),
        "context.groupId": Id(IdKind.GROUP),
        "context.device.id": Id(IdKind.DEVICE),
        "context.device.advertisingId": Id(IdKind.DEVICE),
        "context.device.token": Id(IdKind.DEVICE),
        "integrations": Integrations(),
        "timestamp": Time(),
        "messageId": MessageId(),
    },
    fixed={("traits", "group"): Section.GROUP_TRAITS},
)
