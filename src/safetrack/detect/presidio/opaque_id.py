"""What identifies without meaning anything. Only where the policy names it, and in open text."""

from __future__ import annotations

import re
from typing import Any, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.randomness import is_random
from safetrack.detect.presidio.result import result_of

_UUID: Final = re.compile(r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b")
_RUN: Final = re.compile(r"[A-Za-z0-9]{16,}")


class OpaqueIdRecognizer(EntityRecognizer):
    """UUIDs, hashes, and other runs of sixteen letters and digits or more in random order."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_entities=["OPAQUE_ID"], supported_language=supported_language)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All such runs in `text`, in order."""
        runs = [run.span() for run in _RUN.finditer(text) if is_random(run.group())]
        uuids = [match.span() for match in _UUID.finditer(text)]
        return [result_of(self, "OPAQUE_ID", start, end, 0.6) for start, end in (*uuids, *runs)]
