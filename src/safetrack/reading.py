"""Read the caller's values by exact type, without ever running the caller's code.

`snapshot` turns whatever an application passed into plain data that safetrack built itself:
``dict`` (with ``str`` keys), ``list``, ``str``, ``int``, ``float``, ``bool``, ``None`` and, for
what cannot be read, an `Unreadable` that names a reason. Nothing downstream ever sees an object
of the caller's. Dispatch is on ``type(value) is …``, because ``isinstance``, ``str()``, ``len()``
or attribute access would run overridden methods.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

Scalar: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = Any
"""A tree of dict, list, `Scalar` and `Unreadable`. (A recursive alias would need casts all over.)"""

MAX_DEPTH: Final = 16
"""Containers inside containers. Deeper analytics payloads are mistakes or attacks."""
MAX_NODES: Final = 10_000
"""Keys and values of one message, together."""
MAX_TEXT: Final = 1_000_000
"""Characters of all strings and keys of one message, together (PostHog refuses above 1 MB)."""
MAX_INTEGER_BITS: Final = 63
"""Largest integers that every vendor's JSON reader keeps exactly: signed 64 bit."""

_LARGEST: Final = 2**MAX_INTEGER_BITS - 1
_NOT_ORDINARY: Final = MAX_TEXT + 1
"""More than there can be room for: not copied without a look."""

_BYTES_A_NODE: Final = 64
"""What a small object costs in CPython, with its place in a container."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands where a value was that cannot be read. Holds a reason, never the value."""

    reason: str


UNKNOWN_TYPE: Final = Unreadable("unknown_type")
NOT_FINITE: Final = Unreadable("not_finite")
TOO_LARGE: Final = Unreadable("too_large")
TOO_DEEP: Final = Unreadable("too_deep")
CYCLE: Final = Unreadable("cycle")
CHANGED: Final = Unreadable("changed_while_read")
BAD_KEY: Final = Unreadable("bad_key")
CUT: Final = Unreadable("too_large")
"""Stands for all entries of a mapping for which there was no more room."""
NOT_TEXT: Final = Unreadable("not_text")


@dataclass(frozen=True, slots=True)
class BadKey:
    """Key of an entry whose own key was not a string. Numbered, so that no entry hides another."""

    number: int


class _Budget:
    """What is left of the bounds of one message."""

    __slots__ = ("nodes", "open", "text")

    def __init__(self) -> None:
        self.nodes = MAX_NODES
        self.text = MAX_TEXT
        self.open: set[int] = set()


def snapshot(value: object) -> Plain:
    """Copy `value` into plain data that shares nothing with the caller's objects.

    Args:
        value: Anything. It is never changed, and none of its methods is called.

    Returns:
        A tree of dict, list, str, int, float, bool, None and `Unreadable`. Sets come out as lists;
        Decimal as a number; UUID as text; dates and datetimes as ISO 8601 text (naive ones are
        taken as UTC); enum members as their value; dataclass and pydantic instances as dicts.
    """
    return measured_snapshot(value)[0]


def measured_snapshot(value: object) -> tuple[Plain, int]:
    """As `snapshot`, with the copy's approximate size in bytes of memory."""
    budget = _Budget()
    plain = _read(value, budget, 0)
    return plain, (MAX_TEXT - budget.text) + (MAX_NODES - budget.nodes) * _BYTES_A_NODE


def _read(value: object, budget: _Budget, depth: int) -> Plain:
    budget.nodes -= 1
    if budget.nodes < 0:
        return TOO_LARGE
    kind = id(type(value))
    if kind in _AS_THEY_ARE:
        return value
    try:
        return _READERS.get(kind, _read_other)(value, budget, depth)
    except Exception:  # noqa: BLE001  an object that was tampered with costs itself alone
        return UNKNOWN_TYPE


def _read_text(value: Any, budget: _Budget, _depth: int) -> Plain:
    budget.text -= len(value)
    if budget.text < 0:
        return TOO_LARGE
    return value if value.isascii() or _is_text(value) else NOT_TEXT


