"""Names of keys and events, split into words."""

from __future__ import annotations

import pytest

from safetrack.detect.words import LONGEST_NAME, split_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("first_name", ("first", "name")),
        ("firstName", ("first", "name")),
        ("FirstName", ("first", "name")),
        ("FIRST-NAME", ("first", "name")),
        ("first name", ("first", "name")),
        ("HTTPServerIP", ("http", "server", "ip")),
        ("$initial_utm.source", ("initial", "utm", "source")),
        ("addressLine2", ("address", "line", "2")),
        ("straßeÖffnung", ("straße", "öffnung")),
        ("", ()),
        ("$$$", ()),
    ],
)
def test_names_in_any_style_are_split_into_lower_case_words(
    name: str, words: tuple[str, ...]
) -> None:
    assert split_words(name) == words


def test_only_the_start_of_a_very_long_name_is_read() -> None:
    assert split_words("a" * LONGEST_NAME + "_email") == ("a" * LONGEST_NAME,)
