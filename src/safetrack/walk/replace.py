"""Replacing what was found in a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeAlias

from safetrack.detect.detector import Finding

Treat: TypeAlias = Callable[[str, str], str | None]
"""Matched text and entity → what stands there instead; None to remove it."""


def replace(text: str, findings: Sequence[Finding], treat: Treat) -> str:
    """The text with each finding replaced, and everything between them as it was.

    Args:
        text: The text that was searched.
        findings: In it, offsets in characters (code points). Where two overlap, as a detector of
            others may report them, the later one replaces what the earlier one left of it.
        treat: Called once a finding.
    """
    pieces: list[str] = []
    done = 0
    for finding in sorted(findings, key=attrgetter("start")):
        start = max(finding.start, done)
        if start < finding.end:
            pieces += (text[done:start], treat(text[start : finding.end], finding.entity) or "")
            done = finding.end
    return "".join(pieces) + text[done:]
