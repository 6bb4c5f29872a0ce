"""Where the outbox and the sealed spool are, and what stands in for it where it cannot be."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from platformdirs import user_state_path

from safetrack.errors import ConfigError
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.outbox import Outbox
from safetrack.outbox.sealed.spool import SealedSpool
from safetrack.outbox.sqlite import SqliteOutbox

logger = logging.getLogger("safetrack.outbox")

T = TypeVar("T")

AUTO: Final = "auto"
"""``delivery.outbox``: below the platform's folder for state."""

KEY_FILE: Final = "outbox.key"
"""Codes of rows are made with it where the policy has no keys: they tell damage, not forgery."""


def open_outbox(place: str, keyring: Keyring | None, *, most_bytes: int) -> Outbox:
    """The outbox of this process, in memory where the disk does not let us.

    Args:
        place: `AUTO`, or a folder.
        keyring: The policy's keys; None where it has none.
        most_bytes: Kept for each destination.

    Raises:
        ConfigError: A folder was named that cannot hold outboxes.
    """
    folder, *former = folders_of(place, keyring)
    at = folder if place != AUTO else "the platform's place"

    def make() -> SqliteOutbox:
        folders.prepare(folder)
        own = keyring or _folder_key(folder)
        return SqliteOutbox(folder, own, former=former, bytes=most_bytes)

    made, why = _made(place, make)
    if made is not None:
        return made
    logger.warning(
        "no outbox on disk at %s (%s): events wait in memory, and end with the process", at, why
    )
    return MemoryOutbox(bytes=most_bytes)


def open_spool(place: str, keyring: Keyring, *, most_bytes: int) -> SealedSpool | None:
    """The sealed spool of this process; None, and a warning, where the disk does not let us.

    Args:
        place: `AUTO`, or a folder.
        keyring: The policy's keys.
        most_bytes: Kept at most.

    Raises:
        ConfigError: A folder was named that cannot hold one.
    """
    folder, *former = folders_of(place, keyring)
    spool, why = _made(place, lambda: SealedSpool(folder, keyring, former=former, bytes=most_bytes))
    if spool is not None:
        return spool
    logger.warning("no sealed spool on disk (%s): events wait in memory until sanitized", why)
    return None


def _made(place: str, make: Callable[[], T]) -> tuple[T | None, str]:
    """What could be made; None, and why, where the disk does not let us.

    Raises:
        ConfigError: A folder was named that cannot hold it.
    """
    try:
        return make(), ""
    except ConfigError:
        if place != AUTO:
            raise
        return None, "folder"
    except OSError as error:
        return None, type(error).__name__


def folders_of(place: str, keyring: Keyring | None) -> list[Path]:
    """The folder in which a policy's outboxes are, and those of its former keys.

    The default has a part for each key, so that applications with other keys, which could not
    read each other's rows, do not meet.
    """
    if place != AUTO:
        return [Path(place).expanduser()]
    codes = keyring.fingerprints().values() if keyring is not None else ["no-key"]
    return [user_state_path("safetrack", appauthor=False) / "outbox" / code for code in codes]


def _folder_key(folder: Path) -> Keyring:
    """The folder's own key, made by whoever comes first."""
    file = folder / KEY_FILE
    with suppress(FileExistsError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        draft = folder / f".{folders.new_name()}.key"
        with os.fdopen(os.open(draft, flags, folders.FILE_MODE), "w", encoding="ascii") as out:
            out.write(new_key())
        try:
            os.link(draft, file)  # whole or not at all
        finally:
            draft.unlink()
    return Keyring.parse(file.read_text("ascii"))
