"""What is special about the outbox on disk: it outlives its process, and distrusts its disk."""

from __future__ import annotations

import errno
import logging
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from safetrack.errors import ConfigError
from safetrack.event import Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox import sqlite
from safetrack.outbox.sqlite import SqliteOutbox

KEYS = new_key()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "box"


@pytest.fixture
def make(folder):
    made = []

    def outbox(keys=KEYS, **options):
        made.append(SqliteOutbox(folder, Keyring.parse(keys), **options))
        return made[-1]

    yield outbox
    for one in made:
        one.close()


def safe(name="Signed Up", size=0):
    return SafeEvent(
        {"type": "track", "event": name, "x": "y" * size}, message_id=name, destination="a"
    )


def names(leased):
    return [row.event.to_dict()["event"] for row in leased]


def abandon(outbox):
    """As if its process had been killed: the kernel frees the lock, nothing else is done."""
    outbox._database.close()
    outbox._lock.leave()
    outbox._closed = True


def files(folder, pattern="outbox-*.db"):
    return sorted(folder.glob(pattern))


def test_what_an_ended_process_left_is_adopted_with_its_tries_and_ids(make):
    left = make()
    left.put("a", [safe("1"), safe("2")])
    (row,) = left.lease("a", 1, seconds=1000)
    left.retry("a", [row.key], delay=0)
    abandon(left)

    outbox = make()

    assert outbox.adopt(["a"]) == {"a": 2}
    rows = outbox.lease("a", 9, seconds=10)
    assert sorted((row.event.message_id, row.attempts) for row in rows) == [("1", 2), ("2", 1)]
    assert len(files(outbox.folder)) == 1
    assert outbox.adopt(["a"]) == {}


def test_rows_are_told_of_before_any_of_them_can_be_leased(make, monkeypatch):
    monkeypatch.setattr(sqlite, "ADOPTED_AT_A_TIME", 10)
    left = make()
    left.put("a", [safe(str(number)) for number in range(200)])
    abandon(left)
    outbox = make()
    told, leased = [], []

    def send():
        while len(leased) < 200:
            rows = outbox.lease("a", 7, seconds=1000)
            leased.extend(rows)
            assert len(leased) <= sum(told)

    with ThreadPoolExecutor() as pool:
        sending = pool.submit(send)
        adopted = outbox.adopt(["a"], on_adopted=lambda _name, count: told.append(count))
        sending.result(60)
    assert adopted == {"a": 200}
    assert told == [10] * 20


def test_a_living_process_keeps_its_rows(make):
    living, other = make(), make()
    living.put("a", [safe("1")])

    assert other.adopt(["a"]) == {}
    assert living.pending("a") == 1


def test_a_file_that_its_process_removes_meanwhile_leaves_nothing_behind(make, folder, monkeypatch):
    other, outbox = make(), make()
    seen = folders.files(folder)
    other.close()
    before = set(folder.iterdir())
    monkeypatch.setattr(sqlite.folders, "files", lambda *_: seen)

    assert outbox.adopt(["a"]) == {}

    assert set(folder.iterdir()) == before


def test_rows_of_destinations_that_nobody_has_here_stay_where_they_are(make):
    left = make()
    left.put("a", [safe("1")])
    left.put("b", [safe("2")])
    abandon(left)
    outbox = make()

    assert outbox.adopt(["a"]) == {"a": 1}
    assert outbox.adopt(["a"]) == {}
    assert outbox.adopt(["b"]) == {"b": 1}


def test_rows_of_another_keyring_are_neither_sent_nor_removed(make):
    left = make(new_key())
    left.put("a", [safe("1")])
    abandon(left)
    outbox = make()

    assert outbox.adopt(["a"]) == {}
    assert outbox.take_lost("a") == 0
    assert len(files(outbox.folder)) == 2


def test_after_a_rotation_rows_of_the_former_key_are_adopted(make, tmp_path):
    old = new_key()
    former = SqliteOutbox(tmp_path / "former", Keyring.parse(old))
    former.put("a", [safe("1")])
    abandon(former)
    both = f"k2:{new_key().partition(':')[2]},{old}"

    outbox = make(both, former=[tmp_path / "former"])

    assert outbox.adopt(["a"]) == {"a": 1}
    assert names(outbox.lease("a", 9, seconds=1)) == ["1"]


