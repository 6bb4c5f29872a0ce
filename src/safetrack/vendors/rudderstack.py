"""RudderStack: what its messages are made of, and where its SDK sends them.

Source: https://www.rudderstack.com/docs/api/http-api/ and
https://www.rudderstack.com/docs/event-spec/standard-events/common-fields/.
"""

from __future__ import annotations

from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.segment import COMMON_SPEC
from safetrack.vendors.shape import Id, IdKind, Never, Shape

CHANNEL: Final = "channel"
"""Where an event comes from, e.g. ``server``: a constant that the SDK itself writes."""

RUDDERSTACK_MESSAGE: Final = Shape(
    vendor="rudderstack",
    roles={
        **COMMON_SPEC,
        CHANNEL: Never(),
        "context.sessionId": Id(IdKind.DEVICE),
        "context.sessionStart": Never(),
    },
    fixed=NEUTRAL.fixed,
)
"""One message of a batch, as the SDK sends it. ``identify`` has its traits in the context."""

CHANNELS: Final = (Channel("events", "POST", r"(/.*)?/v1/batch", Carries.EVENTS),)
"""Every endpoint that the SDK talks to."""
