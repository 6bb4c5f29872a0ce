"""How long to wait before the next try."""

from __future__ import annotations

import random
from typing import Final

FIRST: Final = 0.5
LONGEST: Final = 60.0
"""Seconds."""


def backoff(failures: int, retry_after: float | None = None) -> float:
    """Full jitter: a random time up to a bound that doubles with each failure.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

    Args:
        failures: Failed tries so far, at least 1.
        retry_after: What the provider asked for, in seconds: the least that is waited.
    """
    bound = min(LONGEST, FIRST * 2 ** min(failures - 1, 10))
    jittered = random.uniform(0.0, bound)  # noqa: S311  not a secret
    return jittered if retry_after is None else max(jittered, retry_after)
