"""How the texts of one search are put into batches."""

from __future__ import annotations

from safetrack.detect.presidio import names
from safetrack.detect.presidio.names import BATCH, BATCH_CHARACTERS, NameFinder


def _sizes(texts: list[str]) -> list[int]:
    return [len(batch) for batch in names._batches(texts, range(len(texts)))]


def test_a_batch_holds_so_many_short_texts_and_no_more() -> None:
    assert _sizes(["ab"] * (BATCH + 3)) == [BATCH, 3]


def test_long_texts_share_a_batch_only_as_far_as_memory_allows() -> None:
    assert _sizes(["x" * (BATCH_CHARACTERS // 2)] * 5) == [2, 2, 1]


def test_a_text_longer_than_a_batch_has_one_of_its_own_and_comes_last() -> None:
    batches = list(names._batches(["x" * (BATCH_CHARACTERS + 1), "a", "b"], [0, 1, 2]))
    assert batches == [[1, 2], [0]]


def test_no_texts_make_no_batch() -> None:
    assert _sizes([]) == []


def test_what_is_found_stands_at_its_text_whatever_the_batches() -> None:
    texts = ["Add to Cart", "My name is Priya Raman and " * 40, "Marta Kowalczyk", ""]
    found = NameFinder(["en"]).find(texts)
    first = [
        names and texts[at][names[0].start_char : names[0].end_char]
        for at, names in enumerate(found)
    ]
    assert first == [[], "Priya Raman", "Marta Kowalczyk", []]
