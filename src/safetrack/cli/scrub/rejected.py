"""The file beside the output that says which records could not be read, and why."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from safetrack.cli.formats.record import Rejected, RejectReason


class RejectedFile:
    """Writes ``{"line": n, "reason": code}`` for each record, never its content.

    There is no such file when every record could be read; one of an earlier run is removed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[RejectReason] = Counter()
        self._file: IO[str] | None = None

    def add(self, rejected: Rejected, source: str | None) -> None:
        """Note one record; `source` names its file where several are read."""
        self._file = self._file or _create(self.path)
        place = {"file": source} if source else {}
        self._file.write(json.dumps({**place, "line": rejected.line, "reason": rejected.reason}))
        self._file.write("\n")
        self.counts[rejected.reason] += 1

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()


def _create(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")
