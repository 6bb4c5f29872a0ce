"""The vendors' errors, without values: the same type, a text of our own, no frames."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, ParamSpec, TypeVar

from safetrack.errors import SafetrackError
from safetrack.frames import bare

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def value_free(call: Callable[P, R]) -> Callable[P, R]:
    """`call`, whose errors keep their type and lose everything that may hold a value.

    The error that arrives has no cause, no context, and no frame in which the call's arguments
    stand; its text names the call and where the SDK refused it. Errors of safetrack's own, those
    that are `vouched_for`, and what is no error but an end (`SystemExit`, a cancellation) are the
    same object without these three. A coroutine function stays one.
    """
    if inspect.iscoroutinefunction(call):
        return _framed_coroutine(call)

    @functools.wraps(call)
    def framed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  a clean one is raised below, outside this block
            clean = _clean(error, getattr(call, "__qualname__", "call"))
        del args, kwargs
        raise clean

    return framed


def _framed_coroutine(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    async def framed(*args: Any, **kwargs: Any) -> Any:
        try:
            return await call(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  as above
            clean = _clean(error, call.__qualname__)
        del args, kwargs
        raise clean

    return framed


def value_free_calls(kind: type[T]) -> type[T]:
    """Decorates a class: all its public methods become `value_free`, inherited ones included."""
    for name, method in list(_public_methods(kind)):
        setattr(kind, name, value_free(method))
    return kind


def _public_methods(kind: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        is_static = isinstance(inspect.getattr_static(kind, name), staticmethod)
        if not name.startswith("_") and not is_static:
            yield name, method


def vouched_for(error: Exception) -> Exception:
    """An error that holds nothing raw: it came up behind the last hop."""
    with suppress(AttributeError):  # a type with slots: it is cleaned like any other
        setattr(error, _VOUCHED, True)
    return error


_VOUCHED: Final = "_safetrack_vouched"
_MOST: Final = 600
"""A status of HTTP, a number of attempts: a smaller number says nothing of anybody."""


def _clean(error: BaseException, call: str) -> BaseException:
    """An error of the same type, made without running its constructor."""
    if not isinstance(error, Exception) or isinstance(error, SafetrackError) or _is_vouched(error):
        return bare(error)
    text = f"{call} failed in {_place(error)}; the vendor's text is left out, it may hold values"
    if isinstance(error, UnicodeError):  # its text is made of what it is about, not of its `args`
        return vouched_for(_unicode_error(error, text))
    try:
        kind = type(error)
        clean = kind.__new__(kind)
        clean.args = (text,)
        for name, value in vars(error).items():
            setattr(clean, name, _harmless(value, text))
    except Exception:  # noqa: BLE001  a type that cannot be made in this way
        clean = RuntimeError(text)
    return vouched_for(clean)


def _unicode_error(error: UnicodeError, text: str) -> UnicodeError:
    if isinstance(error, UnicodeEncodeError):
        return UnicodeEncodeError(error.encoding, "", 0, 1, text)
    if isinstance(error, UnicodeDecodeError):
        return UnicodeDecodeError(error.encoding, b"", 0, 1, text)
    return UnicodeError(text)


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
