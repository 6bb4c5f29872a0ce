from __future__ import annotations

import json

import pytest

from safetrack.cli.demo.attacker import finder_for, search
from safetrack.cli.demo.database import connect
from safetrack.cli.demo.finder import Finder
from safetrack.cli.demo.raw import write_raw

SECRET = "jane.doe@alderlabs.example"


@pytest.fixture
def finder() -> Finder:
    return Finder({"email": [SECRET], "name_part": ["Jane"]})


def test_finds_in_the_raw_file_all_that_was_planted_and_nothing_else(small, tmp_path):
    path = tmp_path / "raw.duckdb"
    write_raw(path, small.messages)
    loot = search(path, finder_for(small.planted))
    planted = {**small.planted.values, "name_part": small.planted.name_parts}
    assert {kind: loot.values[kind] for kind in planted} == planted
    assert loot.any_text == len(small.planted.texts)


def _file(path, create, *cells):
    """A database of one table, with rows of one cell each."""
    with connect(path) as database:
        database.execute(create)
        for cell in cells:
            database.execute("INSERT INTO t VALUES (?)", [cell])
    return path


@pytest.mark.parametrize(
    ("create", "cells"),
    [
        ("CREATE TABLE t (a VARCHAR)", [SECRET]),
        ("CREATE TABLE t (a JSON)", [json.dumps({"b": [SECRET]})]),
        ("CREATE TABLE t (a JSON)", [json.dumps({SECRET: 1})]),
        ("CREATE TABLE t (a JSON)", [r'{"a": "jane.doe\u0040alderlabs.example"}']),
        ("CREATE TABLE t (a VARCHAR)", ["{" + SECRET]),
        (f'CREATE TABLE t ("{SECRET}" INTEGER)', []),
        (f'CREATE TABLE "{SECRET}" (a INTEGER)', []),
        (f"CREATE TABLE t (a INTEGER); COMMENT ON TABLE t IS '{SECRET}'", []),
    ],
    ids=["text", "leaf", "key", "escape", "broken json", "column", "table", "comment"],
)
def test_finds_a_value_wherever_it_stands_in_the_file(tmp_path, finder, create, cells):
    loot = search(_file(tmp_path / "x.duckdb", create, *cells), finder)
    assert loot.values["email"] == {SECRET}


def test_counts_free_texts_by_what_they_hold(tmp_path, finder):
    texts = [f"please write to {SECRET} today", "please write to Jane today", "nothing to see here"]
    path = _file(tmp_path / "x.duckdb", "CREATE TABLE t (a VARCHAR)", *texts)
    loot = search(path, finder)
    assert (loot.texts["email"], loot.texts["name_part"], loot.any_text) == (1, 2, 2)


def test_does_not_take_a_lone_value_for_a_free_text(tmp_path, finder):
    path = _file(tmp_path / "x.duckdb", "CREATE TABLE t (a VARCHAR)", SECRET)
    assert search(path, finder).any_text == 0
