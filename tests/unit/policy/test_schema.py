"""The JSON Schema accepts what is read, and refuses typical mistakes."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from safetrack.policy.document import ACTIONS
from safetrack.policy.load import PRESETS
from safetrack.policy.schema import MEANINGS, json_schema
from safetrack.policy.yaml import read_yaml


def load_rules():
    path = Path(__file__).parent / "test_rule.py"
    spec = importlib.util.spec_from_file_location("rule_examples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.VALID, module.WRONG


VALID, WRONG = load_rules()
ONLY_READING_TELLS = ("is above max", "edges ascend", "lasts a second", "in quotes", "inf")
"""Mistakes that a schema cannot see, or that YAML as JSON cannot hold."""


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(data):
    """As an editor sees YAML: dates are text."""
    return json.loads(json.dumps(data, default=lambda value: value.isoformat()))


def test_the_schema_is_plain_json():
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_every_action_is_explained_to_editors():
    assert set(MEANINGS) == set(ACTIONS)


def test_the_whole_example_is_valid(validator, whole):
    validator.validate(as_json(read_yaml(whole.read_bytes(), "whole.yaml")))


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_is_valid(validator, name):
    resource = files("safetrack.policy.presets") / f"{name}.yaml"
    validator.validate(as_json(read_yaml(resource.read_bytes(), name)))


@pytest.mark.parametrize("written", [w for w, _ in VALID], ids=[str(w) for w, _ in VALID])
def test_every_written_form_of_a_rule_is_valid(validator, written):
    validator.validate(as_json({"properties": {"x": written}}))


SEEN = [
    written
    for written, says in WRONG
    if not any(word in says for word in ONLY_READING_TELLS)
    and not any(isinstance(part, dt.date) for part in (written.values() if isinstance(written, dict) else ()))
]  # fmt: skip


@pytest.mark.parametrize("written", SEEN, ids=[str(written) for written in SEEN])
def test_typical_mistakes_in_rules_are_refused(validator, written):
    assert not validator.is_valid(as_json({"properties": {"x": written}}))


@pytest.mark.parametrize(
    "policy",
    [
        {"propertis": {}},
        {"version": 2},
        {"unlisted": "keep"},
        {"keys": "k1:abc"},
        {"identity": {"person": "scrub"}},
        {"timestamp": "drop"},
        {"detection": {"entities": {"PERSON": "scrub"}}},
        {"detection": {"min_score": 2}},
        {"detection": {"model": "large"}},
        {"events": {"A": "dropp"}},
        {"events": {"A": {"purpos": "x"}}},
        {"mode": "observe"},
        {"until": "2027-01-01"},
        {"delivery": {"queue": {"bytes": "64 mb"}}},
        {"delivery": {"keep": {"age": 7}}},
        {"destinations": {"a": {"type": "mixpanl"}}},
        {"destinations": {"a": {"type": "mixpanel"}}},
        {"destinations": {"a": {"type": "stdout", "path": "x"}}},
        {"destinations": {"a": {"type": "amplitude", "api_key": "k", "region": "eu", "host": "h"}}},
        {"destinations": {"a": {"type": "mixpanel", "token": "t", "project_id": 1}}},
    ],
)
def test_typical_mistakes_elsewhere_are_refused(validator, policy):
    assert not validator.is_valid(policy)


def test_an_empty_policy_and_empty_sections_are_valid(validator):
    sections = ("identity", "properties", "events", "detection", "delivery", "destinations")
    validator.validate({})
    validator.validate(dict.fromkeys(sections))


def test_observing_until_a_date_is_valid(validator):
    validator.validate({"mode": "observe", "until": "2027-01-01"})
