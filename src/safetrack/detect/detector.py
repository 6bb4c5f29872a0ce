"""The seam between the sanitizer and whatever finds personal data in text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from safetrack.event import Reason


@dataclass(frozen=True, slots=True)
class Query:
    """One text to search.

    Attributes:
        text: The value itself, as it would leave.
        words: The words of its key, lower case, as context: ``("billing", "phone")``.
        names: Whether names, places and the like are looked for too, or patterns only.
    """

    text: str
    words: tuple[str, ...] = ()
    names: bool = False

    def __repr__(self) -> str:
        return f"<Query {len(self.text)} characters>"


UNSEARCHED: Final = "REDACTED"
"""Entity of a stretch that was not searched. Whatever the policy says, it does not leave."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in a text: ``text[start:end]`` is an `entity`.

    Attributes:
        start: First character.
        end: One past the last character.
        entity: Presidio's name of the type, e.g. ``EMAIL_ADDRESS``.
        score: The recogniser's confidence, 0 to 1.
        recognizer: Which recogniser found it.
        view: In which reading of the text (`safetrack.detect.views`), e.g. ``percent``; empty for
            the text itself.
        has_context: Whether a word of the key, or of the text in front, spoke for it.
        unsearched: Why the stretch was not searched: nothing is known of it. None where something
            was found.
    """

    start: int
    end: int
    entity: str
    score: float
    recognizer: str
    view: str = ""
    has_context: bool = False
    unsearched: Reason | None = None


@dataclass(frozen=True, slots=True)
class SearchFailed:
    """The text could not be searched, so it must not leave."""

    reason: Reason


Findings: TypeAlias = tuple[Finding, ...] | SearchFailed
"""Non-overlapping findings in order of their start, or the reason why there are none."""


class Detector(Protocol):
    """Finds personal data. Thread-safe; never raises for any text."""

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        """Search all texts, in one batch. Returns one entry a query, in order."""
