"""A detector that is loaded when the first text must be searched, or ahead in the background."""

from __future__ import annotations

from collections.abc import Sequence

from safetrack.detect.detector import Detector, Findings, Query
from safetrack.detect.entities import DEFAULT_ENTITIES
from safetrack.detect.fork import ForkLock
from safetrack.detect.presidio.model import installed_models


class LazyDetector:
    """Presidio, cached, built on first use.

    Args:
        languages: Languages whose names and places are looked for.
        min_score: Least confidence of a finding that counts.
        named: Entities that the policy names itself: reported even where the default leaves
            them (dates).

    Raises:
        DetectorError: No model of one of the languages is installed. (Whether it is the right
            one is seen when it is loaded.)
    """

    def __init__(
        self,
        *,
        languages: tuple[str, ...] = ("en",),
        min_score: float = 0.4,
        named: frozenset[str] = frozenset(),
    ) -> None:
        for language in languages:
            installed_models(language)
        self._languages = languages
        self._min_score = min_score
        self._entities = DEFAULT_ENTITIES | named
        self._lock = ForkLock()
        self._detector: Detector | None = None

    def warm(self) -> None:
        """Load everything now.

        Raises:
            DetectorError: A model is missing or not the one that was published.
        """
        self._loaded(warm=True)

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        """Search all texts, loading what that needs first.

        Raises:
            DetectorError: A model is missing or not the one that was published.
        """
        return self._loaded().find(queries)

    def _loaded(self, *, warm: bool = False) -> Detector:
        with self._lock:
            if self._detector is None:
                from safetrack.detect.cached import CachedDetector
                from safetrack.detect.presidio.analyzer import PresidioDetector

                presidio = PresidioDetector(
                    languages=self._languages, min_score=self._min_score, entities=self._entities
                )
                if warm:
                    presidio.warm()
                self._detector = CachedDetector(presidio)
            return self._detector
