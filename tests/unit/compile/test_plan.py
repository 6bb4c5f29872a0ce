"""What is known of a place before any value stands there, and what of it is remembered."""

from __future__ import annotations

import pytest

from safetrack.compile.destination import DestinationRules
from safetrack.compile.plan import Plan, Plans
from safetrack.compile.policy import CompiledPolicy
from safetrack.event import Reason
from safetrack.policy.load import Policy
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.shape import Section, Shape
from sanitizing import process, sanitizer, track

EMAIL = "jane.doe@acme.com"


def rules_of(**sections) -> DestinationRules:
    policy = Policy.from_dict({"version": 1, **sections})
    return DestinationRules(CompiledPolicy(policy), "vendor", None)


def plans_of(kind_word: str = "track", shape: Shape = NEUTRAL, **sections) -> Plans:
    rules = rules_of(**sections)
    return rules.plans(shape, kind_word, rules.event_entries(""))


def at(plans: Plans, *keys: object) -> Plan:
    plan = plans.root
    for key in keys:
        plan = plans.below(plan, key)
    return plan


def test_a_plan_knows_the_rule_the_section_and_the_path():
    plan = at(plans_of(properties={"a.b": "keep"}), "properties", "a", "b")
    assert (plan.section, plan.path, plan.rule.label) == (
        Section.PROPERTIES,
        "a.b",
        "properties.a.b",
    )
    assert plan.is_property
    assert plan.shown == "properties.a.b"


@pytest.mark.parametrize(
    ("keys", "section", "path"),
    [
        (("properties", "$set", "a"), Section.TRAITS, "a"),
        (("properties", "$set.a"), Section.TRAITS, "a"),
        (("traits", "a"), Section.TRAITS, "a"),
        (("context", "traits.a.b"), Section.TRAITS, "a.b"),
        (("context", "a", "b"), Section.CONTEXT, "a.b"),
    ],
)
def test_a_bag_inside_a_bag_has_rules_of_its_own(keys, section, path):
    plan = at(plans_of(), *keys)
    assert (plan.section, plan.path) == (section, path)


def test_traits_of_a_group_have_a_section_of_their_own():
    assert at(plans_of("group"), "traits", "a").section is Section.GROUP_TRAITS
    assert at(plans_of("identify"), "traits", "a").section is Section.TRAITS


def test_a_dotted_key_may_not_reach_a_control_key_or_the_inside_of_a_bag_from_outside():
    assert at(plans_of(), "properties", "$geoip_disable.x").crossed is not None
    assert at(plans_of(), "properties.a").crossed is not None
    assert not at(plans_of(), "properties.a").is_property


def test_plans_of_known_keys_are_remembered_and_those_of_other_keys_are_not():
    plans = plans_of(properties={"plan": "keep"})
    known, unknown = at(plans, "properties", "plan"), at(plans, "properties", EMAIL)
    assert at(plans, "properties", "plan") is known
    assert at(plans, "properties", EMAIL) is not unknown
    assert at(plans, "properties", EMAIL, "plan") is not at(plans, "properties", EMAIL, "plan")
    assert EMAIL not in at(plans, "properties").inside


def test_no_key_is_kept_that_nobody_knows():
    cleaner = sanitizer(unlisted="scrub")
    cleaner.process([track({EMAIL: 1, "x": {EMAIL: "y"}}, groups={EMAIL: "g"})], "vendor")
    rules = cleaner.rules_for("vendor")
    seen = [rules]
    text = ""
    while seen:  # everything that the rules of the destination reach
        one = seen.pop()
        if isinstance(one, dict):
            seen += [*one.keys(), *one.values()]
        elif isinstance(one, Plan):
            seen += [one.keys, one.inside, one.path, one.shown]
        elif isinstance(one, Plans):
            seen.append(one.root)
        elif isinstance(one, DestinationRules):
            seen += [one._memo, one._plans]
        elif isinstance(one, tuple):
            seen += one
        elif isinstance(one, str):
            text += f"{one}\n"
    assert "properties" in text
    assert EMAIL not in text


