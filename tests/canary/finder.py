"""Look for canaries in all that came out, through every encoding that is known to hide them.

It shares no code with the detection that it checks.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from canary.encodings import ARABIC, LOOK_ALIKES
from canary.evidence import Evidence
from canary.grid import Canary

SHORTEST: Final = 6
"""Letters or digits of what is looked for: anything shorter is found everywhere by chance."""
SHORTEST_IN_BYTES: Final = 10
"""The same in a database's raw bytes, where compression tears keyed digests into pieces. Its rows are
searched as well, as text."""
DEEPEST: Final = 3
"""Encodings inside encodings that are undone."""

_OWN: Final = re.compile(
    r"st1_[a-z0-9]{1,8}_\d+_[a-z2-7]{39}"  # pseudonyms
    r"|[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"  # message ids
    r"|v1=[0-9a-f]{64}"  # signatures
    r"|\b1[789]\d{8}(?:\d{3})?\b"  # times of receipt
)
"""Keyed digests and the clock: long enough to hold anything by chance, and nobody's."""

_BREAKS: Final = re.compile(r'[\x00-\x1f"]+')


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of text with canaries in it."""

    origin: str
    text: str
    canaries: tuple[Canary, ...]


class Finder:
    """Finds canaries, and the parts of them that identify."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self._owners: dict[str, list[Canary]] = defaultdict(list)
        for canary in canaries:
            for needle in canary.needles:
                if len(needle) >= SHORTEST:
                    self._owners[needle].append(canary)
        self._starts: dict[str, list[str]] = defaultdict(list)
        for needle in self._owners:
            self._starts[needle[:SHORTEST]].append(needle)

    def hits(self, evidence: Evidence) -> list[Hit]:
        """Every piece of the evidence with a canary in it."""
        known: dict[tuple[str, int], tuple[Canary, ...]] = {}
        hits = []
        for origin, text in evidence.texts:
            is_raw = origin.startswith("file") and origin.endswith(".duckdb")
            shortest = SHORTEST_IN_BYTES if is_raw else SHORTEST
            for piece in set(_BREAKS.split(_OWN.sub(" ", text))):
                if (piece, shortest) not in known:
                    known[piece, shortest] = self._in(piece, shortest)
                if known[piece, shortest]:
                    hits.append(Hit(origin, piece, known[piece, shortest]))
        return hits

    def _in(self, piece: str, shortest: int) -> tuple[Canary, ...]:
        found = {
            needle
            for reading in readings(piece)
            for needle in self._needles(squash(reading))
            if len(needle) >= shortest
        }
        if not found:
            return ()
        owners = {id(one): one for needle in found for one in self._owners[needle]}.values()
        whole = tuple(one for one in owners if one.needles[0] in found)
        if whole:
            return whole
        most = max(len(found.intersection(one.needles)) for one in owners)
        return tuple(one for one in owners if len(found.intersection(one.needles)) == most)

    def _needles(self, text: str) -> Iterator[str]:
        for at in range(len(text) - SHORTEST + 1):
            for needle in self._starts.get(text[at : at + SHORTEST], ()):
                if text.startswith(needle, at):
                    yield needle


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
