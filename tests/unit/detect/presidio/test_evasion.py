"""Values written so that a pattern does not see them, by families of hostile input."""

from __future__ import annotations

import base64
import codecs
import ipaddress
import json
from collections.abc import Callable
from urllib.parse import quote

from safetrack.detect.detector import Finding, Query
from safetrack.detect.presidio.analyzer import PresidioDetector

VALUES = {
    "email": "ada.lovelace@example.org",
    "phone": "+1 202-555-0147",
    "card": "5555 5555 5555 4444",
    "ip": "198.51.100.23",
}

ZERO_WIDTH, SOFT_HYPHEN, NO_BREAK = "\u200b", "\u00ad", "\u00a0"


def _middle(value: str, inserted: str) -> str:
    half = len(value) // 2
    return value[:half] + inserted + value[half:]


def _every(value: str, inserted: str) -> str:
    return inserted.join(value)


def _shift(value: str, offset: int) -> str:
    return "".join(chr(ord(c) + offset) if 0x21 <= ord(c) <= 0x7E else c for c in value)


def _digits(value: str, zero: int) -> str:
    return "".join(chr(zero + int(c)) if c.isdigit() else c for c in value)


def _homoglyphs(value: str) -> str:
    return value.translate(str.maketrans("aeopcx", "аеорсх"))  # noqa: RUF001


FAMILIES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper case": str.upper,
    "inside JSON": lambda v: json.dumps({"v": v}),
    "key=value": lambda v: f"a=1;v={v};b=2",
    "array text": lambda v: f"['{v}', 'x']",
    "zero-width": lambda v: _every(v, ZERO_WIDTH),
    "soft hyphen": lambda v: _middle(v, SOFT_HYPHEN),
    "full width": lambda v: _shift(v, 0xFEE0),
    "other at-sign": lambda v: v.replace("@", "\ufe6b"),
    "homoglyphs": _homoglyphs,
    "arabic digits": lambda v: _digits(v, 0x0660),
    "devanagari digits": lambda v: _digits(v, 0x0966),
    "combining marks": lambda v: _every(v, "\u0300"),
    "bidi embedding": lambda v: f"\u202a{v}\u202c",
    "bidi override": lambda v: f"\u202e{v[::-1]}\u202c",
    "no-break space": lambda v: v.replace(" ", NO_BREAK),
    "other hyphens": lambda v: v.replace("-", "\u2011"),
    "percent": lambda v: quote(v, safe=""),
    "percent, every byte": lambda v: "".join(f"%{b:02X}" for b in v.encode()),
    "percent twice": lambda v: quote(quote(v, safe=""), safe=""),
    "in a URL query": lambda v: f"/cb?u={quote(v, safe='@')}&t=1",
    "HTML entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "u escapes": lambda v: "".join(f"\\u{ord(c):04x}" for c in v),
    "JSON twice": lambda v: json.dumps(json.dumps({"v": v})),
    "base64": lambda v: base64.b64encode(v.encode()).decode(),
    "base64url": lambda v: base64.urlsafe_b64encode(f"~~~{v}".encode()).decode().rstrip("="),
    "hex": lambda v: v.encode().hex(),
    "JWT": lambda v: (
        "eyJhbGciOiJIUzI1NiJ9."
        + base64.urlsafe_b64encode(json.dumps({"v": v}).encode()).decode().rstrip("=")
        + ".c2ln"
    ),
    "spelled out": lambda v: v.replace("@", " [at] ").replace(".", " [dot] "),
    "spaced out": lambda v: _every(v.replace(" ", ""), " "),
    "line break": lambda v: v.replace(" ", "\n") if " " in v else v.replace(".", ".\n", 1),
    "control character": lambda v: _middle(v, "\x00"),
    "lone surrogate": lambda v: _middle(v, "\ud800"),
    "reversed": lambda v: v[::-1],
    "rot13": lambda v: codecs.encode(v, "rot13"),
    "glued to letters": lambda v: f"x{v.replace(' ', '')}x",
    "underscored": lambda v: f"user_{v.replace(' ', '')}_end",
    "IPv4 mapped": lambda v: f"::ffff:{v}" if v.count(".") == 3 else v,
    "IPv4 as a number": lambda v: str(int(ipaddress.IPv4Address(v))) if v.count(".") == 3 else v,
}
"""Name → how a value is written. Where a family has nothing to change (no hyphen in an address)
it leaves the value as it is, and the cell counts as any other."""

ENTITIES = {
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "card": "CREDIT_CARD",
    "ip": "IP_ADDRESS",
}
MISSED = {("line break", "ip"), ("reversed", "ip"), ("IPv4 as a number", "ip")}


def _is_found(detector: PresidioDetector, family: str, kind: str) -> bool:
    text = FAMILIES[family](VALUES[kind])
    (found,) = detector.find([Query(text)])
    assert isinstance(found, tuple), f"{family} of {kind} could not be searched"
    return any(_covers(text, finding, kind) for finding in found)


def _covers(text: str, finding: Finding, kind: str) -> bool:
    """Whether the finding is of the kind (or a JWT), and leaves no more than framing around it."""
    rest = text[: finding.start] + text[finding.end :]
    own = set(VALUES[kind].replace(" ", "").split("."))
    return finding.entity in {ENTITIES[kind], "SECRET"} and not any(
        part in rest for part in own if len(part) > 3
    )


def test_every_family_but_the_documented_ones_is_found(detector: PresidioDetector) -> None:
    cells = {(family, kind) for family in FAMILIES for kind in VALUES}
    missed = {cell for cell in cells if not _is_found(detector, *cell)}
    share = 1 - len(missed) / len(cells)
    print(f"evasion: {len(cells) - len(missed)} of {len(cells)} found ({share:.1%})")  # noqa: T201
    assert missed == MISSED
