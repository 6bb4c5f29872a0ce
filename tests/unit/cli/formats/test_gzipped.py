import gzip
import io

from safetrack.cli.formats.gzipped import Gunzip
from safetrack.cli.formats.record import RejectReason

TEXT = b"".join(b"line %d\n" % number for number in range(50_000))


def read(compressed: bytes) -> tuple[bytes, RejectReason | None]:
    stream = Gunzip(io.BytesIO(compressed))
    return io.BufferedReader(stream).read(), stream.damage


def test_a_whole_file_is_read_to_its_end():
    assert read(gzip.compress(TEXT)) == (TEXT, None)


def test_several_members_and_padding_are_one_stream():
    assert read(gzip.compress(b"a\n") + gzip.compress(b"b\n") + b"\0" * 512) == (b"a\nb\n", None)


def test_of_a_half_written_file_everything_before_the_break_is_read():
    whole = gzip.compress(TEXT)

    found, damage = read(whole[: len(whole) // 2])

    assert damage is RejectReason.TRUNCATED
    assert len(found) > len(TEXT) // 3
    assert TEXT.startswith(found)


def test_a_break_inside_the_header_is_truncation():
    assert read(gzip.compress(TEXT)[:5]) == (b"", RejectReason.TRUNCATED)


def test_overwritten_bytes_are_damage():
    broken = bytearray(gzip.compress(TEXT))
    broken[len(broken) // 2 : len(broken) // 2 + 40] = b"\xff" * 40

    found, damage = read(bytes(broken))

    assert damage is RejectReason.DAMAGED
    assert len(found) > 1000


def test_something_else_after_the_end_is_damage():
    assert read(gzip.compress(b"a\n") + b"not gzip") == (b"a\n", RejectReason.DAMAGED)


def test_a_bomb_is_decompressed_in_small_steps():
    stream = Gunzip(io.BytesIO(gzip.compress(b"\0" * 50_000_000)))

    assert len(stream.read(1000)) <= 1000
