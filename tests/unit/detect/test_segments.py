"""Cutting long text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.segments import LENGTH, OVERLAP, segments, windows


def test_a_short_text_is_not_cut() -> None:
    assert list(segments("word " * 10)) == [(0, 50)]
    assert list(windows("")) == [(0, 0)]


@pytest.mark.parametrize("separator", [" ", "\n", ",", ";", "\u3002"])
def test_a_long_text_is_cut_behind_separators_and_neighbours_overlap(separator: str) -> None:
    text = f"wordy{separator}" * 2_000
    cut = list(segments(text))
    assert cut[0][0] == 0
    assert cut[-1][1] == len(text)
    for (start, end), (following, _) in pairwise(cut):
        assert text[end - 1] == separator
        assert text[following - 1] == separator
        assert start < following <= end - OVERLAP
        assert end - start <= LENGTH


def test_a_run_without_any_border_is_one_segment_but_many_windows() -> None:
    text = "before " + "x" * 9_000 + " after " + "word " * 500
    longest = max(segments(text), key=lambda cut: cut[1] - cut[0])
    assert text[slice(*longest)].endswith("x ")
    assert "x" * 9_000 in text[slice(*longest)]
    assert max(end - start for start, end in windows(text)) <= LENGTH


@given(st.text(alphabet="ab ,\n", max_size=30), st.integers(1, 900))
def test_segments_and_windows_cover_every_character_and_go_forward(part: str, times: int) -> None:
    text = part * times
    for cut in (list(segments(text)), list(windows(text))):
        assert cut[0][0] == 0
        assert cut[-1][1] == len(text)
        for (start, end), (following, next_end) in pairwise(cut):
            assert start < following <= end < next_end
