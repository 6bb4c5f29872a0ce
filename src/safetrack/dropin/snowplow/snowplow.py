"""Drop-in for ``snowplow_tracker.snowplow``: makes safetrack's trackers, and keeps them by name."""

from __future__ import annotations

from typing import Any

import snowplow_tracker.snowplow as vendor
from snowplow_tracker import tracker as vendors
from snowplow_tracker.emitter_configuration import EmitterConfiguration
from snowplow_tracker.subject import Subject
from snowplow_tracker.tracker_configuration import TrackerConfiguration
from snowplow_tracker.typing import Method

from safetrack.client import PolicySource
from safetrack.dropin.snowplow.emitters import Emitter
from safetrack.dropin.snowplow.tracker import Tracker


class Snowplow(vendor.Snowplow):
    """As the vendor's, with a registry of its own: the vendor's trackers stay where they are."""

    _trackers: dict[str, vendors.Tracker] = {}  # noqa: RUF012  as the vendor has it

    @staticmethod
    def create_tracker(  # noqa: PLR0913, PLR0917  the vendor's parameters
        namespace: str,
        endpoint: str,
        method: Method = "post",
        app_id: str | None = None,
        subject: Subject | None = None,
        tracker_config: TrackerConfiguration | None = None,
        emitter_config: EmitterConfiguration | None = None,
        *,
        policy: PolicySource = None,
        destination: str | None = None,
    ) -> vendors.Tracker:
        """Make a tracker with an emitter, and keep it under its namespace.

        Args:
            namespace: Of the tracker.
            endpoint: Of the collector.
            method: ``get`` or ``post``.
            app_id: Of the application.
            subject: Of all events.
            tracker_config: For the tracker.
            emitter_config: For the emitter.
            policy: As for `safetrack.Client`.
            destination: Which destination of the policy this is, or a bare scope.

        Raises:
            TypeError: There is no endpoint, or a tracker of this namespace.
            PolicyError: There is no policy, or it is wrong.
        """
        if endpoint is None:
            raise TypeError("Emitter or Collector URL must be provided")
        of_emitter = emitter_config or EmitterConfiguration()
        of_tracker = tracker_config or TrackerConfiguration()
        emitter = Emitter(
            endpoint=endpoint,
            method=method,
            **{name: getattr(of_emitter, name) for name in _EMITTER_OPTIONS},
            policy=policy,
            destination=destination,
        )
        tracker = Tracker(
            namespace=namespace,
            emitters=emitter,
            app_id=app_id,
            subject=subject,
            encode_base64=of_tracker.encode_base64,
            json_encoder=of_tracker.json_encoder,
        )
        return Snowplow.add_tracker(tracker)


_EMITTER_OPTIONS = (
    "batch_size",
    "on_success",
    "on_failure",
    "byte_limit",
    "request_timeout",
    "custom_retry_codes",
    "event_store",
    "session",
)
"""What the vendor takes from an emitter's configuration. ``buffer_capacity`` is none of it."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
