"""Values written so that a pattern does not see them, by families of hostile input."""

from __future__ import annotations

import base64
import codecs
import gzip
import json
import quopri
import urllib.parse
import zlib
from collections.abc import Callable

import pytest

from safetrack.detect.detector import Query
from safetrack.detect.presidio.analyzer import PresidioDetector

VALUES = {
    "e-mail": "ada.lovelace@example.org",
    "phone": "+1 202-555-0147",
    "card": "5555 5555 5555 4444",
    "ip": "198.51.100.23",
    "iban": "DE89 3704 0044 0532 0130 00",
    "ssn": "514-69-0360",
    "mac": "00:1B:44:11:3A:B7",
    "secret": "ghp_" + "7Rk2mQ9xTb4LwZ8vN3cJ6hYs5dPf1aGe0UoX",
    "person": "Marta Kowalczyk",
    "street": "2471 Hazelmere Lane",
}

Written = Callable[[str], str]


def _middle(value: str, inserted: str) -> str:
    half = len(value) // 2
    return value[:half] + inserted + value[half:]


def _shift(value: str, offset: int) -> str:
    return "".join(chr(ord(c) + offset) if 0x21 <= ord(c) <= 0x7E else c for c in value)


def _letters(value: str, capital: int, small: int) -> str:
    """Letters at other code points, such as the mathematical ones."""
    return "".join(
        chr(capital + ord(c) - 65)
        if "A" <= c <= "Z"
        else chr(small + ord(c) - 97)
        if "a" <= c <= "z"
        else c
        for c in value
    )


def _digits(value: str, zero: int) -> str:
    return "".join(chr(zero + int(c)) if c.isdigit() else c for c in value)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _utf7(value: str) -> str:
    return value.replace("@", "+AEA-").replace(" ", "+ACA-").replace(".", "+AC4-")


def _deflated(value: str) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(value.encode()) + packer.flush()


LOOK_ALIKES = str.maketrans("aeopcxyABEHKMOPCTX", "аеорсхуАВЕНКМОРСТХ")  # noqa: RUF001
SMALL_CAPITALS = str.maketrans("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")
TURNED = str.maketrans("acefghijklmrtvwyqbdpnu", "ɐɔǝɟƃɥᴉɾʞlɯɹʇʌʍʎbqpdun")  # noqa: RUF001
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _spoken(value: str) -> str:
    names = {" ": "", "-": "", "+": "plus"} | dict(zip("0123456789", WORDS, strict=True))
    if sum(c.isdigit() for c in value) < 7 or any(c.isalpha() for c in value):
        return value
    return " ".join(names.get(c, "dot") for c in value if c not in " -")


TRANSPORT: dict[str, Written] = {
    "plain": str,
    "upper case": lambda v: v if v.startswith("ghp_") else v.upper(),
    "JSON": lambda v: json.dumps({"v": v}),
    "JSON twice": lambda v: json.dumps(json.dumps({"v": v})),
    "key=value": lambda v: f"a=1;v={v};b=2",
    "array text": lambda v: f"['{v}', 'x']",
    "CSV": lambda v: f"id,v,plan\r\n7,{v},pro\r\n",
    "TSV": lambda v: f"id\tv\tplan\n7\t{v}\tpro\n",
    "YAML": lambda v: f"id: 7\nv: {v}\nplan: pro\n",
    "XML": lambda v: f"<user><v>{v}</v><plan>pro</plan></user>",
    "Python repr": lambda v: repr({"id": 7, "v": v, "plan": None}),
    "multipart": lambda v: (
        f'--x1\r\nContent-Disposition: form-data; name="v"\r\n\r\n{v}\r\n--x1--\r\n'
    ),
    "percent": lambda v: urllib.parse.quote(v, safe=""),
    "percent, every byte": lambda v: "".join(f"%{b:02X}" for b in v.encode()),
    "percent twice": lambda v: urllib.parse.quote(urllib.parse.quote(v, safe=""), safe=""),
    "form": lambda v: urllib.parse.urlencode({"a": 1, "v": v, "b": 2}),
    "in a URL query": lambda v: f"https://x.io/cb?u={urllib.parse.quote(v, safe='@')}&t=1",
    "HTML entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "HTML entities, hexadecimal": lambda v: "".join(f"&#x{ord(c):x};" for c in v),
    "u escapes": lambda v: "".join(f"\\u{ord(c):04x}" for c in v),
    "x escapes": lambda v: "".join(f"\\x{ord(c):02x}" for c in v),
    "quoted-printable": lambda v: quopri.encodestring(v.encode(), quotetabs=True).decode(),
    "quoted-printable, every byte": lambda v: "".join(f"={b:02X}" for b in v.encode()),
    "UTF-7": _utf7,
    "MIME encoded word": lambda v: f"=?utf-8?B?{_b64(v.encode())}?=",
}

