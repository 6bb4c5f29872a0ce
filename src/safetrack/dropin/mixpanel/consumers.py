"""Mixpanel's consumers: what they send has passed the guard right before it becomes a request."""

from __future__ import annotations

import copy
import inspect
import os
import re
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

import mixpanel as vendor

from safetrack.client import PolicySource
from safetrack.detect.fork import ForkLock
from safetrack.dropin.guard import Guard
from safetrack.dropin.mixpanel.wire import Passed, Sender, Written, clean, passed
from safetrack.dropin.value_free import value_free_calls, vouched_for
from safetrack.vendors.channel import channel_at
from safetrack.vendors.mixpanel import CHANNELS


class Guarded:
    """What both consumers have: a policy for the messages that no client of ours wrote.

    Messages of a `Mixpanel` pass under the policy of that client.
    """

    has_own_policy: bool
    """Whether it was made with a policy or a destination."""
    _guard: Guard | None

    def _protect(self, policy: PolicySource, destination: str | None) -> None:
        self.has_own_policy = policy is not None or destination is not None
        self._making = ForkLock()
        own = self.has_own_policy  # then a wrong one is an error now, not when it is needed
        self._guard = Guard("mixpanel", policy, destination) if own else None

    def protect_like(self, other: Guarded) -> None:
        """Take over the policy of the consumer that this one sends for."""
        self.has_own_policy, self._guard = other.has_own_policy, other._guard

    @property
    def safetrack(self) -> Guard:
        """The policy for what is sent through this consumer directly, with its books.

        Raises:
            PolicyError: There is none, or it is wrong.
        """
        with self._making:
            if self._guard is None:
                self._guard = Guard("mixpanel")
            return self._guard

    def _sender_of(self, text: str) -> Sender:
        return text.sender if isinstance(text, Written) else self._itself()

    def _itself(self) -> Sender:
        """Who sends what was handed to the consumer directly: the policy knows its project."""
        token = self.safetrack.configured("token")
        return Sender(self.safetrack, frozenset({token} if token else ()))


@value_free_calls
class Consumer(Guarded, vendor.Consumer):
    """`mixpanel.Consumer`, whose messages are sanitized right before they become bytes.

    Args:
        *args: As `mixpanel.Consumer`.
        policy: For messages that no `Mixpanel` wrote; see `safetrack.Client`.
        destination: Which destination of the policy it is.
        **kwargs: As `mixpanel.Consumer`.

    Raises:
        PolicyError: The policy is wrong.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        self._protect(policy, destination)
        self._process = os.getpid()
        super().__init__(*args, **kwargs)

    def _write_request(
        self,
        request_url: str,
        json_message: Any,
        api_key: Any = None,
        api_secret: Any = None,
        endpoint: str | None = None,
    ) -> Any:
        """The SDK's last step before the HTTP library."""
        named = endpoint if endpoint is not None else self._endpoint_at(request_url)
        is_bytes = type(json_message) is bytes
        said = json_message.decode("utf-8", "replace") if is_bytes else json_message
        (text,) = clean([said], named, self._sender_of) or (None,)
        if text is None:
            return True  # as if it had been sent
        if isinstance(api_key, tuple):
            api_key, api_secret = api_key
        if not text.is_observed:
            api_key, api_secret = credential(api_key), credential(api_secret)
        body = json_message if text.is_observed else str(text)
        self._leave_parents_connections()
        return super()._write_request(request_url, body, api_key, api_secret, named)

    def _endpoint_at(self, url: str) -> str | None:
        """Which endpoint a URL is, where the SDK does not say it."""
        for name, own in self._endpoints.items():
            if own == url:
                return str(name)
        channel = channel_at(CHANNELS, "POST", urlsplit(url).path)
        return channel.name if channel else None

    def _leave_parents_connections(self) -> None:
        """After a fork, open own connections: two processes on one would read each other's answers."""
        if self._process == os.getpid():
            return
        self._process = os.getpid()
        for prefix, adapter in list(self._session.adapters.items()):
            self._session.mount(prefix, copy.copy(adapter))


@value_free_calls
class BufferedConsumer(Guarded, vendor.BufferedConsumer):
    """`mixpanel.BufferedConsumer`, whose batches are sanitized right before they become bytes.

    Unlike the vendor's it loses and repeats nothing when several threads share it.

    Args:
        *args: As `mixpanel.BufferedConsumer`.
        policy: For messages that no `Mixpanel` wrote; see `safetrack.Client`.
        destination: Which destination of the policy it is.
        **kwargs: As `mixpanel.BufferedConsumer`.

    Raises:
        PolicyError: The policy is wrong.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        self._protect(policy, destination)
        self._taking = ForkLock()
        super().__init__(*args, **kwargs)
        own = _CONSUMER.bind(self, *args, **kwargs).arguments
        own.pop("self")
        own.pop("max_size", None)
        self._consumer = Consumer(**own)
        self._consumer.protect_like(self)

    def _flush_endpoint(self, endpoint: str) -> None:
        while batch := self._take(endpoint):
            left = clean(batch, endpoint, self._sender_of)
            if left and not self._has_sent(endpoint, left):
                raise _failure(endpoint, _joined(left))

    def _has_sent(self, endpoint: str, left: list[Passed]) -> bool:
        """Send a batch; what could not be sent is kept for the next time, sanitized."""
        is_sent = False
        try:
            with suppress(vendor.MixpanelException):  # made anew: its frames hold the batch
                self._consumer.send(endpoint, _joined(left), api_key=self._api_key)
                is_sent = True
        finally:
            if not is_sent:
                with self._taking:
                    self._buffers[endpoint][:0] = left
        return is_sent

    def _take(self, endpoint: str) -> list[str]:
        """The next batch, which is nobody else's from now on."""
        with self._taking:
            waiting = self._buffers[endpoint]
            batch = waiting[: self._max_size]
            del waiting[: len(batch)]  # others may have added to it meanwhile
        return list(batch)


def sanitizes_itself(consumer: object) -> bool:
    """Whether all that a consumer sends passes through our last step: nobody replaced one."""
    return is_built_as_ours(consumer) and _STEPS.isdisjoint(vars(consumer))


def is_built_as_ours(consumer: object) -> bool:
    """Whether a consumer's class is ours, or one that leaves our steps as they are."""
    kind = type(consumer)
    return any(
        isinstance(consumer, own)
        and all(getattr(kind, step) is getattr(own, step) for step in _STEPS if hasattr(own, step))
        for own in (Consumer, BufferedConsumer)
    )


_STEPS: Final = frozenset({"send", "_write_request", "_flush_endpoint"})

_CONSUMER: Final = inspect.signature(vendor.BufferedConsumer.__init__)


def _joined(texts: list[Passed]) -> Passed:
    is_observed = any(text.is_observed for text in texts)
    return passed(f"[{','.join(texts)}]", is_observed=is_observed)


def _failure(endpoint: str, batch: Passed) -> Exception:
    """The vendor's error of a failed batch: it carries the batch as it may leave."""
    error: Any = vendor.MixpanelException("the batch could not be sent; it is kept")
    error.message, error.endpoint = str(batch), endpoint
    return vouched_for(error)


_CREDENTIAL: Final = re.compile(r"[0-9A-Za-z]{32}")
"""What a project's API key and secret look like (Mixpanel, Project Settings, Access Keys)."""


def credential(given: object) -> str | None:
    """A project's key or secret; anything else in its place is somebody's data, and stays."""
    return given if isinstance(given, str) and _CREDENTIAL.fullmatch(given) else None
