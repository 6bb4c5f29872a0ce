"""Segment's SDK, as the family's classes know it."""

from __future__ import annotations

from typing import Final

from segment.analytics import client, consumer, oauth_manager, request, version

from safetrack.dropin.logs import silence_values
from safetrack.dropin.segment_family.forked import begin_again_after_fork
from safetrack.dropin.segment_family.sdk import Sdk
from safetrack.dropin.segment_family.watched import watch
from safetrack.vendors.segment import CHANNELS, SEGMENT_MESSAGE

SDK: Final = Sdk(
    vendor="segment",
    shape=SEGMENT_MESSAGE,
    channels=CHANNELS,
    client=client,
    consumer=consumer,
    request=request,
    sessions=(request._session, oauth_manager._session),  # noqa: SLF001  they outlive a fork
    library={"name": "analytics-python", "version": version.VERSION},
    constants={},
)

silence_values(["segment"])
begin_again_after_fork(SDK)
watch(SDK)