ENCODED: dict[str, Written] = {
    "base64": lambda v: _b64(v.encode()),
    "base64, no padding": lambda v: _b64(f"v={v}!".encode()).rstrip("="),
    "base64url": lambda v: base64.urlsafe_b64encode(f"~~~{v}".encode()).decode().rstrip("="),
    "base64, wrapped": lambda v: "\n".join(
        _b64(f"{'some words ' * 4}{v}{' and others' * 4}".encode())[i : i + 76]
        for i in range(0, 400, 76)
    ).strip(),
    "base64 twice": lambda v: _b64(_b64(v.encode()).encode()),
    "data URI": lambda v: f"data:text/plain;base64,{_b64(v.encode())}",
    "JWT": lambda v: (
        "eyJhbGciOiJIUzI1NiJ9."
        + base64.urlsafe_b64encode(json.dumps({"v": v}).encode()).decode().rstrip("=")
        + ".c2ln"
    ),
    "base64 of gzip": lambda v: _b64(gzip.compress(v.encode())),
    "base64 of zlib": lambda v: _b64(zlib.compress(v.encode())),
    "base64 of deflate": lambda v: _b64(_deflated(v)),
    "base64 of UTF-16": lambda v: _b64(v.encode("utf-16-le")),
    "base32": lambda v: base64.b32encode(v.encode()).decode(),
    "hex": lambda v: v.encode().hex(),
    "hex, 0x": lambda v: "0x" + v.encode().hex().upper(),
    "hex, colons": lambda v: v.encode().hex(":"),
    "hex, spaces": lambda v: v.encode().hex(" "),
    "ASCII codes": lambda v: ", ".join(str(b) for b in v.encode()),
    "binary digits": lambda v: " ".join(f"{b:08b}" for b in v.encode()),
}

UNICODE: dict[str, Written] = {
    "zero-width": "\u200b".join,
    "soft hyphen": lambda v: _middle(v, "\u00ad"),
    "word joiner": lambda v: _middle(v, "\u2060"),
    "full width": lambda v: _shift(v, 0xFEE0),
    "other at-sign and dot": lambda v: v.replace("@", "\ufe6b").replace(".", "\u2024"),
    "look-alikes": lambda v: v.translate(LOOK_ALIKES),
    "mathematical letters": lambda v: _digits(_letters(v, 0x1D400, 0x1D41A), 0x1D7CE),
    "circled letters": lambda v: _letters(v, 0x24B6, 0x24D0),
    "squared letters": lambda v: _letters(v.upper(), 0x1F130, 0),
    "negative squared letters": lambda v: _letters(v.upper(), 0x1F170, 0),
    "regional indicators": lambda v: _letters(v.upper(), 0x1F1E6, 0),
    "small capitals": lambda v: v.lower().translate(SMALL_CAPITALS),
    "superscript digits": lambda v: v.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
    "keycaps": lambda v: "".join(f"{c}\ufe0f\u20e3" if c.isdigit() else c for c in v),
    "Arabic digits": lambda v: _digits(v, 0x0660),
    "Devanagari digits": lambda v: _digits(v, 0x0966),
    "combining marks": "\u0300".join,
    "Zalgo": "\u0300\u0335\u0489".join,
    "variation selectors": "\ufe0f".join,
    "tag characters": lambda v: "ok" + "".join(chr(0xE0000 + ord(c)) for c in v),
    "bidi embedding": lambda v: f"\u202a{v}\u202c",
    "bidi override": lambda v: f"\u202e{v[::-1]}\u202c",
    "upside down": lambda v: v.lower().translate(TURNED)[::-1],
    "no-break space": lambda v: v.replace(" ", "\u00a0"),
    "other hyphens": lambda v: v.replace("-", "\u2011"),
    "control character": lambda v: _middle(v, "\x00"),
    "lone surrogate": lambda v: _middle(v, "\ud800"),
}

