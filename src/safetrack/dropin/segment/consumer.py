"""``segment.analytics.consumer``."""

from __future__ import annotations

from segment.analytics import consumer as vendors

from safetrack.dropin.segment.request import post
from safetrack.dropin.segment.sdk import SDK
from safetrack.dropin.segment_family.consumer import GuardedConsumer
from safetrack.dropin.segment_family.module import delegating

__all__ = ["Consumer", "post"]


class Consumer(GuardedConsumer, vendors.Consumer):
    """Segment's sender thread; each batch is sanitized as it is taken from the queue."""

    _sdk = SDK


__getattr__ = delegating(vendors)