def test_an_empty_outbox_leaves_no_file(make):
    outbox = make()
    outbox.put("a", [safe()])
    outbox.ack("a", [row.key for row in outbox.lease("a", 9, seconds=10)])
    outbox.close()
    outbox.close()

    assert list(outbox.folder.iterdir()) == []


def test_files_are_for_their_owner_alone(make):
    before = os.umask(0)
    try:
        outbox = make()
        outbox.put("a", [safe()])
        modes = {path.name: path.stat().st_mode & 0o777 for path in outbox.folder.iterdir()}
    finally:
        os.umask(before)

    assert outbox.folder.stat().st_mode & 0o777 == 0o700
    assert len(modes) >= 4
    assert set(modes.values()) == {0o600}


def test_a_folder_that_others_may_write_to_is_refused(folder, make):
    folder.mkdir()
    folder.chmod(0o777)

    with pytest.raises(ConfigError, match="others may write"):
        make()


def has_none(*_):
    raise OSError(errno.ENOLCK, "No locks available")


@pytest.mark.parametrize("flock", [lambda *_: None, has_none], ids=["says yes", "says no"])
def test_a_file_system_without_locks_is_refused(flock, folder, make, monkeypatch):
    monkeypatch.setattr(folders.fcntl, "flock", flock)

    with pytest.raises(ConfigError, match="does not keep locks"):
        make()


def test_a_child_process_starts_with_a_file_of_its_own_and_leaves_the_parents_alone(make, folder):
    outbox = make()
    outbox.put("a", [safe("parent")])
    child = os.fork()
    if child == 0:
        status = 1
        try:
            own = SqliteOutbox(folder, Keyring.parse(KEYS))
            own.put("a", [safe("child")])
            adopted = own.adopt(["a"])
            status = 0 if adopted == {} and outbox._closed else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0

    assert outbox.adopt(["a"]) == {"a": 1}  # the child's, which has ended
    outbox.put("a", [safe("more")])
    assert sorted(names(outbox.lease("a", 9, seconds=1))) == ["child", "more", "parent"]


KILLED = """
import sys, pathlib
from safetrack.event import SafeEvent
from safetrack.keys.keyring import Keyring
from safetrack.outbox.sqlite import SqliteOutbox
outbox = SqliteOutbox(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
number = 0
while True:
    events = [SafeEvent({"event": str(number + at)}, message_id=str(number + at), destination="a") for at in range(1 + number % 37)]
    assert outbox.put("a", events) == len(events)
    number += len(events)
    print(number, flush=True)
"""


def test_what_was_accepted_survives_sigkill_at_any_moment(make, folder):
    rounds, total = 6, 0
    rng = random.Random(7)  # noqa: S311  a moment
    outbox = make()
    for _ in range(rounds):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), KEYS], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        accepted = [int(line) for line in process.communicate()[0].splitlines() if line]
        least = accepted[-1] if accepted else 1

        adopted = outbox.adopt(["a"]).get("a", 0)
        rows = outbox.lease("a", 10**6, seconds=1000)
        outbox.ack("a", [row.key for row in rows])

        assert adopted == len(rows) >= least
        assert names(rows) == [str(number) for number in range(adopted)]
        total += adopted
    assert total > rounds
    assert outbox.pending("a") == 0


def damage(path: Path, *, seed: int, hits: int = 40) -> None:
    rng = random.Random(seed)  # noqa: S311  damage
    with path.open("r+b") as file:
        size = path.stat().st_size
        for _ in range(hits):
            file.seek(rng.randrange(100, size - 64))
            file.write(rng.randbytes(64))


@pytest.mark.parametrize("seed", range(5))
def test_flipped_bits_cost_rows_and_never_change_one(seed, make):
    left = make()
    sent = {str(number): safe(str(number), size=300) for number in range(2000)}
    left.put("a", list(sent.values()))
    left._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = left._file
    abandon(left)
    damage(file, seed=seed)
    outbox = make()

    adopted = outbox.adopt(["a"]).get("a", 0)

    rows = outbox.lease("a", 10**6, seconds=10)
    assert 0 < len(rows) < 2000
    assert adopted - outbox.take_lost("a") == len(rows)
    for row in rows:
        assert row.event.to_dict() == sent[row.event.message_id].to_dict()


