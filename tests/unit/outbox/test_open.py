"""Where the outbox and the spool are, and what stands in for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from safetrack.errors import ConfigError
from safetrack.event import SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.open import AUTO, KEY_FILE, folders_of, open_outbox, open_spool
from safetrack.outbox.sqlite import SqliteOutbox

MOST = 1_000_000
KEYRING = Keyring.parse(new_key())


def safe(name):
    return SafeEvent({"event": name}, message_id=name, destination="a")


def abandon(outbox):
    outbox._database.close()
    outbox._lock.leave()
    outbox._closed = True


@pytest.mark.parametrize("place", [AUTO, "named"])
def test_where_the_policy_has_no_keys_the_folder_has_one_of_its_own(place, tmp_path, state_folder):
    place = AUTO if place == AUTO else str(tmp_path / "box")
    left = open_outbox(place, None, most_bytes=MOST)
    left.put("a", [safe("1")])
    abandon(left)

    outbox = open_outbox(place, None, most_bytes=MOST)

    assert outbox.adopt(["a"]) == {"a": 1}
    (key,) = (tmp_path if place != AUTO else state_folder).rglob(KEY_FILE)
    assert key.stat().st_mode & 0o777 == 0o600
    assert not list(key.parent.glob(".*"))
    outbox.close()


def test_processes_that_make_the_folder_s_key_at_once_have_the_same(tmp_path):
    program = """
import pathlib, sys
from safetrack.outbox import folder as folders
from safetrack.outbox.open import _folder_key
folder = pathlib.Path(sys.argv[1])
folders.prepare(folder)
print("ready", flush=True)
sys.stdin.readline()
print(_folder_key(folder).fingerprint())
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "box")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert len({process.communicate()[0] for process in processes}) == 1


def test_the_default_place_has_a_part_for_each_key_and_a_named_one_has_not(state_folder):
    both = Keyring.parse(f"{new_key()},k0:{new_key().partition(':')[2]}")

    places = folders_of(AUTO, both)

    assert len(set(places)) == 2
    assert all(state_folder in place.parents for place in places)
    assert [place.name for place in places] == list(both.fingerprints().values())
    assert len(folders_of("/x", both)) == 1


@pytest.mark.parametrize("opened", [open_outbox, open_spool])
def test_a_default_place_that_others_may_write_to_is_not_used(opened, state_folder, caplog):
    (place,) = folders_of(AUTO, KEYRING)
    place.mkdir(parents=True)
    place.chmod(0o777)

    outbox = opened(AUTO, KEYRING, most_bytes=MOST)

    assert outbox is None or type(outbox) is MemoryOutbox
    assert "(folder)" in caplog.text
    assert list(place.iterdir()) == []


def test_a_named_folder_that_others_may_write_to_is_an_error(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(ConfigError, match="others may write"):
        open_outbox(str(tmp_path), KEYRING, most_bytes=MOST)


def test_a_home_folder_may_be_written_with_a_tilde(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    outbox = open_outbox("~/box", KEYRING, most_bytes=MOST)
    assert type(outbox) is SqliteOutbox
    assert outbox.folder == tmp_path / "box"
    outbox.close()


def test_a_named_place_that_cannot_be_made_is_told_with_its_path(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "box"

    assert type(open_outbox(str(place), KEYRING, most_bytes=MOST)) is MemoryOutbox

    assert f"no outbox on disk at {place} (NotADirectoryError)" in caplog.text
