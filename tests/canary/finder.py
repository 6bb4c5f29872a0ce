"""Look for canaries in all that came out, through every encoding that is known to hide them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from canary.evidence import Evidence
from canary.grid import Canary
from safetrack.testing.readings import readings, squash

SHORTEST: Final = 6
"""Letters or digits of what is looked for: anything shorter is found everywhere by chance."""
SHORTEST_IN_BYTES: Final = 10
"""The same in a database's raw bytes, where compression tears keyed digests into pieces. Its rows are
searched as well, as text."""
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
