import pytest

from safetrack.cli.formats.source import open_source, size_of
from safetrack.errors import InputError


def test_what_the_system_cannot_open_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="Is a directory"), open_source(str(tmp_path)):
        pass


def test_the_size_of_what_is_no_file_is_not_known(tmp_path):
    (tmp_path / "x").write_bytes(b"12345")

    assert size_of(str(tmp_path / "x")) == 5
    assert size_of("-") is None
    assert size_of(str(tmp_path)) is None


def test_how_far_a_file_is_read_is_known(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b'{"a":1}\n' * 100_000)

    with open_source(str(tmp_path / "x.jsonl")) as source:
        entries = source.entries()
        next(entries)
        first = source.position()
        assert 0 < first < 800_000
        assert sum(1 for _ in entries) == 99_999
        assert source.position() == 800_000
