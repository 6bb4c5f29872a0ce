"""Moving rows from one file into another, so that no end of the process in between doubles one.

Two files share no transaction. A move therefore takes three, and leaves a trail::

    in the file they leave     who takes them            `announce`
    in the file they go to     the rows, and a note      `note`, in the transaction that inserts
    in the file they leave     the rows are deleted      `remove`; then the note goes, too: `forget`

Whoever opens a file later looks first whether one of its takers has a note about it, and whether
it holds notes itself, and removes what these say. A row is therefore moved once, or not yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from safetrack.keys.keyring import Keyring

SCHEMA: Final = """
CREATE TABLE taker (file TEXT PRIMARY KEY);
CREATE TABLE moved (
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    ids TEXT NOT NULL,
    code BLOB NOT NULL,
    PRIMARY KEY (file, source)
);
"""
"""``taker``: files that take rows from this one. ``moved``: notes about files whose rows were
inserted here; one for each of their tables, since a move begins when the one before is finished."""

_REMOVE: Final = {
    "row": "DELETE FROM row WHERE id = ?",
    "dead": "DELETE FROM dead WHERE id = ?",
}
"""By the table that rows are moved from."""


@dataclass(frozen=True, slots=True)
class Note:
    """Rows that are in the file with the note, and are to be deleted in another.

    Attributes:
        file: The other's name.
        source: The table there.
        ids: Their keys there.
    """

    file: str
    source: str
    ids: Sequence[int]


def announce(database: sqlite3.Connection, taker: str) -> None:
    """In the file they leave: this one is about to take rows."""
    database.execute("INSERT OR IGNORE INTO taker (file) VALUES (?)", (taker,))


def takers(database: sqlite3.Connection) -> list[str]:
    """Names of the files that may have taken rows from this one."""
    return [name for (name,) in database.execute("SELECT file FROM taker") if type(name) is str]


def forget_taker(database: sqlite3.Connection, taker: str) -> None:
    """That file is gone, so all of its moves were finished."""
    database.execute("DELETE FROM taker WHERE file = ?", (taker,))


def note(database: sqlite3.Connection, moved: Note, keyring: Keyring) -> None:
    """In the file they go to, in the transaction that inserts them."""
    ids = ",".join(map(str, moved.ids))
    code = keyring.row_code(_signed(moved.file, moved.source, ids))
    statement = "INSERT OR REPLACE INTO moved (file, source, ids, code) VALUES (?, ?, ?, ?)"
    database.execute(statement, (moved.file, moved.source, ids, code))


def notes(database: sqlite3.Connection, keyring: Keyring) -> Iterator[Note]:
    """All notes in a file.

    One that is not as it was written is passed over: a row that is sent twice has one id, one that
    is deleted is lost.
    """
    for values in database.execute("SELECT file, source, ids, code FROM moved").fetchall():
        if tuple(map(type, values)) == (str, str, str, bytes):
            file, source, ids, code = values
            if keyring.knows_row(_signed(file, source, ids), code):
                yield Note(file, source, [int(key) for key in ids.split(",")])


def remove(database: sqlite3.Connection, moved: Note) -> None:
    """In the file they leave. Those that are gone already do not matter."""
    database.executemany(_REMOVE[moved.source], [(key,) for key in moved.ids])


def forget(database: sqlite3.Connection, moved: Note) -> None:
    """In the file they went to: that move is finished."""
    where = (moved.file, moved.source)
    database.execute("DELETE FROM moved WHERE file = ? AND source = ?", where)


def _signed(file: str, source: str, ids: str) -> bytes:
    """No row's code covers the like: those begin with a number in binary."""
    return f"{file}\n{source}\n{ids}".encode()
