"""The memory of what was found."""

from __future__ import annotations

import gc
import threading
from collections.abc import Sequence

from safetrack.detect.cached import CachedDetector
from safetrack.detect.detector import UNSEARCHED, Finding, Findings, Query, SearchFailed
from safetrack.event import Reason


class Counting:
    """Finds the first character of every text, and remembers how often it was asked."""

    def __init__(self, answer: Findings | None = None) -> None:
        self.batches: list[int] = []
        self.answer = answer

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        self.batches.append(len(queries))
        return [self.answer or (Finding(0, 1, "X", len(q.text) / 100, "r"),) for q in queries]


def test_a_repeated_text_is_searched_once() -> None:
    inner = Counting()
    cached = CachedDetector(inner)
    first = cached.find([Query("one"), Query("three"), Query("one")])
    assert cached.find([Query("three"), Query("one")]) == [first[1], first[0]]
    assert first[0] == first[2] != first[1]
    assert inner.batches == [2]


def test_words_and_names_are_a_part_of_what_is_remembered() -> None:
    inner = Counting()
    cached = CachedDetector(inner)
    cached.find(
        [Query("a"), Query("a", ("phone",)), Query("a", names=True), Query("a", ("x", "y"))]
    )
    cached.find([Query("a", ("xy",))])
    assert inner.batches == [4, 1]


def test_the_text_least_used_goes_first() -> None:
    inner = Counting()
    cached = CachedDetector(inner, size=2)
    cached.find([Query("a")])
    cached.find([Query("b")])
    cached.find([Query("a")])
    cached.find([Query("c")])
    cached.find([Query("a")])
    cached.find([Query("b")])
    assert len(inner.batches) == 4


def test_more_texts_than_the_size_are_still_all_answered() -> None:
    cached = CachedDetector(Counting(), size=1)
    assert len(cached.find([Query(str(i)) for i in range(50)])) == 50


def test_a_failure_is_tried_again_but_a_costly_text_is_not() -> None:
    failing = Counting(SearchFailed(Reason.TIMEOUT))
    cached = CachedDetector(failing)
    cached.find([Query("a")])
    cached.find([Query("a")])
    assert len(failing.batches) == 2
    costly = Counting(SearchFailed(Reason.TOO_COSTLY))
    cached = CachedDetector(costly)
    cached.find([Query("a")])
    cached.find([Query("a")])
    assert len(costly.batches) == 1


def test_no_text_and_no_plain_digest_of_it_is_kept() -> None:
    cached = CachedDetector(Counting())
    other = CachedDetector(Counting())
    text = "canary-" + "7f3a"
    cached.find([Query(text, ("secretword",))])
    other.find([Query(text, ("secretword",))])
    held = [str(found) for found in gc.get_referents(cached._found)]
    assert not any(text in item or "secretword" in item for item in held)
    assert set(cached._found) != set(other._found)


def test_lone_surrogates_can_be_remembered() -> None:
    inner = Counting()
    cached = CachedDetector(inner)
    cached.find([Query("a\ud800")])
    cached.find([Query("a\ud800")])
    assert inner.batches == [1]


def test_many_threads_get_the_right_answers() -> None:
    cached = CachedDetector(Counting(), size=20)
    wrong: list[int] = []

    def search(offset: int) -> None:
        for i in range(200):
            size = (i + offset) % 40 + 1
            (found,) = cached.find([Query("x" * size)])
            if not isinstance(found, tuple) or found[0].score != size / 100:
                wrong.append(size)

    threads = [threading.Thread(target=search, args=(n * 7,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_text_whose_time_was_over_half_way_is_searched_again() -> None:
    rest = (Finding(5, 9, UNSEARCHED, 1.0, "", unsearched=Reason.TIMEOUT),)
    failing = Counting(rest)
    detector = CachedDetector(failing)
    query = Query("some text")
    assert detector.find([query]) == detector.find([query]) == [rest]
    assert failing.batches == [1, 1]
