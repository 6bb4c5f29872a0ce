import csv
import io

import pytest

from safetrack.cli.formats import comma_separated
from safetrack.cli.formats.record import Rejected, RejectReason
from safetrack.errors import InputError


def read(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return list(comma_separated.read(io.BytesIO(data)))


def written(*messages):
    stream = io.BytesIO()
    writer = comma_separated.writer(stream)
    for message in messages:
        writer.write(message)
    writer.close()
    return list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))


def test_dotted_columns_are_nested_objects():
    (record,) = read("event,properties.plan,properties.address.country\nSigned Up,pro,FR\n")

    assert record.fields == {
        "event": "Signed Up",
        "properties": {"plan": "pro", "address": {"country": "FR"}},
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("true", True),
        ("false", False),
        ("007", "007"),
        ("1e5", "1e5"),
        ("+33612345678", "+33612345678"),
        ("9" * 25, "9" * 25),
        ("True", "True"),
        ('"[""a"",1]"', ["a", 1]),
        ('"{""b"":null}"', {"b": None}),
        ("[oops]", "[oops]"),
    ],
)
def test_a_cell_is_the_value_that_it_is_written_like(cell, value):
    assert read(f"event,p.x\nE,{cell}\n")[0].fields["p"] == {"x": value}


def test_an_empty_cell_is_no_property():
    assert read("event,p.x,p.y\nE,,1\n")[0].fields == {"event": "E", "p": {"y": 1}}


def test_a_bag_as_json_text_stays_text_for_the_shape_to_decide():
    assert read('event,properties\nE,"{""a"":1}"\n')[0].fields["properties"] == '{"a":1}'


def test_rows_that_span_lines_keep_the_numbers_right():
    first, second = read('event,p.x\n"Two\nlines",1\nE,2\n')

    assert (first.line, second.line) == (2, 4)


def test_unusable_rows_are_rejected_and_the_others_read():
    found = read(b'event,p.x\nE,1\nE\nE,1,2\nE,"a"b\nE,\xff\n\nE,9\n')

    assert [e.reason for e in found if isinstance(e, Rejected)] == [
        RejectReason.WRONG_COLUMNS,
        RejectReason.WRONG_COLUMNS,
        RejectReason.BAD_CSV,
        RejectReason.NOT_UTF8,
    ]
    assert [e.line for e in found] == [2, 3, 4, 5, 6, 8]
    assert found[-1].fields == {"event": "E", "p": {"x": 9}}


@pytest.mark.parametrize("header", ["", "a,b,a\n", 'a,"b"c\n'])
def test_a_file_without_usable_header_is_refused(header):
    with pytest.raises(InputError, match="names each column once"):
        read(header)


def test_columns_that_contradict_each_other_lose_nothing():
    (record,) = read("a,a.b,c.d,c\n1,2,3,4\n")

    assert record.fields == {"a": 1, "a.b": 2, "c": 4, "c.d": 3}


def test_the_stream_stays_open_for_its_opener():
    stream = io.BytesIO(b"a\n1\n")

    list(comma_separated.read(stream))

    assert not stream.closed


def test_a_table_has_all_columns_that_occur():
    rows = written(
        {"event": "A", "properties": {"plan": "pro", "tags": ["x"]}},
        {"event": "B", "properties": {"paid": True, "empty": {}}},
    )

    assert rows == [
        ["event", "properties.plan", "properties.tags", "properties.paid", "properties.empty"],
        ["A", "pro", '["x"]', "", ""],
        ["B", "", "", "true", "{}"],
    ]
