"""The SDK's client for asyncio."""

from __future__ import annotations

import asyncio
import contextvars
import os
import weakref
from typing import Any, Final

from posthog import async_client as vendor
from posthog._async_consumer import _AsyncConsumer
from posthog.types import normalize_flags_response

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.logs import silence_values
from safetrack.dropin.posthog import flags
from safetrack.dropin.posthog.client import LOGGERS, with_own_properties, without_emails
from safetrack.dropin.posthog.events import Outgoing
from safetrack.dropin.value_free import value_free_calls
from safetrack.event import Reason

_AT_ONCE: Final = contextvars.ContextVar("safetrack_posthog_at_once", default=False)
"""Whether the event in hand is sent by the task that captures it, past any queue."""


class SafeAsyncConsumer(_AsyncConsumer):
    """A sender task that sanitizes each batch as it takes it from the queue."""

    outgoing: Outgoing

    async def next(self) -> tuple[list[dict[str, Any]], bool]:
        """The next events that may leave; those that may not are done with."""
        batch, stops = await super().next()
        kept = await asyncio.to_thread(self.outgoing.clean, batch) if batch else []
        for _ in range(len(batch) - len(kept)):
            self.queue.task_done()
        return kept, stops


@value_free_calls
class AsyncClient(vendor.AsyncClient):
    """PostHog's client for asyncio; what it sends is what the policy lets out.

    Arguments and attributes are those of `safetrack.dropin.posthog.Client` and of the vendor's.
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
        super().__init__(*args, **kwargs)
        self._outgoing = Outgoing(self.safetrack, is_server=self.is_server)
        _LIVE.add(self)

    def _new_consumer(self) -> Any:
        consumer: Any = super()._new_consumer()
        consumer.__class__ = SafeAsyncConsumer
        consumer.outgoing = self._outgoing
        return consumer

    # What is sent past the queue is sanitized behind the application's hook.

    async def capture_immediate(self, event: str, **kwargs: Any) -> str | None:
        """Send one event now, and wait for the answer."""
        token = _AT_ONCE.set(True)
        try:
            return await super().capture_immediate(event, **kwargs)
        finally:
            _AT_ONCE.reset(token)

    async def _process_event(self, msg: dict[str, Any]) -> dict[str, Any] | None:
        is_last_hop = _AT_ONCE.get()
        token = _AT_ONCE.set(False)  # the hook may capture events of its own
        try:
            ready = await super()._process_event(msg)
        finally:
            _AT_ONCE.reset(token)
        if ready is None or not is_last_hop:
            return ready
        return next(iter(await asyncio.to_thread(self._outgoing.clean, [ready])), None)

    # The application's own mappings stay as they are.

    def set(self, **kwargs: Any) -> str | None:
        """Set properties of a person."""
        return super().set(**with_own_properties(kwargs))

    def set_once(self, **kwargs: Any) -> str | None:
        """Set properties of a person that are not set yet."""
        return super().set_once(**with_own_properties(kwargs))

    @property
    def emails(self) -> Any:
        """The e-mail API, which is no channel for analytics: it refuses to send."""
        return without_emails(super().emails, self.safetrack)

    # Feature flags

    async def evaluate_flags(self, distinct_id: Any = None, **kwargs: Any) -> Any:
        """A snapshot of the flags of a person."""
        person, mapped = await asyncio.to_thread(self._ids, distinct_id, kwargs)
        return await super().evaluate_flags(person, **mapped)

    def _ids(self, distinct_id: Any, kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        mapped = {
            **kwargs,
            "groups": flags.groups(self.safetrack, kwargs.get("groups")),
            "device_id": flags.device(self.safetrack, kwargs.get("device_id")),
        }
        return flags.person(self.safetrack, distinct_id), mapped

    async def _get_flags_decision(
        self, distinct_id: Any, *, flag_keys: list[str] | None = None, **kwargs: Any
    ) -> Any:
        given = {
            **dict.fromkeys(("groups", "person_properties", "group_properties", "device_id")),
            "disable_geoip": None,
            **kwargs,
            "distinct_id": distinct_id,
            "flag_keys_to_evaluate": flag_keys,
        }
        asked = await asyncio.to_thread(flags.asked, self.safetrack, given, ())
        if asked is None:
            return normalize_flags_response({})
        keys = asked.pop("flag_keys_to_evaluate")
        return await super()._get_flags_decision(flag_keys=keys, **asked)

    async def get_remote_config_payload(self, key: str) -> Any:
        """The payload of a remote configuration, if its name may be named."""
        if self.safetrack.switched_off() is not None:
            return None
        if not await asyncio.to_thread(flags.may_name, self.safetrack, key, ()):
            self.safetrack.drop(Reason.DETECTED)
            return None
        return await super().get_remote_config_payload(key)

    def _begin_in_child(self) -> None:
        """Forget the loop, the tasks and the connections of the parent process."""
        self._queue = asyncio.Queue(self._queue.maxsize)
        self._loop = self._loop_thread_id = self._http_client = None
        self._consumers, self._worker_tasks = [], []
        self._immediate_callers, self._inflight_operations = {}, set()
        self._deferred_lifecycle_tasks = set()
        self._shutdown_lock = asyncio.Lock()


class AsyncPosthog(AsyncClient, vendor.AsyncPosthog):
    """The name under which applications know the client."""


_LIVE: Final[weakref.WeakSet[AsyncClient]] = weakref.WeakSet()


def _begin_all() -> None:
    for client in list(_LIVE):
        client._begin_in_child()  # noqa: SLF001  the module's own


os.register_at_fork(after_in_child=_begin_all)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
