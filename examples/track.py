"""Track an event into a local database, and look at the row.

A policy may be a dict as well as a file. Needs the extra ``duckdb``.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

import safetrack
from safetrack.keys.generate import new_key

# Only so that the example runs by itself. Your key comes from your secret store.
os.environ.setdefault("SAFETRACK_KEYS", new_key())

with tempfile.TemporaryDirectory() as folder:
    database = Path(folder) / "events.duckdb"
    policy = {
        "version": 1,
        "extends": ["safetrack:product-analytics"],
        "properties": {"plan": {"keep": ["free", "pro"], "otherwise": "other"}},
        "destinations": {"warehouse": {"type": "duckdb", "path": str(database)}},
    }
    with safetrack.Client(policy) as client:
        client.identify("user-42", {"name": "Jane Miller", "email": "jane@acme.com"})
        client.track(
            "user-42",
            "Signed Up",
            {"plan": "pro", "email": "jane@acme.com", "referrer": "https://acme.com/?token=s3cret"},
            groups={"company": "org-7"},
        )
        client.flush(timeout=60)
        print(client.stats()["warehouse"])

    with duckdb.connect(str(database)) as connection:
        rows = connection.sql("SELECT type, user_id, groups, properties, traits FROM events")
        for row in rows.fetchall():
            print(*row)
