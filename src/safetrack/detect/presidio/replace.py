"""Replacing what was found, with presidio-anonymizer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

from safetrack.detect.detector import Finding
from safetrack.detect.presidio.quiet import quiet

Treat: TypeAlias = Callable[[str, str], str | None]
"""Matched text and entity → what stands there instead; None to remove it."""

_ENGINE: Final = AnonymizerEngine()  # type: ignore[no-untyped-call]


def replace(text: str, findings: Sequence[Finding], treat: Treat) -> str:
    """The text with each finding replaced, and everything between them as it was.

    Args:
        text: The text that was searched.
        findings: Non-overlapping findings in it, offsets in characters (code points).
        treat: Called once a finding.
    """
    if not findings:
        return text
    # Two findings of one entity with a space between them stay two: hence no merging.
    with quiet():
        return str(
            _ENGINE.anonymize(
                text=text,
                analyzer_results=[_result(finding) for finding in findings],
                operators={f.entity: _operator(f.entity, treat) for f in findings},
                merge_entities_with_spaces=False,
            ).text
        )


def _operator(entity: str, treat: Treat) -> OperatorConfig:
    def replacement(matched: str) -> str:
        treated = treat(matched, entity)
        return "" if treated is None else treated

    return OperatorConfig("custom", {"lambda": replacement})


def _result(finding: Finding) -> RecognizerResult:
    return RecognizerResult(
        entity_type=finding.entity, start=finding.start, end=finding.end, score=finding.score
    )
