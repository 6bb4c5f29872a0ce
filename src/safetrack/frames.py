"""Errors without the frames that hold what the caller passed.

An error tracker ships the local variables of every frame of a traceback. In the frames of the
public calls these are raw ids and properties.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def without_frames(call: Callable[P, R]) -> Callable[P, R]:
    """`call`, whose errors arrive without its frames and without anything it was given."""

    @functools.wraps(call)
    def framed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  raised again below, outside of this block
            caught = error.with_traceback(None)
        del args, kwargs
        raise caught

    return framed
