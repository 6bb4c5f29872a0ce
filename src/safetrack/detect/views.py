"""Other readings of a text: decoded, cleaned and unglued, with the way back to the original.

Personal data hides in encodings: ``ada%40example.org``, full-width letters, base64. A view is a
reading of the text in which such a form has been undone. Each of its characters knows which
stretch of the original it came from, so that what is found in a view can be removed from the
original. What cannot be mapped letter by letter (a base64 run) maps to the whole stretch.

The number of views, their depth and the length decoded are bounded. Ordinary text has one view:
itself.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

MOST_VIEWS: Final = 24
DEEPEST: Final = 2
"""Encodings inside encodings that are undone: base64 of percent-encoded text, and so on."""
LONGEST_DECODED: Final = 200_000
"""Characters of all views but the first, together."""


class TooManyViewsError(Exception):
    """The bounds do not allow to look at all readings of a text, so it must not leave."""


@dataclass(frozen=True, slots=True)
class View:
    """A reading of a text.

    Attributes:
        name: How it was made, e.g. ``percent`` or ``base64>percent``; empty for the text itself.
        text: The reading.
        starts: For each character of `text`, the first character of the original it stands for.
        ends: For each, one past the last.
    """

    name: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` stands for."""
        if not self.name:
            return start, end
        return min(self.starts[start:end]), max(self.ends[start:end])


class Piece(NamedTuple):
    """A stretch ``[start, end)`` of a view and what it reads as.

    With `exact`, each character of `text` stands for as many characters of the stretch, evenly;
    otherwise each stands for the whole stretch.
    """

    start: int
    end: int
    text: str
    exact: bool = False


Reader = Callable[[str], Iterator[Piece]]


def views(text: str) -> list[View]:
    """All readings of `text` that differ, the text itself first.

    Lone surrogates, which no encoder and no language model takes, are U+FFFD in every view.

    Raises:
        TooManyViewsError: There are more than `MOST_VIEWS`, or longer ones than `LONGEST_DECODED`.
    """
    first = View("", _without_surrogates(text), range(len(text)), range(1, len(text) + 1))
    if not _UNUSUAL.search(text):
        return [first]
    found = [first]
    seen = {first.text}
    budget = LONGEST_DECODED
    level = [View("", text, first.starts, first.ends)]
    for _ in range(DEEPEST):
        level = _new([view for origin in level for view in _readings(origin)], seen)
        found += level
        budget -= sum(len(view.text) for view in level)
        if budget < 0 or len(found) > MOST_VIEWS:
            raise TooManyViewsError
    return found


def _new(level: list[View], seen: set[str]) -> list[View]:
    """Those whose text was not seen yet, which it is from now on."""
    new = []
    for view in level:
        if view.text not in seen:
            seen.add(view.text)
            new.append(view)
    return new


def _readings(view: View) -> Iterator[View]:
    for name, trigger, reader in _READERS:
        if trigger.search(view.text):
            reading = _rewritten(view, name, reader(view.text))
            if reading is not None:
                yield reading


def _rewritten(view: View, name: str, pieces: Iterator[Piece]) -> View | None:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    changed = False

    def keep(start: int, end: int) -> None:
        text.append(view.text[start:end])
        starts.extend(view.starts[start:end])
        ends.extend(view.ends[start:end])

    for piece in pieces:
        keep(done, piece.start)
        text.append(piece.text)
        for start, end in _spread(view, piece):
            starts.append(start)
            ends.append(end)
        done = piece.end
        changed = True
    if not changed:
        return None
    keep(done, len(view.text))
    full_name = f"{view.name}>{name}" if view.name else name
    return View(full_name, _without_surrogates("".join(text)), starts, ends)


def _spread(view: View, piece: Piece) -> Iterator[tuple[int, int]]:
    """The stretch of the original for each character of a piece."""
    width = (piece.end - piece.start) // len(piece.text) if piece.exact and piece.text else 0
    if not width:
        whole = _stretch(view, piece.start, piece.end)
        yield from (whole for _ in piece.text)
        return
    for start in range(piece.start, piece.end, width):
        yield _stretch(view, start, start + width)


def _stretch(view: View, start: int, end: int) -> tuple[int, int]:
    here = view.starts[start] if start < len(view.starts) else view.ends[-1]
    return (
        min(view.starts[start:end], default=here),
        max(view.ends[start:end], default=here),
    )


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


