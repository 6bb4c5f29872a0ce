"""The detector: Presidio's analyzer over every reading of a text, under a budget, failing closed."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.detector import Findings, Query, SearchFailed
from safetrack.detect.entities import DEFAULT_ENTITIES, NAMES, OPEN_TEXT
from safetrack.detect.overlap import without_overlaps
from safetrack.detect.parts import Part, Window, parts
from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.find import find_people
from safetrack.detect.people.found import Found
from safetrack.detect.plausible import Hit, is_plausible, is_plausible_name, unsearched
from safetrack.detect.plausible_number import is_uuid
from safetrack.detect.presidio.artifacts import Name, TextArtifacts
from safetrack.detect.presidio.engine import Engine
from safetrack.detect.presidio.guard import (
    SearchTimedOutError,
    check_time,
    time_is_over,
    time_limit,
)
from safetrack.detect.presidio.names import NameFinder
from safetrack.detect.presidio.quiet import quiet
from safetrack.detect.presidio.recognizers import MATCHABLE, build_engine
from safetrack.event import Reason
from safetrack.policy.document import ModelName

TEXT_SECONDS: Final = 0.9
"""CPU time for the readings and patterns of one text. Ordinary texts take well below a millisecond."""

_WARM_UP: Final = (
    "Jane Doe, 12 Baker Street, asks for a call on +1 415 555 0100 or (020) 7946 0958 about order "
    "123456, 12345678 and 4111111111111111 or a mail to jane@example.org from 198.51.100.23."
)
"""Makes the libraries load and compile what they only do when they first need it."""

_log = logging.getLogger("safetrack.detect")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class PresidioDetector:
    """Finds personal data with Presidio and spaCy. Implements `safetrack.detect.detector.Detector`.

    Args:
        languages: ISO 639-1 codes; names are looked for with the model of each, patterns and
            context words are those of the first.
        min_score: Findings with a lower score are not reported.
        entities: What is reported; `DEFAULT_ENTITIES` if not given.
        model: Which English model finds names.
        recognizers: Further Presidio recognisers, for the first language.
        countries: Whose national numbers and phones are looked for (ISO 3166-1, lower case); None
            for all national numbers and Presidio's phones.

    Raises:
        DetectorError: A language model is missing or not the expected one.
    """

    def __init__(  # noqa: PLR0913  settings of the policy, each by its name
        self,
        languages: Sequence[str] = ("en",),
        *,
        min_score: float = 0.4,
        entities: Collection[str] | None = None,
        model: ModelName = "small",
        recognizers: Collection[EntityRecognizer] = (),
        countries: Collection[str] | None = None,
    ) -> None:
        self._language = languages[0]
        self._min_score = min_score
        own = {entity for one in recognizers for entity in one.supported_entities}
        self._entities = frozenset(DEFAULT_ENTITIES if entities is None else entities) | own
        self._has_more = bool(recognizers)
        self._names = NameFinder(languages, model)
        with quiet():
            analyzer = build_engine(self._language, self._entities, recognizers, countries)
            self._engine = Engine(analyzer, self._language)

    def warm(self) -> None:
        """Load the models and compile all patterns now, instead of at the first search.

        Raises:
            DetectorError: A model cannot be loaded.
        """
        self._names.load()
        self.find([Query(_WARM_UP, names=True)])

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        """Search all texts, in one batch. Returns one entry a query, in order. Never raises."""
        with quiet():
            texts, seconds = zip(*map(_timed_parts, queries), strict=True) if queries else ((), ())
            names = self._find_names(queries, texts)
            return [
                self._search(query, cut, named, left)
                for query, cut, named, left in zip(queries, texts, names, seconds, strict=True)
            ]

    def _find_names(
        self, queries: Sequence[Query], texts: Sequence[list[Part] | SearchFailed]
    ) -> list[list[list[Name] | None]]:
        """For each query that asks for names and each of its windows, those in it; None where that failed."""
        wanted = [
            _readable(cut) if query.names and isinstance(cut, list) else []
            for query, cut in zip(queries, texts, strict=True)
        ]
        asked = list(dict.fromkeys(text for some in wanted for text in some if text))
        found: dict[str, list[Name] | None] = dict(zip(asked, self._read_names(asked), strict=True))
        return [[found.get(text, []) for text in some] for some in wanted]

    def _read_names(self, texts: Sequence[str]) -> list[list[Name] | None]:
        if not texts:
            return []
        try:
            return self._names.find(texts)
        except Exception as error:  # noqa: BLE001  these texts must not leave, others may
            _failed(error)
        return [None for _ in texts]

    def _search(
        self,
        query: Query,
        cut: list[Part] | SearchFailed,
        names: Sequence[list[Name] | None],
        seconds: float,
    ) -> Findings:
        if isinstance(cut, SearchFailed):
            return cut
        if any(found is None for found in names):
            return SearchFailed(Reason.DETECTOR_ERROR)
        try:
            with time_limit(seconds):
                hits = self._search_parts(query, cut, iter([found or [] for found in names]))
                return without_overlaps(hits, query.text)
        except Exception as error:  # noqa: BLE001  whatever it is, the text must not leave
            return _failed(error)

    def _search_parts(
        self, query: Query, cut: list[Part], names: Iterator[list[Name]]
    ) -> list[Hit]:
        """What is believed of all parts; from where the time is over on, nothing leaves."""
        hits: list[Hit] = []
        for part in cut:
            try:
                hits += self._search_part(query, part, names)
            except SearchTimedOutError:
                if not part.start:
                    raise
                return [*hits, unsearched(part.start, len(query.text), Reason.TIMEOUT)]
        return hits

    def _search_part(self, query: Query, part: Part, names: Iterator[list[Name]]) -> list[Hit]:
        if part.failed is not None:
            return [unsearched(part.start, part.end, part.failed)]
        hits = [
            hit for window in part.windows for hit in self._hits(query, window, next(names, []))
        ]
        believed = [hit for hit in hits if is_plausible(hit, part.text, query.words)]
        return [hit.moved(part.start) for hit in believed] if part.start else believed

    def _hits(self, query: Query, window: Window, names: list[Name]) -> list[Hit]:
        check_time()
        reading = Reading(window.text, query.words) if query.names else None
        wanted = self._wanted(query, window)
        hits = [] if reading is None else self._people(reading, window, wanted)
        if not (names or self._has_more or self._may_match(window.text)):
            return hits
        if is_uuid(window.text) and not self._has_more and "OPAQUE_ID" not in wanted:
            return hits  # what a pattern sees in one is not believed
        artifacts = TextArtifacts(window.text, self._language, names)
        results = self._engine.analyze(window.text, query.words, self._min_score, artifacts)
        # The name recogniser reports all its entities as soon as one of them is wanted.
        return hits + [
            _hit(result, window)
            for result in results
            if result.entity_type in wanted and _is_believed(result, reading)
        ]

    @staticmethod
    def _people(reading: Reading, window: Window, wanted: frozenset[str]) -> list[Hit]:
        try:
            found = find_people(reading, wanted)
        except TimeoutError:
            found = None
        if found is None:
            raise SearchTimedOutError
        return [_own_hit(one, window) for one in found]

    def _wanted(self, query: Query, window: Window) -> frozenset[str]:
        """What is reported of a window: strong entities alone where a reading is a mere guess."""
        wanted = self._entities if query.names else self._entities - OPEN_TEXT
        return wanted if window.view.accepts is None else wanted & window.view.accepts

    def _may_match(self, text: str) -> bool:
        wants_names = "PROPER_NAME" in self._entities
        return bool(MATCHABLE.search(text)) or (wants_names and _is_capitalised_twice(text))


def _is_capitalised_twice(text: str) -> bool:
    return len([word for word in _LETTERS.findall(text) if word[0].isupper()]) > 1


def _hit(result: RecognizerResult, window: Window) -> Hit:
    view = window.view
    first, last = window.offset + result.start, window.offset + result.end
    start, end = view.original(first, last)
    explanation = result.analysis_explanation
    recognizer = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
    return Hit(
        start=start,
        end=end,
        entity=result.entity_type,
        score=result.score,
        recognizer=recognizer,
        text=view.text[first:last],
        view=view.name,
        is_name=_is_of_model(result),
        has_context=bool(explanation.supportive_context_word),
    )


def _own_hit(found: Found, window: Window) -> Hit:
    view = window.view
    first, last = window.offset + found.start, window.offset + found.end
    start, end = view.original(first, last)
    text = view.text[first:last]
    return Hit(
        start,
        end,
        found.entity,
        found.score,
        found.finder,
        text,
        view.name,
        True,
        has_context=False,
    )


def _is_believed(result: RecognizerResult, reading: Reading | None) -> bool:
    """Whether a finding is none of the language model's, or one that the words bear out."""
    if reading is None or not _is_of_model(result):
        return True
    return is_plausible_name(result.entity_type, result.start, result.end, reading)


