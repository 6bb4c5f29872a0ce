"""RudderStack: what its messages are made of, and where its SDK sends them.

Sources: https://www.rudderstack.com/docs/api/http-api/ and
https://www.rudderstack.com/docs/event-spec/standard-events/common-fields/; consent:
https://www.rudderstack.com/docs/data-governance/consent-management/passing-consent/.
"""

from __future__ import annotations

from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.segment import COMMON_SPEC
from safetrack.vendors.shape import Consent, Id, IdKind, Never, Shape, Terms

CHANNEL: Final = "channel"
"""Where an event comes from, e.g. ``server``: a constant that the SDK itself writes."""

CONSENT_PROVIDERS: Final = frozenset({"custom", "iubenda", "ketch", "oneTrust"})
"""Whose categories ``context.consentManagement`` names."""

RUDDERSTACK_MESSAGE: Final = Shape(
    vendor="rudderstack",
    roles={
        **COMMON_SPEC,
        CHANNEL: Never(),
        "context.consentManagement.allowedConsentIds": Consent(denies=False),
        "context.consentManagement.deniedConsentIds": Consent(),
        "context.consentManagement.provider": Terms(CONSENT_PROVIDERS),
        "context.consentManagement.resolutionStrategy": Terms(frozenset({"and", "or"})),
        "context.sessionId": Id(IdKind.DEVICE),
        "context.sessionStart": Never(),
    },
    fixed=NEUTRAL.fixed,
)
"""One message of a batch, as the SDK sends it. ``identify`` has its traits in the context."""

CHANNELS: Final = (Channel("events", "POST", r"(/.*)?/v1/batch", Carries.EVENTS),)
"""Every endpoint that the SDK talks to."""
