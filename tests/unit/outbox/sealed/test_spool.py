"""The sealed spool: what `track` returned for is there after the process, and nobody can read it."""

from __future__ import annotations

import errno
import logging
import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from safetrack.errors import ConfigError
from safetrack.event import Event
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox.sealed import left as left_module
from safetrack.outbox.sealed import log as log_module
from safetrack.outbox.sealed import spool as spool_module
from safetrack.outbox.sealed.log import HEADER_BYTES, MARK_AT, MARKER, RECORD, SealedLog
from safetrack.outbox.sealed.spool import SealedSpool

KEYS = new_key()
EMAIL = "jane.canary@acme.com"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "box"


@pytest.fixture
def make(folder):
    made = []

    def spool(keys=KEYS, **options):
        made.append(SealedSpool(folder, Keyring.parse(keys), **options))
        return made[-1]

    yield spool
    for one in made:
        one.close()


def event(name="Signed Up", size=0):
    return Event({"type": "track", "event": name, "userId": EMAIL, "x": "y" * size})


def append(spool, *names, size=0):
    events = [event(name, size) for name in names]
    for one in events:
        spool.append(one)
    return events


def abandon(spool):
    """As if its process had been killed: the kernel frees the locks, nothing else is done."""
    spool._leave_to_parent()


def names(recovered):
    return [one.message["event"] for left in recovered for one in left.events]


def damaged(recovered):
    return sum(left.damaged for left in recovered)


def logs(folder):
    return sorted(folder.glob("sealed-*.log"))


def test_what_an_ended_process_left_is_recovered_once_and_its_log_removed(make, folder):
    left = make()
    append(left, "1", "2")
    abandon(left)
    spool = make()

    recovered = list(spool.recover())

    assert names(recovered) == ["1", "2"]
    assert damaged(recovered) == 0
    assert list(spool.recover()) == []
    assert len(logs(folder)) == 1
    assert {path.name for path in folder.iterdir()} == {
        f"{logs(folder)[0].name}{end}" for end in ("", ".lock")
    }


def test_an_event_comes_back_with_its_time_of_receipt_and_belongs_to_no_log(make):
    left = make()
    (one,) = append(left, "1")
    abandon(left)

    ((again,),) = (part.events for part in make().recover())

    assert (again.message, again.received_at) == (one.message, one.received_at)
    assert again.spooled is None


def test_what_is_done_is_not_recovered(make):
    left = make()
    events = append(left, "1", "2", "3", "4")
    left.done(events[:2])
    left.done(events[3:])
    assert left.waiting == 1
    abandon(left)

    assert names(make().recover()) == ["3", "4"]  # up to the first that is not done


def test_what_was_handed_over_counts_as_done_when_more_is_asked_for(make, monkeypatch):
    monkeypatch.setattr(left_module, "AT_A_TIME", 2)
    left = make()
    append(left, "1", "2", "3", "4", "5")
    abandon(left)
    recovery = make().recover()
    assert names([next(recovery)]) == ["1", "2"]
    assert names([next(recovery)]) == ["3", "4"]
    recovery.close()  # as if that process were killed as well

    assert names(make().recover()) == ["3", "4", "5"]


def test_large_events_are_handed_over_a_few_at_a_time(make, monkeypatch):
    monkeypatch.setattr(left_module, "BYTES_AT_A_TIME", 10_000)
    left = make()
    append(left, *"123456", size=5000)
    abandon(left)

    assert [len(part.events) for part in make().recover()] == [2, 2, 2]


def test_a_living_process_keeps_its_log(make):
    living, other = make(), make()
    append(living, "1")

    assert list(other.recover()) == []
    assert living.waiting == 1


def test_nothing_raw_is_on_disk_and_files_are_for_their_owner_alone(make, folder):
    before = os.umask(0)
    try:
        append(make(), "Signed Up")
    finally:
        os.umask(before)

    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"canary" not in content
        assert b"Signed" not in content
        assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_closing_keeps_what_is_not_done_and_removes_what_is(make, folder):
    done, not_done = make(), make()
    done.done(append(done, "1"))
    append(not_done, "2")
    done.close()
    done.close()
    not_done.close()

    assert len(logs(folder)) == 1
    assert names(make().recover()) == ["2"]