# --- Unicode --------------------------------------------------------------------------------

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NOT_ASCII: Final = re.compile(r"[^\x20-\x7e\t\n\r]+")

_DASHES: Final = dict.fromkeys(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-"
)
_LOOK_ALIKES: Final = dict(
    zip(
        "абвгдеёкмнорстухіјѕԁԛԝһӏАВЕКМНОРСТУХІЈЅԌԚԜαβεικνορτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧℓıɡɑ։∶⁄∕․",  # noqa: RUF001
        "abbrdeekmhopctyxijsdqwhlABEKMHOPCTYXIJSGQWaBeikvoptuxywABEZHIKMNOPTYXliga::/" + "/.",
        strict=True,
    )
)
"""Cyrillic, Greek and other letters that look like Latin ones; a part of Unicode's confusables
(https://www.unicode.org/Public/security/latest/confusables.txt). Only for looking, never output."""

_INVISIBLE: Final = frozenset({"Cf", "Cc", "Cs", "Mn", "Me"})
"""General categories that vanish: format marks (zero-width, bidi, soft hyphen), controls, lone
surrogates, combining marks."""


def _plain_character(character: str) -> str:
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    known = _DASHES.get(character) or _LOOK_ALIKES.get(character)
    if known:
        return known
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)


def _read_unicode(text: str) -> Iterator[Piece]:
    for match in _NOT_ASCII.finditer(text):
        for position in range(match.start(), match.end()):
            plain = _plain_character(text[position])
            if plain != text[position]:
                yield Piece(position, position + 1, plain)


_BIDI_OVERRIDE: Final = re.compile("\u202e([^\u202c\u2069]*)")


def _read_reversed(text: str) -> Iterator[Piece]:
    """Text behind a right-to-left override, as a reader sees it."""
    for match in _BIDI_OVERRIDE.finditer(text):
        yield Piece(match.start(), match.end(), match.group(1)[::-1])


# --- Encodings ------------------------------------------------------------------------------

_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _read_percent(text: str) -> Iterator[Piece]:
    for match in _PERCENT.finditer(text):
        raw = bytes.fromhex(match.group().replace("%", ""))
        plain = raw.decode("utf-8", "replace")
        yield Piece(match.start(), match.end(), plain, exact=len(plain) == len(raw))


_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _read_entities(text: str) -> Iterator[Piece]:
    for match in _ENTITY.finditer(text):
        plain = html.unescape(match.group())
        if plain != match.group():
            yield Piece(match.start(), match.end(), plain)


_ESCAPE: Final = re.compile(
    r"\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\"\\/bfnrt])"
)
_SHORT_ESCAPES: Final = {"b": " ", "f": " ", "n": "\n", "r": "\r", "t": "\t"}


def _read_escapes(text: str) -> Iterator[Piece]:
    for match in _ESCAPE.finditer(text):
        body = match.group()[1:]
        digits = body[1:].strip("{}")
        code = int(digits, 16) if digits else -1
        plain = chr(code) if 0 <= code < 0x110000 else _SHORT_ESCAPES.get(body, body)  # noqa: PLR2004
        yield Piece(match.start(), match.end(), plain)


_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{12,8192}={0,2}")
_BASE64_URL: Final = re.compile(r"[A-Za-z0-9_-]{12,8192}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){7,4096}")


def _read_base64(text: str, pattern: re.Pattern[str] = _BASE64) -> Iterator[Piece]:
    for match in pattern.finditer(text):
        plain = _printable(_from_base64(match.group()))
        if plain:
            yield Piece(match.start(), match.end(), plain)


def _read_base64_url(text: str) -> Iterator[Piece]:
    return _read_base64(text, _BASE64_URL)


def _from_base64(run: str) -> bytes:
    run = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4), validate=True)
    except binascii.Error:
        return b""


def _read_hex(text: str) -> Iterator[Piece]:
    for match in _HEX.finditer(text):
        plain = _printable(bytes.fromhex(match.group()))
        if plain:
            yield Piece(match.start(), match.end(), plain)