SPELLED: dict[str, Written] = {
    "[at] [dot]": lambda v: v.replace("@", " [at] ").replace(".", " [dot] "),
    "(at) (dot), tight": lambda v: v.replace("@", "(at)").replace(".", "(dot)"),
    "at dot": lambda v: v.replace("@", " at ").replace(".", " dot "),
    "arroba punto": lambda v: v.replace("@", " arroba ").replace(".", " punto "),
    "loose marks": lambda v: v.replace("@", " @ ").replace(".", " . "),
    "spaced out": lambda v: " ".join(v.replace(" ", "")),
    "dotted": lambda v: ".".join(v.replace(" ", "")),
    "dashed": lambda v: "-".join(v.replace(" ", "")),
    "underscored letters": lambda v: "_".join(v.replace(" ", "")),
    "a character a line": lambda v: "\n".join(v.replace(" ", "")),
    "line break": lambda v: v.replace(" ", "\n") if " " in v else v.replace(".", ".\n", 1),
    "tabs": lambda v: v.replace(" ", "\t").replace("-", "\t"),
    "commas": lambda v: v.replace(" ", ",").replace("-", ","),
    "slashes": lambda v: v.replace(" ", "/").replace("-", "/"),
    "digits as words": _spoken,
    "reversed": lambda v: v[::-1],
    "rot13": lambda v: codecs.encode(v, "rot13"),
    "glued to letters": lambda v: f"x{v}x",
    "glued with underscores": lambda v: f"user_{v}_end",
    "quoted": lambda v: f'"{v}"',
}

FAMILIES = TRANSPORT | ENCODED | UNICODE | SPELLED
"""Name → how a value is written. Where a family has nothing to change (no hyphen in an address)
it leaves the value as it is, and the cell counts as any other."""

LEAST_COVERED = 0.8
"""Share of a written value's letters and digits that must be gone."""


def _share_found(detector: PresidioDetector, family: str, kind: str) -> float:
    """The share of what the value added to the text that is covered by findings."""
    text, frame = FAMILIES[family](VALUES[kind]), FAMILIES[family]("")
    (found,) = detector.find([Query(text, names=True)])
    assert isinstance(found, tuple), f"{family} of {kind} could not be searched"
    left = "".join(text[a:b] for a, b in _between(found, len(text)))
    written, kept, framing = map(_solid, (text, left, frame))
    return 1 - max(kept - framing, 0) / max(written - framing, 1)


def _between(found, length):
    edges = [0, *(edge for finding in found for edge in (finding.start, finding.end)), length]
    return zip(edges[::2], edges[1::2], strict=True)


def _solid(text: str) -> int:
    return sum(not c.isspace() and c not in ".,;:_-/|" for c in text)


MISSED = {
    ("digits as words", "ssn"),
    ("negative squared letters", "secret"),
    ("regional indicators", "secret"),
    ("rot13", "iban"),
    ("rot13", "mac"),
    ("squared letters", "secret"),
    ("upside down", "iban"),
    ("upside down", "mac"),
}
"""Of what patterns find. Capitals alone make no key of a provider."""

BY_NAME = frozenset({"person", "street"})
"""Kinds for which the language model decides; which cells it misses changes with its weights."""


@pytest.fixture(scope="module")
def missed(detector: PresidioDetector) -> set[tuple[str, str]]:
    cells = [(family, kind) for family in FAMILIES for kind in VALUES]
    return {cell for cell in cells if _share_found(detector, *cell) < LEAST_COVERED}


def test_patterns_are_found_in_every_family_but_the_documented_cells(missed) -> None:
    assert {cell for cell in missed if cell[1] not in BY_NAME} == MISSED


def test_nearly_all_cells_are_found_names_and_streets_among_them(missed) -> None:
    assert len(missed) <= 0.05 * len(FAMILIES) * len(VALUES)
    by_name = [cell for cell in missed if cell[1] in BY_NAME]
    assert len(by_name) <= 0.1 * len(FAMILIES) * len(BY_NAME)
