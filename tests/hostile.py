"""Objects whose every method raises and counts: nothing may ever call one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Any, NoReturn

CALLS: list[str] = []
"""What was called nevertheless."""


class CodeWasRunError(Exception):
    """Some code of the caller's ran."""


def _trap(name: str) -> Any:
    def called(*_args: object, **_kwargs: object) -> NoReturn:
        CALLS.append(name)
        raise CodeWasRunError(name)

    return called


NAMES = [
    "__str__",
    "__repr__",
    "__bool__",
    "__len__",
    "__iter__",
    "__next__",
    "__getitem__",
    "__contains__",
    "__hash__",
    "__eq__",
    "__lt__",
    "__int__",
    "__float__",
    "__index__",
    "__getattr__",
    "__getattribute__",
    "__format__",
    "__bytes__",
    "keys",
    "values",
    "items",
    "get",
    "copy",
    "model_dump",
    "dict",
    "to_dict",
    "__reduce__",
    "__reduce_ex__",
    "__deepcopy__",
    "isoformat",
    "strip",
    "casefold",
    "utcoffset",
    "__add__",
    "bit_length",
    "is_finite",
    "__instancecheck__",
    "__class_getitem__",
]
TRAPS: dict[str, Any] = {name: _trap(name) for name in NAMES}


class MetaTrap(type):
    """A class whose own hash, equality and truth are traps too."""

    __hash__ = _trap("type.__hash__")
    __eq__ = _trap("type.__eq__")
    __bool__ = _trap("type.__bool__")
    __len__ = _trap("type.__len__")
    __instancecheck__ = _trap("type.__instancecheck__")
    __subclasscheck__ = _trap("type.__subclasscheck__")
    __getattribute__ = _trap("type.__getattribute__")

    @property
    def __mro__(cls) -> NoReturn:  # type: ignore[override]
        _trap("type.__mro__")()

    @property
    def __dict__(cls) -> NoReturn:  # type: ignore[override]
        _trap("type.__dict__")()


def _subclass(base: type, metaclass: type = type) -> type:
    return metaclass(f"Hostile{base.__name__}", (base,), dict(TRAPS))


HostileObject = _subclass(object)
HostileMeta = _subclass(object, MetaTrap)
HostileZone = _subclass(dt.tzinfo)


class HostileDictAttribute:
    """Computes its own ``__dict__``."""

    __dataclass_fields__ = {"secret": None}  # noqa: RUF012  what a dataclass looks like

    @property
    def __dict__(self) -> NoReturn:  # type: ignore[override]
        _trap("__dict__")()


@dataclasses.dataclass(eq=False, repr=False)
class HostileFields:
    """A dataclass whose attribute access is a trap; its own dict is not."""

    plan: str = "pro"

    __getattribute__ = _trap("dataclass.__getattribute__")
    __eq__ = _trap("dataclass.__eq__")
    __hash__ = _trap("dataclass.__hash__")
    __repr__ = _trap("dataclass.__repr__")


class HostileEnum(enum.Enum):
    """An enum whose value is computed."""

    PRO = "pro"

    @property
    def value(self) -> NoReturn:
        _trap("enum.value")()

    __str__ = _trap("enum.__str__")


def objects() -> list[object]:
    """One of each."""
    made: list[object] = [HostileObject(), object.__new__(HostileMeta), HostileDictAttribute()]
    for base, argument in ((dict, {}), (list, []), (str, "jane@acme.com"), (int, 7), (float, 7.5)):
        made.append(base.__new__(_subclass(base), argument))  # type: ignore[call-overload]
        made.append(base.__new__(_subclass(base, MetaTrap), argument))  # type: ignore[call-overload]
    made += [dt.datetime(2026, 1, 1, tzinfo=HostileZone()), type("Nothing", (), {})]
    return made
