"""The SDK's client for asyncio."""

from __future__ import annotations

import asyncio
import contextvars
import copy
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
from safetrack.dropin.posthog.snapshot import value_free_snapshot
from safetrack.dropin.value_free import value_free_calls
from safetrack.event import Reason
from safetrack.forking import in_children


class _AtOnce:
    """An event that is sent by the task that captures it, past any queue.

    Attributes:
        passed: The event as the policy let it out; nobody else can change this one.
    """

    passed: dict[str, Any] | None = None


_AT_ONCE: Final = contextvars.ContextVar[_AtOnce | None]("safetrack_posthog_at_once", default=None)
"""The event that this task has in hand, if it is sent at once."""


def _passed_at_once(batch: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """What leaves of a batch that is still the event that this task sends at once, else None."""
    at_once = _AT_ONCE.get()
    event = at_once.passed if at_once is not None else None
    return [event] if event is not None and batch == [event] else None


class SafeAsyncConsumer(_AsyncConsumer):
    """A sender task that sanitizes each batch as it takes it from the queue.

    What anybody else has it send is sanitized as it is sent.
    """

    outgoing: Outgoing
    _runner: asyncio.Task[Any] | None = None
    """The task that takes batches and sends them."""
    _ready: list[dict[str, Any]] | None = None
    """The batch that has been sanitized, of which nobody else knows yet."""

    async def run(self) -> None:
        """Send batches until told to stop."""
        self._runner = asyncio.current_task()
        await super().run()

    async def next(self) -> tuple[list[dict[str, Any]], bool]:
        """The next events that may leave; those that may not are done with."""
        batch, stops = await super().next()
        kept = await self._cleaned(batch)
        for _ in range(len(batch) - len(kept)):
            self.queue.task_done()
        self._ready = kept if asyncio.current_task() is self._runner else None
        return kept, stops

    async def request(self, batch: list[dict[str, Any]]) -> None:
        """Send a batch."""
        ready, self._ready = self._ready, None
        passed = ready if ready is not None and batch is ready else _passed_at_once(batch)
        if passed is None:
            passed = await self._cleaned(batch)
        del batch  # the frame of an error holds what may leave
        if passed:
            await super().request(passed)

    async def _cleaned(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return await asyncio.to_thread(self.outgoing.clean, batch) if batch else []


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
        token = _AT_ONCE.set(_AtOnce())
        try:
            return await super().capture_immediate(event, **kwargs)
        finally:
            _AT_ONCE.reset(token)

    async def _process_event(self, msg: dict[str, Any]) -> dict[str, Any] | None:
        at_once = _AT_ONCE.get()
        token = _AT_ONCE.set(None)  # the hook may capture events of its own
        try:
            ready = await super()._process_event(msg)
        finally:
            _AT_ONCE.reset(token)
        if ready is None or at_once is None:
            return ready
        passed = next(iter(await asyncio.to_thread(self._outgoing.clean, [ready])), None)
        at_once.passed = passed if self.safetrack.is_observing else copy.deepcopy(passed)
        return passed

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
        return value_free_snapshot(await super().evaluate_flags(person, **mapped))

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


in_children(_LIVE, AsyncClient._begin_in_child)  # noqa: SLF001  the module's own


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
