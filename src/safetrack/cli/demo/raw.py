"""What a plain analytics SDK would have stored: every event as the application wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from safetrack.cli.demo.database import connect
from safetrack.destinations.duckdb import COLUMNS, row


def write_raw(path: Path, messages: Iterable[Mapping[str, Any]]) -> None:
    """Store neutral events unchanged, in the very table that the duckdb destination makes."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    shapes = json.dumps([{name: kind.split()[0] for name, kind in COLUMNS.items()}])
    rows = json.dumps([row(message) for message in messages], ensure_ascii=False)
    with connect(path) as database:
        database.execute(f"CREATE TABLE events ({columns})")
        database.execute(
            f"INSERT INTO events SELECT u.* FROM (SELECT unnest(from_json_strict(?, '{shapes}')) AS u)",  # noqa: S608  columns of our own
            [rows],
        )
