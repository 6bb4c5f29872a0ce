"""Errors without the frames that hold what the caller passed.

An error tracker ships the local variables of every frame of a traceback. In the frames of the
public calls these are raw ids and properties. So it is with what ends a thread or a process while
a call runs (`SystemExit`, `KeyboardInterrupt`, a green thread's timeout).
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
E = TypeVar("E", bound=BaseException)


def without_frames(call: Callable[P, R]) -> Callable[P, R]:
    """`call`, whose errors arrive without its frames and without anything it was given.

    A coroutine function stays one.
    """
    if inspect.iscoroutinefunction(call):
        return _coroutine_without_frames(call)

    @functools.wraps(call)
    def framed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  raised again below, outside of this block
            caught = bare(error)
        del args, kwargs
        raise caught

    return framed


def _coroutine_without_frames(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    async def framed(*args: Any, **kwargs: Any) -> Any:
        try:
            return await call(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  as above
            caught = bare(error)
        del args, kwargs
        raise caught

    return framed


def bare(error: E) -> E:
    """The same error, without its frames and without the errors behind it, which have their own.

    It stays the same object: whoever raised a timeout knows it again by that.
    """
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
