"""Files, extends, layers and places."""

from __future__ import annotations

import os

import pytest

from safetrack.errors import PolicyError
from safetrack.policy.document import DEFAULT_IDENTITY, DEFAULT_TIMESTAMP, Rule
from safetrack.policy.load import MAX_EXTENDS_DEPTH, Policy


def names(policy: Policy) -> list[str]:
    return [os.path.basename(layer.name) for layer in policy.layers]  # noqa: PTH119


def problems(path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        Policy.load(path)
    folder = f"{path.parent}/"
    return [str(problem).replace(folder, "") for problem in caught.value.problems]


def test_a_file_is_asked_before_what_it_extends_and_the_later_listed_before_the_earlier(write):
    write("extends: base.yaml", "a.yaml")
    write("extends: [base.yaml]", "b.yaml")
    write("unlisted: scrub", "base.yaml")
    policy = Policy.load(write("extends: [a.yaml, b.yaml]"))
    assert names(policy) == ["policy.yaml", "b.yaml", "a.yaml", "base.yaml"]
    assert policy.source is not None
    assert policy.source.endswith("policy.yaml")


def test_paths_are_relative_to_the_extending_file(write, tmp_path):
    (tmp_path / "shared").mkdir()
    write("extends: inner.yaml", "shared/outer.yaml")
    write("properties: {a: drop}", "shared/inner.yaml")
    policy = Policy.load(write("extends: shared/outer.yaml"))
    assert names(policy) == ["policy.yaml", "outer.yaml", "inner.yaml"]
    assert policy.layers[2].document.properties == {"a": Rule(action="drop", line=1)}


def test_a_preset_is_extended_by_name():
    policy = Policy.from_dict({"extends": ["safetrack:strict", "safetrack:llm"]})
    assert names(policy) == ["policy", "safetrack:llm", "safetrack:strict"]
    assert [layer.is_preset for layer in policy.layers] == [False, True, True]


def test_a_preset_is_a_policy_by_itself():
    assert names(Policy.preset("strict")) == ["safetrack:strict"]
    assert names(Policy.preset("safetrack:llm")) == ["safetrack:llm"]
    with pytest.raises(PolicyError, match="did you mean 'safetrack:strict'"):
        Policy.preset("strickt")


def test_an_unknown_preset_is_refused_with_the_nearest_name(write):
    assert problems(write("extends:\n  - safetrack:product-analitics")) == [
        (
            "policy.yaml:2:5: extends.0: there is no preset 'safetrack:product-analitics'; "
            "did you mean 'safetrack:product-analytics'?"
        )
    ]


def test_a_cycle_is_refused_however_its_paths_are_written(write):
    write("extends: ./policy.yaml", "a.yaml")
    (problem,) = problems(write("extends: a.yaml"))
    assert "extends itself: policy.yaml → a.yaml" in problem


def test_a_file_may_not_extend_itself(write):
    assert "extends itself" in problems(write("extends: policy.yaml"))[0]


def test_a_long_chain_is_refused(write):
    for index in range(MAX_EXTENDS_DEPTH + 1):
        write(f"extends: p{index + 1}.yaml", f"p{index}.yaml")
    write("", f"p{MAX_EXTENDS_DEPTH + 1}.yaml")
    (problem,) = problems(write("extends: p1.yaml", "p0.yaml"))
    assert f"more than {MAX_EXTENDS_DEPTH} policies extend each other" in problem


def test_a_chain_of_the_longest_length_is_read(write):
    for index in range(1, MAX_EXTENDS_DEPTH):
        write(f"extends: p{index + 1}.yaml", f"p{index}.yaml")
    write("", f"p{MAX_EXTENDS_DEPTH}.yaml")
    assert len(Policy.load(write("extends: p1.yaml", "p0.yaml")).layers) == MAX_EXTENDS_DEPTH + 1


@pytest.mark.parametrize(
    "section",
    ["keys: env:K", "mode: observe", "until: 2027-01-01", "destinations: {}", "delivery: {}",
     "respect_do_not_track: true"],
)  # fmt: skip
def test_what_is_extended_holds_rules_only(write, section):
    write(section, "base.yaml")
    key = section.partition(":")[0]
    assert problems(write("extends: base.yaml")) == [
        f"base.yaml:1:1: {key}: {key!r} belongs in your own policy: what is extended holds rules only"
    ]


@pytest.mark.parametrize("setting", ["languages: [en]", "model: stock", "min_score: 0.1"])
def test_what_is_extended_sets_entities_only(write, setting):
    write(f"detection:\n  {setting}", "base.yaml")
    (problem,) = problems(write("extends: base.yaml"))
    assert problem.startswith("base.yaml:2:3: detection.")
    assert "sets entities only" in problem


def test_mistakes_of_all_files_are_reported_together(write):
    write("unlisted: keep", "base.yaml")
    found = problems(write("extends: [base.yaml, gone.yaml]\nunlisted: keep"))
    assert [problem.split(": ")[0] for problem in found] == [
        "policy.yaml:1:22",
        "policy.yaml:2:11",
        "base.yaml:1:11",
    ]


def test_broken_yaml_in_an_extended_file_is_reported_in_that_file(write):
    write("a: [", "base.yaml")
    (problem,) = problems(write("extends: base.yaml"))
    assert problem.startswith("base.yaml:1:5: not YAML")


def test_a_missing_file_is_named(write, tmp_path):
    with pytest.raises(PolicyError, match=r"cannot read the policy .*nowhere.yaml: No such file"):
        Policy.load(tmp_path / "nowhere.yaml")
    assert problems(write("extends: gone.yaml"))[0].startswith(
        "policy.yaml:1:10: extends: cannot read the policy gone.yaml: No such file"
    )


def test_a_folder_is_no_policy(tmp_path):
    with pytest.raises(PolicyError, match="not a file"):
        Policy.load(tmp_path)


def test_a_policy_that_every_user_may_change_is_refused(write):
    path = write("version: 1")
    path.chmod(0o666)
    with pytest.raises(
        PolicyError, match=r"every user of this machine may change .*; run: chmod o-w"
    ):
        Policy.load(path)


def test_a_policy_that_may_not_be_read_is_named(write, monkeypatch):
    path = write("version: 1")
    path.chmod(0o000)
    monkeypatch.setattr(os, "access", lambda *_arguments: False)  # tests may run as root
    with pytest.raises(PolicyError, match="permission denied"):
        Policy.load(path)


def test_positions_lead_to_file_line_and_column(write):
    path = write("version: 1\nproperties:\n  plan: keep\n  list: {keep: [a, b]}\n")
    policy = Policy.load(path)
    assert policy.position(("properties", "plan")) == (str(path), 3, 3)
    assert policy.position(("properties", "list", "keep", 1)) == (str(path), 4, 20)
    assert policy.position(("properties", "gone", "keep")) == (str(path), 2, 1)
    assert policy.position(("properties", "list", "keep", 9)) == (str(path), 4, 10)
    assert policy.position(()) == (str(path), 1, 1)


def test_a_dict_has_paths_but_no_lines():
    policy = Policy.from_dict({"properties": {"plan": "keep"}})
    assert policy.position(("properties", "plan")) == (None, None, None)
    assert policy.layers[0].name == "policy"
    assert policy.source is None


def test_settings_come_from_the_first_layer_that_has_them(write):
    write("unlisted: scrub\nidentity: {person: keep, group: drop}\ntimestamp: keep", "base.yaml")
    policy = Policy.load(write("extends: base.yaml\nidentity: {person: drop}"))
    assert policy.identity.person == Rule(action="drop", line=2)
    assert policy.identity.group is not None
    assert policy.identity.group.action == "drop"
    assert policy.identity.device == DEFAULT_IDENTITY.device
    assert policy.timestamp.action == "keep"
    assert (policy.unlisted, policy.unlisted_events) == ("scrub", "keep")


def test_without_any_setting_the_defaults_hold():
    policy = Policy.from_dict({})
    assert policy.identity == DEFAULT_IDENTITY
    assert policy.timestamp == DEFAULT_TIMESTAMP
    assert (policy.unlisted, policy.unlisted_events) == ("drop", "keep")


class Shout(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({1: "keep"}, "keys are text, not int"),
        ({"properties": {"a": object()}}, "a object has no place in a policy"),
        ({"properties": {"a": Shout("keep")}}, "a Shout has no place in a policy"),
        ({"properties": {"a": b"keep"}}, "a bytes has no place in a policy"),
    ],
)
def test_a_dict_holds_plain_data_only(data, says):
    with pytest.raises(PolicyError, match=says):
        Policy.from_dict(data)


def test_a_dict_inside_itself_is_refused():
    loop: dict[str, object] = {}
    loop["properties"] = loop
    with pytest.raises(PolicyError, match="nested deeper than"):
        Policy.from_dict(loop)


def test_the_dict_given_is_not_changed_and_not_kept():
    data = {"properties": {"plan": {"keep": ["free"]}}}
    policy = Policy.from_dict(data)
    data["properties"]["plan"]["keep"].append("pro")
    assert policy.document.properties["plan"].values == ("free",)
    assert data == {"properties": {"plan": {"keep": ["free", "pro"]}}}
