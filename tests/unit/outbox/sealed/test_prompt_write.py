"""Writing without letting another thread in between."""

from __future__ import annotations

import errno
import os

import pytest

from safetrack.outbox.sealed import prompt_write
from safetrack.outbox.sealed.prompt_write import write_promptly


@pytest.fixture(params=["the C library's", "Python's own"])
def file(request, tmp_path, monkeypatch):
    if request.param == "Python's own":
        monkeypatch.setattr(prompt_write, "_NAMES", ("no_such_function",))
    prompt_write._pwrite.cache_clear()
    number = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    yield number
    os.close(number)
    prompt_write._pwrite.cache_clear()


def test_bytes_are_written_where_they_belong(file):
    write_promptly(file, b"abc\x00def", 0)
    write_promptly(file, b"XY", 5)
    write_promptly(file, b"far", 5_000_000_000)

    assert os.pread(file, 10, 0) == b"abc\x00dXY" + bytes(3)
    assert os.pread(file, 10, 5_000_000_000) == b"far"


def test_what_cannot_be_written_is_an_error_with_its_number(file, tmp_path):
    read_only = os.open(tmp_path / "file", os.O_RDONLY)
    with pytest.raises(OSError) as refused:
        write_promptly(read_only, b"abc", 0)
    os.close(read_only)

    assert refused.value.errno == errno.EBADF
    assert b"abc" not in refused.value.args