def test_damage_while_running_keeps_what_can_be_read_and_counts_the_rest(make):
    outbox = make()
    outbox.put("a", [safe(str(number), size=300) for number in range(2000)])
    outbox._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(outbox._file, seed=1, hits=200)
    outbox._database.close()
    outbox._database = sqlite._open(outbox._file)  # without the pages that it remembers

    for _ in range(3):
        outbox.put("a", [safe("new")])
        rows = outbox.lease("a", 10**6, seconds=0)
    lost = outbox.take_lost("a")

    assert len(rows) + lost == 2003
    assert lost > 0
    assert [name for name in names(rows) if name == "new"]
    assert files(outbox.folder, "*.corrupt-*")


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000], ids=["truncated", "garbage"])
def test_a_file_that_is_no_database_any_more_is_set_aside(content, make):
    left = make()
    left.put("a", [safe("1")])
    abandon(left)
    left._file.write_bytes(content)
    outbox = make()

    outbox.adopt(["a"])
    outbox.put("a", [safe("2")])

    assert "2" in names(outbox.lease("a", 9, seconds=1))


def test_garbage_in_the_log_is_ignored(make):
    left = make()
    left.put("a", [safe(str(number)) for number in range(50)])
    left._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    abandon(left)
    left._file.with_name(left._file.name + "-wal").write_bytes(
        b"\x37\x7f\x06\x82" + os.urandom(9000)
    )
    outbox = make()

    assert outbox.adopt(["a"]) == {"a": 50}


def test_a_file_that_somebody_removed_is_made_anew_with_what_was_in_it(make, caplog):
    outbox = make()
    outbox.put("a", [safe("1")])
    for file in files(outbox.folder, "outbox-*"):
        file.unlink()

    outbox.put("a", [safe("2")])

    assert names(outbox.lease("a", 9, seconds=1)) == ["1", "2"]
    assert files(outbox.folder)


def test_a_folder_that_somebody_removed_is_made_anew_with_what_was_in_it(make, folder):
    outbox = make()
    outbox.put("a", [safe("1")])
    shutil.rmtree(folder)

    assert outbox.put("a", [safe("2")]) == 1

    assert outbox.unsaved == 0
    assert outbox.kept("a") == 2
    abandon(outbox)
    assert make().adopt(["a"]) == {"a": 2}


def test_while_the_folder_cannot_be_used_events_wait_in_memory_and_come_back_to_it(
    make, folder, caplog, monkeypatch
):
    now = [1.8e9]
    monkeypatch.setattr(sqlite, "MOST_IN_MEMORY", 3)
    outbox = make(clock=lambda: now[0])
    outbox.put("a", [safe("1")])
    shutil.rmtree(folder)
    folder.write_text("in the way")

    assert outbox.put("a", [safe("2"), safe("3"), safe("4")]) == 2
    assert outbox.put("a", [safe("5")]) == 0
    assert outbox.adopt(["a"]) == {}
    assert (outbox.unsaved, outbox.pending("a"), outbox.kept("a")) == (2, 3, 0)
    (row,) = outbox.lease("a", 1, seconds=9)
    outbox.ack("a", [row.key])

    folder.unlink()
    assert outbox.kept("a") == 0  # not yet
    now[0] += sqlite.AGAIN_SECONDS
    assert outbox.kept("a") == 2
    abandon(outbox)
    assert make(clock=lambda: now[0]).adopt(["a"]) == {"a": 2}
    assert "cannot be used (FileExistsError)" in caplog.text


