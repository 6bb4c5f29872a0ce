"""Which values read as a sentence."""

from __future__ import annotations

import pytest

from safetrack.detect.running_text import is_running_text


@pytest.mark.parametrize(
    "text", ["it came late, again!", "Please don't call Anne-Marie", "(we moved) to the coast."]
)
def test_four_words_are_a_sentence(text: str) -> None:
    assert is_running_text(text)


@pytest.mark.parametrize("text", ["", "Add to Cart", "a/b c_d e1 f@g", "12 34 56 78 90"])
def test_fewer_words_and_codes_are_none(text: str) -> None:
    assert not is_running_text(text)
