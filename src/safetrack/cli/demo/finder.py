"""Finds thousands of known values in any text, plain or decoded, in one pass over its words."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

_WORD: Final = re.compile(r"[^\W_]+")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_DEPTH: Final = 3
"""Decodings inside decodings: a URL inside a token inside a URL."""
HASHES: Final = ("md5", "sha1", "sha256")
"""Unkeyed hashes that a list of known addresses and ids reverses at once."""


@dataclass(frozen=True, slots=True)
class _Target:
    kind: str
    value: str
    folded: str
    offset: int
    """Where the word it is looked up by starts in it."""


class Finder:
    """Looks for known values, whole words only, whatever the case and the Unicode form.

    Args:
        values: What to look for, by kind.
        hashed: Kinds whose values are also recognised as unkeyed hashes (`HASHES`, hex).
    """

    def __init__(self, values: Mapping[str, Iterable[str]], hashed: Iterable[str] = ()) -> None:
        written = [(kind, value, fold(value)) for kind, bag in values.items() for value in bag]
        for kind in hashed:
            written += [(kind, value, text) for value in values[kind] for text in _hashes(value)]
        self._targets = _index(written)

    def find(self, text: str) -> set[tuple[str, str]]:
        """Kind and value of all that stands in `text`, plain or decoded."""
        found: set[tuple[str, str]] = set()
        for view in views(text):
            found |= self.find_plain(view)
        return found

    def find_plain(self, text: str) -> set[tuple[str, str]]:
        """Kind and value of all that stands in `text` as it is."""
        folded = fold(text)
        known = self._targets.keys()
        return {
            (target.kind, target.value)
            for word in _WORD.finditer(folded)
            if word[0] in known
            for target in self._targets[word[0]]
            if _stands(target, folded, word.start() - target.offset)
        }


def fold(text: str) -> str:
    """Case-folded, in Unicode's composed form."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold())


def views(text: str, depth: int = _DEPTH) -> Iterator[str]:
    """The text, and what its percent escapes, base64 and hex runs decode to."""
    yield text
    if depth:
        for decoded in _decodings(text):
            yield from views(decoded, depth - 1)


def _decodings(text: str) -> Iterator[str]:
    if "%" in text and (plain := unquote_plus(text)) != text:
        yield plain
    for run in _BASE64.findall(text):
        yield from _readable(_from_base64(run))
    for run in _HEX.findall(text):
        yield from _readable(bytes.fromhex(run))


def _from_base64(run: str) -> bytes:
    padded = run.replace("+", "-").replace("/", "_") + "=" * (-len(run) % 4)
    try:
        return base64.urlsafe_b64decode(padded)
    except binascii.Error:
        return b""


def _readable(decoded: bytes) -> Iterator[str]:
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        return
    if text.isprintable() and text:
        yield text


def _hashes(value: str) -> Iterator[str]:
    for name in HASHES:
        yield hashlib.new(name, value.encode(), usedforsecurity=False).hexdigest()


def _index(written: list[tuple[str, str, str]]) -> dict[str, list[_Target]]:
    """Each value under its rarest word, so that few values are compared at any word."""
    shared = Counter(word for _, _, folded in written for word in set(_WORD.findall(folded)))
    index: dict[str, list[_Target]] = defaultdict(list)
    for kind, value, folded in written:
        words = _WORD.finditer(folded)
        rarest = min(words, key=lambda word: (shared[word[0]], -len(word[0])))
        index[rarest[0]].append(_Target(kind, value, folded, rarest.start()))
    return dict(index)


def _stands(target: _Target, text: str, start: int) -> bool:
    end = start + len(target.folded)
    if start < 0 or not text.startswith(target.folded, start):
        return False
    return not (_is_inside_word(text, start) or _is_inside_word(text, end))


def _is_inside_word(text: str, position: int) -> bool:
    """Whether a word goes on across `position`."""
    around = text[max(position - 1, 0) : position + 1]
    return len(around) == 2 and around.isalnum()  # noqa: PLR2004  the two characters at the border
