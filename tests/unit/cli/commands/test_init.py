import json

import pytest

from safetrack.policy.load import Policy


def events(count, **properties):
    """Events whose properties are lists of values, taken in turn."""
    for number in range(count):
        own = {name: values[number % len(values)] for name, values in properties.items()}
        yield {"type": "track", "event": "Signed Up", "userId": f"u{number}", "properties": own}


def write(folder, messages):
    text = "".join(json.dumps(message) + "\n" for message in messages)
    (folder / "seen.jsonl").write_text(text)


def proposed(call, folder, messages):
    write(folder, messages)
    result = call("init", "--from", "seen.jsonl")
    assert result.status == 0, result.err
    text = (folder / "safetrack.yaml").read_text()
    return text, Policy.load(folder / "safetrack.yaml").document


def test_the_policy_to_begin_with_is_valid_and_commented(call, in_folder):
    result = call("init")

    assert result.status == 0
    assert "safetrack keys new" in result.out
    assert (in_folder / "safetrack.yaml").read_text().count("#") > 10
    assert call("check").status in {0, 1}


@pytest.mark.parametrize(("installed", "type_name"), [(True, "duckdb"), (False, "jsonl")])
def test_the_policy_to_begin_with_can_be_sent_by_with_what_is_installed(
    call, in_folder, monkeypatch, installed, type_name
):
    found = "safetrack.cli.observed.policy_text.find_spec"
    monkeypatch.setattr(found, lambda name: object() if installed and name == "duckdb" else None)

    assert call("init").status == 0

    (local,) = Policy.load(in_folder / "safetrack.yaml").document.destinations.values()
    assert local.type == type_name
    assert call("doctor").status == 0


def test_a_file_that_is_there_is_replaced_by_force_only(call, in_folder):
    (in_folder / "safetrack.yaml").write_text("mine")

    assert call("init").status == 2
    assert (in_folder / "safetrack.yaml").read_text() == "mine"
    assert call("init", "--force").status == 0
    assert (in_folder / "safetrack.yaml").read_text() != "mine"


def test_a_common_short_list_of_values_is_proposed_as_a_list(call, in_folder):
    _, document = proposed(call, in_folder, events(60, widget_style=["round", "square"]))

    assert document.properties["widget_style"].values == ("round", "square")


@pytest.mark.parametrize(
    "values",
    [
        ["round", "jane@acme.com"],
        ["round", "Jane Doe"],
        ["x" * 40],
        [f"v{n}" for n in range(13)],
        ["round"] * 59 + ["rare"],
    ],
    ids=["e-mail", "name", "long", "many", "rare"],
)
def test_values_that_could_be_personal_are_never_written(call, in_folder, values):
    text, document = proposed(call, in_folder, events(60, widget_style=values))

    assert "widget_style" not in document.properties
    assert "# widget_style: scrub" in text
    for value in values:
        assert value not in text


def test_few_events_prove_no_list(call, in_folder):
    text, document = proposed(call, in_folder, events(20, widget_style=["round", "square"]))

    assert "widget_style" not in document.properties
    assert "square" not in text


def test_types_lead_to_rules(call, in_folder):
    _, document = proposed(
        call,
        in_folder,
        events(
            10,
            widget_on=[True, False],
            widget_count=[1, 2],
            widget_share=[0.5, 1],
            widget_link=["https://a.example/x?token=1", "https://b.example/"],
            widget_made=["2026-11-23T10:00:00Z"],
            widget={"a": 1} and [{"depth": {"of": 3}}],
        ),
    )

    rules = document.properties
    assert rules["widget_on"].type == "boolean"
    assert rules["widget_count"].type == "integer"
    assert rules["widget_share"].type == "number"
    assert (rules["widget_link"].how, rules["widget_link"].part) == ("url", "origin")
    assert (rules["widget_made"].how, rules["widget_made"].unit) == ("time", "day")
    assert rules["widget.depth.of"].type == "integer"


def test_long_numbers_are_left_to_decide(call, in_folder):
    text, document = proposed(call, in_folder, events(10, widget_number=[5551234567]))

    assert "widget_number" not in document.properties
    assert "# widget_number: {keep: integer}" in text
    assert "555" not in text


def test_names_that_say_what_they_hold_decide(call, in_folder):
    _, document = proposed(call, in_folder, events(5, invitee_email=["a"], father_last_name=["b"]))

    assert document.properties["invitee_email"].action == "pseudonymize"
    assert document.properties["father_last_name"].action == "drop"


def test_names_that_are_personal_themselves_are_not_written(call, in_folder):
    messages = [
        {
            "type": "track",
            "event": "Mailed jane@acme.com",
            "userId": "u",
            "properties": {"john@acme.com": 1},
        },
        *events(3, widget_on=[True]),
    ]

    text, _ = proposed(call, in_folder, messages)

    assert "acme" not in text
    assert "2 names of events or properties look personal" in text
    assert "Signed Up" in text


def test_a_name_that_would_be_a_pattern_is_not_written(call, in_folder):
    text, _ = proposed(call, in_folder, events(3, **{"widget*": [True]}))

    assert "widget" not in text


def test_every_section_is_surveyed(call, in_folder):
    messages = [
        {"type": "identify", "userId": "u", "traits": {"widget_on": True}},
        {"type": "group", "userId": "u", "groupId": "g", "traits": {"widget_size": 3}},
        {"type": "track", "event": "A", "userId": "u", "context": {"widget": {"on": False}}},
    ]

    _, document = proposed(call, in_folder, messages)

    assert set(document.traits) == {"widget_on"}
    assert set(document.group_traits) == {"widget_size"}
    assert set(document.context) == {"widget.on"}


def test_a_vendors_export_can_be_surveyed(call, in_folder):
    row = {"uuid": "1", "event": "A", "distinct_id": "jane@acme.com"}
    text, document = proposed(call, in_folder, [row | {"properties": '{"widget_on": true}'}])

    assert document.properties["widget_on"].type == "boolean"
    assert "jane" not in text


def test_what_the_preset_decides_is_not_repeated(call, in_folder):
    text, document = proposed(call, in_folder, events(5, utm_source=["news"], widget_on=[True]))

    assert set(document.properties) == {"widget_on"}
    assert "1 of the properties seen are decided by safetrack:product-analytics" in text


def test_a_file_without_events_is_refused(call, in_folder):
    (in_folder / "seen.jsonl").write_text("oops\n")

    result = call("init", "--from", "seen.jsonl")

    assert result.status == 2
    assert "seen.jsonl: no event can be read" in result.err
    assert not (in_folder / "safetrack.yaml").exists()


def test_the_answer_for_machines(call, in_folder):
    result = call("init", "-o", "p.yaml", "--json")

    assert json.loads(result.out) == {"policy": "p.yaml", "from": None}
