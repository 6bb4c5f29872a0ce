"""Values written so that a search does not see them: families of hostile input by kinds of values.

Each cell is an event with one property under a name that says nothing (a device id stands under
its own, and a birth date in a sentence, since nothing else tells that they are). It is found when
nothing that `evaluation.readings` can read in what is left holds the value's core, or a word of a
name or an address. A family that leaves a value as it is has no cell for it.
"""

from __future__ import annotations

import base64
import codecs
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import quote

from evaluation.readings import core, readings, strings
from evaluation.scoring import telling_words, wilson

_TOKEN: Final = base64.urlsafe_b64encode(b'{"sub":"7741","role":"buyer"}').decode().rstrip("=")
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "email": ("ada.lovelace@example.org", "j.okafor87@brightline.co.uk"),
    "phone": ("+1 202-555-0147", "+44 20 7946 0958"),
    "card": ("5555 5555 5555 4444", "4012 8888 8888 1881"),
    "IPv4": ("198.51.100.23", "84.17.203.9"),
    "IPv6": ("2001:db8:85a3::8a2e:370:7334", "2a02:8109:9c40:1b2c:5d6e:7f80:91a2:b3c4"),
    "SSN": ("514-69-0360", "223-45-6789"),
    "IBAN": ("DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19"),
    "API key": ("sk" + "_live_" + "4eC39HqLyjWDarjtT1zdp7dc", "gh" + "p_" + "16C7e42F292c6912E7710c838347Ae178B4a"),
    "JWT": ("eyJhbGciOiJIUzI1NiJ9." + _TOKEN + ".4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4",
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9." + _TOKEN + ".QmFzZVNpeHR5Rm91clNpZ25hdHVyZUJ5dGVz"),
    "person": ("Marta Kowalczyk", "Siobhan Fitzgerald"),
    "street": ("48 Alder Close", "2210 Birchwood Avenue"),
    "device id": ("550e8400-e29b-41d4-a716-446655440000", "9f1c2a77-3b64-4d0e-9a55-0c7be21f6d38"),
    "birth date": ("12 April 1987", "1964-11-30"),
}  # fmt: skip
_KEYS: Final = {"device id": "device_id"}
_SENTENCES: Final = {"birth date": "date of birth: {}"}
_NAMES: Final = ("person", "street")
_SHARE: Final = 0.6
_SHARE_OF_DIGITS: Final = 0.8
"""Of a core: what is left in one piece counts as the value from here on."""
_DIGITS: Final = ("card", "phone", "SSN", "IBAN", "IPv4")

_PROSE: Final = "The report is ready and the numbers look fine this week. "


def _middle(value: str, inserted: str) -> str:
    half = len(value) // 2
    return value[:half] + inserted + value[half:]


def _every(value: str, inserted: str) -> str:
    return inserted.join(value)


def _shifted(value: str, offset: int) -> str:
    return "".join(chr(ord(c) + offset) if 0x21 <= ord(c) <= 0x7E else c for c in value)


def _digits(value: str, zero: int) -> str:
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in value)


def _letters(value: str, upper: int, lower: int) -> str:
    return "".join(
        chr(upper + ord(c) - 65) if "A" <= c <= "Z" else chr(lower + ord(c) - 97) if "a" <= c <= "z" else c
        for c in value
    )  # fmt: skip


def _b64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _b64url(value: str) -> str:
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def _ip(value: str) -> list[int]:
    parts = value.split(".")
    return [int(p) for p in parts] if len(parts) == 4 and all(p.isdigit() for p in parts) else []


def _ip_number(value: str) -> str:
    parts = _ip(value)
    return str(int.from_bytes(bytes(parts))) if parts else value


def _numeric(value: str, make: Callable[[int], Any]) -> Any:
    bare = value.replace(" ", "").replace("-", "").lstrip("+")
    return make(int(bare)) if bare.isdigit() else value


_HOMOGLYPHS: Final = str.maketrans(
    "aeopcxAEOPCX", "\u0430\u0435\u043e\u0440\u0441\u0445\u0410\u0415\u041e\u0420\u0421\u0425"
)

