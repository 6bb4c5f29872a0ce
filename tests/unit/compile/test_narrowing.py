"""A destination may only narrow."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.compile.destination import DestinationRules, check_narrowing
from safetrack.compile.narrowing import RANK
from safetrack.compile.policy import CompiledPolicy
from safetrack.errors import PolicyError
from safetrack.policy.document import ACTIONS
from safetrack.policy.load import Policy
from safetrack.vendors.shape import Section
from sanitizing import let_out

WRITTEN = {action: action for action in ACTIONS} | {"generalize": {"generalize": "version"}}


def policy(base, own, **sections):
    return Policy.from_dict(
        {
            "version": 1,
            "properties": base,
            "destinations": {"vendor": {"type": "stdout", "properties": own}},
            **sections,
        }
    )


def is_accepted(base, own, **sections):
    written = policy(base, own, **sections)
    try:
        check_narrowing(written, CompiledPolicy(written))
    except PolicyError:
        return False
    return True


def test_the_order_of_actions_is_that_of_the_contract():
    order = ["keep", "scrub", "generalize mask encrypt pseudonymize", "redact", "drop"]
    assert {name: rank for rank, names in enumerate(order) for name in names.split()} == RANK


@pytest.mark.parametrize("own", ACTIONS)
@pytest.mark.parametrize("base", ACTIONS)
def test_an_action_further_right_is_narrower_and_one_further_left_an_error(base, own):
    is_right = RANK[own] > RANK[base]
    assert is_accepted({"x": WRITTEN[base]}, {"x": WRITTEN[own]}) is (is_right or own == base)


@pytest.mark.parametrize(
    ("base", "own", "accepted"),
    [
        ({"keep": ["a", "b"]}, {"keep": ["a"]}, True),
        ({"keep": ["a"]}, {"keep": ["a", "b"]}, False),
        ({"keep": ["a"]}, "keep", False),
        ("keep", {"keep": "integer"}, True),
        ({"keep": "integer"}, {"keep": "string"}, False),
        (
            {"keep": "integer", "min": 0, "max": 9},
            {"keep": "integer", "min": 1, "max": 8},
            True,
        ),
        ({"keep": "integer", "min": 0, "max": 9}, {"keep": "integer"}, False),
        ("keep", {"keep": True, "trusted": True}, False),
        ({"generalize": {"round": 10}}, {"generalize": {"round": 100}}, True),
        ({"generalize": {"round": 100}}, {"generalize": {"round": 10}}, False),
        ({"generalize": {"time": "hour"}}, {"generalize": {"time": "day"}}, True),
        ({"generalize": {"time": "day"}}, {"generalize": {"time": "hour"}}, False),
        ({"generalize": {"time": "week"}}, {"generalize": {"time": "month"}}, False),
        ({"generalize": {"ip": {"v4": 24}}}, {"generalize": {"ip": {"v4": 16}}}, True),
        ({"generalize": {"ip": {"v4": 16}}}, {"generalize": {"ip": {"v4": 24}}}, False),
        ({"generalize": {"geo": 2}}, {"generalize": {"geo": 1}}, True),
        ({"generalize": {"geo": 1}}, {"generalize": {"geo": 2}}, False),
        ({"generalize": {"url": "path"}}, {"generalize": {"url": "origin"}}, True),
        ({"generalize": {"url": "origin"}}, {"generalize": {"url": "path"}}, False),
        ({"generalize": {"round": 10}}, {"generalize": {"time": "day"}}, False),
        ({"mask": 4}, {"mask": 2}, True),
        ({"mask": 2}, {"mask": 4}, False),
        ("pseudonymize", {"pseudonymize": {"scope": "field"}}, True),
        ("pseudonymize", {"pseudonymize": {"scope": "global"}}, False),
        ({"pseudonymize": {"epoch": "2d"}}, {"pseudonymize": {"epoch": "1d"}}, True),
        ({"pseudonymize": {"epoch": "1d"}}, "pseudonymize", False),
        ("pseudonymize", {"pseudonymize": True, "kind": "email"}, False),  # joins with others
        ({"redact": True, "kind": "note"}, "redact", True),
        ("mask", "pseudonymize", False),  # neither is provably coarser
    ],
    ids=str,
)
def test_the_same_action_must_be_provably_coarser(base, own, accepted):
    assert is_accepted({"x": base}, {"x": own}) is accepted


def test_naming_what_the_policy_does_not_list_is_an_error_unless_it_is_dropped():
    assert not is_accepted({}, {"x": "redact"})
    assert is_accepted({}, {"x": "drop"})


def test_a_glob_of_a_destination_is_checked_against_every_rule_it_covers():
    assert not is_accepted({"utm_source": "redact"}, {"utm_*": "keep"})
    assert not is_accepted({"utm_*": "redact"}, {"utm_*": "keep"})
    assert not is_accepted({"utm_s*": "redact"}, {"utm_*": "scrub"})
    assert is_accepted({"utm_*": "keep"}, {"utm_*": "scrub"})
    assert is_accepted({"utm_*": "keep", "plan": "drop"}, {"utm_*": "scrub"})


def test_a_name_of_a_destination_is_checked_against_the_policys_glob():
    assert not is_accepted({"utm_*": "redact"}, {"utm_source": "keep"})
    assert is_accepted({"utm_*": "keep"}, {"utm_source": "redact"})


def test_an_event_rule_of_a_destination_is_checked_against_the_events_own_rules():
    own = {"type": "stdout", "events": {"A": {"properties": {"x": "keep"}}}}
    for base, accepted in (("redact", False), ("keep", True)):
        written = Policy.from_dict(
            {
                "version": 1,
                "properties": {"x": "keep"},
                "events": {"A": {"properties": {"x": base}}},
                "destinations": {"vendor": own},
            }
        )
        if accepted:
            check_narrowing(written, CompiledPolicy(written))
        else:
            with pytest.raises(PolicyError, match="not narrower"):
                check_narrowing(written, CompiledPolicy(written))


def test_an_error_names_every_wrong_rule_with_file_line_and_column(tmp_path):
    path = tmp_path / "safetrack.yaml"
    path.write_text(
        """\
