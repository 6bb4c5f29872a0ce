"""Messages that may leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, final

from safetrack.dropin.guard import Guard
from safetrack.dropin.segment_family.sdk import Message, Sdk
from safetrack.event import Reason


@final
class Ready(dict[str, Any]):
    """A message that has been through the guard, so that one that comes again is not changed again.

    Rate-limited batches go back into the queue. Sanitized a second time, a message would get
    another message id, and the vendor could not tell that it is the same.
    """

    __slots__ = ("size",)

    def __init__(self, message: Message, size: int) -> None:
        super().__init__(message)
        self.size = size


def ready(sdk: Sdk, guard: Guard, messages: Iterable[object]) -> list[Ready | None]:
    """Messages as they may leave, in order; None for each that may not. Never raises."""
    given = list(messages)
    made = iter(_made(sdk, guard, [message for message in given if type(message) is dict]))
    return [_one(guard, message, made) for message in given]


def _one(guard: Guard, message: object, made: Iterator[Ready | None]) -> Ready | None:
    if type(message) is Ready:
        return message
    if type(message) is dict:
        return next(made)
    guard.drop(Reason.UNREADABLE)
    return None


def _made(sdk: Sdk, guard: Guard, messages: list[Message]) -> Iterable[Ready | None]:
    if not messages:
        return ()
    bare = [sdk.bare(message) for message in messages]
    clean = guard.clean(bare, sdk.shape)
    return [
        # The guard gives a message itself back while observing: then nothing is taken off it.
        _sized(sdk, guard, raw, sdk.size(raw)) if after is before else _completed(sdk, guard, after)
        for raw, before, after in zip(messages, bare, clean, strict=True)
    ]


def _completed(sdk: Sdk, guard: Guard, message: Message | None) -> Ready | None:
    if message is None:
        return None
    reason = sdk.complete(message)
    if reason is None:
        return _sized(sdk, guard, message, sdk.size_of_clean(message))
    guard.withhold(reason)
    return None


def _sized(sdk: Sdk, guard: Guard, message: Message, size: int | None) -> Ready | None:
    if size is not None and size <= sdk.most_bytes:
        return Ready(message, size)
    guard.withhold(Reason.UNREADABLE if size is None else Reason.TOO_LARGE)
    return None
