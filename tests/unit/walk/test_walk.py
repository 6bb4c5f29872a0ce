"""Every leaf and key gets its decision: bags, lists, dotted keys, paths as they may be shown."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack import reading
from safetrack.event import Reason
from safetrack.vendors.posthog import POSTHOG_EXPORT
from sanitizing import AT, decisions, let_out, process, sanitizer, track


def test_lists_are_looked_through():
    rules = {"items.price": "keep", "tags": {"keep": ["a", "b"]}, "deep.x": "keep"}
    left = let_out(
        {
            "items": [{"price": 1, "name": "n"}, {"price": 2}, {"name": "m"}],
            "tags": ["a", "x", "b"],
            "deep": [[{"x": 1}], [[{"x": 2, "y": 3}]]],
        },
        rules,
    )
    assert left == {
        "items": [{"price": 1}, {"price": 2}],
        "tags": ["a", "b"],
        "deep": [[{"x": 1}], [[{"x": 2}]]],
    }


def test_a_list_of_which_nothing_is_left_does_not_leave():
    assert let_out({"tags": ["x", ["y"]], "n": 1}, {"tags": {"keep": ["a"]}, "n": "keep"}) == {
        "n": 1
    }


def test_items_of_a_list_are_searched_one_by_one():
    left = let_out({"to": ["a", "jane@acme.com", {"x": "joe@acme.com"}]}, {"to": "scrub"})
    assert left == {"to": ["a", "<EMAIL_ADDRESS>", {"x": "<EMAIL_ADDRESS>"}]}


def test_an_item_in_which_something_is_found_that_is_dropped_leaves_no_hole():
    left = let_out(
        {"to": ["a", "jane@acme.com", "b"]},
        {"to": "scrub"},
        detection={"entities": {"EMAIL_ADDRESS": "drop"}},
    )
    assert left == {"to": ["a", "b"]}


def test_sets_and_tuples_are_lists():
    assert let_out({"t": ("a", "b"), "s": {"a"}}, {"*": {"keep": ["a"]}}) == {
        "t": ["a"],
        "s": ["a"],
    }


@pytest.mark.parametrize("given", [{"a.b": 1}, {"a": {"b": 1}}])
@pytest.mark.parametrize(
    ("rules", "leaves"),
    [
        ({"a.b": "keep"}, True),
        ({"a.*": "keep"}, True),
        ({"**.b": "keep"}, True),
        ({"a": "keep"}, False),
        ({"a": "scrub"}, True),
        ({"**": "keep", "a": "drop"}, False),
        ({"**": "keep", "A.B": "drop"}, False),
    ],
)
def test_a_dotted_key_and_nested_keys_are_the_same_path(given, rules, leaves):
    assert let_out(given, rules) == (given if leaves else {})


@pytest.mark.parametrize("given", [{"a.b": {"c.d": 1}}, {"a": {"b.c": {"d": 1}}}])
def test_dots_may_stand_in_any_key_of_a_path(given):
    assert let_out(given, {"a.b.c.d": "keep"}) == given


def test_a_dotted_key_that_leads_into_another_bag_is_decided_there():
    values = {"$set.plan": "pro", "$set": {"plan": "pro"}}
    keep = {"plan": "keep"}
    assert process(track(values), traits=keep).safe.to_dict()["properties"] == values
    assert let_out(values, {"**": "keep"}) == {}


def test_a_dotted_key_that_leads_into_ids_or_groups_does_not_leave():
    done = process(track({"$groups.company": "org-7", "n": 1}), properties={"**": "keep"})
    assert done.safe.to_dict()["properties"] == {"n": 1}
    (decision,) = done.decisions
    assert decision.reason is Reason.CONTROL


@pytest.mark.parametrize("bag", [{"integrations.vendor": False}, {"properties.plan": "pro"}])
def test_a_dotted_key_of_the_message_itself_never_leaves(bag):
    done = process({**track({}), **bag}, properties={"**": "keep"})
    assert done.safe is None or done.safe.to_dict().keys() == {"type", "event", "properties"}
    assert (done.reason is Reason.BAD_CONTROL) is ("integrations.vendor" in bag)


def test_a_dotted_key_below_a_switch_cannot_be_understood():
    event = track({"$process_person_profile.on": False})
    assert process(event, properties={"**": "keep"}).reason is Reason.BAD_CONTROL


def test_drop_matches_the_name_in_other_case_and_word_styles():
    values = {"firstName": 1, "FIRST_NAME": 1, "first-name": 1, "First Name": 1, "plan": 1}
    assert let_out(values, {"first_name": "drop", "**": "keep"}) == {"plan": 1}


def test_drop_redact_and_scrub_reach_everything_below_a_mapping():
    values = {"x": {"a": 1, "b": {"c": "t", "d": [2]}}}
    assert let_out(values, {"x": "drop"}) == {}
    assert let_out(values, {"x": "scrub"}) == values
    marker = "<REDACTED>"
    assert let_out(values, {"x": "redact"}) == {
        "x": {"a": marker, "b": {"c": marker, "d": [marker]}}
    }


@pytest.mark.parametrize("rule", ["keep", "pseudonymize", "encrypt", {"mask": 0}])
def test_the_other_actions_reach_scalars_and_lists_of_scalars(rule):
    left = let_out({"x": {"a": "t"}, "y": ["s", ["t"]], "z": "u"}, dict.fromkeys("xyz", rule))
    assert left.keys() == {"y", "z"}
    assert len(left["y"]) == 2


def test_an_empty_mapping_or_list_leaves_only_where_anything_would():
    values = {"a": {}, "b": [], "c": {}, "d": []}
    rules = {"a": "keep", "b": "scrub", "c": "pseudonymize"}
    assert let_out(values, rules) == {"a": {}, "b": []}
    reasons = {d.path: d.reason for d in process(track(values), properties=rules).decisions}
    assert reasons == {"properties.c": Reason.RULE, "properties.d": Reason.UNLISTED}


def test_each_bag_has_its_own_section():
    event = {
        "type": "identify",
        "userId": "u",
        "properties": {"name": "p", "$set": {"name": "s"}, "$set_once": {"name": "o"}},
        "traits": {"name": "t"},
        "context": {"name": "c", "traits": {"name": "ct"}},
    }

    def left(section):
        safe = process(event, **{section: {"name": {"keep": ["p", "s", "o", "t", "c", "ct"]}}}).safe
        found = safe.to_dict()
        return {key: found[key] for key in ("properties", "traits", "context") if found[key]}

    assert left("properties") == {"properties": {"name": "p"}}
    assert left("context") == {"context": {"name": "c"}}
    assert left("traits") == {
        "properties": {"$set": {"name": "s"}, "$set_once": {"name": "o"}},
        "traits": {"name": "t"},
        "context": {"traits": {"name": "ct"}},
    }
    assert left("group_traits") == {}


def test_traits_of_a_group_call_are_the_group_s():
    event = {"type": "group", "groupId": "g", "traits": {"industry": "retail"}}
    rules = {"industry": {"keep": ["retail"]}}
    assert process(event, group_traits=rules).safe.to_dict()["traits"] == {"industry": "retail"}
    assert process(event, traits=rules).safe.to_dict()["traits"] == {}


@pytest.mark.parametrize("bag", ["text", ["a"], 1, None, b"x", True])
def test_a_bag_that_is_no_mapping_does_not_leave(bag):
    done = process(track(bag), properties={"**": "keep"})
    assert "properties" not in done.safe.to_dict()
    reasons = {d.path: d.reason for d in done.decisions}
    assert reasons == ({} if bag is None else {"properties": Reason.WRONG_TYPE})


def test_paths_in_decisions_name_only_keys_that_a_rule_or_the_vocabulary_names():
    values = {"xqzt": {"plan": 1, "wvub": 2}, "plan": {"xqzt": 3}, "a.jane": 4, "mine": 5}
    shown = [d.path for d in process(track(values), traits={"mine": "keep"}).decisions]
    assert shown == [
        "properties.<key#1>.plan",
        "properties.<key#1>.<key#2>",
        "properties.plan.<key#3>",
        "properties.<key#4>",
        "properties.mine",
    ]


def test_paths_stay_hidden_however_often_they_are_shown():
    made = sanitizer()
    shown = [
        [d.path for d in made.process([track({"plan": 1, "xqzt": 2})], "v")[0].decisions]
        for _ in range(3)
    ]
    assert shown == [["properties.plan", "properties.<key#1>"]] * 3


def test_a_decision_is_recorded_for_every_leaf_that_was_changed():
    values = {"a": "x", "b": "x", "c": 17, "d": "jane@acme.com", "e": "same"}
    rules = {
        "a": "pseudonymize",
        "b": "redact",
        "c": {"generalize": {"round": 10}},
        "d": "keep",
        "e": "keep",
    }
    done = process(track(values, timestamp=AT), properties=rules)
    found = {d.path: (d.action, d.rule, d.entities, d.reason) for d in done.decisions}
    assert found == {
        "properties.a": ("pseudonymize", "properties.a", (), Reason.RULE),
        "properties.b": ("redact", "properties.b", (), Reason.RULE),
        "properties.c": ("generalize", "properties.c", (), Reason.RULE),
        "properties.d": ("redact", "properties.d", ("EMAIL_ADDRESS",), Reason.DETECTED),
    }


def test_an_entry_whose_key_is_no_string_is_dropped_alone():
    done = process(track({None: "x", (1,): "y", "plan": 1, 2: "z"}), properties={"**": "keep"})
    assert done.safe.to_dict()["properties"] == {"plan": 1, "2": "z"}
    unreadable = [d.path for d in done.decisions if d.reason is Reason.UNREADABLE]
    assert unreadable == ["properties.<key#1>", "properties.<key#2>"]


def test_values_that_cannot_be_read_are_dropped_alone():
    cycle = [1]
    cycle.append(cycle)
    values = {"c": cycle, "nan": float("nan"), "g": (n for n in ()), "plan": "pro"}
    assert let_out(values, {"*": "keep"}) == {"c": [1], "plan": "pro"}


def test_a_bag_that_is_cut_off_may_have_held_a_switch_so_the_event_does_not_leave(monkeypatch):
    monkeypatch.setattr(reading, "MAX_NODES", 20)
    many = {f"k{number}": number for number in range(30)}
    cut = process(track({**many, "$process_person_profile": False}))
    assert (cut.safe, cut.reason) == (None, Reason.TOO_LARGE)
    root = process({"type": "track", "event": "Signed Up", **many, "integrations": {"All": False}})
    assert (root.safe, root.reason) == (None, Reason.TOO_LARGE)


def test_a_property_that_is_cut_off_loses_its_rest_only(monkeypatch):
    monkeypatch.setattr(reading, "MAX_NODES", 20)
    event = {
        "type": "track",
        "event": "Signed Up",
        "integrations": {"All": True},
        "properties": {"a": 1, "many": {f"k{n}": n for n in range(30)}},
    }
    done = process(event, properties={"**": {"keep": "integer", "min": 0, "max": 99}})
    assert done.safe.to_dict()["properties"]["a"] == 1
    assert 0 < len(done.safe.to_dict()["properties"]["many"]) < 30
    assert {d.reason for d in done.decisions} == {Reason.TOO_LARGE}


def test_a_bag_that_a_vendor_writes_as_text_is_read_and_written_as_text():
    row = {
        "event": "Signed Up",
        "distinct_id": "u",
        "properties": '{"plan": "pro", "x": "jane@acme.com", "$set": {"plan": "pro"}}',
        "person_properties": "not json",
        "timestamp": AT,
    }
    made = sanitizer(properties={"plan": "keep"}, traits={"plan": "keep"})
    done = made.process([row], "v", POSTHOG_EXPORT)[0]
    left = done.safe.to_dict()
    assert left["properties"] == '{"plan":"pro","$set":{"plan":"pro"}}'
    assert "person_properties" not in left
    assert decisions(done)["person_properties"].reason is Reason.WRONG_TYPE


def test_the_second_sanitizing_of_such_a_bag_changes_nothing():
    row = {"event": "Signed Up", "properties": '{"plan": "pro", "x": 1}', "timestamp": AT}
    made = sanitizer(properties={"plan": "keep"})
    once = made.sanitize_batch([row], "v", POSTHOG_EXPORT)[0].to_dict()
    assert made.sanitize_batch([once], "v", POSTHOG_EXPORT)[0].to_dict() == once


def test_rules_of_an_event_are_chosen_by_its_name():
    sections = {
        "properties": {"x": "redact"},
        "events": {"Signed Up": {"properties": {"x": "keep"}}},
    }
    assert process(track({"x": 1}), **sections).safe.to_dict()["properties"] == {"x": 1}
    other = process(track({"x": 1}, event="Logged In"), **sections)
    assert other.safe.to_dict()["properties"] == {"x": "<REDACTED>"}


def test_a_rule_ends_after_its_last_day():
    for day, left in ((23, {"x": 1}), (22, {})):
        rule = {"keep": True, "expires": dt.date(2026, 11, day)}
        assert let_out({"x": 1}, {"x": rule}) == left


def test_the_same_value_under_two_rules_of_a_batch_is_treated_by_each():
    rules = {
        "a": {"pseudonymize": True, "kind": "k"},
        "b": {"generalize": {"round": 10}},
        "c": {"generalize": {"round": 100}},
        "d": {"pseudonymize": {"scope": "field"}, "kind": "k"},
    }
    made = sanitizer(properties=rules)
    values = dict.fromkeys("abcd", 123)
    batch = made.sanitize_batch([track(values), track(values)], "v")
    one, two = (safe.to_dict()["properties"] for safe in batch)
    assert one == two
    assert (one["b"], one["c"]) == (120, 100)
    assert one["a"] != one["d"]


def test_values_that_are_equal_but_of_other_types_are_told_apart_in_a_batch():
    made = sanitizer(properties={"x": "pseudonymize"})
    values = [1, True, 1.0, "1"]
    left = [
        safe.to_dict().get("properties", {}).get("x")
        for safe in made.sanitize_batch([track({"x": value}) for value in values], "v")
    ]
    assert left[1] is None  # a boolean identifies nobody
    assert left[0] == left[2] == left[3]


@pytest.mark.parametrize("value", ["ada@example.org", "5555555555554444", "DE89370400440532013000"])
def test_a_value_spread_over_the_items_of_a_list_a_character_each_is_found(value):
    left = let_out({"x": list(value), "y": list("abcabc")}, {"x": "scrub", "y": "scrub"})
    assert type(left["x"]) is str
    assert left["x"].startswith("<")
    assert left["y"] == list("abcabc")


def test_an_address_in_pieces_over_a_list_is_found_and_a_list_of_words_stays():
    rules = {"x": "keep", "tags": "keep"}
    left = let_out({"x": ["ada", "@", "example", ".org"], "tags": ["new", "sale"]}, rules)
    assert left == {"x": "<EMAIL_ADDRESS>", "tags": ["new", "sale"]}
