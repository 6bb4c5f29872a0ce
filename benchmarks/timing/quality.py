"""Of the personal data in a stream, what each system leaves; of the rest, what it alters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from timing.stream import Told

COMPARED: Final = frozenset(
    {"EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IP_ADDRESS", "US_SSN", "IBAN_CODE", "PERSON"}
)
"""What naive Presidio finds that would be a leak if we did not. (Dates, places and URLs in
analytics values are what it finds most, and mostly no personal data.)"""
LEAST_SCORE: Final = 0.4


@dataclass
class Comparison:
    """Counts over one sample.

    Attributes:
        personal: Pieces of personal data in it.
        left: How many of them each system leaves as they are.
        harmless: String values without any.
        altered: How many of those each system alters.
        missed: By entity: pieces of personal data that naive Presidio found and safetrack left.
    """

    personal: int = 0
    left: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    altered: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


def compare(
    events: Sequence[Told], found: Sequence[dict[str, list[Any]]], left: Sequence[dict[str, Any]]
) -> Comparison:
    """Compare naive findings with what left of the same events under `unlisted: scrub`."""
    counts = Comparison()
    for event, findings, after in zip(events, found, left, strict=True):
        for key, text in event.strings():
            hits = [hit for hit in findings[key] if hit.score >= LEAST_SCORE]
            planted = event.personal.get(key, ())
            _count(counts, text, planted, hits, str(after.get(key, "")))
    return counts


def _count(
    counts: Comparison, text: str, planted: tuple[str, ...], hits: list[Any], after: str
) -> None:
    naive = _cut(text, hits)
    for piece in planted:
        counts.personal += 1
        counts.left["naive"] += piece in naive
        counts.left["safetrack"] += piece in after
    if not planted:
        counts.harmless += 1
        counts.altered["naive"] += naive != text
        counts.altered["safetrack"] += after != text
        return
    for hit in hits:
        piece = text[hit.start : hit.end]
        if hit.entity_type in COMPARED and any(piece in one for one in planted):
            counts.missed[hit.entity_type] += piece in after


def _cut(text: str, hits: list[Any]) -> str:
    """The text without what was found in it."""
    kept = list(text)
    for hit in hits:
        kept[hit.start : hit.end] = "\0" * (hit.end - hit.start)
    return "".join(kept)
