"""Arbitrary input, and personal values planted in it."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from hostile import objects
from safetrack.event import EVENT_KEYS, EVENT_TYPES

WORDS = [
    "plan",
    "price",
    "email",
    "phone",
    "name",
    "first_name",
    "note",
    "token",
    "$set",
    "$set_once",
    "$groups",
    "address",
    "country",
    "utm_source",
    "page",
    "url",
    "ip",
    "lat",
    "user_id",
    "tags",
    "a.b.c",
    "messages",
    "$ip",
    "$process_person_profile",
]

TEXTS = st.one_of(
    st.sampled_from(["pro", "free", "DE", "", " ", "st1_k1_0_", "<EMAIL_ADDRESS>", "\ud800"]),
    st.text(max_size=12),
)
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.none(),
    st.binary(max_size=4),
    st.decimals(allow_nan=True),
    st.uuids(),
    st.datetimes(),
    st.dates(),
)
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=8), st.integers(0, 9), st.none())


def _containers(children: Any) -> Any:
    return st.one_of(
        st.dictionaries(KEYS, children, max_size=4),
        st.lists(children, max_size=4),
        st.lists(children, max_size=3).map(tuple),
    )


VALUES = st.recursive(SCALARS, _containers, max_leaves=12)


@dataclass(frozen=True)
class Hostile:
    """Stands for a hostile object, for Hypothesis itself would run its code."""

    number: int


HOSTILE = st.integers(0, len(objects()) - 1).map(Hostile)
ANYTHING = st.recursive(st.one_of(SCALARS, HOSTILE), _containers, max_leaves=8)


def armed(value: Any) -> Any:
    """The same tree with hostile objects in it."""
    if type(value) is Hostile:
        return objects()[value.number]
    if type(value) is dict:
        return {key: armed(item) for key, item in value.items()}
    if type(value) in {list, tuple}:
        return type(value)(map(armed, value))
    return value


EVENTS = st.builds(
    lambda kind, event, fields: {"type": kind, "event": event, **fields},
    st.sampled_from(EVENT_TYPES),
    st.one_of(st.sampled_from(["Signed Up", "Page Viewed"]), st.text(min_size=1, max_size=12)),
    st.dictionaries(
        st.sampled_from([key for key in EVENT_KEYS if key not in {"type", "event"}]),
        VALUES,
        max_size=6,
    ),
)
"""Messages in the neutral form, of which any part may be nonsense."""


def identities(value: Any) -> list[tuple[int, Any]]:
    """Each object of a tree with its identity, and what it holds at the moment."""
    found = [(id(value), _held(value))]
    if type(value) is dict:
        for item in value.values():
            found += identities(item)
    elif type(value) in {list, tuple}:
        for item in value:
            found += identities(item)
    return found


def _held(value: Any) -> Any:
    if type(value) is dict:
        return [(key, id(item)) for key, item in value.items()]
    if type(value) in {list, tuple}:
        return [id(item) for item in value]
    kinds = (str, int, float, bool, bytes, uuid.UUID, dt.date, dt.datetime, decimal.Decimal)
    return repr(value) if type(value) in kinds else None
