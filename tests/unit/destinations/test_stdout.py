"""The stdout destination."""

from __future__ import annotations

import json
import sys

import pytest

from capture.events import safe
from safetrack.destinations.stdout import Stdout


def test_each_event_is_a_line_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    events = [safe(event="one"), safe(event="two")]
    Stdout().send(events)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        event.to_dict() for event in events
    ]


def test_a_closed_output_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    with open(f"{tmp_path}/out", "w") as closed:  # noqa: PTH123
        pass
    monkeypatch.setattr(sys, "stdout", closed)
    assert Stdout().send([safe()]).retry == frozenset({0})