def _printable(raw: bytes) -> str:
    """The text that the bytes are, or nothing if they are not text."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if all(c.isprintable() or c in "\t\n\r" for c in text) else ""


# --- Spelling -------------------------------------------------------------------------------

_SPELLED: Final = re.compile(
    r"\s*[\[({<]\s*(at|dot|point)\s*[\])}>]\s*|(?<=\w)\s+(at|dot)\s+(?=\w+\s+(?:dot|\.)\s|\w{2,6}\b)",
    re.IGNORECASE,
)
_SPELLED_TRIGGER: Final = re.compile(r"[\[({<]\s*(?:at|dot|point)\s*[\])}>]|\sdot\s", re.IGNORECASE)


def _read_spelled(text: str) -> Iterator[Piece]:
    """``ada [at] example (dot) org``."""
    for match in _SPELLED.finditer(text):
        word = match.group(1) or match.group(2)
        yield Piece(match.start(), match.end(), "@" if word.lower() == "at" else ".")


_SPACED: Final = re.compile(r"(?<!\S)(?:\S[ \t]){6,}\S(?!\S)")
_SPACE: Final = re.compile(r"[ \t]")


def _read_spaced(text: str) -> Iterator[Piece]:
    """``a d a @ e x a m p l e . o r g``."""
    for run in _SPACED.finditer(text):
        for space in _SPACE.finditer(text, run.start(), run.end()):
            yield Piece(space.start(), space.end(), "")


# --- Layout ---------------------------------------------------------------------------------

_JSON: Final = re.compile(r"[{\[]\s*\"")
_JSON_MARKS: Final = re.compile(r"[{}\[\],:\s]*\"(?:[{}\[\],:\s]*\")?[{}\[\],:]*")


def _read_json(text: str) -> Iterator[Piece]:
    """``{"name": "Ada Lovelace"}``: each key and value on a line of its own, as sentences are."""
    for match in _JSON_MARKS.finditer(text):
        yield Piece(match.start(), match.end(), "\n")


_CAPITALS: Final = re.compile(r"(?-i:(?<!\w)[A-Z]{3,}(?: [A-Z]{3,})+(?!\w))")
_CAPITAL_WORD: Final = re.compile(r"[A-Z]+")


def _read_capitals(text: str) -> Iterator[Piece]:
    """``ADA LOVELACE``, as language models know her."""
    for run in _CAPITALS.finditer(text):
        for word in _CAPITAL_WORD.finditer(text, *run.span()):
            yield Piece(word.start(), word.end(), word.group().capitalize(), exact=True)


# --- Glue -----------------------------------------------------------------------------------

_GLUED_NUMBER: Final = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\+?\d(?:[ .\-]?\d){6,18}(?!\d)"
)
_GLUE: Final = re.compile(r"[^\W\d]\+?\d[\d .\-]{5}|\d[\d .\-]{5}\d?[^\W\d]")
_HEX_ID: Final = re.compile(r"(?=\d*[A-Fa-f])[0-9A-Fa-f]{12,}")
_RUN: Final = re.compile(r"[A-Za-z0-9]*")


def _read_glued(text: str) -> Iterator[Piece]:
    """``card_5555555555554444_end``, ``x198.51.100.23x``: a space where the number begins and ends."""
    for match in _GLUED_NUMBER.finditer(text):
        start, end = match.span()
        if _in_hex_id(text, start, end):
            continue
        if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
            yield Piece(start, start, " ")
        if end < len(text) and (text[end].isalpha() or text[end] == "_"):
            yield Piece(end, end, " ")


def _in_hex_id(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a longer hexadecimal id."""
    while start and text[start - 1].isalnum():
        start -= 1
    tail = _RUN.match(text, end)
    return bool(_HEX_ID.fullmatch(text, start, tail.end() if tail else end))


_READERS: Final[tuple[tuple[str, re.Pattern[str], Reader], ...]] = (
    ("unicode", re.compile(r"[^\x20-\x7e\t\n\r]"), _read_unicode),
    ("percent", _PERCENT, _read_percent),
    ("html", _ENTITY, _read_entities),
    ("escapes", _ESCAPE, _read_escapes),
    ("base64", _BASE64, _read_base64),
    ("base64url", _BASE64_URL, _read_base64_url),
    ("hex", _HEX, _read_hex),
    ("spelled", _SPELLED_TRIGGER, _read_spelled),
    ("spaced", _SPACED, _read_spaced),
    ("json", _JSON, _read_json),
    ("capitals", _CAPITALS, _read_capitals),
    ("unglued", _GLUE, _read_glued),
    ("reversed", _BIDI_OVERRIDE, _read_reversed),
)
"""Name, what a text must hold for the reader to have work, reader."""

_UNUSUAL: Final = re.compile(
    "|".join(f"(?:{trigger.pattern})" for _, trigger, _ in _READERS), re.IGNORECASE
)
