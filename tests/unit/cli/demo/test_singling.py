from __future__ import annotations

from safetrack.cli.demo.raw import write_raw
from safetrack.cli.demo.singling import count_by_exact_time, count_people, count_singled_out


def _event(number, user, country, city, second):
    return {
        "type": "track",
        "userId": user,
        "context": {"location": {"country": country, "city": city}},
        "timestamp": f"2025-10-01T00:00:0{second}Z",
        "messageId": str(number),
    }


def _file(tmp_path, *rows):
    path = tmp_path / "x.duckdb"
    write_raw(path, [_event(number, *row) for number, row in enumerate(rows)])
    return path


def test_counts_who_shares_a_combination_with_nobody(tmp_path):
    path = _file(
        tmp_path,
        ("ann", "DE", "Berlin", 1),
        ("ann", "DE", "Berlin", 2),
        ("bob", "DE", "Hamburg", 3),
        ("cem", "DE", "Hamburg", 4),
    )
    assert count_people(path) == 3
    assert count_singled_out(path, ("country",)) == 0
    assert count_singled_out(path, ("country", "city")) == 1


def test_counts_who_did_something_at_a_moment_of_their_own(tmp_path):
    path = _file(tmp_path, ("ann", "DE", "x", 1), ("bob", "DE", "x", 1), ("cem", "DE", "x", 2))
    assert count_by_exact_time(path) == 1
