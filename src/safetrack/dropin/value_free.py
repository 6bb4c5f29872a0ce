"""The vendors' errors, without values: the same type, a text of our own, no frames."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def value_free(call: Callable[P, R]) -> Callable[P, R]:
    """`call`, whose errors keep their type and lose everything that may hold a value.

    The error that arrives has no cause, no context, and no frame in which the call's arguments
    stand; its text names the call and where the SDK refused it.
    """

    @functools.wraps(call)
    def framed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  a clean one is raised below, outside this block
            clean = _clean(error, getattr(call, "__qualname__", "call"))
        del args, kwargs
        raise clean

    return framed


def _clean(error: Exception, call: str) -> Exception:
    """An error of the same type, made without running its constructor."""
    kind = type(error)
    place = _place(error)
    clean = kind.__new__(kind)
    text = f"{call} failed in {place}; the vendor's text is left out, it may hold values"
    clean.args = (text,)
    return clean


def _place(error: Exception) -> str:
    """Module and line in which an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "the SDK"
    module = trace.tb_frame.f_globals.get("__name__", "the SDK")
    return f"{module}:{trace.tb_lineno}"
