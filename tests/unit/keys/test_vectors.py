"""The known answers of docs/reference/pseudonyms.md, by our code and by a second implementation.

The second one shares no line with the first: HMAC and base32 of the standard library, and for
AES-SIV (RFC 5297) the bare AES, CMAC and CTR of ``cryptography``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from cryptography.hazmat.primitives.cmac import CMAC

from safetrack.keys.framing import frame
from safetrack.keys.keyring import Keyring
from safetrack.keys.normalize import normalize

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "pseudonyms.md"


def table(first_cells: str) -> list[list[str]]:
    """Rows of the page's table whose heading begins with `first_cells`, without backticks."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first_cells} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split(" | ")])
    return rows


KEYS = {kid: base64.b64decode(key) for kid, key, _ in table("key | base64")}
RINGS = {kid: Keyring.parse(f"{kid}:{key}") for kid, key, _ in table("key | base64")}
FINGERPRINTS = table("key | base64")
PSEUDONYMS = table("key | scope | kind | epoch")
MESSAGE_IDS = table("key | scope | message id")
TOKENS = table("key | scope | kind | normalised value | token")
NORMALISED = table("kind | value | normalised")


# The second implementation, after the page alone.


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def subkey(key, purpose, length):
    secret = mac(bytes(32), key)
    info = f"safetrack/st1/{purpose}".encode()
    first = mac(secret, info + b"\x01")
    return (first + mac(secret, first + info + b"\x02"))[:length]


def framed(*parts):
    return b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in parts)


def base32(data):
    return base64.b32encode(data).decode().lower().replace("=", "")


def pseudonym(kid, scope, kind, epoch, value):
    body_key, check_key = subkey(KEYS[kid], "pseudonym", 32), subkey(KEYS[kid], "check", 32)
    body = base32(mac(body_key, framed("st1", scope, epoch, kind, value))[:16])
    check = base32(mac(check_key, framed(scope, epoch, kind, body))[:8])
    return f"st1_{kid}_{epoch}_{body}{check}"


def message_id(kid, scope, text):
    digest = bytearray(mac(subkey(KEYS[kid], "message-id", 32), framed("st1", scope, text))[:16])
    digest[6] = 0x80 | digest[6] & 0x0F
    digest[8] = 0x80 | digest[8] & 0x3F
    return str(uuid.UUID(bytes=bytes(digest)))


def cmac(key, data):
    code = CMAC(AES(key))
    code.update(data)
    return code.finalize()


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def doubled(block):
    number = int.from_bytes(block, "big") << 1
    return ((number ^ (0x87 if number >> 128 else 0)) & (2**128 - 1)).to_bytes(16, "big")


def reversible(kid, scope, kind, value):
    key = subkey(KEYS[kid], "encrypt", 64)
    plain = value.encode() + b"\x80"
    plain += bytes(-len(plain) % 32)
    code = cmac(key[:32], bytes(16))
    for associated in ("st1e", scope, kind):
        code = xor(doubled(code), cmac(key[:32], associated.encode()))
    iv = cmac(key[:32], plain[:-16] + xor(plain[-16:], code))
    counter = int.from_bytes(iv, "big") & ~(1 << 63 | 1 << 31)
    stream = Cipher(AES(key[32:]), CTR(counter.to_bytes(16, "big"))).encryptor()
    return f"st1e_{kid}_{base32(iv + stream.update(plain))}"


def test_the_page_holds_vectors_of_every_kind():
    """A table that is not found would make the tests below pass on nothing."""
    counts = [len(rows) for rows in (FINGERPRINTS, PSEUDONYMS, MESSAGE_IDS, TOKENS, NORMALISED)]
    assert counts == [2, 13, 4, 4, 15]


def test_the_page_s_keys_are_what_it_says_they_are():
    for number, key in enumerate(KEYS.values(), start=1):
        assert key == hashlib.sha256(f"safetrack documentation key {number}".encode()).digest()


def test_the_page_s_example_of_framing_is_right():
    assert frame("ab", "c").hex() == "00000000000000026162000000000000000163"


@pytest.mark.parametrize(("kid", "key", "fingerprint"), FINGERPRINTS)
def test_fingerprints(kid, key, fingerprint):
    assert RINGS[kid].fingerprint() == fingerprint
    assert f"{kid}:{base32(subkey(KEYS[kid], 'fingerprint', 10))}" == fingerprint


@pytest.mark.parametrize("row", PSEUDONYMS)
def test_pseudonyms(row):
    kid, scope, kind, epoch, value, token = row
    scope, kind, value = json.loads(scope), json.loads(kind), json.loads(value)
    assert RINGS[kid].pseudonym(value, scope=scope, kind=kind, epoch=int(epoch)) == token
    assert pseudonym(kid, scope, kind, epoch, value) == token


@pytest.mark.parametrize(("kid", "scope", "text", "wire"), MESSAGE_IDS)
def test_message_ids(kid, scope, text, wire):
    scope, text = json.loads(scope), json.loads(text)
    assert RINGS[kid].message_id(text, scope=scope) == wire
    assert message_id(kid, scope, text) == wire


@pytest.mark.parametrize(("kid", "scope", "kind", "value", "token"), TOKENS)
def test_reversible_tokens(kid, scope, kind, value, token):
    scope, kind, value = json.loads(scope), json.loads(kind), json.loads(value)
    assert RINGS[kid].encrypt(value, scope=scope, kind=kind) == token
    assert reversible(kid, scope, kind, value) == token
    assert RINGS[kid].decrypt(token, scope=scope, kind=kind) == value


@pytest.mark.parametrize(("kind", "value", "normalised"), NORMALISED)
def test_normalisation(kind, value, normalised):
    assert normalize(json.loads(value), json.loads(kind)) == json.loads(normalised)
