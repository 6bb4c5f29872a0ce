"""For handlers of platforms that freeze the process after each call (AWS Lambda and its like)."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast, overload

from safetrack import default
from safetrack.client import Client

Handler = TypeVar("Handler", bound=Callable[..., Any])

MARGIN: Final = 0.25
"""Seconds of the call's time that are left to the platform."""
LONGEST: Final = 2.0
"""Seconds that a call is kept waiting at most, if the platform does not say how long it may take."""


@overload
def flush_after(handler: Handler, /) -> Handler: ...
@overload
def flush_after(
    *, client: Client | None = None, timeout: float = LONGEST, margin: float = MARGIN
) -> Callable[[Handler], Handler]: ...
def flush_after(
    handler: Handler | None = None,
    /,
    *,
    client: Client | None = None,
    timeout: float = LONGEST,
    margin: float = MARGIN,
) -> Handler | Callable[[Handler], Handler]:
    """Decorate a handler: what it tracked is sent before the platform freezes the process.

    ::

        @safetrack.flush_after
        def handler(event, context):
            safetrack.track("user-42", "Signed Up")

    Waits for as long as the call has time left by its context
    (``get_remaining_time_in_millis``, as AWS Lambda gives one), and never longer than `timeout`.
    What is not delivered by then stays in the outbox and is sent with the next call. The
    handler's result, and its errors, are its own.

    Args:
        handler: A function, or a coroutine function, whose second argument may be a context.
        client: Whose events; the process-wide client's, if not given.
        timeout: Seconds.
        margin: Seconds of the remaining time that are left to the platform.
    """

    def decorate(wrapped: Handler) -> Handler:
        def flush(args: tuple[Any, ...]) -> None:
            own = client or default.current_client()
            if own is not None:
                own.flush(_seconds(args, timeout, margin))

        return _around(wrapped, flush)

    return decorate if handler is None else decorate(handler)


def _around(wrapped: Handler, flush: Callable[[tuple[Any, ...]], None]) -> Handler:
    @functools.wraps(wrapped)
    def handle(*args: Any, **kwargs: Any) -> Any:
        try:
            return wrapped(*args, **kwargs)
        finally:
            flush(args)

    @functools.wraps(wrapped)
    async def handle_async(*args: Any, **kwargs: Any) -> Any:
        try:
            return await wrapped(*args, **kwargs)
        finally:
            await asyncio.get_running_loop().run_in_executor(None, flush, args)

    return cast("Handler", handle_async if inspect.iscoroutinefunction(wrapped) else handle)


def _seconds(args: tuple[Any, ...], timeout: float, margin: float) -> float:
    remaining = getattr(args[1], "get_remaining_time_in_millis", None) if len(args) > 1 else None
    if not callable(remaining):
        return timeout
    return float(max(min(timeout, remaining() / 1000 - margin), 0.0))