def test_no_more_plans_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr("safetrack.compile.plan.MOST_PLANS", 2)
    plans = plans_of()
    for key in ("plan", "price", "country"):
        assert at(plans, "properties", key).shown == f"properties.{key}"
    assert list(at(plans, "properties").inside) == ["plan"]


def test_no_more_kinds_of_message_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr("safetrack.compile.destination._MEMO_SIZE", 1)
    rules = rules_of()
    track_plans = rules.plans(NEUTRAL, "track", ())
    assert rules.plans(NEUTRAL, "track", ()) is track_plans
    assert rules.plans(NEUTRAL, "page", ()) is not rules.plans(NEUTRAL, "page", ())


def test_the_same_answer_about_a_known_place_is_the_same_decision():
    plan = at(plans_of(), "properties", "plan")
    first = plan.decision("properties.plan", None, "drop", (), Reason.UNLISTED)
    assert plan.decision("properties.plan", None, "drop", (), Reason.UNLISTED) is first
    assert plan.decision("properties.plan", None, "drop", (), Reason.TOO_LARGE) is not first


def test_a_plan_shows_no_key_that_nobody_knows():
    plans = plans_of()
    assert repr(at(plans, "properties", "plan")) == "<Plan properties.plan>"
    assert repr(at(plans, "properties", EMAIL)) == "<Plan <key>>"


def test_the_same_value_in_the_same_batch_is_decided_the_same_wherever_its_key_is_numbered():
    """Keys that nobody knows are numbered anew in each message."""
    events = [track({"qqa": "x", "qqb": "y"}), track({"qqb": "y", "qqa": "x"})]
    rules = {"*": {"generalize": {"url": "origin"}}}
    first, second = sanitizer(properties=rules).process(events, "vendor")
    assert first.decisions == second.decisions
    assert [one.path for one in first.decisions] == ["properties.<key#1>", "properties.<key#2>"]


def test_pseudonyms_with_an_epoch_follow_each_events_own_time_within_a_batch():
    rules = {"a": {"pseudonymize": {"epoch": "1d"}}}
    events = [track({"a": "x"}, timestamp=f"2026-11-{day}T00:00:00Z") for day in (21, 22)]
    first, second = sanitizer(properties=rules).process(events, "vendor")
    assert first.safe.to_dict()["properties"] != second.safe.to_dict()["properties"]


def test_what_a_key_names_follows_each_events_own_time_where_its_treatment_has_an_epoch():
    treatment = {"entities": {"EMAIL_ADDRESS": {"pseudonymize": {"epoch": "1d"}}}}
    events = [track({"email": "jane.q"}, timestamp=f"2026-11-{day}T00:00:00Z") for day in (21, 22)]
    first, second = sanitizer(unlisted="scrub", detection=treatment).process(events, "vendor")
    assert first.safe.to_dict()["properties"] != second.safe.to_dict()["properties"]


def test_equal_values_of_two_types_are_two_values():
    left = [
        done.safe.to_dict().get("properties")
        for done in sanitizer(properties={"a": {"keep": [1, True]}}).process(
            [track({"a": 1}), track({"a": True}), track({"a": 1.0})], "vendor"
        )
    ]
    assert left == [{"a": 1}, {"a": True}, {}]
    assert [type(one["a"]) for one in left[:2]] == [int, bool]


def test_an_explained_list_shows_every_one_of_equal_items():
    _, leaves = sanitizer(properties={"a": "keep"}).explain(track({"a": ["x", "x"]}), "vendor")
    assert [leaf.before for leaf in leaves if leaf.path == "properties.a"] == ["x", "x"]


def test_an_event_alone_gives_what_it_gives_in_a_batch():
    event = track({"a": "x@acme.com", "b": [1, 1]}, userId="u")
    rules = {"a": "scrub", "b": "keep"}
    alone = process(event, properties=rules)
    again = sanitizer(properties=rules).process([event, event, event], "vendor")
    assert {one.safe.to_json() for one in again} == {alone.safe.to_json()}
    assert all(one.decisions == alone.decisions for one in again)
