"""International bank account numbers, with patterns that fail closed."""

from __future__ import annotations

from typing import Any

from presidio_analyzer import EntityRecognizer, Pattern, RecognizerResult
from presidio_analyzer.predefined_recognizers import IbanRecognizer

from safetrack.detect.presidio.result import result_of


class GuardedIbanRecognizer(IbanRecognizer):
    """Presidio's IBAN recogniser; its own loop compiles patterns itself and swallows time-outs."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_language=supported_language, name="IbanRecognizer")

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
        regex_flags: int | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """IBANs whose check digits are right."""
        patterns: list[Any] = getattr(self, "patterns")  # noqa: B009  untyped in presidio
        found = [
            self._longest(match, pattern)
            for pattern in patterns
            for match in pattern.compiled_regex.finditer(text)
        ]
        return EntityRecognizer.remove_duplicates([result for result in found if result])

    def _longest(self, match: Any, pattern: Pattern) -> RecognizerResult | None:
        """The pattern may run into the words behind the number: try its groups, last one first."""
        for group in range(match.re.groups, 0, -1):
            end = match.end(group) if match.end(group) > 0 else match.end()
            valid = self.validate_result(match.string[match.start() : end])
            if valid is not False:
                score = 1.0 if valid else pattern.score
                return result_of(self, "IBAN_CODE", match.start(), end, score)
        return None
