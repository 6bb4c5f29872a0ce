"""Sealed logs that ended processes left, read back as far as they are whole and authentic."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safetrack.event import Event
from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox.sealed.event_bytes import from_bytes
from safetrack.outbox.sealed.log import (
    HEADER_BYTES,
    KID_BYTES,
    MAGIC,
    MARK,
    MARK_AT,
    MARKER,
    RECORD,
    SALT_BYTES,
    cipher_of,
    header,
    mark,
    nonce,
)

AT_A_TIME: Final = 200
"""Events handed over together …"""
BYTES_AT_A_TIME: Final = 4 << 20
"""… or as many as have so many bytes."""


@dataclass(slots=True)
class Recovered:
    """Some events of an ended process.

    Attributes:
        events: Those that could be read, in order.
        damaged: How many before the last of them could not be.
        last: The number of the last one.
    """

    last: int
    events: list[Event] = field(default_factory=list)
    damaged: int = 0
    bytes: int = 0

    @property
    def is_full(self) -> bool:
        """Whether these are enough for one time."""
        return len(self.events) >= AT_A_TIME or self.bytes >= BYTES_AT_A_TIME


def recovered(path: Path, keyring: Keyring) -> Generator[Recovered, None, bool]:
    """What a log holds that is not done, some at a time; then the log is removed.

    Those handed over count as done when the next ones are asked for. A log that a living process
    holds stays as it is.

    Returns:
        False when the log is of none of our keys, or its head is damaged: it stays, too.

    Raises:
        OSError: The disk refuses it.
    """
    lock = folders.lock_of(path)
    if not lock.take():
        lock.leave()
        return True
    is_read = False
    try:
        data = path.read_bytes()
        cipher = _cipher(data, keyring)
        if cipher is not None:
            yield from _batches(path, data, cipher)
        is_read = cipher is not None or len(data) < HEADER_BYTES  # the latter never began
    except FileNotFoundError:  # its process removed it a moment ago; the lock is made anew by us
        is_read = True
    finally:
        if is_read:
            path.unlink(missing_ok=True)
        lock.free(remove=is_read)
    return is_read


def _batches(path: Path, data: bytes, cipher: AESGCM) -> Iterator[Recovered]:
    done = _done(data)
    batch = Recovered(last=done or 0)
    for number, event in _records(data, cipher, after=batch.last):
        if done is None:  # what is before the first record that can be read may be done
            done = batch.last = number - 1
        batch.damaged += number - batch.last - 1
        batch.last = number
        if event is None:
            batch.damaged += 1
        else:
            batch.events.append(event)
            batch.bytes += event.size
        if batch.is_full:
            yield batch
            _note(path, batch.last)
            batch = Recovered(last=batch.last)
    if batch.events or batch.damaged:
        yield batch


def _records(data: bytes, cipher: AESGCM, *, after: int) -> Iterator[tuple[int, Event | None]]:
    """Every record with a number above `after`; None for one that is damaged.

    Damaged ones in between are known by the numbers that are missing. Behind one, reading goes on
    where the next one begins. What was cut off at the end was never accepted: its process ended
    while it was being written.
    """
    at = data.find(MARKER, HEADER_BYTES)
    while 0 <= at <= len(data) - RECORD.size:
        _, length, tries, number = RECORD.unpack_from(data, at)
        end = at + RECORD.size + length
        plain = _opened(cipher, nonce(tries, number), data[at + RECORD.size : end])
        if plain is not None and number > after:
            after = number
            yield number, _event(plain)
        elif plain is None and end == len(data) and number > after:
            yield after + 1, None  # the last one; what it says of itself may be damaged as well
        at = data.find(MARKER, end if plain is not None else at + 1)


def _opened(cipher: AESGCM, once: bytes, sealed: bytes) -> bytes | None:
    try:
        return cipher.decrypt(once, sealed, None)
    except (InvalidTag, ValueError):
        return None


def _event(plain: bytes) -> Event | None:
    try:
        return from_bytes(plain)
    except (ValueError, TypeError, OverflowError):
        return None


def _cipher(data: bytes, keyring: Keyring) -> AESGCM | None:
    """The cipher of a log; None when it is none, or of a key that is not ours."""
    kid_at, salt_at = len(MAGIC), len(MAGIC) + KID_BYTES
    kid = data[kid_at:salt_at].rstrip(b"\x00").decode("ascii", "replace")
    salt = data[salt_at : salt_at + SALT_BYTES]
    with suppress(LookupError):
        cipher = cipher_of(keyring, kid, salt)
        if len(data) >= HEADER_BYTES and data[:MARK_AT] == header(cipher, kid, salt):
            return cipher
    return None


def _done(data: bytes) -> int | None:
    """How far its process came; None where that is damaged: what is sent twice has one id."""
    done, _ = MARK.unpack_from(data, MARK_AT)
    return int(done) if data[MARK_AT:HEADER_BYTES] == mark(done) else None


def _note(path: Path, done: int) -> None:
    with suppress(OSError):
        file = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.pwrite(file, mark(done), MARK_AT)
        finally:
            os.close(file)
