"""``rudderstack.analytics.consumer``."""

from __future__ import annotations

from rudderstack.analytics import consumer as vendors

from safetrack.dropin.rudderstack.request import post
from safetrack.dropin.rudderstack.sdk import SDK
from safetrack.dropin.segment_family.consumer import GuardedConsumer
from safetrack.dropin.segment_family.module import delegating

__all__ = ["Consumer", "post"]


class Consumer(GuardedConsumer, vendors.Consumer):
    """RudderStack's sender thread; each batch is sanitized as it is taken from the queue."""

    _sdk = SDK


__getattr__ = delegating(vendors)
