"""What both flag providers have: a guard, requests that stay in the table, exposure events."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

import mixpanel as vendor

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.event import Reason
from safetrack.vendors.channel import channel_at
from safetrack.vendors.mixpanel import CHANNELS

logger = logging.getLogger("safetrack.dropin")

IS_UNWATCHED: Final[ContextVar[bool]] = ContextVar("safetrack_mixpanel_unwatched", default=False)
"""Whether exposure events are sent by a task that nobody waits for."""


class OwnClient:
    """An HTTP client of a provider. After a fork the child makes its own.

    Two processes on one connection would read each other's answers.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __set__(self, provider: Any, client: Any) -> None:
        vars(provider)[self._name] = client
        vars(provider)[f"{self._name}_process"] = os.getpid()

    def __get__(self, provider: Any, owner: type | None = None) -> Any:
        if provider is None:
            return self
        if vars(provider)[f"{self._name}_process"] != os.getpid():
            self.__set__(provider, _again(vars(provider)[self._name]))
        return vars(provider)[self._name]


def _again(client: Any) -> Any:
    """A client with the same settings and connections of its own."""
    if not type(client).__module__.startswith("httpx"):
        return client  # somebody else's, with its own ways
    return type(client)(
        base_url=client.base_url,
        headers=client.headers,
        auth=client.auth,
        timeout=client.timeout,
        event_hooks=client.event_hooks,
    )


class GuardedProvider:
    """Mixed into the vendor's providers.

    Args:
        *args: As the vendor's provider.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy it is.
        guard: That of the client whose provider it is.
        **kwargs: As the vendor's provider.

    Attributes:
        safetrack: The policy as this provider applies it, with its books.
    """

    _sync_client = OwnClient()
    _async_client = OwnClient()
    _tracker: Callable[..., object]

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        guard: Guard | None = None,
        **kwargs: Any,
    ) -> None:
        self.safetrack: Final = guard or Guard("mixpanel", policy, destination)
        super().__init__(*args, **kwargs)
        self._tracker = _without_news(self._tracker)
        _watch(self._sync_client, self._check)
        _watch(self._async_client, self._acheck)

    def _check(self, request: Any) -> None:
        """Stop a request that may not leave, whatever made it."""
        reason = self.safetrack.switched_off()
        if reason is None and channel_at(CHANNELS, request.method, request.url.path) is None:
            reason = None if self.safetrack.is_observing else Reason.UNKNOWN_CHANNEL
        if reason is not None:
            self.safetrack.drop(reason)
            raise vendor.MixpanelException(f"safetrack stopped a request: {reason.value}")

    async def _acheck(self, request: Any) -> None:
        self._check(request)


def _watch(client: Any, check: Callable[[Any], object]) -> None:
    hooks = client.event_hooks
    client.event_hooks = {**hooks, "request": [*hooks["request"], check]}


def _without_news(tracker: Callable[..., object]) -> Callable[..., None]:
    """A tracker whose errors are not raised where nobody waits for it.

    asyncio logs the error of such a task with all frames, and the ids stand in them.
    """

    @functools.wraps(tracker)
    def track(*args: Any, **kwargs: Any) -> None:
        if not IS_UNWATCHED.get():
            tracker(*args, **kwargs)
            return
        failed = ""
        try:
            tracker(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  whatever it is, it is said without its frames
            failed = type(error).__name__
        if failed:
            logger.error("an exposure event could not be sent: %s", failed)

    return track
