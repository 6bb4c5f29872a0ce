"""The folder in which outbox files live: permissions, locks, and files that nobody owns any more.

Each process has a file of its own, and holds its lock for as long as it lives: a shared file's
worst case grows with its writers. A file whose lock is free belonged to a process that ended, and
any other may adopt it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from safetrack.errors import ConfigError

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
"""Nobody but the owner, whatever the umask says."""

_LOCK: Final = ".lock"
_PARTS: Final = ("", "-wal", "-shm", "-journal")
"""A database, and what SQLite keeps beside it."""


class Lock:
    """An exclusive lock on one name in a folder, held by an open file of this process.

    The kernel frees it when the process ends, however it ends. A forked child inherits the open
    file: it must `leave` it, or the file is not free before the child has ended as well.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._file: int | None = os.open(path, flags, FILE_MODE)

    def take(self) -> bool:
        """Try to take it. False when another holds it.

        Raises:
            OSError: The file system has no locks.
        """
        if self._file is None:
            return False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # Its file may have been removed, and made anew, between opening and locking it.
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        return False

    def free(self, *, remove: bool = False) -> None:
        """Let others have it; with `remove` its file goes as well."""
        if remove:
            self._path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Close the file. In a forked child the parent's lock stays as it is."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def prepare(folder: Path) -> None:
    """Make the folder, for the owner alone, and see that it can hold outboxes.

    Raises:
        OSError: It cannot be made or written to.
        ConfigError: It is somebody else's, others may write to it, or its file system has no
            locks.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    state = folder.stat()
    if state.st_uid != os.geteuid() or state.st_mode & 0o022:
        raise ConfigError(
            f"the outbox folder {folder} belongs to somebody else, or others may write to it: "
            "give `delivery.outbox` a folder of your own (chmod 700)"
        )
    if not _has_locks(folder):
        raise ConfigError(
            f"the file system of {folder} does not keep locks, so two processes could not share "
            "it: give `delivery.outbox` a local folder, or `memory`"
        )


def _has_locks(folder: Path) -> bool:
    """Whether a lock that one open file holds is denied to a second one."""
    path = folder / f".probe-{secrets.token_hex(6)}{_LOCK}"
    first, second = Lock(path), Lock(path)
    try:
        return first.take() and not second.take()
    except OSError as error:
        if error.errno in {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}:
            return False
        raise
    finally:
        second.leave()
        first.free(remove=True)


def new_name() -> str:
    """A file name that no process has used."""
    return f"outbox-{os.getpid()}-{secrets.token_hex(6)}.db"


def lock_of(file: Path) -> Lock:
    """The lock that goes with an outbox file."""
    return Lock(file.with_name(file.name + _LOCK))


def create(file: Path) -> None:
    """An empty file for the owner alone, which was not there before."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    os.close(os.open(file, flags, FILE_MODE))


def files(folder: Path, pattern: str = "outbox-*.db") -> list[Path]:
    """The outbox files of a folder, oldest first."""
    return [path for _, path in sorted(_aged(folder, pattern))]


def _aged(folder: Path, pattern: str) -> Iterator[tuple[float, Path]]:
    """Plain files and when each was changed; other processes remove theirs meanwhile."""
    with suppress(FileNotFoundError):
        for path in folder.glob(pattern):
            with suppress(FileNotFoundError):
                state = path.lstat()
                if stat.S_ISREG(state.st_mode):
                    yield state.st_mtime, path


def remove(file: Path) -> None:
    """An outbox file and what belongs to it."""
    for part in _PARTS:
        file.with_name(file.name + part).unlink(missing_ok=True)


def set_aside(file: Path) -> Path:
    """Rename a damaged file, so that it can be looked at and nobody opens it again."""
    aside = file.with_name(f"{file.name}.corrupt-{int(time.time())}-{secrets.token_hex(3)}")
    for part in _PARTS:
        with suppress(FileNotFoundError):
            file.with_name(file.name + part).rename(aside.with_name(aside.name + part))
    return aside
