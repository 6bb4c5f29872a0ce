"""Labelled sentences: templates filled with values, then roughened as people type."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from values import Values

TEMPLATES: Final = Path(__file__).parent / "templates"
HARMLESS: Final = "harmless.txt"
HARMLESS_SHARE: Final = 0.33
"""Of all sentences: texts in which nothing is to be found."""
SHORT: Final = ("bare.txt", "search.txt")
SHORT_SHARE: Final = 0.25
"""Of the others: values of a few words, without a sentence around them."""
_SLOT: Final = re.compile(r"\{([a-z_0-9]+)\}")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and its entities (start, end, label), in order, not overlapping."""

    text: str
    entities: tuple[Span, ...]


def templates(*, held_out: bool) -> dict[str, list[str]]:
    """The templates by file; one in twelve is held out, chosen by its checksum."""
    return {
        path.name: [
            line.replace("\\n", "\n").replace("\\t", "\t")
            for line in path.read_text("utf-8").splitlines()
            if line and (zlib.crc32(line.encode()) % 12 == 0) == held_out
        ]
        for path in sorted(TEMPLATES.glob("*.txt"))
    }


def sentences(seed: int, *, held_out: bool = False) -> Iterator[Sentence]:
    """An endless stream of labelled sentences, fixed by the seed."""
    values = Values(seed)
    files = templates(held_out=held_out)
    harmless = files.pop(HARMLESS)
    short = [line for name in SHORT for line in files.pop(name)]
    long = [line for name in sorted(files) for line in files[name]]
    while True:
        values.next_sentence()
        if values.chance(HARMLESS_SHARE):
            lines = harmless
        else:
            lines = short if values.chance(SHORT_SHARE) else long
        template = values.random.choice(lines)
        while lines is long and values.chance(0.22):
            template += values.pick(" ", "\n", " ") + values.random.choice(
                harmless if values.chance(0.2) else long
            )
        yield _join(_rough(_fill(template, values), values))


_Piece = tuple[str, str | None]


def _fill(template: str, values: Values) -> list[_Piece]:
    pieces: list[_Piece] = []
    end = 0
    for match in _SLOT.finditer(template):
        pieces.append((template[end : match.start()], None))
        pieces.append(values.draw(match.group(1)))
        end = match.end()
    return [piece for piece in [*pieces, (template[end:], None)] if piece[0]]


def _rough(pieces: list[_Piece], values: Values) -> list[_Piece]:
    draw = values.random.random()
    if draw < 0.20:
        pieces = [(text.lower(), label) for text, label in pieces]
    elif draw < 0.26:
        pieces = [(text.upper(), label) for text, label in pieces]
    elif draw < 0.29:
        pieces = [(text.title(), label) for text, label in pieces]
    elif draw < 0.33:  # values alone, as typed on a phone
        pieces = [(text.lower() if label else text, label) for text, label in pieces]
    if values.chance(0.06):
        pieces = [(re.sub(r"[.,;!?]", "", text), label) for text, label in pieces]
    if values.chance(0.05):
        pieces = [
            (_typo(text, values) if values.chance(0.5) else text, label) for text, label in pieces
        ]
    return [piece for piece in pieces if piece[0]]


def _typo(text: str, values: Values) -> str:
    at = values.number(0, max(len(text) - 2, 0))
    if not text[at : at + 2].isalpha():
        return text
    return values.pick(
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
    )


def _join(pieces: list[_Piece]) -> Sentence:
    text, entities = "", []
    for piece, label in pieces:
        start = len(text)
        text += piece
        if label and piece.strip():
            lead = len(piece) - len(piece.lstrip())
            entities.append((start + lead, start + len(piece.rstrip()), label))
    return Sentence(text, tuple(_merged(text, entities)))


_ONE_ADDRESS: Final = re.compile(r",? ?|,?\n")


def _merged(text: str, spans: list[Span]) -> Iterator[Span]:
    """First and last name are one name; street, postcode and city are one address."""
    current: Span | None = None
    for span in spans:
        if current is None:
            current = span
            continue
        between = text[current[1] : span[0]]
        labels = (current[2], span[2])
        together = (
            (labels == ("PERSON", "PERSON") and between == " ")
            or (labels == ("FAC", "GPE") and _ONE_ADDRESS.fullmatch(between))
            or (labels == ("GPE", "GPE") and between == " ")
        )
        if together:
            current = (current[0], span[1], current[2])
        else:
            yield current
            current = span
    if current:
        yield current
