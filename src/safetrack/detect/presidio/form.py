"""Values known by their form alone: a table of patterns, and the recogniser that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.guard import GuardedPattern
from safetrack.detect.presidio.literals import Literals
from safetrack.detect.presidio.result import result_of

VALUE: Final = "value"
"""The group of a pattern that is found; without one, the whole match is."""


@dataclass(frozen=True, slots=True)
class Form:
    """One pattern.

    Attributes:
        needs: Texts, lower case, at least one of which is in whatever the pattern matches, in any
            case; texts that have none are spared the pattern. Empty where there is no such text:
            then the recogniser's ``WITHOUT_NEEDS`` matches in all that it matches.
        pattern: A regular expression; what its group ``value`` matches is found.
        entity: What it is.
        score: 0 to 1.
        is_right: Decides about what was found; None believes all.
    """

    needs: tuple[str, ...]
    pattern: str
    entity: str = "SECRET"
    score: float = 0.9
    is_right: Callable[[str], bool] | None = None


class FormRecognizer(EntityRecognizer):
    """Finds the forms of a table. Subclasses give the table.

    Attributes:
        FORMS: The table.
        TRIGGER: A cheap pattern that matches in every text in which one of the forms does.
        WITHOUT_NEEDS: The same for the forms that need no text: by default a run of 24 letters,
            digits, hyphens and slashes.
    """

    FORMS: ClassVar[tuple[Form, ...]] = ()
    TRIGGER: ClassVar[str] = ""
    WITHOUT_NEEDS: ClassVar[str] = r"[\w+/-]{24}"

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entities=sorted({form.entity for form in self.FORMS}),
            supported_language=supported_language,
        )
        self._patterns = [GuardedPattern(form.pattern, 0) for form in self.FORMS]
        self._literals = Literals(need for form in self.FORMS for need in form.needs)
        self._trigger = re.compile(self.TRIGGER)
        self._without_needs = re.compile(self.WITHOUT_NEEDS)
        self._by_need: dict[str, list[int]] = {}
        self._unconditional = [n for n, form in enumerate(self.FORMS) if not form.needs]
        for number, form in enumerate(self.FORMS):
            for need in form.needs:
                self._by_need.setdefault(need, []).append(number)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All values of these forms in `text`."""
        if not self._trigger.search(text):
            return []
        found = {
            (form.entity, *span): form.score
            for number in self._possible(text)
            for form in (self.FORMS[number],)
            for span in _spans(form, self._patterns[number], text)
        }
        return [result_of(self, *place, score) for place, score in found.items()]

    def _possible(self, text: str) -> list[int]:
        """Numbers of the forms that may match."""
        possible: list[int] = []
        if self._unconditional and self._without_needs.search(text):
            possible += self._unconditional
        for need in self._literals.found_in(text.lower()):
            possible += self._by_need[need]
        return sorted(set(possible))


def _spans(form: Form, pattern: GuardedPattern, text: str) -> list[tuple[int, int]]:
    name = VALUE if pattern.has_group(VALUE) else 0
    spans = [match.span(name) for match in pattern.finditer(text)]
    if form.is_right is None:
        return spans
    return [span for span in spans if form.is_right(text[slice(*span)])]
