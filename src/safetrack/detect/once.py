"""Properties that are computed when they are first read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  a decorator
    """As `functools.cached_property`, which before Python 3.12 takes one lock for all instances.

    A process that is forked while another thread computes would find that lock taken for ever.
    Without it, two threads that read the same instance's property first may both compute it.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> once[T] | T:
        """The value, kept in the instance's own ``__dict__``, where it is found from then on."""
        if instance is None:
            return self
        value = vars(instance)[self._name] = self._compute(instance)
        return value
