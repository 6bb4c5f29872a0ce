"""Opens the demo's DuckDB files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safetrack.errors import MissingExtraError

if TYPE_CHECKING:
    import duckdb


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file. The connection is a context manager that closes it.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    require_duckdb()
    import duckdb

    return duckdb.connect(str(path), read_only=read_only)


def require_duckdb() -> None:
    """Say at once, and how to mend it, when DuckDB is not installed.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    import importlib.util

    if importlib.util.find_spec("duckdb") is None:
        raise MissingExtraError("the demo", "duckdb")
