import io

import pytest

from safetrack.cli.formats import jsonl
from safetrack.cli.formats.record import MAX_RECORD_BYTES, Record, Rejected, RejectReason


def read(data: bytes):
    return list(jsonl.read(io.BytesIO(data)))


def test_every_line_is_a_record_with_its_number():
    first, second = read(b'{"a":1}\n\n  {"b":[true,null]}')

    assert (first.line, first.fields) == (1, {"a": 1})
    assert (second.line, second.fields) == (3, {"b": [True, None]})


def test_a_byte_order_mark_is_passed_over():
    assert read(b'\xef\xbb\xbf{"a":1}\r\n')[0].fields == {"a": 1}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a":', "not_json"),
        (b"{'a': 1}", "not_json"),
        (b'{"a":1} {"b":2}', "not_json"),
        (b"[1]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b'{"a":NaN}', "not_finite"),
        (b'{"a":-Infinity}', "not_finite"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"b":{"a":1,"a":2}}', "duplicate_key"),
        (b'{"a":' + b"9" * 5000 + b"}", "number_too_long"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b'{"a":"\xff\xfe"}', "not_utf8"),
    ],
)
def test_what_readers_could_understand_differently_is_rejected(line, reason):
    before, rejected, after = read(b'{"x":1}\n' + line + b'\n{"y":2}\n')

    assert rejected == Rejected(2, RejectReason(reason))
    assert (before.fields, after.fields) == ({"x": 1}, {"y": 2})


def test_a_line_that_is_too_long_is_rejected_without_holding_it():
    long = b'{"a":"' + b"x" * (2 * MAX_RECORD_BYTES) + b'"}'

    rejected, record = read(long + b'\n{"b":1}')

    assert rejected == Rejected(1, RejectReason.TOO_LONG)
    assert (record.line, record.fields) == (2, {"b": 1})


def test_a_too_long_last_line_without_end_is_rejected():
    assert read(b"x" * (MAX_RECORD_BYTES + 5)) == [Rejected(1, RejectReason.TOO_LONG)]


def test_a_record_shows_no_value():
    assert repr(Record(1, {"email": "jane@acme.com"}, 20)) == "<Record line=1 keys=1>"


def test_a_lone_surrogate_is_written_as_a_question_mark():
    stream = io.BytesIO()

    jsonl.Writer(stream).write({"a": "x\ud800y", "b": "é"})

    assert stream.getvalue() == '{"a":"x?y","b":"é"}\n'.encode()