def test_after_it_was_closed_nothing_is_written_or_done(make):
    spool = make()
    events = append(spool, "1")
    spool.close()
    spool.done(events)
    spool.append(late := event("2"))

    assert late.spooled is None
    assert names(make().recover()) == ["1"]


# Keys


def test_no_nonce_is_used_twice(make, folder, monkeypatch):
    """Over logs, failed writes, emptied logs, and a child of a fork."""
    used = []

    class Spy:
        def __init__(self, cipher):
            self.cipher, self.key = cipher, object()

        def encrypt(self, nonce, plain, associated):
            used.append((id(self), nonce))
            keep.append(self)
            return self.cipher.encrypt(nonce, plain, associated)

    keep = []
    original = log_module.cipher_of
    monkeypatch.setattr(log_module, "cipher_of", lambda *args: Spy(original(*args)))
    monkeypatch.setattr(spool_module, "LOG_BYTES", 2000)
    monkeypatch.setattr(spool_module, "IDLE_BYTES", 0)
    spool = make()
    write, calls = log_module.write_promptly, []

    def write_some(file, data, at):
        calls.append(at)
        if len(calls) % 3 == 0:
            raise OSError(errno.ENOSPC, "full")
        if len(calls) % 5 == 0:
            write(file, data[:9], at)
            raise OSError(errno.ENOSPC, "full")
        write(file, data, at)

    monkeypatch.setattr(log_module, "write_promptly", write_some)
    for number in range(100):
        spool.done(append(spool, str(number)))
        append(spool, str(number), size=100)
    spool._leave_to_parent()  # in a child
    append(spool, "child")

    assert len(used) > 150
    assert len(used) == len(set(used))
    assert spool.unsaved > 10


def test_a_forked_child_writes_nothing_into_its_parents_log(make, folder):
    spool = make()
    append(spool, "parent")
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        status = 1
        try:
            spool.append(late := event("child"))
            spool.done([])
            own = SealedSpool(folder, Keyring.parse(KEYS))
            own.append(event("own"))
            status = 0 if late.spooled is None and names(own.recover()) == [] else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    append(spool, "more")

    assert names(spool.recover()) == ["own"]
    abandon(spool)
    assert names(make().recover()) == ["parent", "more"]


def test_a_process_that_was_forked_behind_pythons_back_writes_nothing(make, monkeypatch):
    spool = make()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    spool.append(late := event())

    assert late.spooled is None
    assert spool.waiting == 0


def test_after_a_rotation_logs_of_the_former_key_are_recovered(make, tmp_path):
    old = new_key()
    former = SealedSpool(tmp_path / "former", Keyring.parse(old))
    append(former, "former folder")
    abandon(former)
    left = make(old)
    append(left, "same folder")
    abandon(left)
    both = f"k2:{new_key().partition(':')[2]},{old}"

    spool = make(both, former=[tmp_path / "former"])

    assert sorted(names(spool.recover())) == ["former folder", "same folder"]


@pytest.mark.parametrize("kid", ["k1", "k9"])
def test_a_log_of_another_key_stays_as_it_is_with_one_warning(kid, make, folder, caplog):
    foreign = make(f"{kid}:{new_key().partition(':')[2]}")
    append(foreign, "1")
    abandon(foreign)
    content = logs(folder)[0].read_bytes()
    spool = make()

    for _ in range(3):
        assert list(spool.recover()) == []

    assert content in [path.read_bytes() for path in logs(folder)]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


# Bounds


def test_a_full_log_is_followed_by_another_and_removed_when_it_is_done(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "LOG_BYTES", 2000)
    spool = make()
    events = append(spool, *map(str, range(40)))
    assert len(logs(folder)) > 2

    spool.done(events[:-1])

    assert len(logs(folder)) == 1
    assert spool.waiting == 1
    abandon(spool)
    assert names(make().recover())[-1] == "39"


def test_events_of_several_logs_are_recovered_in_order_without_a_gap(make, monkeypatch):
    monkeypatch.setattr(spool_module, "LOG_BYTES", 2000)
    left = make()
    append(left, *map(str, range(40)))
    abandon(left)

    recovered = list(make().recover())

    assert sorted(map(int, names(recovered))) == list(range(40))
    assert damaged(recovered) == 0


