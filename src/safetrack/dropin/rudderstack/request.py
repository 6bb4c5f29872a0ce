"""``rudderstack.analytics.request``."""

from __future__ import annotations

from rudderstack.analytics import request as vendors

from safetrack.dropin.rudderstack.sdk import SDK
from safetrack.dropin.segment_family.module import delegating
from safetrack.dropin.segment_family.posting import posting

post = posting(SDK)

__getattr__ = delegating(vendors)
