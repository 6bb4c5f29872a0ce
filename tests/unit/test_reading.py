"""Values are read by exact type, and the caller's code never runs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import math
import threading
import uuid
from collections import OrderedDict, UserDict, defaultdict, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unittest.mock import MagicMock
from zoneinfo import ZoneInfo

import dateutil.tz
import pydantic
import pytest

import hostile
from safetrack import reading
from safetrack.reading import (
    BAD_KEY,
    CHANGED,
    CUT,
    CYCLE,
    MAX_DEPTH,
    NOT_FINITE,
    NOT_TEXT,
    TOO_DEEP,
    TOO_LARGE,
    UNKNOWN_TYPE,
    BadKey,
    Unreadable,
    measured_snapshot,
    snapshot,
)


class Plan(enum.Enum):
    PRO = "pro"


class Level(enum.IntEnum):
    HIGH = 3


class Word(enum.StrEnum):
    ONE = "one"


@dataclasses.dataclass
class Address:
    city: str
    tags: list[str]


class Model(pydantic.BaseModel):
    plan: str
    seats: int


UUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("text", "text"),
        ("", ""),
        ("Zoë \U0001f600", "Zoë \U0001f600"),
        (0, 0),
        (-(2**63) + 1, -(2**63) + 1),
        (1.5, 1.5),
        (True, True),
        (None, None),
        ({"a": 1}, {"a": 1}),
        ({1: "a"}, {"1": "a"}),
        (OrderedDict(a=1), {"a": 1}),
        (defaultdict(list, a=1), {"a": 1}),
        ([1, [2]], [1, [2]]),
        ((1, (2,)), [1, [2]]),
        ({1}, [1]),
        (frozenset({1}), [1]),
        (Decimal("1.5"), 1.5),
        (Decimal("42.00"), 42),
        (Decimal("1E+3"), 1000),
        (uuid.UUID(UUID), UUID),
        (Plan.PRO, "pro"),
        (Level.HIGH, 3),
        (Word.ONE, "one"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05Z"),  # noqa: DTZ001  naive: UTC
        (dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "2026-01-02T00:00:00Z"),
        (
            dt.datetime(2026, 1, 2, 1, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-01-02T00:00:00Z",
        ),
        (Address("Ulm", ["a"]), {"city": "Ulm", "tags": ["a"]}),
        (Model(plan="pro", seats=3), {"plan": "pro", "seats": 3}),
    ],
    ids=repr,
)
def test_a_value_of_a_known_type_is_read(value, plain):
    assert snapshot(value) == plain
    assert type(snapshot(value)) is type(plain)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (math.nan, NOT_FINITE),
        (math.inf, NOT_FINITE),
        (-math.inf, NOT_FINITE),
        (Decimal("NaN"), NOT_FINITE),
        (Decimal("sNaN"), NOT_FINITE),
        (Decimal("Infinity"), NOT_FINITE),
        (Decimal("1E+999999999"), TOO_LARGE),
        (Decimal("1E-999999999"), TOO_LARGE),
        (Decimal(2**64), TOO_LARGE),
        (2**64, TOO_LARGE),
        (10**5000, TOO_LARGE),
        ("half a pair \ud800", NOT_TEXT),
        (b"bytes", UNKNOWN_TYPE),
        (bytearray(b"bytes"), UNKNOWN_TYPE),
        (memoryview(b"bytes"), UNKNOWN_TYPE),
        (1 + 2j, UNKNOWN_TYPE),
        (Fraction(1, 2), UNKNOWN_TYPE),
        (dt.time(1), UNKNOWN_TYPE),
        (dt.timedelta(1), UNKNOWN_TYPE),
        (ValueError("jane@acme.com"), UNKNOWN_TYPE),
        (object(), UNKNOWN_TYPE),
        (object, UNKNOWN_TYPE),
        (len, UNKNOWN_TYPE),
        (range(3), UNKNOWN_TYPE),
        (UserDict(a=1), UNKNOWN_TYPE),
        (namedtuple("Point", "x")(1), UNKNOWN_TYPE),  # noqa: PYI024
        (MagicMock(), UNKNOWN_TYPE),
        (dt.datetime.max.replace(tzinfo=dt.timezone(-dt.timedelta(hours=5))), TOO_LARGE),
        (dt.datetime(2026, 1, 1, tzinfo=hostile.HostileZone()), UNKNOWN_TYPE),
        (uuid.UUID.__new__(uuid.UUID), UNKNOWN_TYPE),  # never initialised
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_another_type_is_not_read(value, reason):
    assert snapshot(value) == reason


def test_a_generator_is_not_consumed():
    numbers = (number for number in range(3))
    assert snapshot({"x": numbers}) == {"x": UNKNOWN_TYPE}
    assert next(numbers) == 0


@pytest.mark.parametrize("number", range(len(hostile.objects())))
def test_no_code_of_the_caller_runs(number):
    hostile.CALLS.clear()
    value = hostile.objects()[number]
    for placed in (value, {"x": value}, [value], (value,)):
        snapshot(placed)
    assert hostile.CALLS == []


def test_a_hostile_object_as_a_key_is_not_asked_for_its_text():
    key = hostile._subclass(str)("k")
    type.__setattr__(type(key), "__hash__", str.__hash__)
    type.__setattr__(type(key), "__eq__", str.__eq__)
    hostile.CALLS.clear()
    assert snapshot({key: "x"}) == {BadKey(1): BAD_KEY}
    assert hostile.CALLS == []


def test_a_dataclass_is_read_from_its_own_dict_without_its_code():
    hostile.CALLS.clear()
    assert snapshot(hostile.HostileFields()) == {"plan": "pro"}
    assert snapshot(hostile.HostileEnum.PRO) == "pro"
    assert hostile.CALLS == []


def test_a_class_that_computes_its_dict_is_not_read():
    hostile.CALLS.clear()
    assert snapshot(hostile.HostileDictAttribute()) == UNKNOWN_TYPE
    assert hostile.CALLS == []


@dataclasses.dataclass(slots=True)
class Slotted:
    email: str = "jane@acme.com"


@dataclasses.dataclass
class Empty:
    pass


def test_a_dataclass_with_slots_has_no_dict_to_read():
    assert snapshot(Slotted()) == UNKNOWN_TYPE
    assert snapshot(Empty()) == {}


def test_only_declared_fields_of_an_instance_are_read():
    address = Address("Ulm", [])
    address.__dict__["extra"] = "jane@acme.com"
    del address.__dict__["tags"]
    assert snapshot(address) == {"city": "Ulm"}


def test_an_enum_member_without_a_value_is_not_read():
    member = Plan.PRO
    own = dict(member.__dict__)
    try:
        member.__dict__.pop("_value_")
        assert snapshot(member) == UNKNOWN_TYPE
    finally:
        member.__dict__.update(own)


def test_an_instance_dict_of_another_type_is_not_read():
    class Odd:
        __dataclass_fields__ = {"x": None}  # noqa: RUF012

    class Subclass(dict[str, Any]):
        pass

    odd = Odd()
    odd.__dict__ = Subclass(x="jane@acme.com")
    assert snapshot(odd) == UNKNOWN_TYPE


@pytest.mark.parametrize(
    "key",
    ["\udc00", None, 1.5, (1,), b"k", True, 2**64, frozenset()],
    ids=lambda key: type(key).__name__,
)
def test_a_key_that_is_no_string_costs_its_entry_and_no_other(key):
    read = snapshot({"a": 1, key: "jane@acme.com", "b": 2})
    assert read == {"a": 1, BadKey(2): BAD_KEY, "b": 2}


def test_a_number_as_key_hides_no_other_entry():
    assert snapshot({"1": "a", 1: "b"}) == {"1": "a", BadKey(2): BAD_KEY}


def test_a_cycle_ends_where_it_closes():
    items: list[Any] = [1]
    items.append(items)
    assert snapshot(items) == [1, CYCLE]
    tree: dict[str, Any] = {}
    tree["self"] = {"again": tree}
    assert snapshot(tree) == {"self": {"again": CYCLE}}


def test_the_same_object_twice_is_no_cycle():
    shared = {"a": 1}
    assert snapshot([shared, shared]) == [{"a": 1}, {"a": 1}]


def test_depth_is_bounded():
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    read = snapshot(deep)
    for _ in range(MAX_DEPTH):
        (read,) = read
    assert read == TOO_DEEP


def test_the_number_of_values_is_bounded(monkeypatch):
    monkeypatch.setattr(reading, "MAX_NODES", 5)
    assert snapshot([1, 2, 3, 4, 5, 6, 7]) == [1, 2, 3, 4, TOO_LARGE]
    assert snapshot({"a": [1, 2, 3], "b": 4}) == {"a": [1, 2, 3], "b": TOO_LARGE}


def test_a_mapping_that_is_cut_off_says_so(monkeypatch):
    monkeypatch.setattr(reading, "MAX_NODES", 3)
    read = snapshot({"a": 1, "b": 2, "c": 3, "d": 4})
    assert read == {"a": 1, "b": 2, "c": TOO_LARGE, BadKey(3): CUT}
    assert read[BadKey(3)] is CUT
    again = snapshot({BadKey(3): read[BadKey(3)]})  # as after `before`
    assert again[BadKey(1)] is CUT


def test_the_number_of_characters_is_bounded_keys_included(monkeypatch):
    monkeypatch.setattr(reading, "MAX_TEXT", 10)
    assert snapshot(["12345", "12345", "1"]) == ["12345", "12345", TOO_LARGE]
    assert snapshot({"1234567": "1234"}) == {"1234567": TOO_LARGE}
    assert snapshot({"12345678901": 1}) == {"12345678901": TOO_LARGE}


def test_nothing_is_shared_with_the_caller():
    inner = {"a": [1]}
    given = {"x": inner, "y": {"z"}}
    read = snapshot(given)
    inner["a"].append(2)
    given["new"] = 1
    assert read == {"x": {"a": [1]}, "y": ["z"]}


def test_the_caller_s_objects_stay_as_they_are():
    given = {"x": [1, {"y": (2, None)}], "set": {1}}
    before = repr(given)
    snapshot(given)
    assert repr(given) == before


def test_a_copy_is_measured_in_bytes():
    _, small = measured_snapshot({"a": "x"})
    _, large = measured_snapshot({"a": "x" * 1000})
    assert large - small == 999
    assert measured_snapshot([1, 2, 3])[1] > measured_snapshot([1])[1]


class ChangingError(RuntimeError):
    """What a container says that another thread changes."""


def test_a_container_that_changes_while_it_is_read_is_dropped():
    def copy(*_: object) -> None:
        raise ChangingError

    assert reading._nested([], reading._Budget(), 0, copy) == CHANGED


def test_a_thread_that_changes_the_values_meanwhile_does_no_harm():
    given: dict[str, Any] = {"bag": {}, "list": []}
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            given["bag"][f"k{number % 500}"] = number
            given["bag"].pop(f"k{(number * 7) % 500}", None)
            given["list"][:] = range(number % 50)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(300):
            read = snapshot(given)
            assert read.keys() == {"bag", "list"}
    finally:
        stop.set()
        thread.join()


def test_what_stands_for_an_unreadable_value_holds_a_reason_only():
    assert {field.name for field in dataclasses.fields(Unreadable)} == {"reason"}
    assert snapshot(Unreadable("too_deep")) == TOO_DEEP


def test_the_time_zones_of_dateutil_are_known():
    moment = dt.datetime(2026, 1, 2, 1, tzinfo=dateutil.tz.gettz("Europe/Berlin"))
    assert snapshot(moment) == "2026-01-02T00:00:00Z"
