"""Unicode's ways to write ASCII: compatibility forms, foreign digits, look-alikes, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from safetrack.detect.views.look_alikes import LOOK_ALIKES
from safetrack.detect.views.view import Piece

UNUSUAL: Final = re.compile(r"[^\x20-\x7e\t\n\r]")
_WRITTEN_SO: Final = "\u2018\u2019\u201c\u201d\u2026\u2022\u2013\u2014\u00b7\u20ac\u00a3\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_STRANGE: Final = re.compile(
    rf"[^\x20-\x7e\t\n\r{_WRITTEN_SO}]|(?<=[\d+])[{_WRITTEN_SO}]|[{_WRITTEN_SO}](?=\d)"
)


def is_strange(text: str) -> bool:
    """Whether there is more than what ordinary prose is written with: accents, quotes, dashes."""
    if text.isascii() and text.isprintable():
        return False
    return bool(_STRANGE.search(text)) or ("@" in text and not text.isascii())


_INVISIBLE: Final = frozenset({"Cf", "Cc", "Cs", "Mn", "Me"})
"""General categories that vanish: format marks (zero-width, bidi, soft hyphen, tags), controls, lone
surrogates, combining marks (variation selectors and keycaps too)."""

_ENCLOSED: Final = (
    (0x1F150, "A", 26),  # negative circled letters
    (0x1F170, "A", 26),  # negative squared letters
    (0x1F1E6, "A", 26),  # regional indicators
    (0x2776, "1", 9),  # negative circled digits
    (0x2780, "1", 9),
    (0x278A, "1", 9),
    (0x24F5, "1", 9),  # double circled digits
)
"""First code point, what it reads as, how many: enclosed characters without a compatibility form."""

_SMALL_CAPITALS: Final = dict(
    zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True)
)

_SPELT: Final = {
    chr(code + i): chr(ord(plain) + i) for code, plain, count in _ENCLOSED for i in range(count)
} | _SMALL_CAPITALS


_FRAMED: Final = re.compile(r"\((\w)\)|(\w)\.")
"""Compatibility forms of parenthesised letters and of digits with a full stop."""


@lru_cache(maxsize=4096)
def plain_character(character: str) -> str:
    """What a character that is not printable ASCII reads as."""
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    known = _SPELT.get(character) or LOOK_ALIKES.get(character)
    if known:
        return known
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    framed = _FRAMED.fullmatch(plain)
    if framed:
        return framed[1] or framed[2]
    return "".join(
        LOOK_ALIKES.get(c, c) for c in plain if unicodedata.category(c) not in _INVISIBLE
    )


def read_unicode(text: str) -> Iterator[Piece]:
    """Every character that is not printable ASCII, as what it reads as.

    Words of a foreign script stay: only where they hold ASCII too, or nothing but look-alikes, is
    one script taken for another.
    """
    kept = _foreign_words(text)
    for match in UNUSUAL.finditer(text):
        at = match.start()
        if at in kept:
            continue
        plain = plain_character(text[at])
        if plain != text[at]:
            yield Piece(at, at + 1, plain)


_RUN: Final = re.compile(r"[^\W\d_]+(?:[^\w\s][^\W\d_]+)*")
_FOREIGN: Final = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u05d0-\u05ea\u0600-\u06ff]")


def _foreign_words(text: str) -> frozenset[int]:
    """Places of the letters of words that are wholly of a foreign script."""
    if not _FOREIGN.search(text):
        return frozenset()
    kept: set[int] = set()
    is_foreign = False
    for run in _RUN.finditer(text):
        letters = [c for c in run.group() if c.isalpha()]
        if all(_FOREIGN.match(c) for c in letters):
            kept.update(range(*run.span()))
            is_foreign = is_foreign or not all(c in LOOK_ALIKES for c in letters)
    return frozenset(kept) if is_foreign else frozenset()


OVERRIDE: Final = "\u202e"
_BIDI_OVERRIDE: Final = re.compile(f"{OVERRIDE}([^\u202c\u2069{OVERRIDE}]+)")


def read_bidi(text: str) -> Iterator[Piece]:
    """Text behind a right-to-left override, as a reader sees it."""
    for match in _BIDI_OVERRIDE.finditer(text):
        yield Piece(match.start(), match.end(), match.group(1)[::-1])


_TAGS: Final = re.compile("[\U000e0020-\U000e007e]{6,}")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")


def read_smuggled(text: str) -> Iterator[Piece]:
    """ASCII written in tag characters, bytes written in variation selectors: both invisible."""
    pieces = [
        Piece(*match.span(), "".join(chr(ord(c) - 0xE0000) for c in match.group()))
        for match in _TAGS.finditer(text)
    ]
    for match in _SELECTORS.finditer(text):
        raw = bytes(_selected(ord(c)) for c in match.group())
        pieces.append(Piece(*match.span(), raw.decode("utf-8", "replace")))
    return iter(sorted(pieces))


def _selected(code: int) -> int:
    return code - 0xFE00 if code < 0xE0100 else code - 0xE0100 + 16  # noqa: PLR2004  Unicode blocks


_TURNED: Final = dict(
    zip(
        "ɐɔǝɟƃɓɥᴉıɾʞןɯɹʇʌʍʎƖᄅƐㄣϛㄥ˙",
        "acefgghiijklmrtvwy12345" + "7.",
        strict=True,
    )
) | dict(zip("qbdpnu69", "bqpdun96", strict=True))
_TURNED_TRIGGER: Final = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]\\S*[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")


def is_turned(text: str) -> bool:
    """Whether there are letters that stand on their heads."""
    return not text.isascii() and bool(_TURNED_TRIGGER.search(text))


def read_turned(text: str) -> Iterator[Piece]:
    """``ƃɹo˙ǝldɯɐxǝ@ɐpɐ``: upside down, and so from right to left."""  # noqa: RUF002
    yield Piece(0, len(text), "".join(_TURNED.get(c, c) for c in reversed(text)))
