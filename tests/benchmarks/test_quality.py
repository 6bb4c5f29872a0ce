"""What counts as survived or altered, in cases made by hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation import hostile
from evaluation.events import run
from evaluation.free_text import Sentence, score
from evaluation.labelled import Label, Labelled, read
from evaluation.scoring import MISSING, altered, survives, wilson

QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality.py"


def left(kind, before, after, *parts, group="direct"):
    return survives(Label(("properties", "x"), kind, group, parts), before, after)


def test_a_value_that_is_gone_or_replaced_has_not_survived():
    assert not left("email", "jane@acme.com", MISSING)
    assert not left("email", "jane@acme.com", None)
    assert not left("email", "jane@acme.com", "<EMAIL_ADDRESS>")


def test_case_and_percent_encoding_do_not_hide_a_value():
    assert left("email", "Jane@Acme.com", "jane@acme.com")
    assert left("email", "jane@acme.com", "/cb?u=jane%40acme.com")


def test_what_stands_before_the_at_sign_is_the_address():
    assert left("email", "jane.doe@acme.com", "jane.doe@<URL>")
    assert not left("email", "jane.doe@acme.com", "<PERSON>@acme.com")


def test_every_telling_word_of_a_name_counts():
    assert left("person", "Marta Kowalczyk", "<PERSON> Kowalczyk")
    assert not left("person", "Dr. Marta Kowalczyk", "Dr. <PERSON>")


def test_a_short_name_is_not_looked_for_inside_words():
    assert not left(
        "first name in text", "Ann paid the annual fee", "<PERSON> paid the annual fee", "Ann"
    )
    assert left("first name in text", "Ann paid", "Ann paid", "Ann")


def test_common_words_of_addresses_do_not_count():
    assert not left("street", "48 Alder Close", "<LOCATION> Close")
    assert left("street", "48 Alder Close", "<LOCATION> Alder Close")


def test_numbers_are_compared_by_their_digits():
    assert left("phone", "+1 202-555-0147", "(202) 555 0147")
    assert left("card number", "4012 8888 8888 1881", 4012888888881881)
    assert not left("card number", "4012 8888 8888 1881", "ends in 1881")


def test_only_the_parts_of_a_text_count():
    assert not left("email in text", "write to a.b@c.org", "write to <EMAIL_ADDRESS>", "a.b@c.org")
    assert left("email in text", "write to a.b@c.org", "write to a.b@c.org", "a.b@c.org")


def test_a_harmless_value_may_change_neither_value_nor_type():
    label = Label(("properties", "x"), "count", "harmless")
    assert not altered(label, 7, 7)
    assert altered(label, 7, 7.0)
    assert altered(label, True, 1)
    assert altered(label, "pro", MISSING)


def test_of_a_harmless_text_the_named_words_have_to_stay():
    label = Label(("properties", "x"), "words of a text", "harmless", keep=("late invoice",))
    assert not altered(label, "late invoice, Jane", "late invoice, <PERSON>")
    assert altered(label, "late invoice, Jane", "<PERSON>")


def test_the_interval_is_wilsons():
    low, high = wilson(0, 100)
    assert low == 0
    assert high == pytest.approx(0.037, abs=0.001)
    assert wilson(50, 100) == pytest.approx((0.404, 0.596), abs=0.001)


def test_a_leaf_without_a_label_is_refused(tmp_path):
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps({"event": {"properties": {"a": 1}}, "labels": []}))
    with pytest.raises(ValueError, match="no label"):
        read(file)


def test_a_part_that_is_not_in_the_value_is_refused(tmp_path):
    label = {"path": ["properties", "a"], "kind": "email", "group": "direct", "parts": ["x@y.org"]}
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps({"event": {"properties": {"a": "z"}}, "labels": [label]}))
    with pytest.raises(ValueError, match="part"):
        read(file)


def test_the_shipped_set_is_labelled_throughout():
    events = read(QUALITY.parent / "data" / "dev.jsonl")
    assert sum(len(one.labels) for one in events) >= 12_000


def test_whatever_is_hidden_can_be_read_back():
    unread = [
        (cell.family, cell.kind)
        for cell in hostile.cells()
        if not hostile.survives(cell, cell.properties)
    ]
    assert unread == []


def test_a_marker_is_read_as_nothing():
    assert not any(hostile.survives(cell, {"data": "<PERSON>"}) for cell in hostile.cells())


def test_half_of_a_span_is_enough_to_be_found_and_not_to_be_masked():
    sentence = Sentence("ask Marta Kowalczyk", [(4, 19, "PERSON")])
    result = score([sentence], [[(10, 19)]])
    assert (result.found.total(), result.masked, result.right) == (1, 0, 1)
    result = score([sentence], [[(0, 5), (4, 9)]])
    assert (result.found.total(), result.masked, result.right) == (0, 0, 1)


def test_the_holdout_part_shows_no_values():
    command = [sys.executable, str(QUALITY), "--part", "holdout", "--show", "3"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "holdout" in done.stderr


class Renaming:
    """A system that changes nothing but the names of keys."""

    name = "renaming"

    def after(self, events):
        return [{("properties", "other"): one["properties"]["a"]} for one in events]


def test_a_renamed_key_does_not_hide_an_identifier():
    email = Labelled(
        {"properties": {"a": "x@y.org"}}, (Label(("properties", "a"), "email", "direct"),), ""
    )
    plan = Labelled(
        {"properties": {"a": "pro"}}, (Label(("properties", "a"), "plan", "harmless"),), ""
    )
    results = run([email, plan], [Renaming()])
    assert [one.failed for one in results] == [(True,), (True,)]
