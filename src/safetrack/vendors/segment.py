"""Segment: what its messages are made of, and where its SDK sends them.

Sources: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ and
https://segment.com/docs/connections/spec/common/; consent:
https://www.twilio.com/docs/segment/privacy/consent-management/consent-in-segment-connections.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.vendors.channel import Carries, Channel
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.shape import Consent, Groups, Integrations, Never, Role, Shape

HOST: Final = "https://api.segment.io"

MAX_ITEMS: Final = 100
MAX_BYTES: Final = 475_000
MAX_ITEM_BYTES: Final = 32 * 1024
"""Limits of one request (500 kB, less what the envelope takes) and one message."""

KEYS: Final = (
    "type",
    "event",
    "name",
    "category",
    "userId",
    "anonymousId",
    "previousId",
    "groupId",
    "integrations",
    "timestamp",
    "messageId",
)
"""Keys of the neutral form that a Segment message has under the same name."""

WITH_PROPERTIES: Final = frozenset({"track", "page", "screen"})
WITH_TRAITS: Final = frozenset({"identify", "group"})
"""Which bag a call has, even an empty one; the others' traits stand in the context."""

RESERVED: Final[frozenset[str]] = frozenset()
"""Segment reads nothing but the envelope."""

RESERVED_CONTEXT: Final = frozenset({"ip", "library", "groupId"})
"""Keys of the context that safetrack alone sets, or nobody (``ip``)."""

INTEGRATIONS: Final = frozenset(
    """
    ActiveCampaign; Actions Google Analytic 4; Adobe Analytics; Airship; All; Amazon Kinesis;
    Amazon S3; Amplitude; Amplitude (Actions); AppsFlyer; Attentive Mobile; AWS S3; BigQuery; Bing Ads;
    Braze; Braze Cloud Mode (Actions); Chartbeat; ChurnZero; Clearbit; CleverTap; comScore;
    Crazy Egg; Customer.io; Databricks; Drift; Facebook App Events; Facebook Conversions API;
    Facebook Pixel; Firebase; Friendbuy; FullStory; Gainsight; Google Ads (Gtag); Google AdWords;
    Google Analytics; Google Analytics 4; Google Cloud PubSub; Google Tag Manager; Heap; Help Scout;
    Hotjar; HubSpot; Impact; Indicative; Inspectlet; Intercom; Iterable; Keen; Kissmetrics; Klaviyo;
    Kustomer; LaunchDarkly; LinkedIn Insight Tag; LiveChat; Localytics; LogRocket; MailChimp;
    Marketo; Mixpanel; Mixpanel (Actions); Mouseflow; mParticle; Olark; Olapic; Omniture; OneSignal;
    Optimizely; Optimizely X; Outbound; Pardot; Pendo; Pinterest Tag; PostHog; Postgres; Quantcast;
    Redshift; Repeater; Rollbar; S3; Salesforce; Salesforce Marketing Cloud; Segment; Segment.io;
    SendGrid; Sentry; Slack; Snapchat Pixel; Snowflake; Sprig; Taboola; TikTok Conversions;
    TikTok Pixel; Totango; Twitter Ads; Userpilot; UserVoice; Vero; Visual Website Optimizer;
    Webhooks; Woopra; Yandex Metrica; Zendesk; Zapier
    """.replace("\n    ", " ")
    .strip()
    .split("; ")
)
"""Names of destinations that its ``integrations`` object switches
(https://segment.com/docs/connections/destinations/catalog/)."""

LIBRARY: Final = "context.library"
"""Name and version of the SDK: a constant that the SDK itself writes."""

COMMON_SPEC: Final[Mapping[str, Role]] = {
    **{
        place: role for place, role in NEUTRAL.roles.items() if place not in {"groups", "groupType"}
    },
    "context.consent.categoryPreferences": Consent(),
    "context.groups": Groups(),
    "context.ip": Never(),  # Segment locates it, and hands it on
    LIBRARY: Never(),
    "integrations": Integrations(routed=True),
}
"""What stands where in one message of ``/v1/batch``, at Segment and at what descends from it."""

SEGMENT_MESSAGE: Final = Shape(vendor="segment", roles=COMMON_SPEC, fixed=NEUTRAL.fixed)
"""One message of a batch, as the SDK sends it."""

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "track": ("event",),
    "group": ("groupId",),
    "alias": ("previousId", "userId"),
}
"""Without these the whole batch that a message is in is refused."""

CHANNELS: Final = (
    Channel("events", "POST", r"(/.*)?/v1/batch", Carries.EVENTS),
    Channel("oauth", "POST", r"(/.*)?/token", Carries.NOTHING),
)
"""Every endpoint that the SDK talks to."""
