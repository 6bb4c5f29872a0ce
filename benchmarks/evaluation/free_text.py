"""Sentences with marked spans: the synthetic set of presidio-research.

https://github.com/microsoft/presidio-research/blob/master/data/synth_dataset_v2.json (MIT); not
part of this repository. A span is found when at least half of its characters lie in findings of
any type, fully masked when all that are no white space do; a finding is right when at least half
of it lies in marked spans.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from evaluation.scoring import wilson
from evaluation.systems import PlainPresidio

Spans: TypeAlias = list[tuple[int, int]]

HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with what is personal in it: start, end, type."""

    text: str
    gold: list[tuple[int, int, str]]


@dataclass(slots=True)
class Score:
    """Counts over all texts."""

    found: Counter[str]
    masked: int
    right: int
    predicted: int


def read_sentences(path: Path) -> list[Sentence]:
    """The texts of a file of presidio-research."""
    return [
        Sentence(
            one["full_text"],
            [(s["start_position"], s["end_position"], s["entity_type"]) for s in one["spans"]],
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def score(sentences: Sequence[Sentence], predicted: Sequence[Spans]) -> Score:
    """Compare findings with the marked spans."""
    total = Score(Counter(), 0, 0, 0)
    for sentence, spans in zip(sentences, predicted, strict=True):
        covered = _characters(spans)
        gold = _characters([(start, end) for start, end, _ in sentence.gold])
        for start, end, kind in sentence.gold:
            inside = sum(at in covered for at in range(start, end))
            total.found[kind] += inside >= HALF * (end - start)
            total.masked += all(
                at in covered or sentence.text[at].isspace() for at in range(start, end)
            )
        for start, end in spans:
            total.predicted += 1
            total.right += sum(at in gold for at in range(start, end)) >= HALF * (end - start)
    return total


def print_free_text(path: Path, *, peers: bool) -> None:
    """Search all sentences and print what was found, in total and by type."""
    sentences = read_sentences(path)
    texts = [sentence.text for sentence in sentences]
    found = {
        "safetrack, all": score(sentences, _own(texts, everything=True)),
        "safetrack": score(sentences, _own(texts, everything=False)),
    }
    if peers:
        presidio = PlainPresidio()
        found["Presidio"] = score(sentences, [presidio.spans(text) for text in texts])
    gold = Counter(kind for sentence in sentences for _, _, kind in sentence.gold)
    _print(gold, found)


def _own(texts: Sequence[str], *, everything: bool) -> list[Spans]:
    """What our detector finds; a text that could not be searched is found whole."""
    from safetrack.detect.detector import Query, SearchFailed
    from safetrack.detect.entities import DEFAULT_ENTITIES, ENTITIES
    from safetrack.detect.presidio.analyzer import PresidioDetector

    detector = PresidioDetector(entities=ENTITIES if everything else DEFAULT_ENTITIES)
    found = detector.find([Query(text, names=True) for text in texts])
    return [
        [(0, len(text))] if isinstance(one, SearchFailed) else [(f.start, f.end) for f in one]
        for text, one in zip(texts, found, strict=True)
    ]


def _characters(spans: Spans) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _print(gold: Counter[str], found: dict[str, Score]) -> None:
    spans = gold.total()
    print(f"\nfree text: {spans} marked spans, found as any type\n")
    print(f"{'':24}" + "".join(f"{name:>18}" for name in found))
    for title, hits, of in (
        ("found", [s.found.total() for s in found.values()], [spans] * len(found)),
        ("fully masked", [s.masked for s in found.values()], [spans] * len(found)),
        (
            "findings right",
            [s.right for s in found.values()],
            [s.predicted for s in found.values()],
        ),
    ):
        print(f"{title:24}" + "".join(_share(h, n) for h, n in zip(hits, of, strict=True)))
    for kind, count in gold.most_common():
        cells = "".join(_share(s.found[kind], count) for s in found.values())
        print(f"  {kind.lower():16}{count:6}{cells}")


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of:7.1%} [{low:3.0%},{high:4.0%}]" if of else f"{'none':>18}"
