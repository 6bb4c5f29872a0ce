import pytest

from safetrack.cli.formats.container import Container, from_name, sniff
from safetrack.errors import InputError


@pytest.mark.parametrize(
    ("name", "head", "container"),
    [
        ("x.jsonl", b'{"a":1}', "jsonl"),
        ("x.jsonl", b"oops", "jsonl"),
        ("x.ndjson", b"", "jsonl"),
        ("x.json", b' \n[{"a"', "json"),
        ("x.json", b'{"a":1}\n{"b"', "jsonl"),
        ("x.jsonl", b"[", "json"),
        ("x", b"\xef\xbb\xbf[", "json"),
        ("-", b'{"a"', "jsonl"),
        ("x.jsonl", b'{\n  "a": 1\n}', "json"),
        ("-", b"", "jsonl"),
        ("x.csv", b"{odd},b\n", "csv"),
        ("x", b"event,p.x\nA,1\n", "csv"),
        ("x.jsonl", b"PAR1\x15", "parquet"),
    ],
)
def test_what_a_file_holds_counts_more_than_its_name(name, head, container):
    assert sniff(name, head) is Container(container)


@pytest.mark.parametrize("name", ["x", "x.json", "x.txt"])
def test_what_is_no_format_is_refused(name):
    with pytest.raises(InputError, match="neither JSON Lines"):
        sniff(name, b"MZ\x90\x00\x03")


@pytest.mark.parametrize(
    ("name", "container"),
    [("a.CSV", Container.CSV), ("a.json.gz", Container.JSON), ("a.gz", None), ("a", None)],
)
def test_an_output_is_written_as_its_name_says(name, container):
    assert from_name(name) is container
