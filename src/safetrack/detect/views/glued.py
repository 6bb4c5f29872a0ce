"""Identifiers that stand in the middle of other letters, set apart."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from safetrack.detect.views.spelled import LONG_RUN, SECRET_BEGINNING
from safetrack.detect.views.view import Piece

_NUMBER: Final = r"\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\+?\d(?:[ .\-]?\d){6,18}(?!\d)"
_IBAN: Final = r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
_MAC: Final = r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])"
_GLUED: Final = re.compile(rf"(?<![0-9A-Fa-f:-]){_MAC}|(?<![A-Z0-9]){_IBAN}|{_NUMBER}")
GLUE: Final = re.compile(
    r"\d[\d .\-]{5}|[A-Z]{2}\d{2} ?[A-Z0-9]{4}|[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}\1[0-9A-Fa-f]{2}\1"
)
_HEX_ID: Final = re.compile(r"(?=\d*[A-Fa-f])[0-9A-Fa-f]{12,}")
_RUN: Final = re.compile(r"[A-Za-z0-9]{0,64}")
_LONGEST_ID: Final = 64
"""Characters looked at on either side of a number: enough for any hash written in hexadecimal."""


def read_glued(text: str) -> Iterator[Piece]:
    """``card_5555555555554444_end``, ``x198.51.100.23x``: a space where the number begins and ends."""
    for match in _GLUED.finditer(text):
        start, end = match.span()
        if match.group().isalnum() and _in_hex_id(text, start, end):
            continue
        if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
            yield Piece(start, start, " ")
        if end < len(text) and (text[end].isalpha() or text[end] == "_"):
            yield Piece(end, end, " ")


def _in_hex_id(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a longer hexadecimal id."""
    lowest = max(start - _LONGEST_ID, 0)
    while start > lowest and text[start - 1].isalnum():
        start -= 1
    tail = _RUN.match(text, end)
    return bool(_HEX_ID.fullmatch(text, start, tail.end() if tail else end))


GLUED_SECRET: Final = re.compile(rf"(?<=[A-Za-z0-9_])(?:{SECRET_BEGINNING})(?=[\w.-]{{16}})")


def may_hold_secret(text: str) -> bool:
    """Whether a provider's key may stand in it, behind other letters."""
    return bool(LONG_RUN.search(text) and GLUED_SECRET.search(text))


def read_glued_secrets(text: str) -> Iterator[Piece]:
    """``xghp_…``: a space in front of a provider's key."""
    for match in GLUED_SECRET.finditer(text):
        yield Piece(match.start(), match.start(), " ")


UNDERSCORED: Final = re.compile(
    r"_(?:[A-Z][a-z]{1,40}|\d{1,6}) [A-Z]"
    r"|(?<=[a-z])[A-Z][a-z]{2,40} [A-Z][a-z]"
)
_MARK: Final = re.compile(r"(?<=[^\W_])[_+.](?=[^\W_])|(?<=[a-z])(?=[A-Z][a-z]+ [A-Z])")


def read_underscored(text: str) -> Iterator[Piece]:
    """``user_Ada_Lovelace_end``, ``xAda Lovelace``: as words."""
    for match in _MARK.finditer(text):
        yield Piece(*match.span(), " ", exact=match.start() < match.end())


URL_NUMBER: Final = re.compile(
    r"(?<=://)(?:\d{8,10}|0[xX][0-9A-Fa-f]{8})(?![\w.])"
    r"|(?<![\w.])(?:0[xX][0-9A-Fa-f]{1,2}|0[0-7]{1,3})(?:\.(?:0[xX][0-9A-Fa-f]{1,2}|0[0-7]{1,3})){3}(?![\w.])"
)


def may_hold_ip_number(text: str) -> bool:
    """Whether a URL's host, or a part of it, is a number."""
    return "://" in text or ".0" in text


def read_ip_numbers(text: str) -> Iterator[Piece]:
    """IPv4 addresses as one number in a URL, or with octal or hexadecimal parts."""
    for match in URL_NUMBER.finditer(text):
        value = 0
        for part in match.group().split("."):
            value = value * 256 + _integer(part)
        if 0 < value < 2**32:
            yield Piece(*match.span(), str(ipaddress.IPv4Address(value)))


def _integer(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part, 16)
    return int(part, 8) if part[0] == "0" else int(part)
