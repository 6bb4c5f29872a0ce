"""Which of several overlapping hits is reported."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.overlap import without_overlaps
from safetrack.detect.plausible import Hit


def _hit(start: int, end: int, entity: str, score: float = 0.5, *, is_name: bool = False) -> Hit:
    return Hit(start, end, entity, score, "r", "", "", is_name, has_context=False)


def _spans(text: str, *hits: Hit) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.entity) for f in without_overlaps(hits, text)]


def test_a_pattern_wins_over_a_name_with_a_higher_score() -> None:
    hits = (_hit(0, 10, "DATE_TIME", 0.85, is_name=True), _hit(0, 10, "PHONE_NUMBER", 0.4))
    assert _spans("2025550147", *hits) == [("2025550147", "PHONE_NUMBER")]


def test_the_longer_pattern_wins_then_the_higher_score() -> None:
    hits = (_hit(0, 4, "A", 1.0), _hit(0, 8, "B", 0.5), _hit(0, 8, "C", 0.6))
    assert _spans("abcdefgh", *hits) == [("abcdefgh", "C")]


def test_what_a_loser_covers_beside_the_winner_stays_covered() -> None:
    hits = (_hit(0, 7, "SECRET"), _hit(4, 18, "EMAIL_ADDRESS"))
    found = _spans("ada:pw@example.org", *hits)
    assert found == [("ada:", "SECRET"), ("pw@example.org", "EMAIL_ADDRESS")]


def test_a_remainder_without_letters_or_digits_is_not_reported() -> None:
    hits = (_hit(0, 6, "PERSON", is_name=True), _hit(0, 4, "PHONE_NUMBER"))
    assert _spans("1234 -", *hits) == [("1234", "PHONE_NUMBER")]


def test_white_space_around_a_remainder_stays() -> None:
    hits = (_hit(0, 9, "PERSON", is_name=True), _hit(5, 9, "PHONE_NUMBER"))
    assert _spans(" Ada 1234", *hits) == [("Ada", "PERSON"), ("1234", "PHONE_NUMBER")]


def test_the_order_of_the_hits_does_not_matter() -> None:
    hits = [_hit(0, 5, "A"), _hit(3, 8, "B"), _hit(3, 8, "A", is_name=True), _hit(7, 9, "C", 0.9)]
    results = {without_overlaps(order, "abcdefghij") for order in permutations(hits)}
    assert len(results) == 1


_HITS = st.lists(
    st.builds(
        _hit,
        st.integers(0, 20),
        st.integers(0, 20),
        st.sampled_from("ABC"),
        st.sampled_from([0.4, 0.85]),
        is_name=st.booleans(),
    ).filter(lambda hit: hit.start < hit.end),
    max_size=8,
)


@given(_HITS)
def test_findings_never_overlap_and_cover_every_character_that_a_hit_covers(
    hits: list[Hit],
) -> None:
    text = "abcdefghijklmnopqrst"
    found = without_overlaps(hits, text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {i for f in found for i in range(f.start, f.end)}
    assert covered == {i for hit in hits for i in range(hit.start, hit.end)}