def test_memory_is_bounded_where_a_large_file_is_gone(make, folder, monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_IN_MEMORY", 1000)
    outbox = make()
    outbox.put("a", [safe(str(number)) for number in range(5000)])
    shutil.rmtree(folder)
    folder.write_text("in the way")

    outbox.kept("a")

    assert 1000 <= outbox.pending("a") < 2000
    assert outbox.pending("a") + outbox.take_lost("a") == 5000
    folder.unlink()


def test_closing_where_the_folder_is_gone_harms_nobody(make, folder):
    outbox = make()
    outbox.put("a", [safe("1")])
    shutil.rmtree(folder)
    folder.write_text("in the way")

    outbox.close()

    folder.unlink()


def test_what_the_disk_had_refused_is_written_down_at_the_end_if_it_can_be(make, monkeypatch):
    outbox = make()

    def refuse(_rows):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_insert", refuse)
        assert outbox.put("a", [safe("1"), safe("2")]) == 2
        outbox.lease("a", 1, seconds=1000)
        assert outbox.kept("a") == 0
    assert outbox.pending("a") == 2

    assert outbox.kept("a") == 2
    assert outbox.pending("a") == 2
    abandon(outbox)
    assert make().adopt(["a"]) == {"a": 2}


FULL = """
import logging, os, pathlib, resource, signal, sys
from safetrack.event import SafeEvent
from safetrack.keys.keyring import Keyring
from safetrack.outbox.sqlite import SqliteOutbox
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
outbox = SqliteOutbox(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
event = lambda number: SafeEvent({"event": str(number), "x": "y" * 900}, message_id=str(number), destination="a")
for number in range(1000):
    assert outbox.put("a", [event(number)]) == 1
assert 0 < outbox.unsaved < 1000, outbox.unsaved
seen = []
while rows := outbox.lease("a", 100, seconds=1000):
    outbox.ack("a", [row.key for row in rows])
    seen += [row.event.to_dict()["event"] for row in rows]
assert sorted(seen, key=int) == [str(number) for number in range(1000)], len(seen)
assert outbox.pending("a") == 0
print("ok")
"""


def test_a_disk_that_is_full_costs_durability_and_no_event(folder):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), KEYS], capture_output=True, text=True, timeout=120
    )

    assert done.stdout == "ok\n", done.stderr
    assert done.stderr.count("the disk refuses the outbox (put") <= 1


def test_what_was_acknowledged_while_the_disk_was_full_is_not_sent_again(make, monkeypatch):
    outbox = make()
    outbox.put("a", [safe("1"), safe("2")])
    rows = outbox.lease("a", 9, seconds=0)

    def refuse(_keys):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(outbox, "_delete", refuse)
    outbox.ack("a", [rows[0].key])

    assert outbox.pending("a") == 1
    assert names(outbox.lease("a", 9, seconds=0)) == ["2"]
    assert not outbox._reserve.exists()
    monkeypatch.undo()
    outbox.ack("a", [rows[1].key])
    assert outbox._is_empty()


def test_a_retry_that_cannot_be_written_down_is_kept_in_mind(make, monkeypatch):
    now = [1000.0]
    outbox = make(clock=lambda: now[0])
    outbox.put("a", [safe("1")])
    (row,) = outbox.lease("a", 9, seconds=5)

    def refuse(_changes):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(outbox, "_postpone", refuse)
    outbox.retry("a", [row.key], delay=50)
    now[0] += 49

    assert outbox.lease("a", 9, seconds=5) == []
    assert outbox.next_due("a") == pytest.approx(1)
    now[0] += 1
    assert names(outbox.lease("a", 9, seconds=5)) == ["1"]


def test_bytes_are_bounded_for_each_destination(make):
    size = len(safe("1").to_json())
    outbox = make(bytes=size * 2)

    assert outbox.put("a", [safe("1"), safe("2"), safe("3")]) == 2
    assert outbox.put("b", [safe("1")]) == 1
    outbox.ack("a", [outbox.lease("a", 1, seconds=9)[0].key])
    assert outbox.put("a", [safe("4")]) == 1


def test_what_does_not_fit_is_not_adopted_yet(make):
    left = make()
    left.put("a", [safe("1")])
    abandon(left)
    outbox = make(bytes=len(safe("2").to_json()))
    outbox.put("a", [safe("2")])

    assert outbox.adopt(["a"]) == {}
    outbox.ack("a", [outbox.lease("a", 1, seconds=9)[0].key])
    assert outbox.adopt(["a"]) == {"a": 1}


