"""Requests of a drop-in go to the endpoints of the SDK's table, and nowhere else.

The SDK's modules post through one HTTP session each, that plain clients share. What is sent for a
drop-in is told apart by its thread; what anybody else sends passes untouched.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple
from urllib.parse import urlsplit

from safetrack.dropin.guard import Guard
from safetrack.dropin.segment_family.sdk import Sdk
from safetrack.event import Reason
from safetrack.vendors.channel import channel_at

if TYPE_CHECKING:

    class _Vendor:
        """What an adapter of the HTTP library has."""

        def send(self, request: Any, *args: Any, **kwargs: Any) -> Any: ...
else:
    _Vendor = object


class _Watched(_Vendor):
    """Stands before the adapter's own class."""

    _sdk: ClassVar[Sdk]

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        batch: _Batch | None = getattr(_sending, "batch", None)
        if batch is not None and self._is_unknown(request, batch.guard):
            for _ in range(batch.size):
                batch.guard.withhold(Reason.UNKNOWN_CHANNEL)
            # A status that the SDK does not try again.
            raise self._sdk.request.APIError(
                400, Reason.UNKNOWN_CHANNEL.value, "safetrack blocks it"
            )
        return super().send(request, *args, **kwargs)

    def _is_unknown(self, request: Any, guard: Guard) -> bool:
        known = channel_at(self._sdk.channels, request.method, urlsplit(request.url).path)
        return known is None and not guard.is_observing


_sending: Final = threading.local()


class _Batch(NamedTuple):
    guard: Guard
    size: int


@contextmanager
def sending(guard: Guard, size: int) -> Iterator[None]:
    """A block in which this thread sends so many messages for the client of a guard."""
    outer = getattr(_sending, "batch", None)
    _sending.batch = _Batch(guard, size)
    try:
        yield
    finally:
        _sending.batch = outer


def watch(sdk: Sdk) -> None:
    """Look at what leaves through the sessions of an SDK, redirections included."""
    for session in sdk.sessions:
        for adapter in session.adapters.values():
            kind = type(adapter)
            adapter.__class__ = type(kind.__name__, (_Watched, kind), {"_sdk": sdk})
