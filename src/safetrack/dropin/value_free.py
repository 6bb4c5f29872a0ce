"""The vendors' errors, without values: the same type, a text of our own, no frames."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, ParamSpec, TypeVar

from safetrack.errors import SafetrackError

P = ParamSpec("P")
R = TypeVar("R")


def value_free(call: Callable[P, R]) -> Callable[P, R]:
    """`call`, whose errors keep their type and lose everything that may hold a value.

    The error that arrives has no cause, no context, and no frame in which the call's arguments
    stand; its text names the call and where the SDK refused it. Errors of safetrack's own, and
    those that are `vouched_for`, keep all but their frames.
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


def vouched_for(error: Exception) -> Exception:
    """An error that holds nothing raw: it came up behind the last hop."""
    with suppress(AttributeError):  # a type with slots: it is cleaned like any other
        setattr(error, _VOUCHED, True)
    return error


_VOUCHED: Final = "_safetrack_vouched"
_MOST: Final = 600
"""A status of HTTP, a number of attempts: a smaller number says nothing of anybody."""


def _clean(error: Exception, call: str) -> Exception:
    """An error of the same type, made without running its constructor."""
    if isinstance(error, SafetrackError) or _is_vouched(error):
        return error.with_traceback(None)
    text = f"{call} failed in {_place(error)}; the vendor's text is left out, it may hold values"
    try:
        kind = type(error)
        clean = kind.__new__(kind)
        clean.args = (text,)
        for name, value in vars(error).items():
            setattr(clean, name, _harmless(value, text))
    except Exception:  # noqa: BLE001  a type that cannot be made in this way
        clean = RuntimeError(text)
    return vouched_for(clean)


def _is_vouched(error: Exception) -> bool:
    return bool(getattr(error, _VOUCHED, False))


def _harmless(value: object, text: str) -> Any:
    """What callers read from an error (``error.status``), as far as it can hold no value."""
    if type(value) is bool or (type(value) is int and 0 <= value < _MOST):
        return value
    return text if type(value) is str else None


def _place(error: Exception) -> str:
    """Module and line in which an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "the SDK"
    module = trace.tb_frame.f_globals.get("__name__", "the SDK")
    return f"{module}:{trace.tb_lineno}"