def _is_of_model(result: RecognizerResult) -> bool:
    recognizer = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
    return bool(recognizer == "SpacyRecognizer")


def _timed_parts(query: Query) -> tuple[list[Part] | SearchFailed, float]:
    """The parts of a text, and the CPU seconds that are left for its patterns."""
    start = time.thread_time()
    with time_limit(TEXT_SECONDS):
        cut = _parts(query)
    return cut, TEXT_SECONDS - (time.thread_time() - start)


def _parts(query: Query) -> list[Part] | SearchFailed:
    try:
        cut = parts(query.text, is_over=time_is_over)
    except Exception as error:  # noqa: BLE001  whatever it is, the text must not leave
        return _failed(error)
    if len(cut) == 1 and cut[0].failed is not None:
        return SearchFailed(cut[0].failed)
    return cut


def _readable(cut: list[Part]) -> list[str]:
    """What the language model is asked of each window; nothing where it can say nothing new."""
    return [
        window.text if _may_hold_names(window, part) else ""
        for part in cut
        for window in part.windows
    ]


def _may_hold_names(window: Window, part: Part) -> bool:
    """Whether the language model is asked: not for readings that have no letters of their own."""
    view = window.view
    if not _LETTERS.search(window.text):
        return False
    if view.accepts is not None and NAMES.isdisjoint(view.accepts):
        return False
    if not view.name or view.names or _HIDDEN.search(part.text):
        return True
    return _letters(window.text) not in _letters(part.text)


_HIDDEN: Final = re.compile(
    r"[^\x20-\U000dffff\t\n\r]|[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f]"
)
"""Marks that nobody sees, and that the model stumbles over."""


def _letters(text: str) -> str:
    return " ".join(_LETTERS.findall(text))


_REASONS: Final[Mapping[type[Exception], Reason]] = {
    SearchTimedOutError: Reason.TIMEOUT,
}


def _failed(error: Exception) -> SearchFailed:
    """The reason; only the error's type is logged, as its text and frames hold the value."""
    _log.warning("a text could not be searched: %s", type(error).__name__)
    return SearchFailed(_REASONS.get(type(error), Reason.DETECTOR_ERROR))
