"""Text written as other characters: base64 and base32, hexadecimal, character codes; compressed too."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Final

from safetrack.detect.views.view import Piece

LONGEST_INFLATED: Final = 50_000
"""Characters that one compressed run may grow to."""
SHORTEST: Final = 6
"""Characters of decoded text that are worth a look."""


class TooManyViewsError(Exception):
    """The bounds do not allow to look at all readings of a text, so it must not leave."""


BASE64: Final = re.compile(
    r"[A-Za-z0-9+/_-]{12,}(?:(?<=[A-Za-z0-9+/]{16})(?:\r?\n[ \t]?[A-Za-z0-9+/]{4,})+)?={0,2}"
)
"""Also without padding, in either alphabet, wrapped over lines."""
_BREAKS: Final = re.compile(r"\s+")
_LINES: Final = re.compile(r"\S{12,}")
_URL_WORDS: Final = re.compile(r"[A-Za-z0-9_-]{12,}={0,2}")
_BARE_WORDS: Final = re.compile(r"[A-Za-z0-9]{12,}={0,2}")


def read_base64(text: str) -> Iterator[Piece]:
    """``YWRhQGV4YW1wbGUub3Jn``, alone or between slashes, hyphens and underscores."""
    for match in BASE64.finditer(text):
        plain = decoded(_from_base64(match.group()))
        if plain:
            yield Piece(match.start(), match.end(), plain)
            continue
        for part in _parts(match.group()):
            plain = decoded(_from_base64(part.group()))
            if plain:
                yield Piece(match.start() + part.start(), match.start() + part.end(), plain)


def _parts(run: str) -> Iterator[re.Match[str]]:
    """Shorter runs inside one that is no base64 as a whole: lines, path segments, words of a slug."""
    if "\n" in run:
        return _LINES.finditer(run)
    if "/" in run or "+" in run:
        return _URL_WORDS.finditer(run)
    return _BARE_WORDS.finditer(run) if "-" in run or "_" in run else iter(())


def _from_base64(run: str) -> bytes:
    run = _BREAKS.sub("", run).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4), validate=True)
    except binascii.Error:
        return b""


BASE32: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z2-7]{16,}={0,6}(?![A-Za-z0-9])")


def read_base32(text: str) -> Iterator[Piece]:
    """``MFSGCQDFPBQW24DMMUXG64TH`` (RFC 4648)."""
    for match in BASE32.finditer(text):
        run = match.group().rstrip("=")
        try:
            raw = base64.b32decode(run + "=" * (-len(run) % 8))
        except binascii.Error:
            continue
        plain = decoded(raw)
        if plain:
            yield Piece(match.start(), match.end(), plain)


HEX: Final = re.compile(
    r"(?:0[xX])?[0-9A-Fa-f]{2}"
    r"(?:(?:[0-9A-Fa-f]{2}){6,}|(?:(?:, ?| |:|-)(?:0[xX])?[0-9A-Fa-f]{2}){6,})"
)
_HEX_MARKS: Final = re.compile(r"0[xX]|[\s,:-]")


def read_hex(text: str) -> Iterator[Piece]:
    """``616461``, ``0x616461``, ``61:64:61``, ``0x61, 0x64``."""
    for match in HEX.finditer(text):
        digits = _HEX_MARKS.sub("", match.group())
        if len(digits) % 2 == 0:
            plain = decoded(bytes.fromhex(digits))
            if plain:
                yield Piece(match.start(), match.end(), plain)


CODES: Final = re.compile(r"(?<![\w.])\d{2,3}(?:(?:, ?|[ ;-])\d{2,3}){6,}(?![\w.])")
BITS: Final = re.compile(r"(?<!\w)[01]{7,8}(?:[ ,]?[01]{7,8}){6,}(?!\w)")
_NUMBER: Final = re.compile(r"\d+")
_BYTE: Final = re.compile(r"[01]{8}")


def is_coded(text: str) -> bool:
    """Whether there are numbers in a row that may be codes of characters."""
    return bool(CODES.search(text) or BITS.search(text))


def read_codes(text: str) -> Iterator[Piece]:
    """``97, 100, 97``: ASCII codes in decimal or binary digits."""
    for match in BITS.finditer(text):
        bits = "".join(_NUMBER.findall(match.group()))
        yield from _coded(match, [int(byte, 2) for byte in _BYTE.findall(bits)])
    if BITS.search(text):
        return
    for match in CODES.finditer(text):
        yield from _coded(match, list(map(int, _NUMBER.findall(match.group()))))


def _coded(match: re.Match[str], codes: list[int]) -> Iterator[Piece]:
    if all(0x20 <= code < 0x7F for code in codes):  # noqa: PLR2004  printable ASCII
        yield Piece(*match.span(), "".join(map(chr, codes)))


def decoded(raw: bytes) -> str:
    """The text that the bytes are, inflated if they are compressed; nothing if they are no text."""
    if len(raw) < SHORTEST:
        return ""
    plain = _text(raw)
    return plain or _text(_inflated(raw))


def _text(raw: bytes) -> str:
    codec = "utf-16-le" if raw[1:2] == b"\0" else "utf-8"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return ""
    if len(text) < SHORTEST or any(not c.isprintable() and c not in "\t\n\r" for c in text):
        return ""
    return text


_SAMPLE: Final = 1_000
"""Bytes that tell text from what merely happened to inflate."""


def _inflated(raw: bytes) -> bytes:
    """What gzip, zlib or deflate made smaller; nothing if it was none of them.

    Raises:
        TooManyViewsError: It is text that grows beyond `LONGEST_INFLATED`.
    """
    for bits in _formats(raw):
        inflater = zlib.decompressobj(bits)
        try:
            plain = inflater.decompress(raw, LONGEST_INFLATED)
        except zlib.error:
            continue
        if inflater.unconsumed_tail and _text(plain[:_SAMPLE].decode("utf-8", "ignore").encode()):
            raise TooManyViewsError
        return plain
    return b""


def _formats(raw: bytes) -> Iterator[int]:
    if raw[:2] == b"\x1f\x8b" or raw[:1] == b"\x78":
        yield zlib.MAX_WBITS | 32  # gzip or zlib, by its header
    yield -zlib.MAX_WBITS
