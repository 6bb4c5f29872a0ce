"""A detector that is loaded when the first text must be searched, or ahead in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from safetrack.detect.detector import Detector, Findings, Query
from safetrack.detect.entities import DEFAULT_ENTITIES
from safetrack.detect.fork import ForkLock
from safetrack.detect.presidio.model import installed_models, stay_usable_to_the_end

if TYPE_CHECKING:
    from safetrack.policy.document import CustomRecognizer, ModelName


class LazyDetector:
    """Presidio, cached, built on first use.

    Args:
        languages: Languages whose names and places are looked for.
        min_score: Least confidence of a finding that counts.
        named: Entities that the policy names itself: reported even where the default leaves
            them (dates).
        countries: Whose national numbers and phones are looked for; None for the usual ones.
        recognizers: What the policy looks for besides.
        additional: Presidio recognisers of the caller's own.
        model: Which English model finds names.

    Raises:
        DetectorError: No model of one of the languages is installed. (Whether it is the right
            one is seen when it is loaded.)
    """

    def __init__(  # noqa: PLR0913  each is a setting of the policy
        self,
        *,
        languages: tuple[str, ...] = ("en",),
        min_score: float = 0.4,
        named: frozenset[str] = frozenset(),
        countries: tuple[str, ...] | None = None,
        recognizers: tuple[CustomRecognizer, ...] = (),
        additional: tuple[Any, ...] = (),
        model: ModelName = "small",
    ) -> None:
        for language in languages:
            installed_models(language, model)
        self._languages = languages
        self._model = model
        self._min_score = min_score
        self._entities = DEFAULT_ENTITIES | named
        self._countries = countries
        self._recognizers = recognizers
        self._additional = additional
        self._lock = ForkLock()
        self._detector: Detector | None = None

    @classmethod
    def shared(cls, **settings: Any) -> LazyDetector:
        """The detector of these settings that somebody else already has, or a new one.

        A model takes a second and a hundred megabytes: an application's clients have one together.
        """
        with _SHARING:
            for detector, their in list(_SHARED.items()):
                if their == settings:
                    return detector
            detector = cls(**settings)
            _SHARED[detector] = settings
        return detector

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
                stay_usable_to_the_end()
                from safetrack.detect.cached import CachedDetector
                from safetrack.detect.presidio.analyzer import PresidioDetector
                from safetrack.detect.presidio.custom import build_recognizers

                own = build_recognizers(self._recognizers, self._languages)
                presidio = PresidioDetector(
                    languages=self._languages,
                    model=self._model,
                    min_score=self._min_score,
                    entities=self._entities,
                    recognizers=[*own, *self._additional],
                    countries=self._countries,
                )
                if warm:
                    presidio.warm()
                self._detector = CachedDetector(presidio)
            return self._detector


_SHARING: Final = ForkLock()
_SHARED: Final[WeakKeyDictionary[LazyDetector, dict[str, Any]]] = WeakKeyDictionary()
