from __future__ import annotations

import json


def test_runs_from_the_command_line(call, in_folder):
    result = call("demo", "--users", 10, "--out", "here", "--json")
    assert (result.status, result.err) == (0, "")
    assert json.loads(result.out)["people"] == 10
    made = {path.name for path in (in_folder / "here").iterdir()}
    assert made >= {"without-safetrack.duckdb", "with-safetrack.duckdb", "demo-policy.yaml"}


def test_prints_for_people_in_at_most_eighty_columns(call, in_folder):
    result = call("demo", "--users", 10)
    assert result.status == 0
    assert "What an attacker would hold" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_refuses_an_impossible_number_of_people(call, in_folder):
    assert call("demo", "--users", 1).status == 2
