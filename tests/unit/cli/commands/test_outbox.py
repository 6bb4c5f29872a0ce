"""``safetrack outbox``, on real files of real outboxes."""

from __future__ import annotations

import json
import sqlite3

import pytest

from recording import Recorder
from safetrack.client import Client
from safetrack.destinations.destination import SendResult
from safetrack.event import Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.sqlite import SqliteOutbox

SECRET = "jane.miller@private.example"
POLICY = """\
version: 1
delivery: {outbox: box}
destinations:
  vendor: {type: jsonl, path: events.jsonl}
"""


def safe(name, destination="vendor"):
    message = {"type": "track", "event": name, "properties": {"note": SECRET}}
    return SafeEvent(message, message_id=name, destination=destination)


@pytest.fixture
def make(in_folder, monkeypatch):
    """Makes an outbox in the policy's folder."""
    (in_folder / "safetrack.yaml").write_text(POLICY)
    keys = (in_folder / "keys.txt", new_key())
    monkeypatch.setenv("SAFETRACK_KEYS", keys[1])
    made = []

    def outbox(key=keys[1]):
        made.append(SqliteOutbox(in_folder / "box", Keyring.parse(key)))
        return made[-1]

    yield outbox
    for one in made:
        one.close()


def filled(box):
    """Three rows that wait, of which one has been tried, and two dead letters."""
    box.put("vendor", [safe(f"e{number}") for number in range(5)])
    leased = box.lease("vendor", 3, seconds=60)
    box.bury("vendor", [leased[0].key, leased[1].key], Reason.REJECTED)
    box.retry("vendor", [leased[2].key], delay=60)


def test_status_tells_what_waits_and_what_was_refused_and_no_value(make, call):
    box = make()
    filled(box)
    box.put("other", [safe("x", "other")])
    shown = call("outbox", "status")
    assert shown.status == 1
    assert "1 file, 1 in use" in shown.out
    row = next(line for line in shown.out.splitlines() if "vendor" in line)
    assert [cell.strip() for cell in row.split("│")][2] == "3"
    assert "rejected 2" in row
    assert SECRET not in shown.out + shown.err


def test_status_is_fine_when_nothing_was_refused(make, call):
    make().put("vendor", [safe("a")])
    assert call("outbox", "status").status == 0


def test_status_for_machines(make, call, in_folder):
    box = make()
    filled(box)
    box.close()
    found = json.loads(call("outbox", "status", "--json").out)
    held = found["destinations"]["vendor"]
    assert (found["files"], found["in_use"]) == (1, 0)
    assert (held["waiting"], held["attempts"], held["dead"]) == (3, 1, {"rejected": 2})
    assert 0 <= held["oldest"] < 60
    assert held["bytes"] > 100


def test_status_counts_damaged_and_unreadable_files_and_sealed_bytes(make, call, in_folder):
    make().close()
    folder = in_folder / "box"
    (folder / "outbox-1-aa.db").write_bytes(b"garbage" * 1000)
    (folder / "outbox-1-bb.db.corrupt-1-c").write_bytes(b"x")
    (folder / "sealed-1-aa.log").write_bytes(b"x" * 2_000_000)
    shown = call("outbox", "status")
    assert shown.status == 1
    assert "1 file that cannot be read" in shown.out
    assert "1 file set aside, damaged" in shown.out
    assert "2.0 MB of sealed logs, encrypted" in shown.out


@pytest.mark.parametrize(
    ("seconds", "shown"), [(5, "5 s"), (120, "2 min"), (7200, "2 h"), (200_000, "2 d")]
)
def test_status_tells_ages_in_the_unit_that_fits(make, call, in_folder, seconds, shown):
    box = make()
    box.put("vendor", [safe("a")])
    with sqlite3.connect(box._file) as database:
        database.execute("UPDATE row SET since = since - ?", (seconds,))
    database.close()
    assert f" {shown} " in call("outbox", "status").out


def test_the_folder_may_be_named_and_need_not_be_there(call, in_folder):
    shown = call("outbox", "status", "--folder", "nowhere")
    assert (shown.status, "0 files" in shown.out) == (0, True)
    assert "there is no such folder (yet)" in shown.out


def test_an_outbox_in_memory_has_nothing_to_look_at(call, in_folder):
    (in_folder / "safetrack.yaml").write_text(POLICY.replace(": box", ": memory"))
    shown = call("outbox", "status")
    assert shown.status == 2
    assert "keeps its outbox in memory" in shown.err


