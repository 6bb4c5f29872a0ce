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
    fresh = [message for message in given if type(message) is not Ready]
    made = _made(sdk, guard, fresh)
    return [message if type(message) is Ready else next(made) for message in given]


def _made(sdk: Sdk, guard: Guard, fresh: list[Any]) -> Iterator[Ready | None]:
    if guard.is_observing:
        bare = [message if type(message) is dict else {} for message in fresh]
    else:
        bare = [sdk.bare(message) for message in fresh]
    for message in guard.clean(bare, sdk.shape) if bare else ():
        yield _sized(sdk, guard, message) if message is not None else None


def _sized(sdk: Sdk, guard: Guard, message: Message) -> Ready | None:
    reason = None if guard.is_observing else sdk.complete(message)
    size = sdk.size(message) if reason is None else 0
    if size is None:
        reason = Reason.UNREADABLE
    elif size > sdk.most_bytes:
        reason = Reason.TOO_LARGE
    if reason is not None:
        guard.withhold(reason)
        return None
    return Ready(message, size or 0)