def test_dead_letters_are_kept_with_their_reason_and_adopted_as_well(make, monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_DEAD", 3)
    left = make()
    left.put("a", [safe(str(number)) for number in range(5)])
    left.bury("a", [row.key for row in left.lease("a", 9, seconds=9)], Reason.REJECTED)
    assert left.pending("a") == 0
    abandon(left)
    outbox = make()

    assert outbox.adopt(["a"]) == {}

    dead = outbox._database.execute("SELECT message_id, reason FROM dead ORDER BY id").fetchall()
    assert dead == [("2", "rejected"), ("3", "rejected"), ("4", "rejected")]
    assert len(files(outbox.folder)) == 1


def test_a_clock_that_is_set_back_or_forth_ages_nothing(make, monkeypatch):
    outbox = make()
    outbox.put("a", [safe("1")])
    for shift in (10**8, -(10**8)):
        monkeypatch.setattr(time, "time", lambda shift=shift: 1.7e9 + shift)
        assert outbox.expire("a", age=3600) == 0
        assert outbox.next_due("a") == 0
    assert names(outbox.lease("a", 9, seconds=9)) == ["1"]


@pytest.mark.parametrize("wrong", [0.0, 86_400.0, 4e9])
def test_rows_of_a_process_whose_clock_was_wrong_are_neither_too_old_nor_too_young(wrong, make):
    left = make(clock=lambda: wrong)
    left.put("a", [safe("1")])
    abandon(left)
    outbox = make(clock=lambda: 1.8e9)

    assert outbox.adopt(["a"]) == {"a": 1}
    assert outbox.expire("a", age=3600) == 0
    assert outbox.next_due("a") == 0
    assert names(outbox.lease("a", 9, seconds=9)) == ["1"]


def test_a_row_s_age_is_counted_over_all_processes(make):
    left = make(clock=lambda: 1.8e9)
    left.put("a", [safe("1")])
    abandon(left)
    outbox = make(clock=lambda: 1.8e9 + 7200)
    outbox.adopt(["a"])

    assert outbox.expire("a", age=7201) == 0
    assert outbox.expire("a", age=7199) == 1


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.6, 0.999, 1.0])
def test_a_log_that_was_cut_off_costs_what_was_cut_and_nothing_else(part, make, folder):
    """SQLite's own log (``-wal``), as a file system that lost its end would leave it."""
    living = make()
    for number in range(20):
        living.put("a", [safe(f"{number}-{at}", size=500) for at in range(10)])
    crashed = folder / "outbox-1-crashed.db"
    for end in ("", "-wal"):
        file = living._file.with_name(living._file.name + end)
        shutil.copyfile(file, crashed.with_name(crashed.name + end))
    log = crashed.with_name(crashed.name + "-wal")
    size = log.stat().st_size
    assert size > 20 * 5000
    os.truncate(log, int(size * part))
    outbox = make()

    adopted = outbox.adopt(["a"]).get("a", 0)

    found = names(outbox.lease("a", 10**6, seconds=9))
    assert found == [f"{n}-{at}" for n in range(20) for at in range(10)][: len(found)]
    assert adopted == len(found)
    assert len(found) % 10 == 0  # whole transactions
    assert (len(found) == 200) == (part == 1.0)
    assert abs(len(found) - 200 * part) <= 20


ADOPTER = """
import pathlib, sys
from safetrack.keys.keyring import Keyring
from safetrack.outbox.sqlite import SqliteOutbox
outbox = SqliteOutbox(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
outbox.adopt(["a"])
rows = outbox.lease("a", 10**6, seconds=1000)
print(*(row.event.to_dict()["event"] for row in rows), flush=True)
sys.stdin.readline()
outbox.ack("a", [row.key for row in rows])
outbox.close()
"""


def test_processes_that_adopt_the_same_files_at_once_take_each_row_once(make, folder):
    for number in range(5):
        left = make()
        left.put("a", [safe(f"{number}-{at}") for at in range(300)])
        abandon(left)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ADOPTER, str(folder), KEYS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    taken = [name for process in processes for name in process.stdout.readline().split()]
    for process in processes:
        process.communicate("go\n")

    assert sorted(taken) == sorted(f"{n}-{at}" for n in range(5) for at in range(300))
    assert list(folder.iterdir()) == []


def test_an_outbox_of_a_newer_version_is_left_alone(make):
    left = make()
    left.put("a", [safe("1")])
    left._database.execute(f"PRAGMA user_version = {sqlite.SCHEMA_VERSION + 1}")
    abandon(left)
    outbox = make()

    assert outbox.adopt(["a"]) == {}
    assert left._file in files(outbox.folder)


def test_no_value_is_logged_or_shown(make, caplog):
    caplog.set_level(logging.DEBUG)
    outbox = make()
    outbox.put("a", [safe("jane@acme.com")])
    outbox._database.execute("UPDATE row SET event = ?", (b'{"event": "eve@acme.com"}',))

    assert outbox.lease("a", 9, seconds=1) == []
    assert outbox.take_lost("a") == 1
    assert outbox.pending("a") == 0
    assert "damaged" in caplog.text
    assert "acme" not in caplog.text + repr(outbox)
