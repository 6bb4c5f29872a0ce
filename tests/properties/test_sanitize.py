"""What holds for every input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
from properties.policies import WRITTEN, under
from properties.strategies import ANYTHING, EVENTS, armed, identities
from safetrack.event import Event, SafeEvent
from safetrack.keys.keyring import TOKEN
from safetrack.walk.protect import MARKER

POLICIES = pytest.mark.parametrize("policy", WRITTEN)


@POLICIES
@given(event=st.one_of(EVENTS, ANYTHING), properties=ANYTHING)
@settings(max_examples=40)
def test_sanitize_never_raises_and_runs_no_code_of_the_caller(policy, event, properties):
    if type(event) is dict:
        event = {**event, "properties": properties}
    event = armed(event)
    hostile.CALLS.clear()
    done = under(policy).process([event], "vendor")[0]
    assert (done.safe is None) is (done.reason is not None)
    if done.safe is not None:
        assert type(done.safe) is SafeEvent
        json.loads(done.safe.to_json())
    assert hostile.CALLS == []


@POLICIES
@given(event=EVENTS)
@settings(max_examples=30)
def test_sanitize_never_changes_its_input(policy, event):
    before = identities(event)
    under(policy).sanitize(event, "vendor")
    assert identities(event) == before


@POLICIES
@given(event=EVENTS)
@settings(max_examples=30)
def test_sanitize_is_deterministic(policy, event):
    raw = Event(event)
    first, second = (under(policy).process([raw], "vendor")[0] for _ in range(2))
    assert first.reason == second.reason
    assert first.decisions == second.decisions
    if first.safe is not None:
        assert first.safe.to_json() == second.safe.to_json()
        assert first.safe.message_id == second.safe.message_id


def leaves(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every leaf by its path; message ids, which are new at every pass, without their values."""
    if isinstance(value, dict):
        pairs: Any = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {path: "id" if path == ("messageId",) else value}
    return {p: v for key, item in pairs for p, v in leaves(item, (*path, key)).items()}


@POLICIES
@given(event=EVENTS)
@settings(max_examples=40)
def test_a_second_pass_lets_out_no_more_and_leaves_tokens_and_markers_unchanged(policy, event):
    made = under(policy)
    first = made.sanitize(event, "vendor")
    if first is None:
        return
    once = leaves(first.to_dict())
    second = made.sanitize(first.to_dict(), "vendor")
    if second is None:  # the first pass restricted it for everybody, and that is honoured
        assert first.to_dict()["integrations"]["All"] is False
        return
    twice = leaves(second.to_dict())
    assert twice.keys() <= once.keys()
    for path, value in once.items():
        if type(value) is str and (TOKEN.fullmatch(value) or MARKER.fullmatch(value)):
            assert twice[path] == value
    assert all(once[path] == value for path, value in twice.items())