def test_a_log_in_which_all_is_done_is_replaced_by_an_empty_one(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "IDLE_BYTES", 1000)
    spool = make()
    for _ in range(3):
        spool.done(append(spool, *map(str, range(40))))
    assert {path.stat().st_size for path in logs(folder)} == {HEADER_BYTES}
    append(spool, "more")
    abandon(spool)

    recovered = list(make().recover())

    assert names(recovered) == ["more"]
    assert damaged(recovered) == 0


def test_the_next_log_is_made_ahead_of_time_and_leaves_nothing_behind(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "IDLE_BYTES", 1000)
    monkeypatch.setattr(spool_module, "LOG_BYTES", 4000)
    spool = make()
    events = append(spool, *map(str, range(20)))
    spool.done(events[:1])
    assert len(logs(folder)) == 2
    made = set(logs(folder))

    append(spool, *map(str, range(20)))

    assert set(logs(folder)) == made
    spool.done(append(spool, "a")[:0])
    spool.close()
    assert len(logs(folder)) == 2
    assert len(names(make().recover())) == 40


def test_a_spare_log_of_an_ended_process_is_removed(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "IDLE_BYTES", 1000)
    spool = make()
    events = append(spool, *map(str, range(20)))
    spool.done(events[:1])
    assert len(logs(folder)) == 2
    abandon(spool)

    assert len(names(make().recover())) == 19
    assert [path.stat().st_size for path in logs(folder)] == [HEADER_BYTES]


def test_beyond_the_bound_events_stay_in_memory_and_are_counted(make, folder, caplog):
    spool = make(bytes=HEADER_BYTES + 2000)
    events = append(spool, *map(str, range(40)))

    spooled = [one for one in events if one.spooled is not None]

    assert 0 < len(spooled) < 40
    assert spool.unsaved == 40 - len(spooled)
    assert sum(path.stat().st_size for path in logs(folder)) <= HEADER_BYTES + 2000
    assert len(caplog.records) == 1
    spool.done(events)
    assert spool.waiting == 0


def test_many_threads_append_and_end_events(make, monkeypatch):
    monkeypatch.setattr(spool_module, "LOG_BYTES", 20_000)
    spool = make()

    def work(thread):
        for number in range(100):
            events = append(spool, f"{thread}-{number}", f"{thread}-{number}-stays")
            spool.done(events[:1])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert spool.waiting == 800
    abandon(spool)
    stayed = {name for name in names(make().recover()) if name.endswith("stays")}
    assert len(stayed) == 800


def test_what_is_done_while_a_call_is_interrupted_is_noted_the_next_time(make, monkeypatch):
    """A signal handler, which waits for the worker, interrupted a call that holds the lock."""
    monkeypatch.setattr(spool_module, "PATIENCE", 0.01)
    spool = make()
    events = append(spool, "1", "2", "3")
    with spool._mutex:
        worker = threading.Thread(target=spool.done, args=(events[:2],))
        worker.start()
        worker.join(60)
        assert not worker.is_alive()
        assert spool.waiting == 1
    spool.done([])
    abandon(spool)

    assert names(make().recover()) == ["3"]


# The disk


