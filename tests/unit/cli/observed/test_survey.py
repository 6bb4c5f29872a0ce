import datetime as dt
from decimal import Decimal

from safetrack.cli.observed.survey import MOST_DISTINCT, Seen, Survey
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.shape import Section


def seen(*values):
    found = Seen()
    for value in values:
        found.add(value)
    return found


def test_few_different_values_are_counted_and_many_forgotten():
    few = seen("a", "b", "a")
    many = seen(*(f"v{n}" for n in range(MOST_DISTINCT + 1)))

    assert few.values == {"a": 2, "b": 1}
    assert many.values is None
    assert many.count == MOST_DISTINCT + 1


def test_types_and_forms_are_counted():
    found = seen(True, 1, -2.5, "https://x.example/", "2026-11-23")

    assert found.types == {"bool": 1, "int": 1, "float": 1, "str": 2}
    assert (found.links, found.times, found.largest) == (1, 1, 2.5)


def test_what_was_seen_shows_no_value():
    assert repr(seen("jane@acme.com")) == "<Seen count=1>"


def test_ids_and_control_keys_are_no_properties():
    survey = Survey()

    survey.add(
        {"type": "track", "event": "A", "properties": {"$set": {"plan": "x"}, "n": 1}}, NEUTRAL
    )

    assert set(survey.properties) == {(Section.PROPERTIES, "n"), (Section.TRAITS, "plan")}


def test_lists_are_looked_through_and_nothing_is_no_value():
    survey = Survey()

    survey.add({"type": "track", "properties": {"tags": ["a", None, {"b": 1}], "x": []}}, NEUTRAL)

    assert set(survey.properties) == {(Section.PROPERTIES, "tags"), (Section.PROPERTIES, "tags.b")}


def test_bags_that_are_no_mappings_are_passed_over():
    survey = Survey()

    survey.add({"type": "track", "event": 7, "properties": "text", "traits": "{broken"}, NEUTRAL)

    assert survey.events == 1
    assert not survey.properties
    assert not survey.names


def test_what_only_tables_hold_is_read_as_the_sanitizer_reads_it():
    survey = Survey()
    when = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)

    survey.add({"properties": {"when": when, "price": Decimal("9.5"), "raw": b"x"}}, NEUTRAL)

    assert {path: dict(one.types) for (_, path), one in survey.properties.items()} == {
        "when": {"str": 1},
        "price": {"float": 1},
    }
    assert survey.properties[Section.PROPERTIES, "when"].times == 1


def test_generated_names_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("safetrack.cli.observed.survey._MOST_NAMES", 3)
    survey = Survey()

    for n in range(10):
        survey.add({"type": "track", "event": f"E{n}", "properties": {f"p{n}": 1}}, NEUTRAL)

    assert set(survey.names) == {"E0", "E1", "E2"}
    assert len(survey.properties) == 3