def _is_text(value: str) -> bool:
    """Whether a string can be written as UTF-8. Half a surrogate pair cannot."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_int(value: Any, _budget: _Budget, _depth: int) -> Plain:
    return value if value.bit_length() <= MAX_INTEGER_BITS else TOO_LARGE


def _read_float(value: Any, _budget: _Budget, _depth: int) -> Plain:
    return value if isfinite(value) else NOT_FINITE


def _read_decimal(value: Any, budget: _Budget, depth: int) -> Plain:
    if not value.is_finite():
        return NOT_FINITE
    if abs(value.adjusted()) > 300:  # noqa: PLR2004  beyond a float's range; int() of it would hang
        return TOO_LARGE
    if value == value.to_integral_value():
        return _read_int(int(value), budget, depth)
    return float(value)


def _read_datetime(value: Any, _budget: _Budget, _depth: int) -> Plain:
    zone = value.tzinfo
    if zone is not None and not _is_known_zone(type(zone)):
        return UNKNOWN_TYPE  # a foreign tzinfo is foreign code
    if zone is not dt.UTC:
        try:
            value = value.replace(tzinfo=dt.UTC) if zone is None else value.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            return TOO_LARGE
    return str(value.isoformat().replace("+00:00", "Z"))


def _is_known_zone(kind: type) -> bool:
    """Whether a time zone is of the standard library, or of one of the two that all others used."""
    if kind is dt.timezone or kind is ZoneInfo:
        return True
    module = type.__dict__["__dict__"].__get__(kind).get("__module__")
    return type(module) is str and module.partition(".")[0] in _ZONE_PACKAGES


_ZONE_PACKAGES: Final = frozenset({"dateutil", "pytz"})


def _read_date(value: Any, _budget: _Budget, _depth: int) -> Plain:
    return value.isoformat()


def _read_uuid(value: Any, _budget: _Budget, _depth: int) -> Plain:
    return str(value)


def _read_mapping(value: Any, budget: _Budget, depth: int) -> Plain:
    return _nested(value, budget, depth, _copy_mapping)


def _read_sequence(value: Any, budget: _Budget, depth: int) -> Plain:
    return _nested(value, budget, depth, _copy_sequence)


def _nested(
    value: Any, budget: _Budget, depth: int, copy: Callable[[Any, _Budget, int], Plain]
) -> Plain:
    if depth >= MAX_DEPTH:
        return TOO_DEEP
    if id(value) in budget.open:
        return CYCLE
    budget.open.add(id(value))
    try:
        return copy(value, budget, depth + 1)
    except RuntimeError:  # another thread changed it while it was being copied
        return CHANGED
    finally:
        budget.open.discard(id(value))


def _copy_mapping(value: Any, budget: _Budget, depth: int) -> Plain:
    """Entry by entry; the ordinary ones (plain key, plain scalar) without a call, for speed."""
    items = list(dict.items(value))
    result: dict[Any, Plain] = {}
    nodes, text = budget.nodes, budget.text
    for position, (key, item) in enumerate(items, start=1):
        kind = type(item)
        if kind is str:
            cost = len(item) if item.isascii() else _NOT_ORDINARY
        elif kind is int:
            cost = 0 if -_LARGEST <= item <= _LARGEST else _NOT_ORDINARY
        elif kind is float:
            cost = 0 if isfinite(item) else _NOT_ORDINARY
        else:
            cost = 0 if kind is bool or item is None else _NOT_ORDINARY
        if type(key) is str and key.isascii() and nodes > 0 and cost + len(key) <= text:
            nodes -= 1
            text -= cost + len(key)
            result[key] = item
            continue
        budget.nodes, budget.text = nodes, text
        _copy_entry(result, position, key, item, budget, depth)
        nodes, text = budget.nodes, budget.text
        if nodes < 0 and position < len(items):
            result[BadKey(position)] = CUT
            break
    budget.nodes, budget.text = nodes, text
    return result


def _copy_entry(  # noqa: PLR0913, PLR0917  the state of a loop
    result: dict[Any, Plain], position: int, key: Any, item: Any, budget: _Budget, depth: int
) -> None:
    if type(key) is str and (key.isascii() or _is_text(key)):
        budget.text -= len(key)
        result[key] = TOO_LARGE if budget.text < 0 else _read(item, budget, depth)
    elif type(key) is int and key.bit_length() <= MAX_INTEGER_BITS and str(key) not in result:
        result[str(key)] = _read(item, budget, depth)
    else:  # a copy read anew keeps its marks
        result[BadKey(position)] = item if type(item) is Unreadable else BAD_KEY


def _copy_sequence(value: Any, budget: _Budget, depth: int) -> Plain:
    result = []
    for item in tuple(value):
        result.append(_read(item, budget, depth))
        if budget.nodes < 0:
            break
    return result


def _read_other(value: object, budget: _Budget, depth: int) -> Plain:
    """Enum members, dataclass and pydantic instances; anything else is unreadable."""
    kind = type(value)
    if issubclass(type(kind), enum.EnumType):
        fields = _instance_dict(value)
        return _read(fields["_value_"], budget, depth) if "_value_" in fields else UNKNOWN_TYPE
    names = _field_names(kind)
    if names is None:
        return UNKNOWN_TYPE
    fields = _instance_dict(value)
    if names and not fields:
        return UNKNOWN_TYPE  # slots, or a class that computes its own __dict__
    return _read_mapping({n: fields[n] for n in names if n in fields}, budget, depth)


def _class_chain(kind: type) -> tuple[type, ...]:
    """The method resolution order, read past any metaclass that overrides it."""
    chain = type.__dict__["__mro__"].__get__(kind)
    return tuple(chain)


def _instance_dict(value: object) -> dict[str, object]:
    """The instance's own ``__dict__``, unless its class replaced it by code."""
    for kind in _class_chain(type(value)):
        found = type.__dict__["__dict__"].__get__(kind).get("__dict__")
        if found is not None:
            if type(found) is not types.GetSetDescriptorType:
                return {}
            own = found.__get__(value)
            return dict(own) if type(own) is dict else {}
    return {}


def _field_names(kind: type) -> list[str] | None:
    """Field names of a dataclass or pydantic model, in order; None for any other class."""
    for base in _class_chain(kind):
        own = type.__dict__["__dict__"].__get__(base)
        for marker in ("__dataclass_fields__", "__pydantic_fields__"):
            fields = own.get(marker)
            if type(fields) is dict:
                return [name for name in fields if type(name) is str]
    return None


_READERS_BY_TYPE: Final[dict[type, Callable[[Any, _Budget, int], Plain]]] = {
    str: _read_text,
    int: _read_int,
    float: _read_float,
    dict: _read_mapping,
    OrderedDict: _read_mapping,
    defaultdict: _read_mapping,
    list: _read_sequence,
    tuple: _read_sequence,
    set: _read_sequence,
    frozenset: _read_sequence,
    Decimal: _read_decimal,
    uuid.UUID: _read_uuid,
    dt.datetime: _read_datetime,
    dt.date: _read_date,
}
"""How each type is read. A subclass is another type: its methods may be the caller's code."""

_READERS: Final = {id(kind): reader for kind, reader in _READERS_BY_TYPE.items()}
"""By identity, because the hash of a class may be its metaclass's code."""
_AS_THEY_ARE: Final = frozenset(map(id, (bool, type(None), Unreadable)))
"""Types whose values need no reading."""
