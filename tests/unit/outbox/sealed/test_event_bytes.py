"""Events as bytes, and back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack import reading
from safetrack.event import Event
from safetrack.outbox.sealed.event_bytes import from_bytes, to_bytes
from safetrack.reading import BadKey

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.datetimes()
    | st.just(object()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers() | st.binary(), inner),
    max_leaves=30,
)


@given(st.dictionaries(st.text() | st.integers() | st.binary(), VALUES))
def test_an_event_comes_back_as_it_was(message):
    event = Event(message)

    again = from_bytes(to_bytes(event))

    assert again.message == event.message
    assert [type(key) for key in again.message] == [type(key) for key in event.message]
    assert (again.size, again.received_at) == (event.size, event.received_at)


@pytest.mark.parametrize(
    "mark",
    [value for value in vars(reading).values() if type(value) is reading.Unreadable],
    ids=lambda mark: mark.reason,
)
def test_what_could_not_be_read_keeps_its_mark(mark):
    event = Event({})
    event.message = {"properties": {"x": mark, BadKey(2): mark}}

    again = from_bytes(to_bytes(event)).message["properties"]

    assert again["x"] is mark
    assert again[BadKey(2)] is mark


def test_a_caller_cannot_invent_a_reason():
    event = Event({"properties": {"\x00unreadable": "made up"}, "\x00key7": 1, "\x00keyx": 2})

    again = from_bytes(to_bytes(event))

    assert again.message == {
        "properties": reading.UNKNOWN_TYPE,
        BadKey(7): 1,
        "\x00keyx": 2,
    }


def test_the_time_of_receipt_is_kept():
    at = dt.datetime(2026, 3, 1, 12, 30, 15, 123456, dt.UTC)

    assert from_bytes(to_bytes(Event({}, received_at=at))).received_at == at


@pytest.mark.parametrize("data", [b"", b"[]", b"[1]", b"\xff", b"{}"])
def test_what_is_no_event_is_refused(data):
    with pytest.raises(ValueError):
        from_bytes(data)
