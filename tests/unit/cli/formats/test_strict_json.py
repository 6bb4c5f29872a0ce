import pytest

from safetrack.cli.formats.record import MAX_RECORD_BYTES, RejectReason
from safetrack.cli.formats.strict_json import parse


def test_more_than_the_bound_is_not_even_parsed():
    assert parse(b" " * MAX_RECORD_BYTES + b"1") is RejectReason.TOO_LONG


@pytest.mark.parametrize("text", ['"x"', "null", "[1, 2.5]", '{"a": {"a": 1}}'])
def test_what_all_readers_understand_alike_is_read(text):
    assert parse(text.encode()) == __import__("json").loads(text)
