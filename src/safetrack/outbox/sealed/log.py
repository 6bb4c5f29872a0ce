"""One sealed log: the file, how it is laid out, and how its process writes it.

::

    header = "STS1" kid salt code        code: of an empty text, so that a foreign key is known
    mark   = done crc                    all events up to this number are in the outbox
    record = marker length try number ciphertext

AES-256-GCM under a key of this file alone (HKDF over its salt). A record's nonce is its try and
its number: the number goes up with every record, the try with every write that the disk refused,
so none is used twice. A forked child never writes: the log is its parent's.
"""

from __future__ import annotations

import os
import secrets
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safetrack.keys.keyring import Keyring
from safetrack.outbox import folder as folders
from safetrack.outbox.sealed.prompt_write import write_promptly

MAGIC: Final = b"STS1"
KID_BYTES: Final = 8
SALT_BYTES: Final = 16
CODE_BYTES: Final = 16
"""An AES-GCM tag."""
MARK_AT: Final = len(MAGIC) + KID_BYTES + SALT_BYTES + CODE_BYTES
MARK: Final = struct.Struct(">QI")
HEADER_BYTES: Final = MARK_AT + MARK.size

MARKER: Final = b"\xf5\x00ST"
"""Every record begins with it, so that reading can go on behind a damaged one."""
RECORD: Final = struct.Struct(">4sIIQ")
OVERHEAD: Final = RECORD.size + CODE_BYTES
_MOST_TRIES: Final = 2**32 - 1

PATTERN: Final = "sealed-*.log"


class SealedLog:
    """A new log of this process. Not thread-safe: its spool holds a lock.

    Args:
        folder: Where it is made.
        keyring: Its current key seals.

    Raises:
        OSError: It cannot be made.
    """

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        name = folders.new_name().replace("outbox-", "sealed-").replace(".db", ".log")
        self._path = folder / name
        self._lock = folders.lock_of(self._path)
        self._lock.take()
        try:
            folders.create(self._path)
            self._file = os.open(self._path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            self._lock.free(remove=True)
            raise
        salt = secrets.token_bytes(SALT_BYTES)
        self._cipher = cipher_of(keyring, keyring.current, salt)
        self._tries = 0
        self.size = HEADER_BYTES
        """Bytes, up to the end of the last record."""
        self.last = 0
        """The number of the last record."""
        try:
            self._write(header(self._cipher, keyring.current, salt) + bytes(MARK.size), 0)
        except OSError:
            self.close(remove=True)
            raise

    def begin(self, done: int) -> None:
        """Its first record will have the number after this one."""
        self.last = done
        self.note(done)

    def append(self, plain: bytes) -> bool:
        """Seal one record. False when the disk refuses it."""
        if self.is_spent:
            return False
        number = self.last + 1
        sealed = self._cipher.encrypt(nonce(self._tries, number), plain, None)
        record = RECORD.pack(MARKER, len(sealed), self._tries, number) + sealed
        try:
            write_promptly(self._file, record, self.size)
        except OSError:
            self._tries += 1
            return False
        self.last = number
        self.size += len(record)
        return True

    @property
    def is_spent(self) -> bool:
        """Whether another record would need a nonce that was used."""
        return self._tries >= _MOST_TRIES

    def note(self, done: int) -> None:
        """Write down that all events up to this number are done."""
        with suppress(OSError):  # then they are recovered once more, with the same ids
            self._write(mark(done), MARK_AT)

    def close(self, *, remove: bool) -> None:
        """Let go of the file; with `remove` it goes as well."""
        os.close(self._file)
        with suppress(OSError):
            if remove:
                self._path.unlink(missing_ok=True)
            self._lock.free(remove=remove)

    def leave(self) -> None:
        """In a forked child: let go of what is the parent's."""
        os.close(self._file)
        self._lock.leave()

    def _write(self, data: bytes, at: int) -> None:
        if os.pwrite(self._file, data, at) != len(data):
            raise OSError("the disk is full")


def header(cipher: AESGCM, kid: str, salt: bytes) -> bytes:
    """What a log begins with, but for its mark."""
    start = MAGIC + kid.encode("ascii").ljust(KID_BYTES, b"\x00") + salt
    return start + cipher.encrypt(nonce(0, 0), b"", start)


def mark(done: int) -> bytes:
    """How far a log is done, with a checksum."""
    return MARK.pack(done, crc32(done.to_bytes(8, "big")))


def nonce(tries: int, number: int) -> bytes:
    """96 bits that one log never has twice; numbers of records begin at 1."""
    return tries.to_bytes(4, "big") + number.to_bytes(8, "big")


def cipher_of(keyring: Keyring, kid: str, salt: bytes) -> AESGCM:
    """The cipher of one log.

    Raises:
        LookupError: The ring has no key of this id.
    """
    cipher = keyring.spool_cipher(salt, kid)
    if cipher is None:
        raise LookupError("no key of this id")
    return cipher
