"""The words that analytics names are made of."""

from __future__ import annotations

import pytest

from safetrack.detect.vocabulary import is_known

COMMON_NAMES = """
james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan
joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony sandra
andrew emily paul donna joshua michelle kenneth carol kevin amanda brian melissa george deborah
edward stephanie ronald rebecca timothy laura jason sharon jeffrey cynthia ryan kathleen jacob amy
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez
wilson anderson taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez
lewis robinson allen wright scott torres nguyen hill flores adams nelson baker hall rivera campbell
mitchell carter roberts marta priya ada grace may june rose will grant chase bill drew
"""


@pytest.mark.parametrize("word", ["signed", "Checkout", "plan", "utm", "GBP", "plans", "12", "a"])
def test_words_of_events_keys_and_plans_are_known(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["kowalczyk", "lisbon", "514690360", "xkcd"])
def test_other_words_and_long_numbers_are_not(word: str) -> None:
    assert not is_known(word)


def test_no_common_name_of_a_person_is_taken_for_vocabulary() -> None:
    assert [name for name in COMMON_NAMES.split() if is_known(name)] == []
