"""Raw events and safe ones."""

from __future__ import annotations

import datetime as dt
import json
import logging
import pickle
import traceback

import pytest

import hostile
from safetrack.event import EVENT_KEYS, EVENT_TYPES, Decision, Event, Reason, SafeEvent

CANARY = "jane.canary@acme.com"


def safe(message, decisions=()):
    return SafeEvent(message, message_id="m", destination="d", decisions=decisions)


def test_the_neutral_form_has_the_keys_of_the_contract():
    assert set(EVENT_KEYS) == {
        "type",
        "event",
        "name",
        "category",
        "userId",
        "anonymousId",
        "previousId",
        "groupId",
        "groupType",
        "groups",
        "properties",
        "traits",
        "context",
        "integrations",
        "timestamp",
        "messageId",
    }
    assert set(EVENT_TYPES) == {"identify", "track", "page", "screen", "group", "alias"}


def test_an_event_is_copied_when_it_is_made():
    given = {"type": "track", "properties": {"tags": ["a"]}}
    event = Event(given)
    given["properties"]["tags"].append("b")
    assert event.message == {"type": "track", "properties": {"tags": ["a"]}}


def test_an_event_knows_when_it_was_handed_over():
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert Event({}, received_at=at).received_at == at
    before = dt.datetime.now(dt.UTC)
    assert before <= Event({}).received_at <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("message", [None, "text", [], 1, {1, 2}])
def test_what_is_no_mapping_becomes_an_empty_event(message):
    assert Event(message).message == {}


@pytest.mark.parametrize("number", range(len(hostile.objects())))
def test_a_hostile_message_becomes_an_empty_event_and_runs_no_code(number):
    hostile.CALLS.clear()
    assert Event(hostile.objects()[number]).message == {}
    assert hostile.CALLS == []


def test_an_event_is_measured():
    assert Event({"a": "x" * 5000}).size - Event({"a": ""}).size == 5000


@pytest.mark.parametrize("shown", [repr, str, "{}".format, "{!r:>3}".format], ids=range(4))
def test_an_event_shows_its_type_and_counts_only(shown):
    event = Event({"type": "track", "event": CANARY, "userId": CANARY, CANARY: CANARY})
    assert shown(event) == "<Event type=track keys=4>"
    assert shown(Event({"type": CANARY})) == "<Event type=unknown keys=1>"
    assert shown(Event({"type": [CANARY]})) == "<Event type=unknown keys=1>"


def test_a_safe_event_shows_its_type_and_counts_only():
    decision = Decision("x", "drop", None, (), Reason.UNLISTED)
    event = safe({"type": "track", "event": CANARY}, (decision,))
    assert repr(event) == "<SafeEvent type=track keys=2 decisions=1>"
    assert repr(safe({"event": CANARY})) == "<SafeEvent type=message keys=1 decisions=0>"


def test_no_value_of_an_event_stands_in_a_log_line_or_a_traceback_of_it(caplog):
    event = Event({"type": "track", "userId": CANARY})
    logging.getLogger("app").warning("failed: %s %r", event, [event])

    def fail(event):
        raise ValueError(event)

    try:
        fail(event)
    except ValueError as error:
        shipped = "".join(
            traceback.TracebackException.from_exception(error, capture_locals=True).format()
        )
    assert CANARY not in caplog.text
    assert "<Event type=track" in shipped
    # the test's own frame has no other text that holds it
    assert CANARY not in shipped


def test_what_a_safe_event_holds_can_be_taken_out_and_changed_without_changing_it():
    event = safe({"properties": {"tags": ["a"]}})
    taken = event.to_dict()
    taken["properties"]["tags"].append("b")
    assert event.to_dict() == {"properties": {"tags": ["a"]}}


def test_a_safe_event_is_written_as_compact_json():
    assert safe({"type": "track", "name": "Zoë"}).to_json() == (
        '{"type":"track","name":"Zoë"}'.encode()
    )
    assert json.loads(safe({"a": [1, None, True]}).to_json()) == {"a": [1, None, True]}


def test_no_half_of_a_surrogate_pair_stops_a_batch():
    assert safe({"a": "\ud800"}).to_json() == b'{"a":"?"}'


def test_numbers_that_are_not_finite_are_never_written():
    assert safe({"a": float("nan"), "b": float("inf")}).to_json() == b'{"a":null,"b":null}'


def test_a_safe_event_travels_between_processes_whole():
    decision = Decision("x", "drop", None, (), Reason.UNLISTED)
    event = pickle.loads(pickle.dumps(safe({"a": 1}, (decision,))))  # noqa: S301  our own
    assert (event.to_dict(), event.message_id, event.destination) == ({"a": 1}, "m", "d")
    assert event.decisions == (decision,)


def test_a_decision_has_no_place_for_a_value():
    assert Decision.__slots__ == ("path", "action", "rule", "entities", "reason")
    with pytest.raises((AttributeError, TypeError)):
        Decision("x", "drop", None, (), Reason.RULE).value = CANARY


def test_reasons_have_stable_names_that_can_be_metric_labels():
    assert all(reason.value == reason.name.lower() for reason in Reason)
    assert f"{Reason.QUEUE_FULL}" == "queue_full"
