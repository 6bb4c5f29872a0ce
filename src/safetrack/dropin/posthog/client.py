"""The client of the SDK."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Mapping
from typing import Any, Final

import posthog as sdk
from posthog import client as vendor
from posthog.capture_mode import CaptureMode
from posthog.types import normalize_flags_response
from posthog.utils import clean as plain

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.logs import silence_values
from safetrack.dropin.posthog import flags, telemetry
from safetrack.dropin.posthog.events import Outgoing
from safetrack.dropin.posthog.lanes import finish, take_over
from safetrack.dropin.posthog.snapshot import value_free_snapshot
from safetrack.dropin.value_free import value_free_calls
from safetrack.event import Reason
from safetrack.frames import without_frames

logger = logging.getLogger("safetrack.dropin")

LOGGERS: Final = ("posthog", "posthog.mcp")


@value_free_calls
class Client(vendor.Client):
    """PostHog's client; what it sends is what the policy lets out.

    Args:
        *args: The vendor's.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is.
        **kwargs: The vendor's.

    Attributes:
        safetrack: The policy at work: ``client.safetrack.stats()``.

    Raises:
        PolicyError: There is no policy, or it is wrong.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        silence_values(LOGGERS)
        self.safetrack = Guard("posthog", policy, destination)
        given = _SIGNATURE.bind(self, *args, **kwargs)
        threads = given.arguments.get("thread", _SIGNATURE.parameters["thread"].default)
        given.arguments["thread"] = 0  # no thread of the vendor's ever sees an event
        self._outgoing = Outgoing(
            self.safetrack, is_server=bool(given.arguments.get("is_server", True))
        )
        super().__init__(*given.args[1:], **given.kwargs)
        for lane in self._lanes:
            take_over(lane, self._outgoing, threads)

    def _set_library_identity(self, library_id: str, library_version: str) -> None:
        super()._set_library_identity(library_id, library_version)
        self._outgoing.library = (library_id, library_version)

    def _atexit(self) -> None:
        finish(self._lanes)
        super()._atexit()

    # What is sent on the caller's own thread

    def _send_sync(self, msg: dict[str, Any], lane: Any) -> None:
        if lane.capture_mode != CaptureMode.V1 and self._outgoing.blocks(lane.endpoint, 1):
            return
        for event in self._outgoing.clean([msg]):
            super()._send_sync(event, lane)

    @property
    def before_send(self) -> Any:
        """The application's hook; followed by the policy where an old SDK has no later step."""
        return self._then_clean if self.sync_mode and not _HAS_LAST_STEP else self._hook

    @before_send.setter
    def before_send(self, hook: Any) -> None:
        self._hook = hook

    def _then_clean(self, event: dict[str, Any]) -> Any:
        ready = self._hook(event) if self._hook else event
        if not isinstance(ready, dict):
            return ready  # nothing, or what the SDK refuses
        return next(iter(self._outgoing.clean([plain(ready)])), None)

    # The application's own mappings stay as they are.

    def set(self, **kwargs: Any) -> Any:
        """Set properties of a person."""
        return super().set(**with_own_properties(kwargs))

    def set_once(self, **kwargs: Any) -> Any:
        """Set properties of a person that are not set yet."""
        return super().set_once(**with_own_properties(kwargs))

    # Traces and metrics; what OpenTelemetry would send by itself is off

    @property
    def metrics(self) -> Any:
        """Counts, gauges and histograms."""
        return telemetry.take_over_metrics(super().metrics, self.safetrack)

    @property
    def _traces_pipeline(self) -> Any:
        pipeline = super()._traces_pipeline
        if pipeline is not None:
            telemetry.take_over_traces(pipeline, self.safetrack)
        return pipeline

    def _start_metrics_autocapture(self, metrics_config: Any, areas: Any) -> Any:
        if self.safetrack.is_observing:
            watched = {**metrics_config, "before_send": self._while_observing(metrics_config)}
            return super()._start_metrics_autocapture(watched, areas)
        logger.warning("metrics autocapture is off: it does not pass through the client")
        self.safetrack.drop(Reason.UNKNOWN_CHANNEL)
        return None

    def _while_observing(self, metrics_config: Any) -> Any:
        """The application's hook of metrics, which drops all of them once observing is over."""
        guard, hook = self.safetrack, metrics_config.get("before_send")

        def watch(sample: Any) -> Any:
            if not guard.is_observing:
                return None
            return hook(sample) if callable(hook) else sample

        return watch

    @property
    def emails(self) -> Any:
        """The e-mail API, which is no channel for analytics: it refuses to send."""
        return without_emails(super().emails, self.safetrack)

    # Feature flags

    def _get_feature_flag_result(self, key: str, distinct_id: Any, **kwargs: Any) -> Any:
        return super()._get_feature_flag_result(key, *self._ids(distinct_id, kwargs), **kwargs)

    def get_all_flags_and_payloads(self, distinct_id: Any, **kwargs: Any) -> Any:
        """Every flag and payload of a person."""
        return super().get_all_flags_and_payloads(*self._ids(distinct_id, kwargs), **kwargs)

    def evaluate_flags(self, distinct_id: Any = None, **kwargs: Any) -> Any:
        """A snapshot of the flags of a person."""
        return value_free_snapshot(
            super().evaluate_flags(*self._ids(distinct_id, kwargs), **kwargs)
        )

    def _ids(self, distinct_id: Any, kwargs: dict[str, Any]) -> tuple[Any]:
        """Map the ids of a call, in place but for the person's."""
        kwargs["groups"] = flags.groups(self.safetrack, kwargs.get("groups"))
        kwargs["device_id"] = flags.device(self.safetrack, kwargs.get("device_id"))
        return (flags.person(self.safetrack, distinct_id),)

    def _get_flags_decision(  # noqa: PLR0913, PLR0917  the vendor's
        self,
        distinct_id: Any = None,
        groups: Mapping[str, Any] | None = None,
        person_properties: dict[str, Any] | None = None,
        group_properties: dict[str, dict[str, Any]] | None = None,
        disable_geoip: bool | None = None,  # noqa: FBT001
        flag_keys_to_evaluate: list[str] | None = None,
        device_id: str | None = None,
    ) -> Any:
        given = {
            "distinct_id": flags.person(self.safetrack, distinct_id),
            "groups": groups,
            "person_properties": person_properties,
            "group_properties": group_properties,
            "disable_geoip": disable_geoip,
            "flag_keys_to_evaluate": flag_keys_to_evaluate,
            "device_id": flags.device(self.safetrack, device_id),
        }
        asked = None if self.disabled else flags.asked(self.safetrack, given, self._known_flags())
        if asked is None:
            return normalize_flags_response({})
        return super()._get_flags_decision(**asked)

    def get_remote_config_payload(self, key: str) -> Any:
        """The payload of a remote configuration, if its name may be named."""
        if self.safetrack.switched_off() is not None:
            return None
        if not flags.may_name(self.safetrack, key, self._known_flags()):
            self.safetrack.drop(Reason.DETECTED)
            return None
        return super().get_remote_config_payload(key)

    def _known_flags(self) -> Mapping[str, Any]:
        return self.feature_flags_by_key or {}

    def _load_feature_flags(self) -> None:
        if self.safetrack.switched_off() is None:
            super()._load_feature_flags()


class Posthog(Client, sdk.Posthog):
    """The name under which applications know the client."""


_SIGNATURE: Final = inspect.signature(vendor.Client.__init__)
_HAS_LAST_STEP: Final = hasattr(vendor.Client, "_send_sync")


def without_emails(emails: Any, guard: Guard) -> Any:
    """Have the e-mail API refuse, and count what it was asked for."""

    def is_blocked() -> bool:
        if guard.is_observing:
            return bool(disabled())
        guard.drop(Reason.UNKNOWN_CHANNEL)
        return True

    disabled = emails._parent_disabled  # noqa: SLF001
    if not getattr(disabled, "is_ours", False):
        is_blocked.is_ours = True  # type: ignore[attr-defined]
        emails._parent_disabled = is_blocked  # noqa: SLF001
        emails.send, emails.get = without_frames(emails.send), without_frames(emails.get)
    return emails


def with_own_properties(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The vendor writes tags of the context into the mapping that it is given."""
    properties = kwargs.get("properties")
    return {**kwargs, "properties": dict(properties)} if type(properties) is dict else kwargs


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
