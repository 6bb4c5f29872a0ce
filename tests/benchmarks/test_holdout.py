"""The holdout events are what their script makes, and their labels fit them."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
BAGS = ("properties", "traits", "context")


@pytest.fixture(scope="module")
def rows():
    with (DATA / "holdout.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paths(value, path=()):
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, below in pairs:
            yield from paths(below, (*path, key))
    else:
        yield path


def leaf(event, path):
    for key in path:
        event = event[key]
    return event if isinstance(event, str) else str(event)


def test_the_file_is_what_the_script_makes():
    made = subprocess.run(
        [sys.executable, DATA / "make_holdout.py", "--check"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr


def test_every_leaf_has_a_label_and_every_label_a_leaf(rows):
    for row in rows:
        found = {path for bag in BAGS for path in paths(row["event"].get(bag, {}), (bag,))}
        assert {tuple(label["path"]) for label in row["labels"]} == found


def test_every_part_stands_in_its_leaf(rows):
    for row in rows:
        for label in row["labels"]:
            text = leaf(row["event"], label["path"])
            assert all(part and part in text for part in label.get("parts", ()))


def test_what_must_go_says_which_part_and_what_must_stay_says_none(rows):
    for row in rows:
        for label in row["labels"]:
            assert bool(label.get("parts")) == (label["group"] != "harmless")


def test_no_harmless_leaf_holds_an_identifier_of_its_event(rows):
    for row in rows:
        groups = {"direct": set(), "online": set(), "secret": set()}
        for label in row["labels"]:
            groups.get(label["group"], set()).update(
                part for part in label.get("parts", ()) if len(part) >= 5
            )
        identifiers = set().union(*groups.values())
        for label in row["labels"]:
            if label["group"] == "harmless":
                text = leaf(row["event"], label["path"])
                assert not [part for part in identifiers if part in text]


def test_the_set_is_large_and_at_least_half_harmless(rows):
    groups = Counter(label["group"] for row in rows for label in row["labels"])
    assert len(rows) >= 800
    assert groups.total() >= 8000
    assert groups["harmless"] >= groups.total() / 2
    assert all(groups[group] >= 100 for group in ("direct", "online", "secret"))


def test_no_secret_stands_in_the_file_as_it_is(rows):
    raw = (DATA / "holdout.jsonl").read_text("utf-8")
    secrets = [
        part
        for row in rows
        for label in row["labels"]
        if label["group"] == "secret"
        for part in label["parts"]
    ]
    assert not [part for part in secrets if part in raw]
