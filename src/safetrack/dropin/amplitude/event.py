"""The vendor's events, whose errors hold no values.

Events send nothing; but an error of the check of their properties has frames in which these stand.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar

from amplitude import event as vendor

from safetrack.dropin.value_free import value_free, value_free_calls
from safetrack.frames import bare

T = TypeVar("T")

_SET: Final = "__setitem__"
_OPERATORS: Final = (_SET, "__init__", "__getitem__", "__contains__", "__str__")


class _AsTheVendors(type):
    """Of classes that the SDK makes objects of as well: what is one of the vendor's is one of ours."""

    def __instancecheck__(cls, instance: object) -> bool:
        return issubclass(type(instance), _OURS.get(cls, ())) or super().__instancecheck__(instance)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, _OURS.get(cls, ())) or super().__subclasscheck__(kind)


_OURS: Final[dict[type, type]] = {}
"""Classes of this module, and the vendor's that they stand for."""


def _without_values(kind: type[T]) -> type[T]:
    """Decorates a class."""
    _OURS[kind] = kind.__bases__[0]
    for name in _OPERATORS:
        call = getattr(kind, name, None)
        if inspect.isfunction(call):  # of the vendor's, and no slot of `object`
            setattr(kind, name, _wrapped(name, call))
    return value_free_calls(kind)


def _wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    guarded = value_free(call)
    if name != _SET:
        return guarded

    @functools.wraps(call)
    def set_item(event: Any, key: Any, value: Any) -> Any:
        is_blank = value is None and type(key) is str  # as most of an event's forty fields are
        try:
            return (call if is_blank else guarded)(event, key, value)
        except BaseException as error:  # noqa: BLE001  raised below, where no value stands
            clean = bare(error)
        del event, key, value
        raise clean

    return set_item


@_without_values
class EventOptions(vendor.EventOptions, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class BaseEvent(vendor.BaseEvent, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class IdentifyEvent(vendor.IdentifyEvent, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class GroupIdentifyEvent(vendor.GroupIdentifyEvent, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class RevenueEvent(vendor.RevenueEvent, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class Identify(vendor.Identify, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


@_without_values
class Revenue(vendor.Revenue, metaclass=_AsTheVendors):  # type: ignore[misc]
    """As the vendor's."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
