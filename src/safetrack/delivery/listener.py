"""The user's function that hears of drops, made harmless."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeAlias

from safetrack.event import Reason

logger = logging.getLogger("safetrack.delivery")

OnDrop: TypeAlias = Callable[[Reason, str], None]
"""Called with the reason and the path of what was dropped; an empty path for a whole event."""

OnDelivered: TypeAlias = Callable[[str, Sequence[float]], None]
"""Called with a destination and, of each event it has just taken, the seconds since that event was
accepted."""


def harmless(on_drop: OnDrop | None) -> OnDrop:
    """`on_drop`, or nothing if there is none; what it raises is logged by its type alone."""

    def tell(reason: Reason, path: str) -> None:
        if on_drop is None:
            return
        try:
            on_drop(reason, path)
        except BaseException as error:  # noqa: BLE001  the user's function must not stop a thread
            logger.error("on_drop failed: %s", type(error).__name__)  # noqa: TRY400

    return tell
