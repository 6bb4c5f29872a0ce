"""The proof itself: the whole grid under both presets, and not one canary comes out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from canary.finder import Finder, Hit
from canary.grid import Extent
from canary.policies import PRESETS
from canary.proof import PAGE, generated
from canary.report import by_form, by_place, exclusions, results
from canary.run import Outcome, run


def _shown(hits: Sequence[Hit]) -> str:
    """The first hits; canaries are nobody's, so they may be shown."""
    return "\n".join(f"{hit.origin}: {hit.text[:200]!r} ← {hit.canaries[0]}" for hit in hits[:20])


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("preset", PRESETS)
def test_no_canary_comes_out(
    preset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run(preset, tmp_path)
    hits = Finder(outcome.planted.canaries).hits(outcome.evidence)
    with capsys.disabled():
        _print(preset, outcome, len(hits))
    assert outcome.planted.too_few(Extent()) == []
    _assert_delivered(outcome)
    assert not hits, _shown(hits)


def _assert_delivered(outcome: Outcome) -> None:
    """Nothing found in nothing sent would prove nothing: every destination has most events."""
    assert set(outcome.stats[0]) == {
        "amplitude", "archive", "console", "hook", "mixpanel", "posthog", "segment", "warehouse"
    }  # fmt: skip
    for books in (one for stats in outcome.stats for one in stats.values()):
        dropped = books["dropped"]
        assert isinstance(dropped, dict)
        wanted = {"bad_control", "unknown_event_type", "unreadable", "event_dropped"}
        assert set(dropped) <= wanted, "an event was lost on the way"
        assert books["pending"] == 0
        assert books["tracked"] == books["delivered"] + sum(dropped.values())  # type: ignore[operator]
        assert books["delivered"]


def _print(preset: str, outcome: Outcome, hits: int) -> None:
    if preset == PRESETS[0]:
        tables = by_place(outcome.planted), by_form(outcome.planted), exclusions()
        print("", *tables, sep="\n\n")  # noqa: T201  the grid is part of the output
    print("", results({preset: outcome}, {preset: hits}), sep="\n")  # noqa: T201


def test_the_page_shows_the_grid_as_it_is() -> None:
    assert generated() in PAGE.read_text("utf-8"), (
        "write it anew: PYTHONPATH=src:tests python -m canary.proof"
    )
