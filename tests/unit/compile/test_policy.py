"""Which rule decides, through whole policies."""

from __future__ import annotations

import pytest

from safetrack.compile.policy import CompiledPolicy, entity_kind, is_vocabulary
from safetrack.policy.load import Policy
from safetrack.vendors.shape import Section


def compiled(**sections):
    return CompiledPolicy(Policy.from_dict({"version": 1, **sections}))


def found(policy, path, event="", section=Section.PROPERTIES):
    rule = policy.find(section, policy.event_entries(event), path)
    return rule and f"{rule.label}: {rule.action.name}"


def test_an_exact_name_beats_a_glob():
    policy = compiled(properties={"plan_*": "drop", "plan_name": "keep"})
    assert found(policy, "plan_name") == "properties.plan_name: keep"


def test_an_exact_global_name_beats_a_glob_of_the_event():
    policy = compiled(
        properties={"source": "keep"}, events={"Signed Up": {"properties": {"*": "redact"}}}
    )
    assert found(policy, "source", "Signed Up") == "properties.source: keep"


def test_the_nearer_level_wins_between_exact_names():
    policy = compiled(
        properties={"source": "keep"}, events={"Signed Up": {"properties": {"source": "drop"}}}
    )
    assert found(policy, "source", "Signed Up") == "events.Signed Up.properties.source: drop"
    assert found(policy, "source", "Logged In") == "properties.source: keep"


def test_the_nearer_level_wins_between_globs():
    policy = compiled(
        properties={"source_long_*": "keep"}, events={"A": {"properties": {"*": "drop"}}}
    )
    assert found(policy, "source_long_name", "A") == "events.A.properties.*: drop"


def test_among_globs_more_literal_characters_win():
    policy = compiled(properties={"utm_source*": "drop", "utm_*": "keep"})
    assert found(policy, "utm_source_x") == "properties.utm_source*: drop"
    assert found(policy, "utm_term") == "properties.utm_*: keep"


def test_among_globs_of_equal_length_fewer_wildcards_win():
    policy = compiled(properties={"a*b*c": "drop", "ab*c": "keep"})
    assert found(policy, "abXc") == "properties.ab*c: keep"


@pytest.mark.parametrize("reverse", [False, True])
def test_among_equal_globs_the_later_line_wins(reverse):
    rules = [("ab*", "drop"), ("*ab", "keep")]
    ordered = rules[::-1] if reverse else rules
    later = ordered[1]
    policy = compiled(properties=dict(ordered))
    assert found(policy, "abab") == f"properties.{later[0]}: {later[1]}"


def write(folder, name, text):
    path = folder / name
    path.write_text(f"version: 1\n{text}")
    return path


def test_an_extended_file_is_asked_only_if_nothing_in_the_extending_one_matches(tmp_path):
    write(tmp_path, "base.yaml", "properties: {plan: drop, seats: drop}\n")
    own = write(tmp_path, "own.yaml", "extends: [base.yaml]\nproperties: {'p*': keep}\n")
    policy = CompiledPolicy(Policy.load(own))
    assert found(policy, "plan") == "properties.p*: keep"  # even a glob of the extending file
    assert found(policy, "seats") == f"{tmp_path / 'base.yaml'} properties.seats: drop"


def test_the_later_of_two_extended_files_is_asked_first(tmp_path):
    write(tmp_path, "one.yaml", "properties: {plan: drop}\n")
    write(tmp_path, "two.yaml", "properties: {plan: keep}\n")
    own = write(tmp_path, "own.yaml", "extends: [one.yaml, two.yaml]\n")
    assert found(CompiledPolicy(Policy.load(own)), "plan").endswith(
        "two.yaml properties.plan: keep"
    )


def test_an_event_rule_of_an_extended_file_stands_behind_a_global_rule_of_the_own_file(tmp_path):
    write(tmp_path, "base.yaml", "events: {A: {properties: {x: keep}}}\n")
    own = write(tmp_path, "own.yaml", "extends: [base.yaml]\nproperties: {x: drop}\n")
    assert found(CompiledPolicy(Policy.load(own)), "x", "A") == "properties.x: drop"


@pytest.mark.parametrize("section", [s for s in Section if s is not Section.PROPERTIES])
def test_nothing_falls_through_from_one_section_to_another(section):
    policy = compiled(properties={"name": "keep"}, events={"A": {"properties": {"name": "keep"}}})
    assert found(policy, "name", "A", section) is None
    other = compiled(**{section.value: {"name": "keep"}})
    assert found(other, "name") is None
    assert found(other, "name", section=section) == f"{section.value}.name: keep"


@pytest.mark.parametrize("action", ["drop", "redact", "scrub"])
def test_drop_redact_and_scrub_reach_everything_below(action):
    policy = compiled(properties={"address": action})
    assert found(policy, "address.street.number") == f"properties.address: {action}"


