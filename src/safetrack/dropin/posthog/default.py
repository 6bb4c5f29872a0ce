"""The module-level API: the vendor's functions, moved into a module of ours."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType, ModuleType
from typing import Any

from posthog import contexts


def moved(vendor: ModuleType, home: dict[str, Any]) -> dict[str, Any]:
    """Every name of a module; its own functions look names up in `home` and write them there.

    Names that `home` has already stay its own.
    """
    return {
        name: _function_in(home, value) if _is_own(vendor, value) else value
        for name, value in vars(vendor).items()
        if name not in home and not name.startswith("__")
    }


def _is_own(vendor: ModuleType, value: object) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == vendor.__name__


def _function_in(home: dict[str, Any], function: FunctionType) -> FunctionType:
    made = FunctionType(
        function.__code__, home, function.__name__, function.__defaults__, function.__closure__
    )
    functools.update_wrapper(made, function)
    del vars(made)["__wrapped__"]  # the vendor's, which reads other names
    made.__kwdefaults__ = function.__kwdefaults__
    made.__module__ = home["__name__"]
    return made


class DefaultClient:
    """Stands for the default client of a module: made when an exception is captured, not before."""

    def __init__(self, home: Mapping[str, Any]) -> None:
        self._home = home

    @property
    def enable_exception_autocapture(self) -> bool:
        """The client's setting; the module's while there is none."""
        made = self._home["default_client"]
        own = made.enable_exception_autocapture if made else None
        return bool(self._home["enable_exception_autocapture"] if own is None else own)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._home["setup"](), name)


def contexts_in(home: Mapping[str, Any]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """``new_context`` and ``scoped``, whose exceptions go to the default client of `home`."""
    default = DefaultClient(home)

    @contextmanager
    def new_context(
        fresh: bool = False,  # noqa: FBT001, FBT002  the vendor's
        capture_exceptions: bool | None = None,  # noqa: FBT001
        client: Any = None,
    ) -> Iterator[None]:
        """A scope of its own for tags and ids; see the vendor's documentation."""
        given: Any = default if client is None else client
        with contexts.new_context(fresh, capture_exceptions, given):
            yield

    def scoped(
        fresh: bool = False,  # noqa: FBT001, FBT002  the vendor's
        capture_exceptions: bool | None = None,  # noqa: FBT001
    ) -> Callable[..., Any]:
        """A decorator: the function runs in a context of its own."""

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def run(*args: Any, **kwargs: Any) -> Any:
                with new_context(fresh, capture_exceptions):
                    return function(*args, **kwargs)

            @functools.wraps(function)
            async def run_async(*args: Any, **kwargs: Any) -> Any:
                with new_context(fresh, capture_exceptions):
                    return await function(*args, **kwargs)

            return run_async if inspect.iscoroutinefunction(function) else run

        return decorate

    return new_context, scoped