version: 1
properties:
  plan: redact
  seats: drop
traits: {plan: redact}
destinations:
  vendor:
    type: stdout
    properties:
      plan: keep
      seats: scrub
    traits:
      plan: scrub
    events:
      A:
        properties:
          plan: mask
"""
    )
    written = Policy.load(path)
    with pytest.raises(PolicyError) as caught:
        check_narrowing(written, CompiledPolicy(written))
    places = [(p.file, p.line, p.column, p.path) for p in caught.value.problems]
    assert places == [
        (str(path), 10, 7, "destinations.vendor.properties.plan"),
        (str(path), 11, 7, "destinations.vendor.properties.seats"),
        (str(path), 13, 7, "destinations.vendor.traits.plan"),
        (str(path), 17, 11, "destinations.vendor.events.A.properties.plan"),
    ]
    assert "keep is not narrower than the policy's own rule (properties.plan: redact)" in str(
        caught.value
    )


def rule(written, path, event=""):
    compiled = CompiledPolicy(written)
    rules = DestinationRules(compiled, "vendor", written.document.destinations["vendor"])
    return rules.find(Section.PROPERTIES, rules.event_entries(event), path)


def test_where_two_rules_cannot_be_compared_nothing_leaves():
    # not provable beforehand, because neither glob covers the other
    written = policy({"a*": "mask"}, {"*b": "pseudonymize"})
    check_narrowing(written, CompiledPolicy(written))
    assert rule(written, "ab").action.name == "drop"
    assert rule(written, "ac").action.name == "mask"


def test_where_the_policy_is_narrower_at_a_place_its_rule_stands():
    written = policy({"a*": "redact"}, {"*b": "keep"})
    assert rule(written, "ab").action.name == "redact"


def test_only_limits_a_destination_to_what_it_lists_and_what_is_below():
    written = Policy.from_dict(
        {
            "version": 1,
            "properties": {"**": "keep"},
            "destinations": {"vendor": {"type": "stdout", "only": ["plan", "utm_*"]}},
        }
    )
    assert rule(written, "plan").action.name == "keep"
    assert rule(written, "plan.name").action.name == "keep"
    assert rule(written, "utm_source").action.name == "keep"
    assert rule(written, "seats").label == "only"
    assert rule(written, "seats").action.name == "drop"


def test_only_lets_out_nothing_that_the_policy_does_not():
    written = Policy.from_dict(
        {"version": 1, "destinations": {"vendor": {"type": "stdout", "only": ["plan"]}}}
    )
    assert rule(written, "plan") is None


def test_a_narrowing_rule_never_outlives_the_rule_that_it_narrows():
    sections = {"destinations": {"vendor": {"type": "stdout", "properties": {"x": "redact"}}}}
    base = {"keep": True, "expires": dt.date(2026, 11, 22)}
    assert let_out({"x": "a"}, {"x": base}, **sections) == {}
    assert let_out({"x": "a"}, {"x": "keep"}, **sections) == {"x": "<REDACTED>"}


def test_a_narrowing_rule_ends_on_its_own_day_too():
    own = {"keep": "string", "expires": dt.date(2026, 11, 22)}
    sections = {"destinations": {"vendor": {"type": "stdout", "properties": {"x": own}}}}
    assert let_out({"x": "a"}, {"x": "keep"}, **sections) == {}


@pytest.mark.parametrize("own", ["scrub", "pseudonymize", {"generalize": {"url": "path"}}])
def test_a_destination_gets_no_value_that_the_policys_own_rule_refuses(own):
    sections = {"destinations": {"vendor": {"type": "stdout", "properties": {"x": own}}}}
    listed = {"x": {"keep": ["https://example.org/pricing"]}}
    assert let_out({"x": "https://example.org/other"}, listed, **sections) == {}
    assert let_out({"x": "https://example.org/pricing"}, listed, **sections) != {}


def test_a_narrower_rule_sees_the_policys_constant_in_place_of_what_is_refused():
    sections = {"destinations": {"vendor": {"type": "stdout", "properties": {"x": "scrub"}}}}
    rules = {"x": {"keep": ["pro"], "otherwise": "other"}}
    assert let_out({"x": "anything"}, rules, **sections) == {"x": "other"}


def test_answers_stay_right_when_more_paths_are_asked_than_are_remembered(monkeypatch):
    monkeypatch.setattr("safetrack.compile.destination._MEMO_SIZE", 1)
    written = policy({"a": "keep", "b": "keep"}, {"a": "redact"})
    compiled = CompiledPolicy(written)
    rules = DestinationRules(compiled, "vendor", written.document.destinations["vendor"])
    asked = [rules.find(Section.PROPERTIES, rules.event_entries(""), path) for path in "abab"]
    assert [found.action.name for found in asked] == ["redact", "keep", "redact", "keep"]


def test_a_bare_scope_narrows_nothing_and_is_no_mistake():
    written = policy({"a": "keep"}, {})
    rules = DestinationRules(CompiledPolicy(written), "elsewhere", None)
    assert rules.check(written) == []
    assert rules.find(Section.PROPERTIES, rules.event_entries(""), "a").action.name == "keep"