TEXTS: Final[dict[str, Callable[[str], Any]]] = {
    "plain": str,
    "in a sentence": lambda v: f"please note {v} for later",
    "upper case": str.upper,
    "lower case": str.lower,
    "title case": str.title,
    "key=value": lambda v: f"a=1;v={v};b=2",
    "array text": lambda v: f"['{v}', 'x']",
    "JSON": lambda v: json.dumps({"v": v}),
    "JSON twice": lambda v: json.dumps(json.dumps({"v": v})),
    "XML": lambda v: f"<row><v><![CDATA[{v}]]></v></row>",
    "CSV line": lambda v: f'7,"{v}",,true',
    "SQL": lambda v: f"SELECT * FROM t WHERE c = '{v}' LIMIT 1",  # noqa: S608  nobody runs it
    "log line": lambda v: f"2025-11-09T10:00:00Z INFO [worker-3] handled v={v} in 12ms",
    "YAML": lambda v: f"v: {v}\nn: 3\n",
    "HTML tags": lambda v: f"<p>Hi <b>{v[:3]}</b>{v[3:]}</p>",
    "Markdown": lambda v: f"see **{v}** and [this](x)",
    "header line": lambda v: f"X-Data: {v}\r\nAccept: */*",
    "multipart body": lambda v: (
        f'--b1\r\nContent-Disposition: form-data; name="v"\r\n\r\n{v}\r\n--b1--'
    ),
    "formula": lambda v: f'=CONCAT("{v}","")',
    "Python bytes": lambda v: repr(v.encode()),
    "glued to letters": lambda v: f"x{v.replace(' ', '')}x",
    "underscored": lambda v: f"user_{v.replace(' ', '_')}_end",
    "no spaces": lambda v: v.replace(" ", ""),
    "spaced out": lambda v: _every(v.replace(" ", ""), " "),
    "dashed out": lambda v: _every(v.replace(" ", ""), "-"),
    "tabs": lambda v: v.replace(" ", "\t"),
    "line break": lambda v: v.replace(" ", "\n") if " " in v else _middle(v, "\n"),
    "no-break space": lambda v: v.replace(" ", "\u00a0"),
    "other hyphens": lambda v: v.replace("-", "\u2011"),
    "other dots": lambda v: v.replace(".", "\uff0e"),
    "other at-sign": lambda v: v.replace("@", "\ufe6b"),
    "spelled out": lambda v: v.replace("@", " [at] ").replace(".", " [dot] "),
    "zero-width": lambda v: _every(v, "\u200b"),
    "soft hyphen": lambda v: _middle(v, "\u00ad"),
    "word joiner": lambda v: _middle(v, "\u2060"),
    "variation selector": lambda v: _every(v, "\ufe0f"),
    "tag characters": lambda v: _middle(v, "\U000e0061\U000e0062"),
    "control character": lambda v: _middle(v, "\x00"),
    "ANSI colours": lambda v: _middle(v, "\x1b[31m"),
    "lone surrogate": lambda v: _middle(v, "\ud800"),
    "combining marks": lambda v: _every(v, "\u0300"),
    "full width": lambda v: _shifted(v, 0xFEE0),
    "mathematical bold": lambda v: _letters(_digits(v, 0x1D7CE), 0x1D400, 0x1D41A),
    "circled": lambda v: _letters(v, 0x24B6, 0x24D0),
    "homoglyphs": lambda v: v.translate(_HOMOGLYPHS),
    "Arabic digits": lambda v: _digits(v, 0x0660),
    "Devanagari digits": lambda v: _digits(v, 0x0966),
    "bidi embedding": lambda v: f"\u202a{v}\u202c",
    "bidi override": lambda v: f"\u202e{v[::-1]}\u202c",
    "reversed": lambda v: v[::-1],
    "rot13": lambda v: codecs.encode(v, "rot13"),
    "percent": lambda v: quote(v, safe=""),
    "percent, every byte": lambda v: "".join(f"%{b:02X}" for b in v.encode()),
    "percent twice": lambda v: quote(quote(v, safe=""), safe=""),
    "URL query": lambda v: f"https://shop.example.com/cb?u={quote(v, safe='@')}&t=1",
    "relative URL": lambda v: f"/cb?u={quote(v, safe='@')}&t=1",
    "URL path": lambda v: f"https://shop.example.com/u/{quote(v, safe='@')}/edit",
    "URL fragment": lambda v: f"https://shop.example.com/app#/u/{quote(v, safe='@')}",
    "URL in a URL": lambda v: (
        "https://x.example.com/?next=" + quote(f"https://y.example.com/?u={quote(v)}", safe="")
    ),
    "HTML entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "hex entities": lambda v: "".join(f"&#x{ord(c):x};" for c in v),
    "u escapes": lambda v: "".join(f"\\u{ord(c):04x}" for c in v),
    "x escapes": lambda v: "".join(f"\\x{ord(c):02x}" for c in v),
    "base64": _b64,
    "base64 in a text": lambda v: f"payload {_b64(json.dumps({'v': v}))} end",
    "base64url": lambda v: _b64url(f"~~~{v}"),
    "base64 twice": lambda v: _b64(_b64(v)),
    "base64 in a URL": lambda v: f"https://x.example.com/?d={_b64url(json.dumps({'v': v}))}",
    "base32": lambda v: base64.b32encode(v.encode()).decode(),
    "hex": lambda v: v.encode().hex(),
    "hex with colons": lambda v: v.encode().hex(":"),
    "JWT payload": lambda v: (
        f"eyJhbGciOiJIUzI1NiJ9.{_b64url(json.dumps({'v': v}))}.c2lnbmF0dXJlLWJ5dGVz"
    ),
    "data URI": lambda v: f"data:text/plain;base64,{_b64(v)}",
    "gzip in base64": lambda v: base64.b64encode(gzip.compress(v.encode(), mtime=0)).decode(),
    "quoted-printable": lambda v: "".join(f"={b:02X}" for b in v.encode()),
    "UTF-7": lambda v: f"+{base64.b64encode(v.encode('utf-16-be')).decode().rstrip('=')}-",
    "IPv4 mapped": lambda v: f"::ffff:{v}" if _ip(v) else v,
    "IPv4 as a number": _ip_number,
    "IPv4 in octal": lambda v: ".".join(f"{p:04o}" for p in _ip(v)) or v,
    "IPv4 in hex": lambda v: ".".join(f"0x{p:02x}" for p in _ip(v)) or v,
    "behind long prose": lambda v: _PROSE * 60 + v,
    "behind dots": lambda v: "." * 800 + " " + v,
    "behind digits": lambda v: "7 " * 1500 + ", " + v,
    "a number": lambda v: _numeric(v, int),
    "a decimal number": lambda v: _numeric(v, float),
}
"""Name → how a value is written."""

