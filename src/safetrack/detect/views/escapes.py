"""Escapes inside text: percent, HTML, backslashes, quoted-printable, UTF-7, MIME's encoded words."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from typing import Final

from safetrack.detect.views.view import Piece

_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def read_percent(text: str) -> Iterator[Piece]:
    """``ada%40example.org``."""
    for match in _PERCENT.finditer(text):
        raw = bytes.fromhex(match.group().replace("%", ""))
        plain = raw.decode("utf-8", "replace")
        yield Piece(match.start(), match.end(), plain, exact=len(plain) == len(raw))


_PLUS: Final = re.compile(r"(?<=[A-Za-z0-9])\+(?=[A-Za-z0-9])")


FORM: Final = re.compile(
    r"(?<![^=&?/+\s])[A-Za-z0-9%.,'-]{1,24}\+[A-Za-z0-9%.,'-]{1,24}(?![^+&#\s])"
)


def read_form(text: str) -> Iterator[Piece]:
    """``name=Ada+Lovelace``: a plus sign stands for a space in forms."""
    for match in _PLUS.finditer(text):
        yield Piece(match.start(), match.end(), " ", exact=True)


_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


def read_entities(text: str) -> Iterator[Piece]:
    """``&#97;&commat;``."""
    for match in _ENTITY.finditer(text):
        if not match.group().endswith(";") and match.group()[1] != "#":
            continue  # `&copy=1` is a parameter
        plain = html.unescape(match.group())
        if plain != match.group():
            yield Piece(match.start(), match.end(), plain)


_ESCAPE: Final = re.compile(
    r"\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[0-3][0-7]{2}"
    r"|[\"'\\/bfnrt])|%u[0-9A-Fa-f]{4}"
)
_SHORT_ESCAPES: Final = {"b": " ", "f": " ", "n": "\n", "r": "\r", "t": "\t"}
_LAST_CODE_POINT: Final = 0x10FFFF


def read_escapes(text: str) -> Iterator[Piece]:
    r"""``\u0061``, ``\x61``, ``\141``, ``%u0061``, and the short ones of JSON."""
    for match in _ESCAPE.finditer(text):
        body = match.group()[1:]
        yield Piece(match.start(), match.end(), _unescaped(body))


def _unescaped(body: str) -> str:
    if body[0].isdigit():
        return chr(int(body, 8))
    digits = body[1:].strip("{}")
    if not digits:
        return _SHORT_ESCAPES.get(body, body)
    code = int(digits, 16)
    return chr(code) if code <= _LAST_CODE_POINT else "\ufffd"


_QUOTED: Final = re.compile(r"(?:=[0-9A-F]{2})+|=\r?\n")
_QUOTED_AT: Final = re.compile(r"=40(?=[A-Za-z][\w-]{0,62}(?:\.|=2E))|=\r?\n|(?:=[0-9A-F]{2}){2}")
_QUOTED_SPACE: Final = re.compile(r"[^\W_]=20[^\W_]")
_QUOTED_PAIR: Final = re.compile(r"=[0-9A-F]{2}[^=&]{0,40}=[0-9A-F]{2}(?![0-9A-Za-z])")


def is_quoted_printable(text: str) -> bool:
    """Whether equals signs are more likely escapes than those of ``key=40``."""
    if "=" not in text:
        return False
    is_query = "&" in text or "?" in text
    return bool(
        _QUOTED_AT.search(text)
        or _QUOTED_PAIR.search(text)
        or (not is_query and _QUOTED_SPACE.search(text))
    )


def read_quoted_printable(text: str) -> Iterator[Piece]:
    """``ada=40example.org``, with lines that go on behind a ``=`` (RFC 2045)."""
    for match in _QUOTED.finditer(text):
        raw = bytes.fromhex(match.group().replace("=", "")) if "\n" not in match.group() else b""
        plain = raw.decode("utf-8", "replace")
        yield Piece(match.start(), match.end(), plain, exact=len(plain) == len(raw))


_ENCODED_WORD: Final = re.compile(r"=\?([A-Za-z0-9_-]{2,20})\?([BbQq])\?([^?\s]{0,200})\?=")
_CHARSETS: Final = frozenset({"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})


def read_encoded_words(text: str) -> Iterator[Piece]:
    """``=?utf-8?B?QWRh?=`` (RFC 2047)."""
    for match in _ENCODED_WORD.finditer(text):
        charset, form, body = match.groups()
        codec = charset.lower() if charset.lower() in _CHARSETS else "utf-8"
        raw = _word_bytes(form.upper(), body)
        yield Piece(match.start(), match.end(), raw.decode(codec, "replace"))


def _word_bytes(form: str, body: str) -> bytes:
    try:
        if form == "B":
            return base64.b64decode(body + "=" * (-len(body) % 4))
        return binascii.a2b_qp(body.encode(), header=True)
    except (binascii.Error, ValueError):
        return b""


_SHIFTED: Final = re.compile(r"\+([A-Za-z0-9/]{3,400})-?")


def read_utf7(text: str) -> Iterator[Piece]:
    """``ada+AEA-example.org`` (RFC 2152)."""
    for match in _SHIFTED.finditer(text):
        run = match.group(1)
        raw = _decoded(run)
        plain = raw[: len(raw) // 2 * 2].decode("utf-16-be", "replace")
        if plain and plain.isprintable() and plain.isascii():
            yield Piece(match.start(), match.end(), plain)


def _decoded(run: str) -> bytes:
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4))
    except binascii.Error:
        return b""
