"""The shipped presets: what they say, why, and that their page agrees."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest

from safetrack.errors import PolicyError
from safetrack.policy import load
from safetrack.policy.document import Rule
from safetrack.policy.load import PRESETS, Policy

BAGS = ("properties", "traits", "group_traits", "context")
DOCS = Path(__file__).parents[3] / "docs"


def load_page():
    spec = importlib.util.spec_from_file_location("presets_page", DOCS / "presets_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rules(name: str) -> list[tuple[str, str, Rule]]:
    document = Policy.preset(name).document
    return [(bag, key, rule) for bag in BAGS for key, rule in getattr(document, bag).items()]


def rule(bag: str, key: str) -> Rule:
    return getattr(Policy.preset("product-analytics").document, bag)[key]


def test_the_page_says_what_the_presets_say():
    page = load_page()
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), "run: python docs/presets_page.py"


@pytest.mark.parametrize("name", PRESETS)
def test_every_line_of_a_preset_has_its_reason(name):
    page = load_page()
    text = (files("safetrack.policy.presets") / f"{name}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    document = Policy.preset(name).document
    identity = [getattr(document.identity, kind) for kind in ("person", "group", "device")]
    told = [rule for _, _, rule in rules(name)] + list(document.detection.entities.values())
    for told_rule in told + [rule for rule in identity if rule is not None]:
        line = lines[told_rule.line - 1]
        assert page.reason(line), f"no reason for: {line.strip()}"


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_keeps_open_values_without_bounds(name):
    for bag, key, found in rules(name):
        place = f"{name} {bag}.{key}"
        assert not found.trusted, place
        if found.action != "keep" or found.values is not None:
            continue
        is_model_name = found.type == "string" and key.endswith("model")
        is_bounded = found.min is not None and found.max is not None
        assert found.type == "boolean" or is_bounded or (name == "llm" and is_model_name), place


@pytest.mark.parametrize("name", PRESETS)
def test_no_bound_of_a_preset_has_room_for_a_phone_number(name):
    for bag, key, found in rules(name):
        for bound in (found.min, found.max):
            assert bound is None or abs(bound) < 10_000_000, f"{name} {bag}.{key}"


def test_strict_lets_out_pseudonyms_the_hour_and_closed_lists_only():
    policy = Policy.preset("strict")
    assert policy.identity.person is not None
    assert policy.identity.group is not None
    assert policy.identity.device is not None
    assert policy.identity.person.action == policy.identity.group.action == "pseudonymize"
    assert policy.identity.device.action == "drop"
    assert policy.timestamp.unit == "hour"
    assert (policy.unlisted, policy.unlisted_events) == ("drop", "drop")
    for _, _, found in rules("strict"):
        assert found.action == "keep"
        assert found.type == "boolean" or found.values


FIELDS_OF_THE_BREACH = {
    "name": [("properties", "name"), ("properties", "$name"), ("traits", "name"),
             ("traits", "$first_name"), ("group_traits", "name")],
    "e-mail": [("properties", "email"), ("properties", "$email"), ("traits", "email"),
               ("traits", "$email"), ("group_traits", "email")],
    "place": [("properties", "city"), ("properties", "$city"), ("properties", "$region"),
              ("properties", "$geoip_*"), ("properties", "ip"), ("properties", "$ip"),
              ("properties", "ip_address"), ("properties", "location_lat"), ("traits", "$geoip_*"),
              ("context", "ip"), ("context", "location")],
}  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS_OF_THE_BREACH)
def test_names_addresses_and_places_are_dropped(kind):
    assert {rule(*place).action for place in FIELDS_OF_THE_BREACH[kind]} == {"drop"}


@pytest.mark.parametrize(
    ("bag", "key"),
    [("properties", "country"), ("properties", "mp_country_code"), ("properties", "$geoip_country_name"),
     ("traits", "country"), ("traits", "address.country"), ("context", "location.country")],
)  # fmt: skip
def test_of_the_place_the_country_is_left_from_a_closed_list(bag, key):
    values = rule(bag, key).values
    assert values is not None
    assert {"NO", "US", "Norway", "United States", "Côte d'Ivoire"} <= set(values)
    assert len(set(values)) == len(values) > 450
    assert not rule(bag, key).has_otherwise


@pytest.mark.parametrize(
    ("bag", "key"),
    [("properties", "$os"), ("properties", "$browser"), ("properties", "os_name"),
     ("context", "os.name"), ("traits", "$os"), ("traits", "$initial_browser")],
)  # fmt: skip
def test_operating_system_and_browser_are_families_from_a_closed_list(bag, key):
    found = rule(bag, key)
    assert found.values is not None
    assert found.otherwise == "other"
    assert not any(char.isdigit() for value in found.values for char in str(value))


def test_user_agents_and_versions_are_generalized():
    assert rule("context", "userAgent").how == "user_agent"
    assert rule("properties", "$raw_user_agent").how == "user_agent"
    assert rule("properties", "$browser_version").how == "version"
    assert rule("properties", "$os_version").how == "version"


@pytest.mark.parametrize(
    ("bag", "key"),
    [("properties", "$referrer"), ("properties", "$initial_referrer"), ("properties", "referrer"),
     ("context", "page.referrer"), ("traits", "$initial_referrer")],
)  # fmt: skip
def test_referrers_are_cut_to_their_origin(bag, key):
    assert (rule(bag, key).how, rule(bag, key).part) == ("url", "origin")


@pytest.mark.parametrize(
    ("bag", "key"),
    [
        ("properties", "$current_url"),
        ("context", "page.url"),
        ("properties", "[Amplitude] Page URL"),
    ],
)
def test_page_urls_are_path_templates_with_the_campaign_at_most(bag, key):
    found = rule(bag, key)
    assert (found.how, found.part) == ("url", "path")
    assert all(name.startswith("utm_") for name in found.query)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("user_id", "person"), ("$user_id", "person"), ("distinct_id", "person"),
     ("$device_id", "person"), ("company_id", "group"), ("account_id", "group")],
)  # fmt: skip
def test_ids_in_properties_get_the_pseudonym_of_the_message_itself(key, kind):
    assert (rule("properties", key).action, rule("properties", key).kind) == ("pseudonymize", kind)


@pytest.mark.parametrize(
    "key", ["plan", "product", "utm_campaign", "coupon", "feature", "comment", "$feature/*"]
)
def test_open_text_gets_the_full_search(key):
    assert rule("properties", key).action == "scrub"


@pytest.mark.parametrize("key", ["$ai_input", "$ai_output_choices", "$ai_tools", "gen_ai.input.messages",
                                 "gen_ai.tool.call.arguments", "prompt", "tool_calls"])  # fmt: skip
def test_what_is_said_to_and_by_a_model_gets_the_full_search(key):
    assert Policy.preset("llm").document.properties[key].action == "scrub"


def test_the_spans_of_a_trace_still_join():
    properties = Policy.preset("llm").document.properties
    kinds = {properties[f"$ai_{name}_id"].kind for name in ("trace", "span", "parent")}
    assert kinds == {"ai_trace"}


def test_a_preset_is_parsed_once_a_process():
    assert Policy.preset("llm").layers[0] is Policy.preset("llm").layers[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("properties: {a: kep}", "safetrack:strict:1:17: properties.a: unknown action"),
        ("a: [", "safetrack:strict:1:5: not YAML"),
        ("extends: other.yaml", "a preset extends presets only"),
    ],
)
def test_a_preset_that_is_damaged_is_refused(monkeypatch, tmp_path, text, says):
    (tmp_path / "strict.yaml").write_text(text)
    monkeypatch.setattr("importlib.resources.files", lambda _package: tmp_path)
    monkeypatch.setattr(load, "_preset_layer", load._preset_layer.__wrapped__)
    with pytest.raises(PolicyError) as caught:
        Policy.from_dict({"extends": "safetrack:strict"})
    assert says in str(caught.value)
