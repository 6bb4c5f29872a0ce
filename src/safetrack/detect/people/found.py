"""What the finders of this package report."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """``text[start:end]`` is an `entity`, according to a finder."""

    start: int
    end: int
    entity: str
    score: float
    finder: str
