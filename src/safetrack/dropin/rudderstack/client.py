"""``rudderstack.analytics.client``."""

from __future__ import annotations

from typing import Any

from rudderstack.analytics import client as vendors

from safetrack.dropin.rudderstack.consumer import Consumer
from safetrack.dropin.rudderstack.request import post
from safetrack.dropin.rudderstack.sdk import SDK
from safetrack.dropin.segment_family.client import Answer, GuardedClient, guarded
from safetrack.dropin.segment_family.module import delegating
from safetrack.dropin.segment_family.ready import Ready

__all__ = ["Client", "Consumer", "post"]


@guarded
class Client(GuardedClient, vendors.Client):
    """RudderStack's client; every message is sanitized right before it is posted.

    Args:
        *args: As for ``rudderstack.analytics.Client``.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.
        **kwargs: As for ``rudderstack.analytics.Client``.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
    """

    _sdk = SDK
    _consumer = Consumer

    def identify(
        self,
        user_id: Any = None,
        traits: Any = None,
        context: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> Answer:
        """Send an identify call. The SDK writes the traits into the context: into a copy of it."""
        own = dict(context) if isinstance(context, dict) else context
        return super().identify(user_id, traits, own, *args, **kwargs)  # type: ignore[no-any-return]

    def _post(self, batch: list[Ready]) -> None:
        vendors.post(
            self.write_key,
            self.host,
            gzip=self.gzip,
            timeout=self.timeout,
            proxies=self.proxies,
            batch=batch,
        )


__getattr__ = delegating(vendors)
