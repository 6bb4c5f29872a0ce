import gzip
import stat
from pathlib import Path

import pytest

from safetrack.cli.scrub.output import path_in_folder, require_distinct, whole_file
from safetrack.errors import ConfigError


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    path = tmp_path / "out.jsonl"

    with whole_file(path) as stream:
        stream.write(b"{}\n")
        assert not path.exists()

    assert path.read_bytes() == b"{}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_after_an_error_nothing_is_left_and_the_old_file_stands(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    with pytest.raises(ZeroDivisionError), whole_file(path) as stream:
        stream.writelines(b"%d" % (1 // left) for left in (1, 0))

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_in_gz_is_compressed(tmp_path):
    with whole_file(tmp_path / "out.jsonl.gz") as stream:
        stream.write(b"{}\n")

    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b"{}\n"


def test_a_missing_folder_is_a_clear_error(tmp_path):
    with (
        pytest.raises(ConfigError, match=r"cannot write to .*nowhere"),
        whole_file(tmp_path / "nowhere" / "out.jsonl"),
    ):
        pass


def test_an_input_is_never_overwritten_under_any_of_its_names(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("{}")
    link = tmp_path / "link.jsonl"
    link.symlink_to(source)
    hard = tmp_path / "hard.jsonl"
    hard.hardlink_to(source)

    for output in (source, link, hard, tmp_path / "." / "in.jsonl"):
        with pytest.raises(ConfigError, match="would overwrite an input"):
            require_distinct([output], [str(source)])


def test_two_inputs_of_one_name_are_refused_in_one_folder():
    outputs = [path_in_folder("out", source) for source in ("a/x.jsonl", "b/x.jsonl")]

    assert outputs == [Path("out/x.jsonl")] * 2
    with pytest.raises(ConfigError, match="same file name"):
        require_distinct(outputs, [])