PLACES: Final[dict[str, Callable[[str, str], dict[str, Any]]]] = {
    "a key": lambda _, v: {"data": {v: 1}},
    "a list item": lambda k, v: {k: ["x", v, "y"]},
    "letters in a list": lambda k, v: {k: list(v)},
    "JSON in a list": lambda k, v: {k: ["x", json.dumps({"rows": [{"c": v}]})]},
    "a URL in a header": lambda k, v: {k: f"Referer: https://x.example.com/a?u={quote(v)}"},
    "two properties": lambda k, v: {f"{k}_a": v[: len(v) // 2], f"{k}_b": v[len(v) // 2 :]},
    "deep": lambda k, v: {"a": {"b": [{"c": {k: v}}]}},
}
"""Name → where a value stands; given its key and itself."""

FAMILIES: Final = (*TEXTS, *PLACES)


class Cleaner(Protocol):
    """Something that takes personal data out of events, and gives back what is left."""

    name: str

    def cleaned_properties(self, properties: Sequence[dict[str, Any]]) -> list[Any]:
        """What is left of each event's properties."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one kind, written in one family's way."""

    family: str
    kind: str
    value: str
    properties: dict[str, Any]


def cells() -> list[Cell]:
    """All cells that differ from the plain one."""
    return [
        Cell(family, kind, value, properties)
        for family in FAMILIES
        for kind, values in VALUES.items()
        for value in values
        if (properties := _written(family, kind, value)) is not None
    ]


def survives(cell: Cell, left: Any) -> bool:
    """Whether an attacker can still read the value in what is left."""
    texts, values = list(strings(left)), list(strings(left, keys=False))
    joined = ("\n".join(texts), "".join(texts), "".join(values))
    known = {one for text in dict.fromkeys(joined) for one in readings(text)}
    wanted = core(cell.value)
    words = telling_words(cell.value.casefold()) if cell.kind in _NAMES else []
    least = round(len(wanted) * (_SHARE_OF_DIGITS if cell.kind in _DIGITS else _SHARE))
    return any(_holds(core(one), wanted, least, words) for one in known)


def _holds(read: str, wanted: str, least: int, words: Sequence[str]) -> bool:
    if any(word in read for word in words):
        return True
    return any(wanted[at : at + least] in read for at in range(len(wanted) - least + 1))


def _written(family: str, kind: str, value: str) -> dict[str, Any] | None:
    key, sentence = _KEYS.get(kind, "data"), _SENTENCES.get(kind, "{}")
    plain = sentence.format(value)
    if family in PLACES:
        return PLACES[family](key, plain)
    written = TEXTS[family](plain)
    if written == plain and family != "plain":
        return None
    return {key: written}


def print_grid(systems: Sequence[Cleaner]) -> None:
    """Run the grid and print what share of it is found."""
    grid = cells()
    found = {
        system.name: [
            not survives(cell, left)
            for cell, left in zip(
                grid, system.cleaned_properties([cell.properties for cell in grid]), strict=True
            )
        ]
        for system in systems
    }
    print(
        f"\nhostile input: {len(FAMILIES)} families by {len(VALUES)} kinds, {len(grid)} values; found\n"
    )
    for name, hits in found.items():
        low, high = wilson(sum(hits), len(hits))
        print(
            f"{name:22}{sum(hits):6} of {len(hits)}  {sum(hits) / len(hits):6.1%} [{low:.1%}, {high:.1%}]"
        )
    print(
        "\n" + " " * 24 + "".join(f"{name[:14]:>15}" for name in found) + "   missed by the first"
    )
    for title, of in (("kind", [c.kind for c in grid]), ("family", [c.family for c in grid])):
        other = [c.family if title == "kind" else c.kind for c in grid]
        for one in dict.fromkeys(of):
            _print_line(one, [at for at, name in enumerate(of) if name == one], found, other)
        print()


def _print_line(
    title: str, places: Sequence[int], found: dict[str, list[bool]], other: Sequence[str]
) -> None:
    shares = "".join(
        f"{sum(hits[at] for at in places) / len(places):15.0%}" for hits in found.values()
    )
    first = next(iter(found.values()))
    missed = list(dict.fromkeys(other[at] for at in places if not first[at]))
    print(f"{title:24}{shares}   {', '.join(missed)}")
