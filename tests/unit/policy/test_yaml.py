"""YAML 1.2 into plain data with places."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.policy.written import MAX_DEPTH, MAX_NODES, Block, Mistake, Row
from safetrack.policy.yaml import MAX_BYTES, read_yaml


def read(text: str | bytes):
    return read_yaml(text if isinstance(text, bytes) else text.encode(), "p.yaml")


def refusal(text: str | bytes) -> tuple[str, int | None, int | None]:
    with pytest.raises(Mistake) as caught:
        read(text)
    place = caught.value.place
    assert place is not None
    assert place.file == "p.yaml"
    return caught.value.message, place.line, place.column


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-7", -7),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("2027-06-01", dt.date(2027, 6, 1)),
        ("2027-06-01T00:00:00Z", "2027-06-01T00:00:00Z"),
        ("'12'", "12"),
        ('"true"', "true"),
        ('"2027-06-01"', "2027-06-01"),
        ("=", "="),
    ],
)
def test_a_plain_word_means_what_the_core_schema_of_yaml_1_2_says(written, value):
    got = read(f"a: {written}")["a"]
    assert got == value
    assert type(got) is type(value)


def test_keys_are_always_the_text_that_stands_there():
    assert list(read("NO: 1\n404: 2\ntrue: 3\n2027-01-01: 4\n~: 5")) == [
        "NO",
        "404",
        "true",
        "2027-01-01",
        "~",
    ]


def test_every_entry_knows_its_place():
    block = read("a:\n  b: [x, {c: 1}]\n")
    assert isinstance(block, Block)
    row = block["a"]["b"]
    assert isinstance(row, Row)
    assert block["a"].keys_at["b"][1:] == (("a", "b"), 2, 3)
    assert row.items_at[1][1:] == (("a", "b", 1), 2, 10)
    assert row[1].values_at["c"][1:] == (("a", "b", 1, "c"), 2, 14)


def test_an_empty_file_is_nothing():
    assert read("") is None
    assert read("# only a comment\n") is None


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert list(read(b"\xef\xbb\xbfversion: 1")) == ["version"]


def test_aliases_stand_for_what_they_name():
    assert read("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "says", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", "'a' stands here twice, first on line 1", 3, 1),
        ("a: !!str 5", "no YAML tags", 1, 4),
        ("a: !!int '5'", "no YAML tags", 1, 4),
        ("a: !python/object x", "no YAML tags", 1, 4),
        ("a: !!set {x}", "no YAML tags", 1, 4),
        ("a: !!omap [x]", "no YAML tags", 1, 4),
        ("a:\n  <<: {b: 1}", "no merge keys", 2, 3),
        ("%YAML 1.1\n---\na: NO", "no YAML directives", 1, 1),
        ("? [a]\n: b", "a key is a single name", 1, 3),
        ("a: 1\n---\nb: 2", "not YAML", 2, 1),
        ("a: [1,\nb: 2", "not YAML", 2, 5),
        ("a: *nowhere", "not YAML", 1, 4),
        ("a: b: c", "not YAML", 1, 5),
        (b"ok: 1\nname: \xff\xfe", "not UTF-8 text", 2, 7),
        ("a: 1\nb: \x01", "a control character", 2, 1),
        ("a: .inf", "a number in a policy is finite", 1, 4),
        ("a: .NaN", "a number in a policy is finite", 1, 4),
        ("a: 2027-02-30", "this is no date", 1, 4),
        ("a: " + "1" * 41, "more than 40 digits", 1, 4),
    ],
)
def test_what_means_one_thing_and_says_another_is_refused_with_its_place(text, says, line, column):
    message, at_line, at_column = refusal(text)
    assert says in message
    assert (at_line, at_column) == (line, column)


def test_a_file_that_is_too_large_is_refused():
    assert "larger than" in refusal(b"#" * (MAX_BYTES + 1))[0]


def test_a_small_file_that_stands_for_millions_of_values_is_refused():
    levels = "\n".join(f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]" for below, name in zip("abcdefgh", "bcdefghi", strict=True))  # fmt: skip
    message, _line, _column = refusal(f"a: &a [1]\n{levels}")
    assert str(MAX_NODES) in message


def test_an_alias_inside_itself_is_refused():
    assert f"deeper than {MAX_DEPTH}" in refusal("a: &a [*a]")[0]


def test_deep_nesting_is_refused_without_exhausting_the_stack():
    assert "deep" in refusal("a: " + "[" * 40 + "]" * 40)[0]
    assert "deep" in refusal("[" * 100_000)[0]


def place_if_refused(text: str | bytes) -> str | None:
    """The file that the refusal names; its own name for what is read."""
    try:
        read(text)
    except Mistake as mistake:
        place = mistake.place
        return place and place.file
    return "p.yaml"


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@#,? \n\t\\0x1.e~<"), max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text):
    assert place_if_refused(text) == "p.yaml"


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_with_a_place(data):
    assert place_if_refused(data) == "p.yaml"


@pytest.mark.parametrize("text", ["*: keep", "**: keep", "*_id: keep", "@time: keep", "a: *"])
def test_a_name_that_must_be_quoted_is_said_to(mistakes, text):
    assert "names that begin with * or @ must be quoted" in mistakes(text)[0]
