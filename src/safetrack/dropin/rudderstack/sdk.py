"""RudderStack's SDK, as the family's classes know it."""

from __future__ import annotations

from typing import Final

from rudderstack.analytics import client, consumer, request, version

from safetrack.dropin.logs import silence_values
from safetrack.dropin.segment_family.forked import begin_again_after_fork
from safetrack.dropin.segment_family.sdk import Sdk
from safetrack.dropin.segment_family.watched import watch
from safetrack.vendors.rudderstack import CHANNEL, CHANNELS, RUDDERSTACK_MESSAGE

SDK: Final = Sdk(
    vendor="rudderstack",
    shape=RUDDERSTACK_MESSAGE,
    channels=CHANNELS,
    client=client,
    consumer=consumer,
    request=request,
    sessions=(request._session,),  # noqa: SLF001  it outlives a fork
    library={"name": "analytics-python", "version": version.VERSION},
    constants={CHANNEL: client.CHANNEL},
)

silence_values(["rudderstack"])
begin_again_after_fork(SDK)
watch(SDK)
