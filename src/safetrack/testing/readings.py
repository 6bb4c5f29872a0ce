"""What a text reads as once its encodings are undone.

It shares no code with the detection that it checks.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import gzip
import html
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import unquote_plus

DEEPEST: Final = 3
"""Encodings inside encodings that are undone."""

LOOK_ALIKES: Final = ("aceijopsxyABCEHIKMOPTX", "асеіјорѕхуАВСЕНІКМОРТХ")  # noqa: RUF001
"""Latin letters, and Cyrillic ones that look like them."""
ARABIC: Final = ("0123456789", "٠١٢٣٤٥٦٧٨٩")
"""Digits, and Arabic-Indic ones."""


def text_of(raw: bytes) -> str:
    """Bytes as text, unpacked where they are packed; UTF-16 also without its zero bytes."""
    for unpack in (gzip.decompress, zlib.decompress) * DEEPEST:
        with suppress(OSError, EOFError, zlib.error):
            raw = unpack(raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return f"{text}\n{text.replace(chr(0), '')}" if chr(0) in text else text


def readings(piece: str) -> set[str]:
    """The text, and what it reads as once its encodings are undone."""
    found = {piece}
    fresh = {piece}
    for _ in range(DEEPEST):
        fresh = {new for text in fresh for decode in _DECODERS for new in decode(text)} - found
        found |= fresh
    return found


_PLAIN: Final = {
    **{ord(other): plain for plain, other in zip(*LOOK_ALIKES, strict=True)},
    **{ord(other): plain for plain, other in zip(*ARABIC, strict=True)},
}


def squash(text: str) -> str:
    """Letters and digits alone, case folded, look-alikes and compatibility forms undone."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return "".join(filter(str.isalnum, text.casefold()))


_ESCAPE: Final = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")


def _unescaped(text: str) -> Iterator[str]:
    if "\\" in text:
        yield _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)


def _unquoted(text: str) -> Iterator[str]:
    if "%" in text:
        yield unquote_plus(text)


def _without_entities(text: str) -> Iterator[str]:
    if "&" in text:
        yield html.unescape(text)


_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{10,}")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{12,}")


def _from_base64(text: str) -> Iterator[str]:
    """Every run, read from each place where it could have been cut."""
    for run in _BASE64.findall(text):
        plain = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            cut = plain[start:]
            with_padding = cut[: len(cut) - len(cut) % 4] if len(cut) % 4 == 1 else cut
            yield from _decoded(base64.b64decode, with_padding + "=" * (-len(with_padding) % 4))


def _from_hex(text: str) -> Iterator[str]:
    for run in _HEX.findall(text):
        for start in range(2):
            cut = run[start:]
            yield from _decoded(bytes.fromhex, cut[: len(cut) - len(cut) % 2])


def _decoded(decode: Callable[[str], bytes], text: str) -> Iterator[str]:
    try:
        plain = decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return
    if sum(map(str.isprintable, plain)) * 4 >= len(plain) * 3:
        yield plain


_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?")


def _from_time(text: str) -> Iterator[str]:
    """A phone number that was taken for seconds or milliseconds, and written as a time."""
    for found in _TIME.findall(text):
        try:
            moment = dt.datetime.fromisoformat(found).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
        yield f"{int(moment.timestamp())} {int(moment.timestamp() * 1000)}"


_DECODERS: Final = (_unescaped, _unquoted, _without_entities, _from_base64, _from_hex, _from_time)