@pytest.mark.parametrize("action", ["keep", "pseudonymize", "encrypt", "mask"])
def test_the_other_actions_do_not_reach_below(action):
    policy = compiled(properties={"address": action})
    assert found(policy, "address.street") is None


def test_an_exact_name_below_beats_what_reaches_from_above():
    policy = compiled(properties={"address": "drop", "address.country": "keep"})
    assert found(policy, "address.country") == "properties.address.country: keep"
    assert found(policy, "address.street") == "properties.address: drop"


def test_unlisted_scrub_stands_behind_every_rule():
    policy = compiled(unlisted="scrub", properties={"plan": "keep"})
    assert found(policy, "plan") == "properties.plan: keep"
    assert found(policy, "other") == "unlisted: scrub"


def test_names_asked_in_any_order_get_their_own_answers():
    policy = compiled(properties={"k*": "keep"})
    names = ["k1", "x1", "k2", "x2", "k1"]
    assert [found(policy, name) for name in names] == [
        "properties.k*: keep",
        None,
        "properties.k*: keep",
        None,
        "properties.k*: keep",
    ]


def test_what_is_found_is_redacted_unless_the_policy_says_otherwise(tmp_path):
    assert compiled().treatment("PERSON").action.name == "redact"
    write(tmp_path, "base.yaml", "detection: {entities: {PERSON: drop, '*': mask}}\n")
    own = write(
        tmp_path, "own.yaml", "extends: [base.yaml]\ndetection: {entities: {PERSON: keep}}\n"
    )
    policy = CompiledPolicy(Policy.load(own))
    assert policy.treatment("PERSON").action.name == "keep"
    assert policy.treatment("EMAIL_ADDRESS").action.name == "mask"


def test_kinds_of_findings_follow_the_contract():
    assert entity_kind("EMAIL_ADDRESS") == "email"
    assert entity_kind("PHONE_NUMBER") == "phone"
    assert entity_kind("PERSON") != "person"  # a name is not a person's id
    assert entity_kind("IBAN_CODE") == "iban_code"


NO_IDS = {"identity": dict.fromkeys(("person", "group", "device"), "drop")}


def test_a_key_is_needed_only_by_pseudonyms_and_encryption():
    assert compiled().needs_key()  # ids are pseudonymised unless the policy says otherwise
    assert not compiled(**NO_IDS).needs_key()
    assert compiled(**NO_IDS, properties={"x": "encrypt"}).needs_key()
    assert compiled(**NO_IDS, detection={"entities": {"PERSON": "pseudonymize"}}).needs_key()


def test_a_destination_is_needed_only_by_scopes_that_depend_on_it():
    assert compiled().needs_destination()
    assert not compiled(**NO_IDS).needs_destination()
    everywhere = {"pseudonymize": {"scope": "global"}}
    assert not compiled(**NO_IDS, properties={"x": everywhere}).needs_destination()
    field = {"pseudonymize": {"scope": "field"}}
    assert compiled(**NO_IDS, properties={"x": field}).needs_destination()


@pytest.mark.parametrize(
    ("sections", "searches"),
    [
        ({}, False),
        ({"properties": {"x": "keep"}}, True),
        ({"properties": {"x": {"keep": "string"}}}, True),
        ({"properties": {"x": {"keep": True, "trusted": True}}}, False),
        ({"properties": {"x": {"keep": ["a"]}}}, False),
        ({"properties": {"x": {"keep": "integer"}}}, False),
        ({"properties": {"x": "scrub"}}, True),
        ({"properties": {"x": {"generalize": {"url": "origin"}}}}, True),
        ({"properties": {"x": "pseudonymize"}}, False),
        ({"unlisted": "scrub"}, True),
        ({"events": {"A": {"properties": {"x": "scrub"}}}}, True),
    ],
)
def test_whether_text_will_be_searched_is_known_beforehand(sections, searches):
    assert compiled(**sections).searches_anything() is searches


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Signed Up", True),
        ("signed_up", True),
        ("plan2", True),
        ("plan 1234", True),
        ("plan 12345", False),  # may be an id
        ("1234", False),
        ("", False),
        ("Jane Signed Up", False),
    ],
)
def test_only_words_of_the_vocabulary_are_shown_and_not_searched(text, known):
    assert is_vocabulary(text) is known


def test_keys_that_the_policy_writes_down_are_known():
    policy = compiled(properties={"xyzzy": "keep", "frob.nicate": "keep", "quux_*": "keep"})
    assert policy.knows_key("xyzzy")
    assert policy.knows_key("nicate")
    assert policy.knows_key("frob.nicate")
    assert policy.knows_key("xyzzy.nicate")
    assert not policy.knows_key("quux_jane")
    assert not policy.knows_key("jane@acme.com")
