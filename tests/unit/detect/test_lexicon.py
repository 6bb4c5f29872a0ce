"""What words are known as."""

from __future__ import annotations

import pytest

from safetrack.detect import lexicon
from safetrack.detect.lexicon import Known, fold, known


@pytest.mark.parametrize(
    ("word", "flags"),
    [
        ("Marta", Known.GIVEN | Known.COMMON),
        ("kowalczyk", Known.FAMILY | Known.COMMON),
        ("Мария", Known.GIVEN),
        ("佐藤", Known.FAMILY),
        ("rose", Known.GIVEN | Known.WORD),
        ("table", Known.WORD),
        ("São Paulo", Known.CITY),
        ("new york", Known.CITY),
        ("Hungary", Known.COUNTRY),
    ],
)
def test_a_word_is_known_as_all_that_it_is(word: str, flags: Known) -> None:
    assert flags in known(word)


def test_case_accents_and_apostrophes_make_no_difference() -> None:
    assert known("MÜLLER") == known("muller") != Known.NOTHING
    assert fold("O'Brien") == fold("o\u2019brien") == "obrien"
    assert fold("Łukasz") == "lukasz"


def test_umlauts_are_known_written_out_as_well() -> None:
    assert Known.FAMILY in known("mueller")


def test_a_frequent_name_is_no_ordinary_word_unless_it_is_an_everyday_one() -> None:
    assert Known.WORD not in known("smith")
    assert Known.WORD in known("grant")


def test_what_is_no_word_is_not_known() -> None:
    assert known("qzxwvutplk") is Known.NOTHING


def test_a_machine_of_the_other_byte_order_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class Swapped(lexicon.array):  # type: ignore[type-arg]
        def byteswap(self) -> None:
            swaps.append(len(self))

    swaps: list[int] = []
    monkeypatch.setattr(lexicon, "array", Swapped)
    monkeypatch.setattr(lexicon.sys, "byteorder", "big")
    lexicon._table.__wrapped__()
    assert len(swaps) == 1
