"""What deserves a second thought."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.detect import entities
from safetrack.policy.lint import ENTITIES, warnings
from safetrack.policy.load import PRESETS, Policy

TODAY = dt.date(2026, 11, 23)


def remarks(**sections) -> list[str]:
    return [str(problem) for problem in warnings(Policy.from_dict(sections), TODAY)]


@pytest.mark.parametrize("name", PRESETS)
def test_the_presets_themselves_raise_no_remark_in_the_policies_that_extend_them(name):
    assert remarks(extends=f"safetrack:{name}") == []


@pytest.mark.parametrize("name", PRESETS)
def test_the_rules_of_the_presets_stand_up_to_the_lint(name):
    from safetrack.policy.lint import _remarks

    assert list(_remarks(Policy.preset(name).document, TODAY)) == []


@pytest.mark.parametrize(
    "rule",
    ["keep", "scrub", {"keep": "integer", "max": 9_999_999}, {"generalize": {"round": 1}},
     {"keep": ["a"], "trusted": True}, {"generalize": {"ip": 24}}, {"mask": 4},
     {"generalize": {"bins": [0, 10]}}, {"generalize": {"geo": 1}}, "pseudonymize",
     {"keep": "integer"}, {"keep": "boolean", "expires": "2027-06-01"}],
)  # fmt: skip
def test_an_ordinary_rule_raises_no_remark(rule):
    assert remarks(properties={"plan": rule}) == []


@pytest.mark.parametrize(
    ("name", "rule", "says"),
    [
        ("plan", {"keep": None, "trusted": True}, "leaves unsearched"),
        ("plan", {"keep": "string", "trusted": True}, "leaves unsearched"),
        ("page", {"generalize": {"url": "path"}, "trusted": True}, "leaves unsearched"),
        ("*", "keep", "keeps every property there is"),
        ("**", "keep", "keeps every property there is"),
        ("email", "keep", "the name says an e-mail address"),
        ("workEmail", {"keep": "string"}, "the name says an e-mail address"),
        ("user.phone_number", "keep", "the name says a phone number"),
        ("first_name", "keep", "the name says a person's name"),
        ("name", "keep", "the name says a person's name"),
        ("IPAddress", "keep", "the name says"),
        ("amount", {"keep": "number", "min": 0, "max": 10_000_000}, "room for phone and account"),
        ("amount", {"keep": "integer", "min": -1e9}, "room for phone and account"),
        ("note", "encrypt", "whoever holds the key can read the value back"),
        ("order", {"pseudonymize": {"scope": "global"}}, "two leaked destinations can be joined"),
        ("order", {"mask": 6}, "more than 4 characters shown"),
        ("amount", {"generalize": {"round": 0.01}}, "a step below 1"),
        ("amount", {"generalize": {"bins": list(range(60))}}, "more than 50 edges"),
        ("place", {"generalize": {"geo": 2}}, "about a kilometre"),
        ("net", {"generalize": {"ip": 28}}, "few addresses share this prefix"),
        ("net", {"generalize": {"ip": {"v6": 64}}}, "few addresses share this prefix"),
        ("plan", {"scrub": None, "expires": "2026-11-22"}, "expired on 2026-11-22"),
        ("plan", {"scrub": None, "expires": "2026-11-23"}, "expires on 2026-11-23"),
        ("plan", {"scrub": None, "expires": "2026-12-23"}, "expires on 2026-12-23"),
    ],
)
def test_a_risky_rule_raises_one_remark(name, rule, says):
    (remark,) = remarks(properties={name: rule})
    assert remark.startswith(f"properties.{name}: ")
    assert says in remark


@pytest.mark.parametrize(
    "name", ["plan_name", "product.name", "email_verified_count", "address.country", "tip", "strip"]
)
def test_names_that_only_look_personal_raise_no_remark(name):
    allowed = {"email_verified_count": {"keep": "integer"}}
    assert remarks(properties={name: allowed.get(name, "keep")}) == []


def test_rules_in_every_bag_event_and_destination_are_looked_at():
    rules = {"x": "encrypt"}
    found = remarks(
        properties=rules,
        traits=rules,
        group_traits=rules,
        context=rules,
        events={"A": {"purpose": "p", "owner": "o", "properties": rules}},
        destinations={"d": {"type": "stdout", "traits": rules, "events": {"A": {"properties": rules}}}},
    )  # fmt: skip
    assert [remark.split(":")[0] for remark in found] == [
        "properties.x",
        "traits.x",
        "group_traits.x",
        "context.x",
        "events.A.properties.x",
        "destinations.d.traits.x",
        "destinations.d.events.A.properties.x",
    ]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (None, "without purpose and owner"),
        ({"purpose": "p"}, "without owner"),
        ({"owner": "o"}, "without purpose"),
        ({"purpose": "p", "owner": "o", "expires": "2026-01-01"}, "expired on 2026-01-01"),
        ({"purpose": "p", "owner": "o", "expires": "2026-12-01"}, "expires on 2026-12-01"),
    ],
)
def test_an_event_without_reason_or_time_left_raises_a_remark(event, says):
    (remark,) = remarks(events={"A": event})
    assert remark.startswith("events.A: ")
    assert says in remark


def test_an_event_with_purpose_owner_and_time_raises_none():
    event = {"purpose": "p", "owner": "o", "expires": "2027-11-23"}
    assert remarks(events={"A": event, "B": "drop"}) == []


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({"unlisted": "scrub"}, "unlisted: what no rule names leaves"),
        ({"timestamp": "keep"}, "timestamp: exact times link"),
        (
            {"mode": "observe", "until": "2027-01-01"},
            "mode: observe enforces nothing until 2027-01-01",
        ),
        (
            {"mode": "observe", "until": "2026-01-01"},
            "mode: observe until 2026-01-01 is over: it enforces",
        ),
        ({"detection": {"min_score": 0.9}}, "detection.min_score: above 0.6"),
        ({"detection": {"entities": {"PERSON": "keep"}}}, "entities.PERSON: what is found leaves"),
        ({"detection": {"entities": {"PERSON": "encrypt"}}}, "can read the value back"),
        (
            {"detection": {"entities": {"EMAIL_ADRESS": "drop"}}},
            "reports no EMAIL_ADRESS; did you mean 'EMAIL_ADDRESS'?",
        ),
        ({"identity": {"person": "keep"}}, "identity.person: raw ids leave"),
        ({"identity": {"group": "encrypt"}}, "identity.group: encrypt"),
        (
            {"identity": {"person": {"pseudonymize": {"scope": "global"}}}},
            "two leaked destinations",
        ),
    ],
)
def test_a_risky_setting_raises_one_remark(sections, says):
    (remark,) = remarks(**sections)
    assert says in remark


@pytest.mark.parametrize(
    ("destination", "says"),
    [
        ({"type": "webhook", "url": "http://hooks.example/x"}, "destinations.d.url: without TLS"),
        (
            {"type": "posthog", "api_key": "env:K", "host": "http://ph.example"},
            "d.host: without TLS",
        ),
        ({"type": "webhook", "url": "https://x.example", "secret": "sesame"}, "write env:NAME"),
        (
            {"type": "webhook", "url": "https://x.example", "headers": {"Authorization": "sesame"}},
            "headers.Authorization: a secret stands in the file",
        ),
        (
            {"type": "mixpanel", "token": "env:T", "project_id": 1, "service_account": "u:sesame"},
            "service_account: a secret stands in the file",
        ),
    ],
)
def test_a_risky_destination_raises_one_remark_that_shows_no_secret(destination, says):
    (remark,) = remarks(destinations={"d": destination})
    assert says in remark
    assert "sesame" not in remark


@pytest.mark.parametrize(
    "destination",
    [
        {"type": "webhook", "url": "https://x.example", "secret": "env:S"},
        {
            "type": "webhook",
            "url": "http://localhost:8000/x",
            "headers": {"Authorization": "env:A"},
        },
        {"type": "posthog", "api_key": "env:K", "host": "http://127.0.0.1:8000"},
    ],
)
def test_a_safe_destination_raises_none(destination):
    assert remarks(destinations={"d": destination}) == []


def test_remarks_name_file_line_and_column_from_top_to_bottom(write):
    path = write("unlisted: scrub\ntraits: {a: encrypt}\nproperties:\n  b: encrypt\n")
    found = warnings(Policy.load(path), TODAY)
    places = [(problem.file, problem.line, problem.column, problem.path) for problem in found]
    assert places == [
        (str(path), 1, 1, "unlisted"),
        (str(path), 2, 10, "traits.a"),
        (str(path), 4, 3, "properties.b"),
    ]


def test_a_recognizer_of_a_language_that_the_policy_does_not_search_is_named():
    mine = {"name": "badge", "entity": "STAFF_BADGE", "deny_list": ["X"], "languages": ["fr"]}
    assert remarks(detection={"recognizers": [mine]}) == [
        "detection.recognizers.0: never runs: fr is not among detection.languages"
    ]
    assert remarks(detection={"languages": ["en", "fr"], "recognizers": [mine]}) == []


def test_recognizers_of_the_same_name_are_named():
    mine = {"name": "badge", "entity": "STAFF_BADGE", "deny_list": ["X"]}
    assert "the same name" in remarks(detection={"recognizers": [mine, mine]})[0]


def test_the_lint_knows_the_entities_that_detection_reports():
    assert set(ENTITIES) == set(entities.ENTITIES)


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({"keys": "aws-kms:x"}, "keys: aws-kms: is not part of this version"),
        ({"keys": "gcp-kms:x"}, "keys: gcp-kms: is not part of this version"),
        ({"keys": "vault:x"}, "keys: vault: is not part of this version"),
    ],
)
def test_what_this_version_does_not_do_is_said(sections, says):
    (remark,) = remarks(**sections)

    assert remark.startswith(says)


@pytest.mark.parametrize(
    "destination",
    [
        {"type": "mixpanel", "token": "t0"},
        {"type": "posthog", "api_key": "t0"},
        {"type": "amplitude", "api_key": "t0"},
        {"type": "segment", "write_key": "t0"},
    ],
)
def test_a_vendors_key_in_the_file_raises_a_remark(destination):
    (remark,) = remarks(destinations={"d": destination})

    assert remark.endswith("a secret stands in the file; write env:NAME")


def test_a_sealed_spool_beside_an_outbox_in_memory_is_remarked_on():
    (remark,) = remarks(delivery={"spool": "sealed", "outbox": "memory"})
    assert "sealed keeps events on disk" in str(remark)
    assert remarks(delivery={"spool": "sealed", "outbox": "/var/lib/x"}) == []
