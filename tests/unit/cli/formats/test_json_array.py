import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.cli.formats import json_array
from safetrack.cli.formats.record import MAX_RECORD_BYTES, Record, Rejected, RejectReason


def read(data: bytes):
    return list(json_array.read(io.BytesIO(data)))


class Trickle(io.BytesIO):
    """Gives few bytes a read, so that every element is cut somewhere."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read(self, _size=-1):
        return super().read(self.size)


JSON_VALUES = st.recursive(
    st.text() | st.integers(-(10**9), 10**9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(), JSON_VALUES, max_size=4), max_size=6),
    st.integers(1, 9),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_any_array_is_split_into_its_elements_however_it_is_cut(elements, size, indent, ascii_only):
    text = json.dumps(elements, indent=indent, ensure_ascii=ascii_only)
    data = text.encode("utf-8", errors="replace")

    entries = list(json_array.read(Trickle(data, size)))

    assert [entry.fields for entry in entries] == json.loads(data)


def test_each_element_knows_its_line():
    entries = read(b'[\n {"a":1},\n\n {"b":\n2}\n,{"c":3}]\n')

    assert [entry.line for entry in entries] == [2, 4, 6]


def test_a_broken_element_costs_only_itself():
    entries = read(b'[{"a":1}, {"b":NaN}, 7, {"c": tru}, {"d":4}]')

    assert [type(entry) for entry in entries] == [Record, Rejected, Rejected, Rejected, Record]
    assert [entry.reason for entry in entries[1:4]] == ["not_finite", "not_an_object", "not_json"]


@pytest.mark.parametrize("data", [b"[]", b" [ ] \n", b"\xef\xbb\xbf[]"])
def test_an_empty_array_has_no_records(data):
    assert read(data) == []


@pytest.mark.parametrize(
    "data", [b'[{"a":1},\n{"b":"x', b'[{"a":1},\n', b'[{"a":1},\n{"b":{"c":1}']
)
def test_of_a_truncated_array_the_whole_elements_are_read(data):
    first, rest = read(data)

    assert first.fields == {"a": 1}
    assert rest.reason is RejectReason.TRUNCATED


def test_text_after_the_array_is_rejected():
    assert read(b'[{"a":1}]\n oops')[1] == Rejected(2, RejectReason.NOT_JSON)


def test_arrays_one_after_the_other_are_read_as_one():
    assert [entry.fields for entry in read(b'[{"a":1}]\n[{"b":2}]')] == [{"a": 1}, {"b": 2}]


def test_objects_over_several_lines_are_read_without_an_array_around_them():
    first, broken, last = read(b'{\n "a": 1\n}\n{\n "b": NaN\n}\n{\n "c": 3, "d": 4}')

    assert (first.line, first.fields) == (1, {"a": 1})
    assert broken == Rejected(4, RejectReason.NOT_FINITE)
    assert (last.line, last.fields) == (7, {"c": 3, "d": 4})


def test_an_element_that_is_too_long_is_passed_over():
    long = b'{"a":"' + b"x\n" * MAX_RECORD_BYTES + b'"}'

    first, rejected, last = read(b'[{"b":1},\n' + long + b',\n{"c":1}]')

    assert first.fields == {"b": 1}
    assert rejected == Rejected(2, RejectReason.TOO_LONG)
    assert (last.fields, last.line) == ({"c": 1}, 3 + MAX_RECORD_BYTES)


@pytest.mark.parametrize("messages", [[], [{"a": 1}], [{"a": 1}, {"b": ["é"]}]])
def test_what_is_written_is_an_array(messages):
    stream = io.BytesIO()
    writer = json_array.Writer(stream)

    for message in messages:
        writer.write(message)
    writer.close()

    assert json.loads(stream.getvalue()) == messages
