"""What is searched of a text."""

from __future__ import annotations

import base64
import gzip

from safetrack.detect.parts import LONGEST_TEXT, parts
from safetrack.event import Reason


def test_a_short_text_is_one_part_with_one_window() -> None:
    (only,) = parts("nothing special")
    assert (only.start, only.end, only.failed) == (0, 15, None)
    assert [window.text for window in only.windows] == ["nothing special"]


def test_a_costly_stretch_costs_itself_and_not_the_parts_around_it() -> None:
    bomb = base64.b64encode(gzip.compress(b"word " * 1_000_000)).decode()
    cut = parts("word " * 900 + bomb + " word" * 900)
    failed = [part for part in cut if part.failed is not None]
    assert {part.failed for part in failed} == {Reason.TOO_COSTLY}
    assert all(bomb[:20] in part.text for part in failed)
    assert len(failed) < len(cut)


def test_behind_the_longest_text_nothing_is_read() -> None:
    *read, last = parts("word " * LONGEST_TEXT)
    assert last.failed is Reason.TOO_COSTLY
    assert last.end == 5 * LONGEST_TEXT
    assert all(part.end <= LONGEST_TEXT for part in read)


def test_once_the_time_is_over_the_rest_is_not_read() -> None:
    first, rest = parts("word " * 2_000, is_over=lambda: True)
    assert first.failed is None
    assert rest.failed is Reason.TIMEOUT
    assert rest.end == 10_000


def test_a_part_shows_no_text() -> None:
    assert repr(parts("ada@example.org")[0]) == "<Part 0-15>"
