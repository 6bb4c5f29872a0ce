from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from safetrack.cli.demo.planted import KINDS
from safetrack.cli.demo.questions import SIGNUPS, Answer
from safetrack.cli.demo.report import print_report, rows, to_json


@pytest.fixture
def printed(outcome) -> str:
    page = io.StringIO()
    print_report(outcome, Console(file=page, width=80, color_system=None))
    return page.getvalue()


def test_fits_into_eighty_columns_without_colour(printed):
    assert max(map(len, printed.splitlines())) <= 80
    assert "\x1b" not in printed


def test_shows_every_kind_with_both_counts(outcome, printed):
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    for what, without, left in rows(outcome):
        assert f"{what} {without:,} {left:,}" in lines
    assert len(list(rows(outcome))) > len(KINDS)


def test_counts_what_detection_missed_instead_of_hiding_it(outcome, printed):
    flat = " ".join(printed.split())
    assert f"{outcome.safe.loot.any_text:,} of {outcome.raw.loot.any_text:,} free texts" in flat


def test_shows_the_answers_and_every_difference(outcome, printed):
    for answer in outcome.answers:
        assert answer.question.name in printed
    assert "Sign-ups by plan (users): same, all" in printed
    (revenue,) = (answer for answer in outcome.answers if answer.differences)
    assert printed.count("->") == len(revenue.differences)


def test_shows_a_label_that_only_one_file_has(outcome):
    broken = Answer(SIGNUPS, {"free": 2}, {"other": 2})
    page = io.StringIO()
    print_report(
        replace(outcome, answers=[broken]), Console(file=page, width=80, color_system=None)
    )
    assert "2 numbers differ" in page.getvalue()
    assert "free 2 -> none  ·  other none -> 2" in page.getvalue()


def test_shows_the_exact_bytes_before_and_after(outcome, printed):
    joined = printed.replace("\n", "")
    assert outcome.example.before.decode() in joined
    assert outcome.example.after.decode() in joined


def test_is_the_same_for_machines(outcome):
    found = json.loads(json.dumps(to_json(outcome)))
    assert found["events"] == outcome.events
    assert [(r["what"], r["without"], r["with"]) for r in found["attacker"]] == list(rows(outcome))
    assert [q["question"] for q in found["questions"]] == [
        answer.question.name for answer in outcome.answers
    ]
    assert found["delivery"]["pending"] == 0
