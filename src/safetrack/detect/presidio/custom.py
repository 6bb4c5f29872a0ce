"""Recognisers that a policy defines, as Presidio's."""

from __future__ import annotations

from collections.abc import Iterable

from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer

from safetrack.policy.document import CustomRecognizer


def build_recognizers(
    written: Iterable[CustomRecognizer], languages: Iterable[str]
) -> list[EntityRecognizer]:
    """One Presidio recogniser for each of the policy's that has one of the languages.

    Args:
        written: What the policy says.
        languages: The policy's languages, the first one first: all are registered under that.
    """
    first, *others = languages
    return [
        _recognizer(one, first)
        for one in written
        if not one.languages or not {first, *others}.isdisjoint(one.languages)
    ]


def _recognizer(written: CustomRecognizer, language: str) -> EntityRecognizer:
    patterns = [
        Pattern(f"{written.name} {number}", pattern.regex, pattern.score)
        for number, pattern in enumerate(written.patterns, start=1)
    ]
    return PatternRecognizer(
        supported_entity=written.entity,
        name=written.name,
        supported_language=language,
        patterns=patterns,
        deny_list=list(written.deny_list),
        context=list(written.context),
    )
