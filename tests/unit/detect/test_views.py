"""Readings of a text and the way back to the original."""

from __future__ import annotations

import base64
import contextlib
import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.views import DEEPEST, LONGEST_DECODED, TooManyViewsError, View, views
from safetrack.detect.views.readings import ARRANGED, CLEANED, DECODED


def _reading(text: str, name: str) -> View:
    return next(view for view in views(text) if view.name == name)


def _origin(text: str, view: View, part: str) -> str:
    start = view.text.index(part)
    first, last = view.original(start, start + len(part))
    return text[first:last]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, this is plain text with 3 numbers: 12, 34.5 and 678.",
        "ada@example.org",
        "https://example.org/pricing?plan=pro",
        "checkout_started",
        "a\tb\r\nc",
    ],
)
def test_plain_text_has_exactly_one_view_that_is_itself(text: str) -> None:
    (only,) = views(text)
    assert (only.name, only.text) == ("", text)
    assert only.original(1, 3) == (1, 3)


@pytest.mark.parametrize(
    ("text", "name", "part", "origin"),
    [
        ("to ada%40example.org!", "percent", "ada@example.org", "ada%40example.org"),
        ("x=%61%64%61&y=1", "percent", "ada", "%61%64%61"),
        ("n=J%C3%B6rg.", "percent", "Jörg", "J%C3%B6rg"),
        ("a &#97;&#x64;&#97;&commat;b.org", "html", "ada@b.org", "&#97;&#x64;&#97;&commat;b.org"),
        ('{"v": "\\u0061da"}', "escapes", "ada", "\\u0061da"),
        ("t=YWRhQGV4YW1wbGUub3Jn;", "base64", "example", "YWRhQGV4YW1wbGUub3Jn"),
        ("6164614065782e6f7267 end", "hex", "ada@ex.org", "6164614065782e6f7267"),
        ("ada [at] ex (dot) org", "spelled", "ada@ex.org", "ada [at] ex (dot) org"),
        ("so: a d a @ e x . o r g", "spaced", "ada@ex.org", "a d a @ e x . o r g"),
        (
            "\uff41\uff44\uff41\uff20\uff58.org",
            "unicode",
            "ada@x.org",
            "\uff41\uff44\uff41\uff20\uff58.org",
        ),
        ("5\u200b5\u200b5 end", "unicode", "555", "5\u200b5\u200b5"),
        ("\u0430da@x.org", "unicode", "ada", "\u0430da"),
        ("\u0665\u0665\u0665", "unicode", "555", "\u0665\u0665\u0665"),
        ("card_4111111111111111_end", "unglued", "4111111111111111", "4111111111111111"),
        ("is \u202egro.x@ada\u202c ok", "bidi>unicode", "ada@x.org", "\u202egro.x@ada"),
    ],
)
def test_a_reading_maps_back_to_the_stretch_it_was_read_from(
    text: str, name: str, part: str, origin: str
) -> None:
    assert _origin(text, _reading(text, name), part) == origin


def test_one_percent_escape_maps_to_its_own_three_characters() -> None:
    view = _reading("ada%40example.org", "percent")
    assert view.original(3, 4) == (3, 6)


def test_two_encodings_on_top_of_each_other_are_undone_and_mapped() -> None:
    inner = base64.b64encode(b"ada%40example.org").decode()
    text = f"q={inner}."
    assert _origin(text, _reading(text, "base64>percent"), "ada@example.org") == inner


def test_percent_encoding_is_undone_four_times_but_no_deeper() -> None:
    names = {view.name for view in views("ada%" + "25" * 6 + "40example.org")}
    assert max(name.count(">") + 1 for name in names if name) == DEEPEST


def test_lone_surrogates_become_replacement_characters_in_every_view() -> None:
    text = "a\ud800b ada%40\udc00x.org"
    for view in views(text):
        view.text.encode("utf-8")
    assert views(text)[0].text == "a\ufffdb ada%40\ufffdx.org"


def test_digits_inside_a_hexadecimal_id_are_not_cut_out() -> None:
    assert [view.name for view in views("a716446655440000")] == [""]


def test_bytes_that_are_no_text_are_no_reading() -> None:
    assert {view.name for view in views(base64.b64encode(bytes(range(200, 240))).decode())} == {""}


def test_a_compressed_run_that_grows_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(TooManyViewsError):
        views(base64.b64encode(gzip.compress(b"word " * 1_000_000)).decode())


def test_a_text_with_more_readings_than_the_bounds_allow_is_refused() -> None:
    text = "ada%40example.org"
    with pytest.raises(TooManyViewsError):
        views(f"{text} " * (2 * LONGEST_DECODED // len(text)))


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_every_character_of_every_view_maps_into_the_original(text: str) -> None:
    for view in views(text):
        assert len(view.starts) == len(view.ends) == len(view.text)
        for position in range(len(view.text)):
            start, end = view.original(position, position + 1)
            assert 0 <= start <= end <= len(text)
        assert list(view.starts) == sorted(view.starts)
        assert list(view.ends) == sorted(view.ends)


@given(st.text(alphabet="ab%401&#;\\u_ @.[]0f", max_size=60))
def test_encoded_looking_text_never_breaks_the_views(text: str) -> None:
    assert views(text)[0].text == text


PADDINGS = (
    "\t",
    " \n",
    "_A",
    "{",
    "'",
    "a.",
    "1-",
    "1,",
    "[ ",
    "- dot ",
    "aB ",
    "a_",
    ".sk_",
    "+A",
    "=4",
)


@pytest.mark.parametrize("token", PADDINGS)
def test_no_reading_tries_again_from_every_character_of_a_padding(token: str) -> None:
    """A quadratic one takes minutes on this; linear ones a fraction of a second each."""
    text = token * (100_000 // len(token))
    start = time.thread_time()
    for reading in (*CLEANED, *DECODED, *ARRANGED):
        with contextlib.suppress(TooManyViewsError):  # packed padding that grows too much
            reading.may_apply(text)
            list(reading.read(text))
    assert time.thread_time() - start < 15


KEPT = "kept: 12 plans"
ENCODINGS = {
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "escapes": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "wide": lambda text: "".join(chr(ord(c) + 0xFEE0) for c in text),
}


@given(
    st.lists(st.sampled_from(sorted(ENCODINGS)), min_size=1, max_size=2, unique=True),
    st.from_regex(r"[a-z]{2,8}\.[a-z]{2,8}@[a-z]{3,9}\.org", fullmatch=True),
)
def test_an_address_is_read_behind_two_encodings_and_mapped_to_where_it_stands(
    names: list[str], address: str
) -> None:
    written = address
    for name in names:
        written = ENCODINGS[name](written)
    text = f"{KEPT}; {written} ;{KEPT}"
    found = [
        view.original(at, at + len(address))
        for view in views(text)
        if (at := view.text.find(address)) >= 0
    ]
    first, last = len(KEPT) + 2, len(text) - len(KEPT) - 2
    assert found, f"not read behind {names}"
    assert all(first <= start < end <= last for start, end in found)
