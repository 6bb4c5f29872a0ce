"""Which entry of ``events:`` an event's name belongs to."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.compile.events import EventTable
from safetrack.policy.load import Policy


def found(events, name):
    entry = EventTable(Policy.from_dict({"version": 1, "events": events}).document.events, "").find(
        name
    )
    return entry and entry.pattern


def test_an_event_that_no_entry_names_has_none():
    assert found({"Signed Up": {}}, "Logged In") is None


def test_an_exact_event_name_beats_a_glob():
    assert found({"Signed *": "drop", "Signed Up": {}}, "Signed Up") == "Signed Up"


def test_the_closest_glob_of_an_event_wins():
    assert found({"S*": {}, "Signed *": {}, "*": {}}, "Signed Up") == "Signed *"
    assert found({"*S*d*": {}, "S*d*": {}}, "Signed Up") == "S*d*"  # fewer wildcards


@pytest.mark.parametrize("order", [("Si*", "*Up"), ("*Up", "Si*"), ("*p*U", "*Up")])
def test_among_equal_event_globs_the_later_line_wins(order):
    first, last = order
    expected = last if first.count("*") == last.count("*") else "*Up"
    assert found({first: {}, last: {}}, "Sign Up") == expected


def test_a_star_in_an_event_name_runs_over_dots():
    assert found({"app.*": {}}, "app.page.viewed") == "app.*"


@pytest.mark.parametrize("name", ["Internal Ping", "internal_ping", "internalPing"])
def test_a_dropped_event_matches_in_other_case_and_word_styles(name):
    assert found({"Internal Ping": "drop"}, name) == "Internal Ping"


def test_a_kept_event_matches_as_it_is_written_only():
    assert found({"Internal Ping": {}}, "internal_ping") is None


def test_a_dropped_glob_of_events_matches_in_other_styles_too():
    assert found({"Debug *": "drop"}, "debug_trace") == "Debug *"
    assert found({"Debug *": {}}, "debug_trace") is None


def test_an_exact_entry_beats_a_drop_in_another_style():
    assert found({"Internal Ping": "drop", "internal_ping": {}}, "internal_ping") == "internal_ping"


def test_an_entry_says_when_it_ends_and_whether_it_lists_the_name():
    document = Policy.from_dict(
        {"version": 1, "events": {"A": {"expires": dt.date(2027, 6, 1)}, "B*": "drop"}}
    ).document
    first, second = EventTable(document.events, "x ").entries
    assert first.expires == dt.date(2027, 6, 1)
    assert first.lists_the_name
    assert not first.drops
    assert second.drops
    assert not second.lists_the_name
