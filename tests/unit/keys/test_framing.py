from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safetrack.keys.framing import frame

any_text = st.text(st.characters(), max_size=12)  # lone surrogates included


@given(st.lists(any_text, max_size=5), st.lists(any_text, max_size=5))
def test_different_tuples_give_different_bytes(left, right):
    assert (frame(*left) == frame(*right)) == (left == right)


@given(any_text, any_text.filter(bool))
def test_moving_a_character_over_a_border_changes_the_bytes(left, right):
    assert frame(left, right) != frame(left + right[0], right[1:])
