"""``segment.analytics.client``."""

from __future__ import annotations

import threading

from segment.analytics import client as vendors

from safetrack.dropin.segment.consumer import Consumer
from safetrack.dropin.segment.request import post
from safetrack.dropin.segment.sdk import SDK
from safetrack.dropin.segment_family.client import GuardedClient, guarded
from safetrack.dropin.segment_family.module import delegating
from safetrack.dropin.segment_family.ready import Ready

__all__ = ["Client", "Consumer", "post"]


@guarded
class Client(GuardedClient, vendors.Client):
    """Segment's client; every message is sanitized right before it is posted.

    Args:
        *args: As for ``segment.analytics.Client``.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.
        **kwargs: As for ``segment.analytics.Client``.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
    """

    _sdk = SDK
    _consumer = Consumer

    def _post(self, batch: list[Ready]) -> None:
        vendors.post(
            self.write_key,
            self.host,
            gzip=self.gzip,
            timeout=self.timeout,
            proxies=self.proxies,
            oauth_manager=self.oauth_manager,
            batch=batch,
        )

    def _begin_again(self) -> None:
        if self.oauth_manager is not None:  # a thread that is gone may hold its lock
            self.oauth_manager.token_mutex = threading.Lock()
        super()._begin_again()


__getattr__ = delegating(vendors)
