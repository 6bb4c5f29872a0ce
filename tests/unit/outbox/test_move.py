"""Rows are moved once, or not yet, wherever the process ends."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest

from safetrack.event import Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox import move, sqlite
from safetrack.outbox.sqlite import SqliteOutbox

KEYS = new_key()
KEYRING = Keyring.parse(KEYS)
STEPS = ("announce", "note", "remove", "forget")


@pytest.fixture
def make(tmp_path):
    made = []

    def outbox(keys=KEYS):
        made.append(SqliteOutbox(tmp_path / "box", Keyring.parse(keys)))
        return made[-1]

    yield outbox
    for one in made:
        one.close()


class Killed(BaseException):
    """Where the process is thought to end."""


def killed(*_):
    raise Killed


def put(outbox, *names):
    events = [SafeEvent({"event": name}, message_id=name, destination="a") for name in names]
    assert outbox.put("a", events) == len(names)


def abandon(outbox):
    """As if its process had been killed."""
    outbox._database.close()
    outbox._lock.leave()
    outbox._closed = True


def waiting(outbox):
    return sorted(row.event.message_id for row in outbox.lease("a", 10**6, seconds=1000))


def files(outbox):
    return [file for file in folders.files(outbox.folder) if file != outbox._file]


@pytest.fixture
def amid(make, monkeypatch):
    """Two files: one whose rows were being moved, and one of the process that was killed then."""

    def kill(step, *, dead=False):
        left = make()
        put(left, "1", "2", "3")
        if dead:
            keys = [row.key for row in left.lease("a", 9, seconds=9)]
            left.bury("a", keys, Reason.REJECTED)
        abandon(left)
        taker = make()
        with monkeypatch.context() as patch:
            patch.setattr(move, step, killed)
            with pytest.raises(Killed):
                taker.adopt(["a"])
        abandon(taker)
        return left, taker

    return kill


@pytest.mark.parametrize("order", [1, -1], ids=["the older file first", "the newer file first"])
@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_amid_a_move_doubles_no_row(step, order, amid, make, monkeypatch):
    amid(step)
    outbox = make()
    in_order = folders.files
    monkeypatch.setattr(folders, "files", lambda *which: in_order(*which)[::order])

    assert outbox.adopt(["a"]) == {"a": 3}

    assert waiting(outbox) == ["1", "2", "3"]
    assert files(outbox) == []


@pytest.mark.parametrize("step", STEPS)
def test_nor_a_dead_letter(step, amid, make):
    amid(step, dead=True)
    outbox = make()

    assert outbox.adopt(["a"]) == {}

    (count,) = outbox._database.execute("SELECT count(*) FROM dead").fetchone()
    assert count == 3
    assert files(outbox) == []


def test_what_the_killed_process_had_delivered_is_not_sent_again(amid, make):
    _, taker = amid("remove")
    taker._database = sqlite._open(taker._file)  # its sender came so far
    taker._delete([1, 2, 3])
    taker._database.close()
    outbox = make()

    assert outbox.adopt(["a"]) == {}
    assert files(outbox) == []


@pytest.mark.parametrize("step", STEPS)
def test_dead_letters_that_were_being_retried_are_so_once(step, make, monkeypatch):
    living = make()
    put(living, "1")
    living.bury("a", [row.key for row in living.lease("a", 9, seconds=9)], Reason.REJECTED)
    taker = make()
    monkeypatch.setattr(move, step, killed)
    with pytest.raises(Killed):
        taker.revive(None)
    abandon(taker)
    monkeypatch.undo()

    again = make()
    again.revive(None)
    again.close()

    outbox = make()
    outbox.adopt(["a"])
    assert waiting(outbox) == ["1"]
    assert files(outbox) == [living._file]


@pytest.fixture
def locked(make, monkeypatch):
    """An outbox whose last move could not be finished: the disk refused it."""
    left, outbox = make(), make()
    put(left, "1", "2")
    abandon(left)

    def refuse(*_):
        raise sqlite.sqlite3.OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(move, "remove", refuse)
        assert outbox.adopt(["a"]) == {"a": 2}
    return outbox


def test_a_move_that_could_not_be_finished_is_by_the_next_look(locked):
    assert locked.adopt(["a"]) == {}

    assert waiting(locked) == ["1", "2"]
    assert files(locked) == []


def test_or_by_the_next_process_where_all_was_delivered_meanwhile(locked, make):
    locked.ack("a", [row.key for row in locked.lease("a", 9, seconds=9)])
    locked.close()
    outbox = make()

    assert outbox.adopt(["a"]) == {}
    assert files(outbox) == []


@pytest.mark.parametrize("ids", ["'1,2,3'", "x'31'"])
def test_a_note_that_is_not_as_it_was_written_deletes_nothing(ids, amid, make, monkeypatch):
    monkeypatch.setattr(sqlite, "ADOPTED_AT_A_TIME", 2)
    _, taker = amid("remove")
    database = sqlite._open(taker._file)
    database.execute(f"UPDATE moved SET ids = {ids}")  # noqa: S608  ours
    database.close()
    outbox = make()

    outbox.adopt(["a"])

    assert set(waiting(outbox)) == {"1", "2", "3"}


def test_rows_for_others_stay_and_are_theirs_later(make):
    left = make()
    put(left, "1")
    left.put("b", [SafeEvent({"event": "2"}, message_id="2", destination="b")])
    abandon(left)
    first, second = make(), make()

    assert first.adopt(["a"]) == {"a": 1}
    first.close()
    assert second.adopt(["a", "b"]) == {"a": 1, "b": 1}
    assert files(second) == []


def test_nothing_is_adopted_that_is_not_wanted_any_more_or_after_closing(make):
    left = make()
    put(left, "1")
    abandon(left)
    outbox = make()
    asked = iter([False, True])

    assert outbox.adopt(["a"], until=lambda: True) == {}
    assert outbox.adopt(["a"], until=lambda: next(asked)) == {}
    outbox.close()
    assert outbox.adopt(["a"]) == {}
    assert make().adopt(["a"]) == {"a": 1}


def test_closing_amid_an_adoption_leaves_no_row_in_two_files(make, monkeypatch):
    monkeypatch.setattr(sqlite, "ADOPTED_AT_A_TIME", 10)
    left = make()
    put(left, *map(str, range(100)))
    abandon(left)
    outbox = make()
    told = []

    def close(_name, count):
        told.append(count)
        if len(told) == 3:
            outbox._closed = True  # as far as `close` comes while a move holds it up

    assert outbox.adopt(["a"], on_adopted=close) == {"a": 30}
    outbox._closed = False
    outbox.close()

    assert make().adopt(["a"]) == {"a": 100}


def test_who_comes_after_closing_begins_no_new_file(make):
    outbox = make()
    outbox.close()

    put(outbox, "1")

    assert list(outbox.folder.iterdir()) == []


ADOPTING = """
import pathlib, sys
from safetrack.keys.keyring import Keyring
from safetrack.outbox import sqlite
sqlite.ADOPTED_AT_A_TIME = 20
outbox = sqlite.SqliteOutbox(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
print(1, flush=True)
outbox.adopt(["a"])
print(2, flush=True)
sys.stdin.read()
"""


def test_processes_killed_while_they_adopt_from_each_other_double_and_lose_nothing(make):
    left = make()
    every = sorted(map(str, range(2000)))
    put(left, *every)
    abandon(left)
    rng = random.Random(11)  # noqa: S311  a moment
    amid = 0
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", ADOPTING, str(left.folder), KEYS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "1\n"
        time.sleep(rng.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        amid += process.communicate()[0] == ""
    assert amid
    outbox = make()

    assert outbox.adopt(["a"]) == {"a": 2000}
    assert waiting(outbox) == every
    assert files(outbox) == []
