"""Presidio results of our own recognisers."""

from __future__ import annotations

from typing import Any

from presidio_analyzer import AnalysisExplanation, RecognizerResult


def result_of(  # noqa: PLR0913  the parts of a result
    recognizer: Any, entity: str, start: int, end: int, score: float, *, context: str = ""
) -> RecognizerResult:
    """What `recognizer` found at ``[start, end)``, in the form that the analyzer expects.

    `context` is the word beside it that says what it is, if one does.
    """
    explanation = AnalysisExplanation(recognizer=recognizer.name, original_score=score)
    explanation.set_supportive_context_word(context)
    return RecognizerResult(
        entity_type=entity,
        start=start,
        end=end,
        score=score,
        analysis_explanation=explanation,
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: recognizer.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
        },
    )
