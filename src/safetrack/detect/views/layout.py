"""How records are laid out: names in them are read as lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safetrack.detect.views.view import Piece

JSON: Final = re.compile(r"[{\[]\s*[\"']")
_JSON_MARKS: Final = re.compile(r"[{}\[\],:\s\"']+")


def read_json(text: str) -> Iterator[Piece]:
    """``{"name": "Ada Lovelace"}``: each key and value on a line of its own, as sentences are."""
    for match in _JSON_MARKS.finditer(text):
        marks = match.group()
        if '"' in marks or ("'" in marks and len(marks) > 1):  # not that of "don't"
            yield Piece(match.start(), match.end(), "\n")


MARKUP: Final = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,200}>")


def is_markup(text: str) -> bool:
    """Whether there is a tag."""
    return "<" in text and ">" in text


def read_markup(text: str) -> Iterator[Piece]:
    """``<name>Ada Lovelace</name>``."""
    for match in MARKUP.finditer(text):
        yield Piece(match.start(), match.end(), "\n")


FIELDS: Final = re.compile(
    r"[=;|\t][^=;&|\t\n]{0,80}\w \w[^=;&|\t\n]{0,80}[;&|\t]|[;&|\t]\w{1,40}[=:] ?\w+ \w"
)
_FIELD_MARKS: Final = re.compile(r"[=;&|\t]+")


def is_fields(text: str) -> bool:
    """Whether names and values alternate, or columns are told apart by a mark."""
    return ("=" in text or ";" in text or "|" in text or "\t" in text) and bool(FIELDS.search(text))


def read_fields(text: str) -> Iterator[Piece]:
    """``id=7;name=Ada Lovelace``, and tables with other separators than commas."""
    for match in _FIELD_MARKS.finditer(text):
        yield Piece(match.start(), match.end(), "\n")


_LINE: Final = re.compile(r"[^\r\n]+")
_COLUMNS: Final = re.compile(r"\w,\w")


def is_table(text: str) -> bool:
    """Whether two lines have as many commas."""
    if "\n" not in text or not _COLUMNS.search(text):
        return False
    first, second, *_ = [*(line.count(",") for line in _LINE.findall(text)), 0, 0]
    return bool(0 < first == second)


def read_table(text: str) -> Iterator[Piece]:
    """``7,Ada Lovelace,pro``, under a line of headings."""
    for at, character in enumerate(text):
        if character == ",":
            yield Piece(at, at + 1, "\n", exact=True)


MOST_BROKEN: Final = 6
_BROKEN: Final = re.compile(r"(?<=[a-z\d])[\t\r\n]+(?=[A-Z\d])")


def is_broken(text: str) -> bool:
    """Whether a few words stand on lines of their own."""
    return ("\n" in text or "\t" in text) and len(text.split()) <= MOST_BROKEN


def read_broken(text: str) -> Iterator[Piece]:
    """``Ada⏎Lovelace``: on one line."""
    for match in _BROKEN.finditer(text):
        yield Piece(*match.span(), " ")


CAPITALS: Final = re.compile(r"(?<!\w)[A-Z]{3,}(?: [A-Z]{3,})+(?!\w)")
_CAPITAL_WORD: Final = re.compile(r"[A-Z]+")


def read_capitals(text: str) -> Iterator[Piece]:
    """``ADA LOVELACE``, as language models know her."""
    for run in CAPITALS.finditer(text):
        for word in _CAPITAL_WORD.finditer(text, *run.span()):
            yield Piece(word.start(), word.end(), word.group().capitalize(), exact=True)
