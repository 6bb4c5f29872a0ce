"""Replacing what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.detector import Finding
from safetrack.walk.replace import replace


def _finding(start: int, end: int, entity: str = "X") -> Finding:
    return Finding(start, end, entity, 1.0, "test")


def _mark(_text: str, entity: str) -> str:
    return f"<{entity}>"


def test_each_finding_is_replaced_and_the_rest_stays() -> None:
    findings = [_finding(3, 6, "PERSON"), _finding(10, 16, "LOCATION")]
    assert replace("Hi Ada in Lisbon!", findings, _mark) == "Hi <PERSON> in <LOCATION>!"


def test_offsets_count_characters_also_beyond_the_basic_plane() -> None:
    text = "😀 Ada 👩‍💻 Ada"
    findings = [_finding(2, 5), _finding(len(text) - 3, len(text))]
    assert replace(text, findings, _mark) == "😀 <X> 👩‍💻 <X>"


def test_the_replacement_is_made_from_the_matched_text_and_its_entity() -> None:
    seen: list[tuple[str, str]] = []

    def treat(text: str, entity: str) -> str:
        seen.append((text, entity))
        return text.upper()

    assert replace("ab cd", [_finding(0, 2, "A"), _finding(3, 5, "B")], treat) == "AB CD"
    assert sorted(seen) == [("ab", "A"), ("cd", "B")]


def test_none_removes_the_text() -> None:
    assert replace("a-b-c", [_finding(1, 3)], lambda _text, _entity: None) == "a-c"


def test_neighbours_of_one_entity_stay_two() -> None:
    findings = [_finding(0, 3), _finding(4, 7), _finding(7, 9)]
    assert replace("Ada Bob++", findings, _mark) == "<X> <X><X>"


def test_without_findings_the_text_is_the_same() -> None:
    assert replace("unchanged", [], _mark) == "unchanged"


def test_findings_in_any_order_are_replaced_where_they_stand() -> None:
    findings = [_finding(3, 5, "B"), _finding(0, 2, "A")]
    assert replace("ab cd", findings, _mark) == "<A> <B>"


def test_what_overlapping_findings_cover_is_replaced_once() -> None:
    findings = [_finding(0, 5, "A"), _finding(1, 3, "B"), _finding(4, 7, "C")]
    assert replace("abcdefgh", findings, _mark) == "<A><C>h"


@given(st.text(min_size=4), st.data())
def test_text_outside_the_findings_is_never_touched(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=4)))
    findings = [_finding(cuts[0], cuts[1], "A"), _finding(cuts[2], cuts[3], "B")]
    expected = text[: cuts[0]] + "<A>" + text[cuts[1] : cuts[2]] + "<B>" + text[cuts[3] :]
    assert replace(text, findings, _mark) == expected
