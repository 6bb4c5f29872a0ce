"""Pseudonyms, message ids and reversible tokens, and the keys that they are made with.

The construction is written down, with known answers, in ``docs/reference/pseudonyms.md``; a
change of anything here changes every token of every user.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safetrack.errors import KeyringError
from safetrack.keys.framing import frame
from safetrack.keys.keytext import read_keys_text
from safetrack.keys.mac import Mac

TOKEN: Final = re.compile(
    r"(?P<head>st1_(?P<kid>[a-z0-9]{1,8})_(?P<epoch>0|[1-9][0-9]{0,11})_)"
    r"(?P<body>[a-z2-7]{26})(?P<check>[a-z2-7]{13})"
)
"""The form of a pseudonym. Only `Keyring.own_epoch` knows whether it is one of ours."""
ENCRYPTED: Final = re.compile(r"st1e_(?P<kid>[a-z0-9]{1,8})_(?P<body>[a-z2-7]{77,})")
"""The form of a reversible token. Only `Keyring.decrypt` knows whether it is one of ours."""

_VERSION: Final = "st1"
_BODY_BYTES: Final = 16
"""128 bits: a collision among 10⁹ ids is less likely than 10⁻²⁰."""
_CHECK_BYTES: Final = 8
_ROW_CODE_BYTES: Final = 16
_PAD_BLOCK: Final = 32
"""Plain texts are padded to multiples of this many bytes, so that a token tells little of its
text's length."""


@dataclass(frozen=True, slots=True, repr=False)
class _Subkeys:
    """What one key of the ring is turned into; the key itself is not kept."""

    pseudonym: Mac
    check: Mac
    message_id: Mac
    outbox: bytes
    spool: bytes
    cipher: AESSIV
    fingerprint: str

    @classmethod
    def derive(cls, key: bytes) -> _Subkeys:
        return cls(
            pseudonym=Mac(_derive(key, "pseudonym", 32)),
            check=Mac(_derive(key, "check", 32)),
            message_id=Mac(_derive(key, "message-id", 32)),
            outbox=_derive(key, "outbox", 32),
            spool=_derive(key, "spool", 32),
            cipher=AESSIV(_derive(key, "encrypt", 64)),
            fingerprint=_base32(_derive(key, "fingerprint", 10)),
        )


