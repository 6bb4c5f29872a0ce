"""JSON as it is stored and sent."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from safetrack.compact_json import decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(TREES)
def test_what_is_written_reads_back_the_same_here_and_elsewhere(tree):
    written = encode(tree)
    assert decode(written) == tree
    assert json.loads(written) == tree


def test_it_is_compact_and_not_escaped():
    assert encode({"a": [1, 2.5, None], "ü": "é"}) == '{"a":[1,2.5,null],"ü":"é"}'.encode()


def test_half_a_surrogate_pair_becomes_a_question_mark():
    assert encode({"a": "half \ud800 pair", "b": 1}) == b'{"a":"half ? pair","b":1}'