def test_retried_dead_letters_are_delivered_by_the_next_client(make, call, in_folder):
    box = make()
    filled(box)
    box.close()
    shown = call("outbox", "retry")
    assert shown.status == 0
    assert "vendor: to be delivered again: 2 dead letters" in shown.out
    recorder = Recorder()
    with Client(
        {"version": 1}, destinations={"vendor": recorder}, outbox=in_folder / "box"
    ) as client:
        while client.stats()["vendor"]["delivered"] < 4:  # the fifth waits for its retry
            client.flush(0.1)
    assert {"e0", "e1", "e3", "e4"} <= set(recorder.names)


def test_dead_letters_of_a_running_process_are_retried_too(make, call, in_folder):
    box = make()
    filled(box)
    assert json.loads(call("outbox", "retry", "vendor", "--json").out) == {
        "retried": {"vendor": 2},
        "left": 0,
    }
    found = json.loads(call("outbox", "status", "--json").out)
    assert (found["files"], found["in_use"]) == (2, 1)
    assert found["destinations"]["vendor"]["waiting"] == 5
    assert box.adopt(["vendor"]) == {"vendor": 2}
    assert {row.event.message_id for row in box.lease("vendor", 9, seconds=9)} == {
        "e0",
        "e1",
        "e3",
        "e4",
    }


def test_only_the_named_destination_is_retried(make, call):
    box = make()
    filled(box)
    box.put("another", [safe("x", "another")])
    assert "no dead letters" in call("outbox", "retry", "another").out


@pytest.mark.parametrize("command", [("retry",), ("purge",), ("purge", "--yes")])
@pytest.mark.parametrize(
    ("name", "hint"), [("vendr", "did you mean vendor?"), ("x", "known are: vendor")]
)
def test_a_destination_that_there_is_not_is_refused(command, name, hint, make, call):
    box = make()
    filled(box)
    verb, *options = command

    shown = call("outbox", verb, name, *options)

    assert shown.status == 2
    assert f"{name}: no such destination in the policy or the outbox; {hint}" in shown.err
    assert box._database.execute("SELECT count(*) FROM dead").fetchone() == (2,)


def test_dead_letters_that_other_keys_wrote_stay(make, call):
    filled(make(new_key()))
    shown = call("outbox", "retry")
    assert shown.status == 1
    assert "left, since other keys wrote them: 2 dead letters" in shown.out


def test_there_is_nothing_to_retry_where_there_is_no_folder(make, call):
    shown = call("outbox", "retry", "--folder", "nowhere")
    assert shown.status == 2
    assert "there is no outbox that can be written to" in shown.err


def test_purge_removes_nothing_without_a_yes(make, call):
    filled(make())
    shown = call("outbox", "purge")
    assert (shown.status, "nothing removed" in shown.out) == (1, True)
    assert json.loads(call("outbox", "status", "--json").out)["destinations"]["vendor"]["dead"]


def test_purge_removes_dead_letters_and_leaves_what_waits(make, call):
    box = make()
    filled(box)
    shown = call("outbox", "purge", "--yes")
    assert shown.status == 0
    assert "removed 2 dead letters, 0 events that waited" in shown.out
    assert box.pending("vendor") == 3
    assert call("outbox", "status").status == 0


def test_what_waits_is_purged_only_where_no_running_process_holds_it(make, call):
    box = make()
    filled(box)
    asked = ("outbox", "purge", "vendor", "--waiting", "--yes", "--json")
    assert json.loads(call(*asked).out) == {"dead": 2, "waiting": 0, "damaged_files": 0}
    box.close()
    assert json.loads(call(*asked).out)["waiting"] == 3


def test_damaged_files_are_purged_when_asked(make, call, in_folder):
    make().close()
    damaged = in_folder / "box" / "outbox-1-bb.db.corrupt-1-c"
    damaged.write_bytes(b"x")
    call("outbox", "purge", "--yes")
    assert damaged.exists()
    call("outbox", "purge", "--yes", "--damaged")
    assert not damaged.exists()


def test_a_refusal_by_the_vendor_is_a_dead_letter_that_status_shows(make, call, in_folder):
    refusing = Recorder(SendResult(rejected={0: "http_400"}))
    with Client(
        {"version": 1}, destinations={"vendor": refusing}, outbox=in_folder / "box"
    ) as client:
        client.track("user-1", "Signed Up", {"note": SECRET})
        client.flush(60)
    shown = call("outbox", "status")
    assert "rejected 1" in shown.out
    assert SECRET not in shown.out


def test_an_outbox_that_the_disk_refuses_is_not_written_to(make, call, monkeypatch):
    make()
    memory = MemoryOutbox()
    monkeypatch.setattr("safetrack.cli.outbox_place.open_outbox", lambda *_, **__: memory)
    shown = call("outbox", "retry")
    assert shown.status == 2
    assert "there is no outbox that can be written to" in shown.err
