"""How an attacker reads a text: every reading that undoes one of the ways of hiding a value.

Written apart from the product's own views, and wider: it may take its time, and what it reads
wrongly costs nothing. A value has survived when its core stands in any reading.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import gzip
import html
import ipaddress
import quopri
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote_plus

DEPTH: Final = 3
_MOST_READINGS: Final = 400
_LONGEST: Final = 20_000

_LOOK_ALIKE: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0455\u03bf\u03b1\u03c1\u03bd\u0131"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0391\u0392\u0395\u039f",
    "aeopcxyisoapviabekmhopctxabeo",
)  # fmt: skip
_GONE: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Cs", "Co"})
_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[ :]?){4,}")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_AT: Final = re.compile(r"\s*[\[({<]\s*at\s*[\])}>]\s*|\s+at\s+", re.IGNORECASE)
_DOT: Final = re.compile(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{1,40}>")
_ANSI: Final = re.compile("\x1b\\[[0-9;]*m")
_NUMBER_PARTS: Final = re.compile(r"\b0x[0-9a-fA-F]+|\b[0-9]+\b")
_UTF7: Final = re.compile(r"\+[A-Za-z0-9+/]+-?")


def canonical(text: str) -> str:
    """Compatibility forms, marks, format characters, look-alikes and foreign digits undone."""
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK_ALIKE)
    kept = (c for c in plain if unicodedata.category(c) not in _GONE)
    return "".join(_digit(c) for c in kept).casefold()


def core(text: str) -> str:
    """The letters and digits of the canonical text, run together."""
    return "".join(c for c in canonical(text) if c.isalnum())


def readings(text: str) -> set[str]:
    """Every reading of a text, up to `DEPTH` steps deep; itself among them."""
    known = {text}
    edge = [text]
    for _ in range(DEPTH):
        found: list[str] = []
        for one in edge:
            for read in _STEPS:
                for new in read(one):
                    short = new[:_LONGEST]
                    if short and short not in known and len(known) < _MOST_READINGS:
                        known.add(short)
                        found.append(short)
        edge = found
    return known


def _digit(c: str) -> str:
    return str(unicodedata.decimal(c, c)) if c.isdigit() else c


def _unescaped(text: str) -> Iterator[str]:
    yield _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    yield text.replace('\\"', '"').replace("\\\\", "\\")


def _spelled(text: str) -> Iterator[str]:
    yield _DOT.sub(".", _AT.sub("@", text))


def _base64(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for cut in (run, *run.split("-"), *run.split("_")):
            bare = cut.rstrip("=")
            for wide in (bare, bare.replace("-", "+").replace("_", "/")):
                try:
                    raw = base64.b64decode(wide + "=" * (-len(wide) % 4))
                except (binascii.Error, ValueError):
                    continue
                yield from _texts(raw)


def _base32(text: str) -> Iterator[str]:
    for run in re.findall(r"[A-Z2-7]{8,}=*", text):
        try:
            yield from _texts(base64.b32decode(run))
        except binascii.Error:
            continue


def _hexadecimal(text: str) -> Iterator[str]:
    for run in _HEX.findall(text):
        try:
            yield from _texts(bytes.fromhex(run.replace(":", "").strip()))
        except ValueError:
            continue


def _texts(raw: bytes) -> Iterator[str]:
    """Bytes as text, packed ones unpacked."""
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error):
            return
    try:
        yield raw.decode()
    except UnicodeDecodeError:
        return


def _quoted_printable(text: str) -> Iterator[str]:
    if "=" in text:
        yield from _texts(quopri.decodestring(text.encode("utf-8", "ignore")))


def _utf7(text: str) -> Iterator[str]:
    if _UTF7.search(text):
        try:
            yield text.encode("ascii").decode("utf-7")
        except UnicodeError:
            return


def _addresses(text: str) -> Iterator[str]:
    """IPv4 addresses written as numbers, whole or part by part."""
    numbers = [int(n, 0) if n[:2] == "0x" else int(n[:18]) for n in _NUMBER_PARTS.findall(text)]
    for n in numbers:
        if 2**24 <= n < 2**32:
            yield str(ipaddress.IPv4Address(n))
    for written in re.findall(r"(?:0[xX]?[0-9a-fA-F]+\.){3}0[xX]?[0-9a-fA-F]+", text):
        parts = [int(p, 16) if p[:2].lower() == "0x" else int(p, 8) for p in written.split(".")]
        yield ".".join(str(p) for p in parts)


def _transposed(text: str) -> Iterator[str]:
    yield text[::-1]
    yield codecs.encode(text, "rot13")


def _stripped(text: str) -> Iterator[str]:
    yield _ANSI.sub("", text)
    yield _TAG.sub("", text)


def _unquoted(text: str) -> Iterator[str]:
    yield unquote_plus(text.replace("+", "%2B"))


def _entities(text: str) -> Iterator[str]:
    yield html.unescape(text)


def _canonical(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK_ALIKE)
    yield "".join(c for c in plain if unicodedata.category(c) not in _GONE)


_STEPS: Final[tuple[Callable[[str], Iterator[str]], ...]] = (
    _canonical, _unquoted, _entities, _unescaped, _spelled, _base64, _base32, _hexadecimal,
    _quoted_printable, _utf7, _addresses, _transposed, _stripped,
)  # fmt: skip


def strings(value: Any, *, keys: bool = True) -> Iterator[str]:
    """Every leaf of a value as text, in order; its keys too unless they are not wanted."""
    if isinstance(value, dict):
        for key, below in value.items():
            if keys:
                yield str(key)
            yield from strings(below, keys=keys)
    elif isinstance(value, list):
        for below in value:
            yield from strings(below, keys=keys)
    elif isinstance(value, float) and value.is_integer():
        yield str(int(value))
    elif value is not None and not isinstance(value, bool):
        yield str(value)