def test_a_disk_that_is_full_costs_durability_and_no_event(folder):
    program = """
import os, pathlib, resource, signal, sys
from safetrack.event import Event
from safetrack.keys.keyring import Keyring
from safetrack.outbox.sealed.spool import SealedSpool
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
spool = SealedSpool(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
events = [Event({"event": str(number), "x": "y" * 900}) for number in range(200)]
for event in events:
    spool.append(event)
print(sum(event.spooled is not None for event in events), spool.unsaved)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), KEYS], capture_output=True, text=True
    )
    spooled, unsaved = map(int, done.stdout.split())
    assert 0 < spooled < 200
    assert spooled + unsaved == 200
    assert done.stderr.count("the disk refuses it") == 1
    spool = SealedSpool(folder, Keyring.parse(KEYS))

    recovered = list(spool.recover())

    assert names(recovered) == [str(number) for number in range(spooled)]
    assert damaged(recovered) == 0
    spool.close()


def test_where_no_further_log_can_be_made_the_last_one_grows(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "LOG_BYTES", 1000)
    spool = make()
    folder.rename(folder.with_name("gone"))
    events = append(spool, *map(str, range(20)))

    assert all(one.spooled for one in events)
    folder.with_name("gone").rename(folder)


def test_a_log_whose_nonces_are_used_up_takes_no_more(make, monkeypatch):
    log = SealedLog(make()._folder, Keyring.parse(KEYS))
    log._tries = 2**32 - 1
    assert not log.append(b"x")
    log.close(remove=True)


@pytest.mark.parametrize("refused", ["create", "pwrite"])
def test_a_log_that_cannot_be_made_leaves_nothing_behind(refused, make, folder, monkeypatch):
    spool = make()
    before = set(folder.iterdir())

    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    target = log_module.folders if refused == "create" else os
    monkeypatch.setattr(target, refused, refuse)
    with pytest.raises(OSError, match="full"):
        SealedLog(spool._folder, Keyring.parse(KEYS))

    assert set(folder.iterdir()) == before


def test_an_event_that_cannot_be_written_stays_in_memory(make, monkeypatch):
    monkeypatch.setattr(spool_module, "to_bytes", lambda _: 1 / 0)
    spool = make()
    (one,) = append(spool, "1")

    assert one.spooled is None
    assert spool.unsaved == 1


def test_a_spare_log_that_cannot_be_made_is_tried_by_the_caller(make, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "IDLE_BYTES", 1000)
    monkeypatch.setattr(spool_module, "LOG_BYTES", 2000)

    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    spool = make()
    with monkeypatch.context() as patch:
        patch.setattr(log_module.folders, "create", refuse)
        spool.done(append(spool, *map(str, range(40)))[:1])
        assert len(logs(folder)) == 1
    append(spool, "more")
    assert len(logs(folder)) == 2


def test_a_mark_that_cannot_be_written_costs_nothing(make, monkeypatch):
    left = make()
    events = append(left, "1", "2")

    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "pwrite", refuse)
    left.done(events[:1])
    monkeypatch.undo()
    assert left.waiting == 1
    abandon(left)
    assert names(make().recover()) == ["1", "2"]


# Damage


def damage(path, at, content=b"\x00\xff"):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def records(path):
    """Where each record of a log begins."""
    data, at = path.read_bytes(), HEADER_BYTES
    while at < len(data):
        yield at
        at += RECORD.size + RECORD.unpack_from(data, at)[1]


@pytest.mark.parametrize("part", ["marker", "length", "number", "content"])
@pytest.mark.parametrize("hit", [0, 2, 4])
def test_a_damaged_record_costs_itself_and_is_counted(part, hit, make, folder):
    left = make()
    append(left, *"12345")
    abandon(left)
    (path,) = logs(folder)
    offset = {"marker": 0, "length": 6, "number": 12, "content": RECORD.size + 5}[part]
    damage(path, list(records(path))[hit] + offset, b"\x00\x01")

    recovered = list(make().recover())

    assert names(recovered) == [name for at, name in enumerate("12345") if at != hit]
    is_cut_off = hit == 4 and part in {"marker", "length"}  # the end cannot be told from a cut one
    assert damaged(recovered) == (0 if is_cut_off else 1)


def test_what_was_cut_off_at_the_end_was_never_accepted(make, folder):
    left = make()
    append(left, *"123")
    abandon(left)
    (path,) = logs(folder)
    os.truncate(path, path.stat().st_size - 1)

    recovered = list(make().recover())

    assert names(recovered) == ["1", "2"]
    assert damaged(recovered) == 0


@pytest.mark.parametrize("done", [0, 2])
def test_a_damaged_mark_costs_nothing(done, make, folder):
    left = make()
    left.done(append(left, *"123")[:done])
    abandon(left)
    damage(logs(folder)[0], MARK_AT)

    recovered = list(make().recover())

    assert names(recovered) == ["1", "2", "3"]
    assert damaged(recovered) == 0


@pytest.mark.parametrize("size", [0, 3, HEADER_BYTES - 1])
def test_a_log_whose_process_ended_at_once_is_removed(size, make, folder):
    left = make()
    abandon(left)
    os.truncate(logs(folder)[0], size)

    spool = make()

    assert list(spool.recover()) == []
    assert len(logs(folder)) == 1


def test_a_damaged_head_is_left_alone(make, folder):
    left = make()
    append(left, "1")
    abandon(left)
    damage(logs(folder)[0], 20)

    assert list(make().recover()) == []
    assert len(logs(folder)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_random_damage_never_changes_an_event_or_raises(seed, make, folder):
    rng = random.Random(seed)  # noqa: S311  damage
    left = make()
    append(left, *map(str, range(200)), size=100)
    abandon(left)
    (path,) = logs(folder)
    for _ in range(20):
        damage(path, rng.randrange(HEADER_BYTES, path.stat().st_size - 40), rng.randbytes(40))

    recovered = list(make().recover())

    found = list(map(int, names(recovered)))
    assert 150 < len(found) < 200
    assert found == sorted(found)
    assert len(found) + damaged(recovered) == found[-1] + 1 or found[-1] < 199


def test_a_record_whose_content_is_no_event_is_counted(make, folder):
    left = make()
    left._logs[0].append(b"no event")
    append(left, "2")
    abandon(left)

    recovered = list(make().recover())

    assert names(recovered) == ["2"]
    assert damaged(recovered) == 1


def test_a_marker_inside_of_a_record_is_no_record(make):
    left = make()
    append(left, "1", MARKER.decode("latin-1"), "3")
    abandon(left)

    assert len(names(make().recover())) == 3


def test_a_log_that_cannot_be_read_is_left_for_another_time(make, folder, monkeypatch):
    left = make()
    append(left, "1")
    abandon(left)
    spool = make()

    def refuse(*_):
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patch:
        patch.setattr(type(folder), "read_bytes", refuse)
        assert list(spool.recover()) == []
    assert names(spool.recover()) == ["1"]


def test_a_log_that_its_process_removes_meanwhile_leaves_nothing_behind(make, folder, monkeypatch):
    other, spool = make(), make()
    seen = folders.files(folder, "sealed-*.log")
    other.close()
    monkeypatch.setattr(spool_module.folders, "files", lambda *_: seen)

    assert list(spool.recover()) == []

    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_others_may_write_to_is_refused(folder, make):
    folder.mkdir()
    folder.chmod(0o777)

    with pytest.raises(ConfigError, match="others may write"):
        make()


# Kills

KILLED = """
import pathlib, sys
from safetrack.event import Event
from safetrack.keys.keyring import Keyring
from safetrack.outbox.sealed import spool as module
from safetrack.outbox.sealed.spool import SealedSpool
module.LOG_BYTES = 20_000
spool = SealedSpool(pathlib.Path(sys.argv[1]), Keyring.parse(sys.argv[2]))
number, waiting = 0, []
while True:
    event = Event({"event": str(number), "x": "y" * (number % 997)})
    spool.append(event)
    waiting.append(event)
    print(f"+{number}", flush=True)
    number += 1
    if number % 50 == 0:
        done, waiting = waiting[:30], waiting[30:]
        print(f"-{done[-1].message['event']}", flush=True)
        spool.done(done)
"""


def test_what_was_appended_survives_sigkill_at_any_moment(folder):
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), KEYS], stdout=subprocess.PIPE, text=True
        )
        for _ in range(1 + 137 * round_):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        said = process.communicate()[0].splitlines()
        appended = [int(line[1:]) for line in said if line.startswith("+")]
        spool = SealedSpool(folder, Keyring.parse(KEYS))

        recovered = list(spool.recover())
        spool.close()

        found = sorted(map(int, names(recovered)))
        assert damaged(recovered) == 0
        assert found == list(range(found[0], found[-1] + 1))
        assert found[-1] >= (appended[-1] if appended else 0)
        assert logs(folder) == []


def test_no_value_is_logged_or_shown(make, folder, caplog):
    caplog.set_level(logging.DEBUG)
    spool = make(bytes=HEADER_BYTES + 300)
    append(spool, EMAIL, EMAIL, EMAIL)

    assert caplog.records
    assert "canary" not in caplog.text + repr(spool)
