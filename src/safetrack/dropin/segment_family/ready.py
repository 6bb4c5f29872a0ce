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
    another message id, and the vendor could not tell that it is the same. Callbacks and subclasses
    get these messages and may write into them; what then stands in them is sanitized again.

    Attributes:
        size: Of the message in a request, in bytes.
        guard: What it has been through.
        written: How the guard left it; None where it leaves as it is (``mode: observe``).
    """

    __slots__ = ("guard", "size", "written")

    def __init__(self, message: Message, size: int, guard: Guard, written: bytes | None) -> None:
        super().__init__(message)
        self.size = size
        self.guard = guard
        self.written = written

    def may_leave(self, sdk: Sdk) -> bool:
        """Whether it is what its guard let out."""
        if self.written is None:
            return self.guard.is_observing
        return sdk.written(dict(self)) == self.written


def ready(sdk: Sdk, guard: Guard, messages: Iterable[object]) -> list[Ready | None]:
    """Messages as they may leave, in order; None for each that may not. Never raises."""
    given = [_as_given(guard, message) for message in messages]
    made = iter(_made(sdk, guard, [message for message in given if type(message) is dict]))
    return [_one(sdk, guard, message, made) for message in given]


def _as_given(guard: Guard, message: object) -> object:
    """A message; what has been through another guard is like any other message for this one."""
    if type(message) is Ready and message.guard is not guard:
        return dict(message)
    return message


def _one(sdk: Sdk, guard: Guard, message: object, made: Iterator[Ready | None]) -> Ready | None:
    if type(message) is Ready:
        return message if message.may_leave(sdk) else _again(sdk, guard, dict(message))
    if type(message) is dict:
        return next(made)
    guard.drop(Reason.UNREADABLE)
    return None


def _again(sdk: Sdk, guard: Guard, message: Message) -> Ready | None:
    """Sanitize a message that is in the books already."""
    clean = guard.part(sdk.bare(message), sdk.shape)
    if clean is None:
        guard.withhold(Reason.EVENT_DROPPED)
    return _completed(sdk, guard, clean)


def _made(sdk: Sdk, guard: Guard, messages: list[Message]) -> Iterable[Ready | None]:
    if not messages:
        return ()
    bare = [sdk.bare(message) for message in messages]
    clean = guard.clean(bare, sdk.shape)
    return [
        # The guard gives a message itself back while observing: then nothing is taken off it.
        _sized(sdk, guard, raw, sdk.size(raw), None)
        if after is before
        else _completed(sdk, guard, after)
        for raw, before, after in zip(messages, bare, clean, strict=True)
    ]


def _completed(sdk: Sdk, guard: Guard, message: Message | None) -> Ready | None:
    if message is None:
        return None
    reason = sdk.complete(message)
    if reason is None:
        written = sdk.written(message)
        return _sized(sdk, guard, message, sdk.size_of_clean(message, written), written)
    guard.withhold(reason)
    return None


def _sized(
    sdk: Sdk, guard: Guard, message: Message, size: int | None, written: bytes | None
) -> Ready | None:
    if size is not None and size <= sdk.most_bytes:
        return Ready(message, size, guard, written)
    guard.withhold(Reason.UNREADABLE if size is None else Reason.TOO_LARGE)
    return None
