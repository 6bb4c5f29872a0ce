"""Work that gives way."""

from __future__ import annotations

from safetrack import pace


def test_it_gives_way_once_in_a_slice(monkeypatch):
    now, slept = [0.0], []
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    monkeypatch.setattr("time.sleep", slept.append)
    give_way = pace.Pace()
    for _ in range(5):
        give_way()
        now[0] += pace.SLICE / 2
    assert slept == [0, 0]
