"""Presidio's analyzer, without asking recognisers that cannot find anything in a text.

It gives what `AnalyzerEngine.analyze` gives (a test compares the two): Presidio's recognisers are
asked in the same order, Presidio's enhancer weighs the context, Presidio removes duplicates. What
is left out is what costs: recognisers whose patterns need digits or marks that the text does not
hold, looking the same recognisers up for every text, and copying results that nobody else has.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    PatternRecognizer,
    RecognizerResult,
)

from safetrack.detect.presidio.artifacts import TextArtifacts
from safetrack.detect.presidio.guard import GuardedPattern
from safetrack.detect.presidio.needs import NOTHING, Holdings, Needs, needs

_NAME: Final = RecognizerResult.RECOGNIZER_NAME_KEY
_ID: Final = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY


@dataclass(frozen=True, slots=True)
class Part:
    """Those patterns of a recogniser that need the same: a copy of it with these alone."""

    needs: Needs
    recognizer: EntityRecognizer
    patterns: tuple[GuardedPattern, ...] = ()

    def may_find(self, text: str, holdings: Holdings) -> bool:
        """Whether it may find anything in a text."""
        if not self.needs.met_by(holdings):
            return False
        return not self.patterns or any(one.is_in(text) for one in self.patterns)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A recogniser, and when it need not be asked.

    Attributes:
        recognizer: Presidio's or one of the same make.
        trigger: Matches in every text in which it finds something (its class's ``TRIGGER``).
        parts: The recogniser by what its patterns need; one part that needs nothing where it does
            not go by patterns alone.
        highest: The score that it may give by itself.
        context: The words that raise its scores.
    """

    recognizer: EntityRecognizer
    trigger: re.Pattern[str] | None
    parts: tuple[Part, ...]
    highest: float = EntityRecognizer.MAX_SCORE
    context: frozenset[str] = frozenset()

    def may_reach(self, least: float, artifacts: TextArtifacts, context: Sequence[str]) -> bool:
        """Whether it may find something of that score, with what the enhancer adds for context."""
        if self.highest >= least or not self.context.isdisjoint(artifacts.keywords):
            return True
        return any(word.lower() in self.context for word in context)

    def find(
        self, text: str, holdings: Holdings, entities: list[str], artifacts: Any
    ) -> list[RecognizerResult]:
        """What it finds in a text."""
        if self.trigger is not None and not self.trigger.search(text):
            return []
        found = [
            part.recognizer.analyze(text, entities, artifacts)
            for part in self.parts
            if part.may_find(text, holdings)
        ]
        results: list[RecognizerResult] = [one for some in found for one in some or ()]
        if len(found) > 1 and results:  # as if its patterns had been asked together
            results = EntityRecognizer.remove_duplicates(results)
        for result in results:
            _sign(result, self.recognizer)
        return results


class Engine:
    """Runs an analyzer's recognisers over one text at a time. Thread-safe as they are.

    Args:
        analyzer: Says which recognisers and which context enhancer.
        language: The language that they are asked for.

    Attributes:
        recognizers: Those that are asked, in order.
    """

    def __init__(self, analyzer: AnalyzerEngine, language: str) -> None:
        self._enhancer = analyzer.context_aware_enhancer
        self.recognizers: list[EntityRecognizer] = [
            one for one in analyzer.registry.recognizers if one.supported_language == language
        ]
        self._entities = analyzer.get_supported_entities(language)
        self._asked = [_asked(recognizer) for recognizer in self.recognizers]
        self._has_enhancers = any(
            type(recognizer).enhance_using_context is not EntityRecognizer.enhance_using_context
            for recognizer in self.recognizers
        )
        self._analyzer = analyzer

    def analyze(
        self, text: str, context: Sequence[str], least: float, artifacts: TextArtifacts
    ) -> list[RecognizerResult]:
        """What the recognisers find.

        Args:
            text: To be searched.
            context: Words that speak for a finding, beside those around it.
            least: The score that a finding must have.
            artifacts: The text's words and the names in it.
        """
        holdings = Holdings(text)
        words: Any = artifacts  # what Presidio reads of its own artifacts
        results = _Own(
            result
            for asked in self._asked
            if self._has_enhancers or asked.may_reach(least, artifacts, context)
            for result in asked.find(text, holdings, self._entities, words)
        )
        if not results:
            return []
        enhance = self._analyzer._enhance_using_context  # noqa: SLF001  with recognisers' own part
        if self._has_enhancers:
            enhanced = enhance(text, results, words, self.recognizers, list(context))
        else:
            enhanced = self._enhancer.enhance_using_context(
                text=text,
                raw_results=results,
                nlp_artifacts=words,
                recognizers=self.recognizers,
                context=list(context),
            )
        likely = [result for result in enhanced if result.score >= least]
        found: list[RecognizerResult] = EntityRecognizer.remove_duplicates(likely)
        return found


class _Own(list[RecognizerResult]):
    """Results that nobody else holds: the enhancer may change them instead of a deep copy."""

    def __deepcopy__(self, _memo: object) -> _Own:
        return self


def _asked(recognizer: EntityRecognizer) -> _Asked:
    trigger = getattr(type(recognizer), "TRIGGER", None)
    compiled = re.compile(trigger) if trigger else None
    if (
        isinstance(recognizer, PatternRecognizer)
        and type(recognizer).analyze is PatternRecognizer.analyze
    ):
        parts = tuple(parts_of(recognizer))
        words = frozenset(word.lower() for word in recognizer.context or ())
        return _Asked(recognizer, compiled, parts, _highest(recognizer), words)
    return _Asked(recognizer, compiled, (Part(NOTHING, recognizer),))


def _highest(recognizer: Any) -> float:
    """The highest score of its patterns, where it does not judge their matches by itself."""
    if type(recognizer).validate_result is not PatternRecognizer.validate_result:
        return float(EntityRecognizer.MAX_SCORE)
    return max((float(pattern.score) for pattern in recognizer.patterns), default=0.0)


def parts_of(recognizer: Any) -> Iterator[Part]:
    """A pattern recogniser, divided by what its patterns need of a text."""
    by_needs: dict[Needs, list[Any]] = {}
    for pattern in recognizer.patterns:
        asked = needs(pattern.regex, recognizer.global_regex_flags)
        by_needs.setdefault(asked, []).append(pattern)
    for asked, patterns in by_needs.items():
        part = copy.copy(recognizer)
        part.patterns = patterns
        yield Part(asked, part, tuple(pattern.compiled_regex for pattern in patterns))


def _sign(result: RecognizerResult, recognizer: Any) -> None:
    """Add who found it, as the analyzer itself does where a recogniser does not."""
    signature = {_NAME: recognizer.name, _ID: recognizer.id}
    result.recognition_metadata = signature | (result.recognition_metadata or {})
