"""The DuckDB destination, against real files and real processes."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from capture.events import safe
from safetrack.destinations.duckdb import COLUMNS, DuckDB
from safetrack.errors import ConfigError

WRITER = """
import sys, uuid
from safetrack.destinations.duckdb import DuckDB
from safetrack.event import SafeEvent

path, writer = sys.argv[1:]
destination = DuckDB(path=path, timeout=60)
for batch in range(10):
    events = []
    for i in range(20):
        # each batch repeats the last row of the one before: it must not be stored twice
        id = f"{writer}-{batch * 19 + i}"
        message = {"type": "track", "messageId": id, "event": writer, "timestamp": "2026-11-23T17:48:10Z"}
        events.append(SafeEvent(message, message_id=id, destination=""))
    result = destination.send(events)
    assert not result.retry and not result.rejected, result
"""

READER = """
import sys, time, duckdb
path = sys.argv[1]
reads = 0
while reads < 15:
    try:
        with duckdb.connect(path, read_only=True) as database:
            database.execute("SELECT count(*), count(DISTINCT message_id) FROM events")
            total, distinct = database.fetchone()
            assert total == distinct
            reads += 1
    except (duckdb.IOException, duckdb.CatalogException):
        pass
    time.sleep(0.01)
"""


def rows(path: Path, query: str = "SELECT * FROM events") -> list[tuple[object, ...]]:
    with duckdb.connect(str(path)) as database:
        return database.execute(query).fetchall()


def test_four_writers_and_a_reader_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    programs = [[WRITER, str(path), f"w{n}"] for n in range(4)] + [[READER, str(path)]]
    running = [subprocess.Popen([sys.executable, "-c", *arguments]) for arguments in programs]
    assert [process.wait(timeout=240) for process in running] == [0] * 5
    stored = rows(
        path, "SELECT event, count(*), count(DISTINCT message_id) FROM events GROUP BY 1 ORDER BY 1"
    )
    assert stored == [(f"w{n}", 191, 191) for n in range(4)]


def test_every_field_of_the_neutral_form_has_its_column(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    message = {
        "messageId": "m1",
        "type": "track",
        "event": "Signed Up",
        "name": "Pricing",
        "category": "Docs",
        "userId": "u",
        "anonymousId": "a",
        "previousId": "p",
        "groupId": "g",
        "groupType": "company",
        "groups": {"company": "g"},
        "properties": {"plan": "pro", "nested": {"list": [1, None, True]}},
        "traits": {"t": "x"},
        "context": {"locale": "de"},
    }
    result = DuckDB(path=path).send([safe(message)])
    assert (result.retry, result.rejected) == (frozenset(), {})
    stored = dict(zip(COLUMNS, rows(path)[0], strict=True))
    assert stored == {
        "message_id": "m1",
        "type": "track",
        "event": "Signed Up",
        "name": "Pricing",
        "category": "Docs",
        "user_id": "u",
        "anonymous_id": "a",
        "previous_id": "p",
        "group_id": "g",
        "group_type": "company",
        "groups": '{"company":"g"}',
        "properties": '{"plan":"pro","nested":{"list":[1,null,true]}}',
        "traits": '{"t":"x"}',
        "context": '{"locale":"de"}',
        "timestamp": dt.datetime(2026, 11, 23, 17, 48, 10),  # noqa: DTZ001  UTC without a zone
    }


def test_a_message_id_is_stored_once_in_a_batch_and_over_batches(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    destination = DuckDB(path=path)
    first, again = safe(messageId="m1", event="First"), safe(messageId="m1", event="Again")
    destination.send([first, again])
    destination.send([again])
    assert rows(path, "SELECT message_id, event FROM events") == [("m1", "First")]


def test_a_row_that_cannot_be_stored_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    batch = [safe(), safe(timestamp="not a time"), safe()]
    result = DuckDB(path=path).send(batch)
    assert (result.retry, result.rejected) == (frozenset(), {1: "unstorable"})
    assert len(rows(path)) == 2


def test_old_rows_are_deleted_when_the_policy_sets_a_retention(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    batch = [
        safe(messageId="old", timestamp="2020-01-01T00:00:00Z"),
        safe(messageId="new", timestamp=now),
    ]
    DuckDB(path=path, retention=dt.timedelta(days=90)).send(batch)
    assert rows(path, "SELECT message_id FROM events") == [("new",)]


@pytest.mark.parametrize("table", ['a"; DROP TABLE events; --', "select", "Ünï code", "a.b"])
def test_a_table_name_is_only_ever_a_name(tmp_path: Path, table: str) -> None:
    path = tmp_path / "events.duckdb"
    DuckDB(path=path).send([safe()])
    DuckDB(path=path, table=table).send([safe()])
    names = rows(path, "SELECT table_name FROM information_schema.tables ORDER BY 1")
    assert names == sorted([("events",), (table,)])


def test_a_file_that_another_process_holds_is_tried_again_later(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        result = DuckDB(path=path, timeout=0.05).send([safe(), safe()])
    assert (result.retry, result.rejected) == (frozenset({0, 1}), {})


def test_a_directory_that_is_missing_is_tried_again_later(tmp_path: Path) -> None:
    result = DuckDB(path=tmp_path / "missing" / "events.duckdb", timeout=60).send([safe()])
    assert result.retry == frozenset({0})


def test_somebody_elses_table_of_that_name_costs_no_event(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE events (other INTEGER)")
    result = DuckDB(path=path).send([safe()])
    assert (result.retry, result.rejected) == (frozenset({0}), {})


@pytest.mark.parametrize("options", [{"path": ":memory:"}, {"path": "x", "table": ""}])
def test_options_that_cannot_work_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        DuckDB(**options)
