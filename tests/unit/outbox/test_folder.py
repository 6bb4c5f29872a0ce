"""The folder of outbox files."""

from __future__ import annotations

import os
import threading

from safetrack.outbox import folder as folders


def test_files_are_listed_oldest_first_and_links_are_not_followed(tmp_path):
    for number, name in enumerate(("outbox-b.db", "outbox-a.db", "outbox-c.db")):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (1000 + number, 1000 + number))
    (tmp_path / "outbox-link.db").symlink_to(tmp_path / "outbox-a.db")
    (tmp_path / "outbox-folder.db").mkdir()
    (tmp_path / "other.txt").write_text("")

    assert [path.name for path in folders.files(tmp_path)] == [
        "outbox-b.db",
        "outbox-a.db",
        "outbox-c.db",
    ]


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    assert folders.files(tmp_path / "gone") == []


def test_files_that_others_remove_meanwhile_are_no_error(tmp_path):
    ended = threading.Event()

    def come_and_go():
        while not ended.is_set():
            for number in range(50):
                (tmp_path / f"outbox-{number}.db").write_text("")
            for number in range(50):
                (tmp_path / f"outbox-{number}.db").unlink()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        counts = {len(folders.files(tmp_path)) for _ in range(300)}
    finally:
        ended.set()
        thread.join()
    assert max(counts) > 0


def test_a_lock_is_held_by_one(tmp_path):
    first, second = (folders.lock_of(tmp_path / "x.db") for _ in range(2))
    assert first.take()
    assert not second.take()
    second.leave()
    assert not second.take()
    first.free(remove=True)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_whose_file_was_removed_and_made_anew_is_not_had(tmp_path):
    late = folders.lock_of(tmp_path / "x.db")
    (tmp_path / "x.db.lock").unlink()
    assert not late.take()
    (tmp_path / "x.db.lock").write_text("")
    assert not late.take()
    late.leave()
