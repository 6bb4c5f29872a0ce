"""A clock that says the time of day and does not jump."""

from __future__ import annotations

import time


class SteadyClock:
    """Seconds since 1970, read once; from then on it goes as fast as time does.

    Set clocks, leap seconds and daylight saving do not move it, so no row grows old or young
    within one process because somebody set the machine's clock.
    """

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.monotonic() + self._offset
