"""Whole policies: every section, and what is wrong in each."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.errors import PolicyError
from safetrack.policy.destination import TYPES
from safetrack.policy.document import Document, EventRules, Rule
from safetrack.policy.load import Policy


def read(**sections) -> Document:
    return Policy.from_dict(sections).document


def refusals(**sections) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        Policy.from_dict(sections)
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_policy_is_a_policy_with_every_default():
    assert Policy.from_dict({}).document == Document()


def test_the_whole_example_is_read(whole):
    document = Policy.load(whole).document
    assert document.extends == ("safetrack:product-analytics",)
    assert document.keys == "env:SAFETRACK_KEYS"
    assert document.identity.device is not None
    assert document.identity.device.action == "drop"
    assert document.timestamp == Rule(action="generalize", how="time", unit="second", line=12)
    assert list(document.properties)[:3] == ["plan", "seats", "amount"]
    assert document.properties["utm_*"].order == 3
    assert document.traits["plan"].values == ("free", "pro", "enterprise")
    signed_up = document.events["Signed Up"]
    assert (signed_up.action, signed_up.owner) == ("keep", "growth@example.com")
    assert signed_up.expires == dt.date(2027, 6, 1)
    assert signed_up.properties["source"].type == "string"
    assert document.events["Debug *"].action == "drop"
    assert list(document.detection.entities) == ["EMAIL_ADDRESS", "PERSON", "*"]
    assert document.delivery.queue.bytes == 64_000_000
    assert document.delivery.keep.age == dt.timedelta(days=7)
    assert document.destinations["warehouse"].options == {
        "path": "events.duckdb",
        "retention": dt.timedelta(days=90),
    }
    mixpanel = document.destinations["mixpanel"]
    assert mixpanel.options == {"token": "env:MIXPANEL_TOKEN", "region": "eu"}
    assert mixpanel.only == ("plan", "utm_*")
    assert mixpanel.properties["comment"].action == "drop"


def test_rules_know_their_line_and_order(write):
    document = Policy.load(write("properties:\n  b: keep\n\n  a: drop\n")).document
    assert [(rule.line, rule.order) for rule in document.properties.values()] == [(2, 0), (4, 1)]


def test_names_may_be_anything_in_any_language():
    names = ["größe", "价格", "$set.*", "a b", "**.ключ", "404", ""]
    assert list(read(properties=dict.fromkeys(names, "drop")).properties) == names


def test_sections_may_be_left_empty():
    sections = dict.fromkeys(
        ("identity", "properties", "traits", "events", "detection", "delivery", "destinations")
    )
    assert read(**sections) == Document()
    assert read(detection={"entities": None}, events={"A": None}).events == {"A": EventRules()}


@pytest.mark.parametrize("action", ["keep", "pseudonymize", "encrypt", "drop"])
def test_ids_can_be_kept_pseudonymized_encrypted_or_dropped(action):
    identity = read(identity={"person": action}).identity
    assert identity.person is not None
    assert identity.person.action == action
    assert identity.group is None


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({"version": 2}, "version: this safetrack reads version 1, not 2"),
        ({"version": "1"}, "this safetrack reads version 1"),
        ({"propertis": {}}, "unknown key 'propertis'; did you mean 'properties'?"),
        ({"properties": ["plan"]}, "a mapping of names to rules, not a list"),
        ({"properties": "keep"}, "a mapping of names to rules, not 'keep'"),
        ({"identity": {"persn": "drop"}}, "unknown key 'persn'; did you mean 'person'?"),
        ({"identity": {"person": "scrub"}}, "scrub is no action for an id"),
        ({"identity": {"person": {"keep": ["a"]}}}, "keep takes no values or type for an id"),
        ({"identity": {"person": {"pseudonymize": True, "kind": "x"}}}, "an id's kind is fixed"),
        (
            {"identity": {"person": {"pseudonymize": {"scope": "field"}}}},
            "another id in every field",
        ),
        ({"identity": "drop"}, "a mapping of person, group, device, not 'drop'"),
        ({"timestamp": "drop"}, "a timestamp is keep or {generalize: {time: UNIT}}"),
        ({"timestamp": {"keep": "string"}}, "a timestamp is keep or"),
        ({"timestamp": {"generalize": {"round": 5}}}, "a timestamp is keep or"),
        ({"unlisted": "keep"}, "unknown value 'keep'; one of: drop, scrub"),
        ({"unlisted_events": "scrub"}, "one of: keep, drop"),
        ({"events": ["A"]}, "a mapping of event names, not a list"),
        ({"events": {"A": "dropp"}}, "not 'dropp'"),
        ({"events": {"A": {"purpos": "x"}}}, "did you mean 'purpose'?"),
        ({"events": {"A": {"action": "drop"}}}, "unknown key 'action'"),
        ({"events": {"A": {"expires": 5}}}, "a date as in 2027-06-01, not 5"),
        ({"events": {"A": {"properties": {"x": "kep"}}}}, "events.A.properties.x: unknown action"),
        ({"detection": {"languages": []}}, "at least one language"),
        ({"detection": {"languages": ["english"]}}, "not 'english'"),
        ({"detection": {"model": "smal"}}, "did you mean 'small'?"),
        ({"detection": {"min_score": 2}}, "from 0 to 1, not 2"),
        ({"detection": {"entities": {"PERSON": "scrub"}}}, "scrub is no action for what is found"),
        ({"detection": {"entities": ["PERSON"]}}, "a mapping of entities to actions, not a list"),
        ({"delivery": {"outbox": ""}}, "a text, not ''"),
        ({"delivery": {"spool": "sealled"}}, "did you mean 'sealed'?"),
        ({"delivery": {"queue": {"events": 0}}}, "a whole number from 1, not 0"),
        ({"delivery": {"queue": {"deadline": "1s"}}}, "'deadline' goes with when_full: block"),
        ({"delivery": {"keep": {"age": 7}}}, "7 is not a duration"),
        ({"mode": "observe"}, "mode: observe needs until: DATE"),
        ({"until": "2027-01-01"}, "'until' goes with mode: observe"),
        ({"mode": "enforce", "until": "2027-01-01"}, "'until' goes with mode: observe"),
        ({"respect_do_not_track": "yes"}, "true or false, not 'yes'"),
        ({"extends": {"a": 1}}, "a list of names, not a mapping"),
        ({"extends": [1]}, "a name, not 1"),
        ({"destinations": ["a"]}, "a mapping of names to destinations, not a list"),
        ({"destinations": {"a": "mixpanel"}}, "a mapping with a type, not 'mixpanel'"),
        ({"destinations": {"a": {}}}, "a destination needs a type; one of: mixpanel"),
        ({"destinations": {"a": {"type": "mixpanl"}}}, "did you mean 'mixpanel'?"),
        ({"destinations": {"a": {"type": 5}}}, "unknown type 5"),
        ({"destinations": {"a": {"type": "stdout", "path": "x"}}}, "unknown key 'path'"),
        ({"destinations": {"a": {"type": "stdout", "timeout": 0}}}, "a timeout is above 0"),
        ({"destinations": {"a": {"type": "stdout", "timeout": "20m"}}}, "at most 600 seconds"),
        ({"destinations": {"a": {"type": "jsonl"}}}, "jsonl needs 'path'"),
        ({"destinations": {"a": {"type": "duckdb", "path": "x", "table": "a b"}}}, "a table's name"),
        (
            {"destinations": {"a": {"type": "mixpanel", "token": "t", "region": "jp"}}},
            "unknown region 'jp'",
        ),
        (
            {"destinations": {"a": {"type": "amplitude", "api_key": "t", "region": "eu", "host": "h"}}},
            "either 'region' or 'host', not both",
        ),
        (
            {"destinations": {"a": {"type": "mixpanel", "token": "t", "project_id": 1}}},
            "'project_id' and 'service_account' belong together",
        ),
        ({"destinations": {"a": {"type": "webhook", "url": "ftp://x"}}}, "a URL with https://"),
        ({"destinations": {"a": {"type": "webhook", "url": "https://u:p@x"}}}, "without user name"),
        (
            {"destinations": {"a": {"type": "webhook", "url": "https://x", "headers": ["a"]}}},
            "a mapping of header names",
        ),
        (
            {"destinations": {"a": {"type": "webhook", "url": "https://x", "headers": {"a": 1}}}},
            "headers.a: a header is a text",
        ),
        ({"destinations": {"a": {"type": "posthog", "api_key": "t", "host": "a b"}}}, "a host such"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_and_says_what_is_wrong(sections, says):
    assert any(says in message for message in refusals(**sections))


def test_a_key_pasted_into_the_policy_is_refused_without_being_shown():
    secret = "k1:c2VjcmV0LWtleS1tYXRlcmlhbA=="
    for keys in (secret, "env", 5):
        message = "\n".join(refusals(keys=keys))
        assert "a key itself has no place in a policy" in message or "where the keys are" in message
        assert "c2VjcmV0" not in message


@pytest.mark.parametrize("keys", ["env:K", "file:/run/k", "aws-kms:k", "gcp-kms:k", "vault:k"])
def test_keys_may_be_in_each_of_these_places(keys):
    assert read(keys=keys).keys == keys


@pytest.mark.parametrize(
    ("type_name", "options"),
    [
        ("mixpanel", {"token": "t", "project_id": 12, "service_account": "env:A"}),
        ("posthog", {"api_key": "k", "host": "https://eu.i.posthog.com"}),
        ("segment", {"write_key": "k", "host": "segment.internal:8080"}),
        ("amplitude", {"api_key": "k", "region": "eu"}),
        ("webhook", {"url": "https://x.example/y", "headers": {"X-A": "b"}, "secret": "env:S"}),
        ("jsonl", {"path": "out.jsonl"}),
        ("duckdb", {"path": "e.duckdb", "table": "events", "retention": "90d"}),
        ("stdout", {}),
    ],
)
def test_each_destination_type_takes_its_options(type_name, options):
    shared = {"type": type_name, "scope": "s", "only": "plan", "timeout": "5s"}
    narrowing = {"properties": {"a": "drop"}, "events": {"A": "drop"}, "traits": None}
    destination = read(destinations={"d": {**shared, **options, **narrowing}}).destinations["d"]
    assert (destination.type, destination.scope, destination.timeout) == (type_name, "s", 5.0)
    assert destination.only == ("plan",)
    assert destination.options.keys() == options.keys()
    assert destination.events["A"].action == "drop"


def test_destination_types_and_providers_take_the_same_options():
    from safetrack.destinations.registry import PROVIDERS

    assert TYPES.keys() == PROVIDERS.keys()
    for name, known in TYPES.items():
        assert set(known.required) == set(PROVIDERS[name].required)
        assert set(known.options) == PROVIDERS[name].required | PROVIDERS[name].optional


def test_the_repr_of_a_destination_shows_no_option():
    destination = read(destinations={"d": {"type": "posthog", "api_key": "sesame"}})
    assert "sesame" not in repr(destination)


def test_all_mistakes_are_reported_at_once_from_top_to_bottom(mistakes):
    text = "unlisted: keep\nproperties:\n  a: kep\n  b: {mask: -1}\nverson: 1\n"
    assert [line.split(": ")[0] for line in mistakes(text)] == ["1:11", "3:6", "4:13", "5:1"]


def test_a_policy_that_is_no_mapping_is_refused(mistakes):
    assert mistakes("- a\n") == ["1:1: this is no policy (a mapping with version:)"]
    assert mistakes("keep\n") == [" this is no policy (a mapping with version:)"]


@pytest.mark.parametrize(
    ("destinations", "problem"),
    [
        ({"x": {"type": "stdout", "scope": "a#b"}}, "a scope must not hold #"),
        ({"x": {"type": "stdout", "scope": "*"}}, "a scope must not hold #"),
        ({"x#y": {"type": "stdout"}}, "a name must not be empty"),
        ({" ": {"type": "stdout"}}, "a name must not be empty"),
    ],
)
def test_a_scope_that_would_collide_with_another_is_refused(destinations, problem):
    with pytest.raises(PolicyError, match=problem):
        Policy.from_dict({"destinations": destinations})


def test_blocking_without_a_deadline_is_allowed():
    policy = Policy.from_dict({"delivery": {"queue": {"when_full": "block"}}})
    assert policy.document.delivery.queue.deadline is None


def test_a_self_hosted_server_may_stand_behind_a_path():
    host = "https://analytics.example/posthog"
    policy = Policy.from_dict(
        {"destinations": {"p": {"type": "posthog", "api_key": "k", "host": host}}}
    )
    assert policy.document.destinations["p"].options["host"] == host


@pytest.mark.parametrize(
    "export",
    [
        '{"type": "track", "event": "Signed Up", "userId": "u-77", "properties": {"name": "Jane"}}',
        '{"properties": {"email": "jane@acme.com", "phone": 14155550123, "born": "12 May 1980"}}',
        '{"properties": {"jane@acme.com": 1}, "jane@acme.com": "Jane Doe"}',
        "name,email\nJane Doe,jane@acme.com\n",
        '"name","email"\n"Jane Doe","jane@acme.com"\n',
        "name: x\n*Jane, jane@acme.com\n",
        "- *Jane\n",
    ],
)
def test_an_export_named_as_policy_shows_none_of_its_values(mistakes, export):
    said = "\n".join(mistakes(export))

    assert said
    assert not [v for v in ("jane", "Jane", "acme", "4155550123", "1980", "u-77") if v in said]