class Keyring:
    """One or more keys; the first one makes new tokens, all of them recognise old ones.

    Thread-safe. Its ``repr`` shows key ids only, and it cannot be pickled: keys are read where
    they are needed, not passed around.
    """

    __slots__ = ("_subkeys", "current")

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._subkeys = {kid: _Subkeys.derive(key) for kid, key in keys.items()}
        self.current = next(iter(self._subkeys))
        """The kid that new tokens carry."""

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read keys as they are written: ``kid:base64[,kid:base64 …]``, the first one current.

        Raises:
            KeyringError: An entry is malformed, repeated, shorter than 32 bytes or not random.
                The message names the entry by number and shows nothing of it.
        """
        keys, problem = read_keys_text(text)
        del text  # the traceback of the error below would carry it
        if problem:
            raise KeyringError(f"{problem} (expected kid:base64, or several joined by commas)")
        return cls(keys)

    def pseudonym(self, value: str, *, scope: str, kind: str, epoch: int = 0) -> str:
        """The token that stands for `value`: the same for the same value, scope, kind and epoch.

        Args:
            value: Already normalised (`safetrack.keys.normalize`). A token that this ring made
                for the same scope and kind comes back as it is.
            scope: Who can join on it: a destination's scope, or a wider or narrower one.
            kind: What it identifies, e.g. ``person``; two kinds never share a token.
            epoch: Number of the period it holds for; 0 for no periods.

        Returns:
            ``st1_<kid>_<epoch>_<body><check>``.
        """
        if self.own_epoch(value, scope=scope, kind=kind) is not None:
            return value
        number = str(epoch)
        subkeys = self._subkeys[self.current]
        message = frame(_VERSION, scope, number, kind, value)
        body = _base32(subkeys.pseudonym.digest(message)[:_BODY_BYTES])
        check = _check(subkeys, scope, number, kind, body)
        return f"{_VERSION}_{self.current}_{number}_{body}{check}"

    def own_epoch(self, token: str, *, scope: str, kind: str) -> int | None:
        """The epoch's number if any key of the ring made `token` for this scope and kind."""
        if not token.startswith("st1_"):
            return None
        parts = TOKEN.fullmatch(token)
        subkeys = self._subkeys.get(parts["kid"]) if parts else None
        if parts is None or subkeys is None:
            return None
        expected = _check(subkeys, scope, parts["epoch"], kind, parts["body"])
        return int(parts["epoch"]) if hmac.compare_digest(expected, parts["check"]) else None

    def own_kind(self, token: str, *, scope: str, kinds: Iterable[str]) -> str | None:
        """The first of `kinds` for which `token` is one of ours in this scope."""
        own = (k for k in kinds if self.own_epoch(token, scope=scope, kind=k) is not None)
        return next(own, None)

    def message_id(self, message_id: str, *, scope: str) -> str:
        """The id that the vendor of `scope` sees: a UUID (RFC 9562 version 8), fixed over retries."""
        mac = self._subkeys[self.current].message_id
        digest = mac.digest(_start_of(scope) + frame(message_id))
        text = digest[:16].hex()
        variant = "89ab"[digest[8] >> 4 & 0b11]  # that of RFC 9562: 0b10
        # Version 8: made by a rule of our own.
        return f"{text[:8]}-{text[8:12]}-8{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"

    def encrypt(self, value: str, *, scope: str, kind: str) -> str:
        """A token that `decrypt` turns back into `value`; deterministic, like a pseudonym.

        A token that this ring made for the same scope and kind comes back as it is.
        """
        if self.decrypt(value, scope=scope, kind=kind) is not None:
            return value
        cipher = self._subkeys[self.current].cipher
        sealed = cipher.encrypt(_pad(value), _associated(scope, kind))
        return f"{_VERSION}e_{self.current}_{_base32(sealed)}"

    def decrypt(self, token: str, *, scope: str, kind: str) -> str | None:
        """The value inside `token`; None unless this ring made it for this scope and kind."""
        parts = ENCRYPTED.fullmatch(token)
        subkeys = self._subkeys.get(parts["kid"]) if parts else None
        if parts is None or subkeys is None:
            return None
        sealed = _from_base32(parts["body"])
        if sealed is None:
            return None
        try:
            padded = subkeys.cipher.decrypt(sealed, _associated(scope, kind))
        except InvalidTag:
            return None
        return padded[: padded.rindex(b"\x80")].decode("utf-8", "surrogatepass")

    def row_code(self, row: bytes) -> bytes:
        """A code that only a holder of the key can make for a stored row (keyed BLAKE2b)."""
        key = self._subkeys[self.current].outbox
        return blake2b(row, key=key, digest_size=_ROW_CODE_BYTES).digest()

    def knows_row(self, row: bytes, code: bytes) -> bool:
        """Whether any key of the ring made `code` for this row."""
        for keys in self._subkeys.values():
            expected = blake2b(row, key=keys.outbox, digest_size=_ROW_CODE_BYTES).digest()
            if hmac.compare_digest(expected, code):
                return True
        return False

    def spool_cipher(self, salt: bytes, kid: str | None = None) -> AESGCM | None:
        """The cipher of one sealed file (AES-256-GCM), under a key that only this file has.

        Args:
            salt: Random bytes that the file begins with.
            kid: Whose key; the current one's, if not given.

        Returns:
            None when the ring has no key of this id.
        """
        subkeys = self._subkeys.get(kid or self.current)
        if subkeys is None:
            return None
        info = f"safetrack/{_VERSION}/spool-file".encode()
        return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=info).derive(subkeys.spool))

    def fingerprints(self) -> dict[str, str]:
        """Kid → code of each key, the current one first; the keys cannot be told from them."""
        return {kid: keys.fingerprint for kid, keys in self._subkeys.items()}

    def fingerprint(self) -> str:
        """``kid:code`` of each key, to compare across machines; the keys cannot be told from it."""
        return ",".join(f"{kid}:{code}" for kid, code in self.fingerprints().items())

    def __repr__(self) -> str:
        return f"<Keyring {', '.join(self._subkeys)}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Keyring holds keys and cannot be pickled or copied")


def _derive(key: bytes, purpose: str, length: int) -> bytes:
    """A subkey by HKDF-SHA256 (RFC 5869) without salt, so that no purpose shares a key."""
    label = f"safetrack/{_VERSION}/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label).derive(key)


@lru_cache(1024)
def _start_of(scope: str) -> bytes:
    """How the frame of every message id of a scope begins."""
    return frame(_VERSION, scope)


def _check(subkeys: _Subkeys, scope: str, epoch: str, kind: str, body: str) -> str:
    """The characters by which a token is known as ours. They cover its text, not its value."""
    digest = subkeys.check.digest(frame(scope, epoch, kind, body))
    return _base32(digest[:_CHECK_BYTES])


def _base32(data: bytes) -> str:
    """RFC 4648 base32 in lower case, without padding."""
    bits = len(data) * 8
    places = range(bits + -bits % _PAIR_BITS - _PAIR_BITS, -1, -_PAIR_BITS)
    number = int.from_bytes(data, "big") << (-bits % _PAIR_BITS)
    text = "".join([_PAIRS[number >> place & _PAIR_MASK] for place in places])
    return text[: -(-bits // 5)]


_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS: Final = tuple(first + second for first in _DIGITS for second in _DIGITS)
"""Two digits at a time: the standard library's encoder takes three times as long."""
_PAIR_BITS: Final = 10
_PAIR_MASK: Final = 2**_PAIR_BITS - 1


def _from_base32(text: str) -> bytes | None:
    """The bytes of `text`, if `_base32` would write them just so."""
    try:
        data = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return data if _base32(data) == text else None


def _pad(value: str) -> bytes:
    """ISO/IEC 7816-4 padding: one byte 0x80, then zeros up to a whole block."""
    marked = value.encode("utf-8", "surrogatepass") + b"\x80"
    return marked + b"\x00" * (-len(marked) % _PAD_BLOCK)


def _associated(scope: str, kind: str) -> list[bytes]:
    """Associated data of AES-SIV. Its parts need no framing: S2V takes them one by one."""
    return [part.encode("utf-8", "surrogatepass") for part in (f"{_VERSION}e", scope, kind)]
