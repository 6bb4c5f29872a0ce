"""Names of people, places and organisations: spaCy's entity recogniser over a batch of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from safetrack.detect.fork import ForkLock
from safetrack.detect.presidio.artifacts import Name
from safetrack.detect.presidio.decode import Span, can_decode, find_spans
from safetrack.detect.presidio.model import find_model, load_model
from safetrack.detect.presidio.tuned import RUNNING_TEXT_LEAN, lean
from safetrack.detect.running_text import is_running_text

if TYPE_CHECKING:
    from spacy.language import Language

    from safetrack.policy.document import ModelName

LABELS: Final[Mapping[str, str]] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
    "PHONE": "PHONE_NUMBER",
}
"""Labels of spaCy's models → Presidio's entities; as in Presidio's own table, plus FAC, under
which the English models file streets, whole addresses and buildings, and PHONE, which is our own."""

BATCH: Final = 64
"""Texts a batch; beyond it, measured, nothing is gained."""
BATCH_CHARACTERS: Final = 16_000
"""Characters a batch: long texts gain nothing from company, and memory grows with it."""


class NameFinder:
    """The models of one or more languages. Thread-safe; each is loaded when first needed.

    Args:
        languages: ISO 639-1 codes. Every text is read by the model of each.
        model: Which English model.

    Raises:
        DetectorError: A model is missing, or not the expected one.
    """

    def __init__(self, languages: Sequence[str], model: ModelName = "small") -> None:
        self._folders = {language: find_model(language, model) for language in languages}
        self._model = model
        self._loaded: list[Language] | None = None
        self._lock = ForkLock()

    def load(self) -> None:
        """Load all models now."""
        with self._lock:
            self._models()

    def find(self, texts: Sequence[str]) -> list[list[Name] | None]:
        """Names in each text, one list a text, in order; None where the model failed on a text."""
        with self._lock:  # a memory zone belongs to the whole vocabulary
            found: list[list[Name] | None] = [[] for _ in texts]
            for model in self._models():
                for position, names in enumerate(_read(model, texts)):
                    before = found[position]
                    found[position] = None if names is None or before is None else before + names
        return found

    def _models(self) -> list[Language]:
        if self._loaded is None:
            self._loaded = [
                load_model(code, path, self._model) for code, path in self._folders.items()
            ]
        return self._loaded


def _read(model: Language, texts: Sequence[str]) -> list[list[Name] | None]:
    try:
        return _pipe(model, texts)
    except Exception:  # noqa: BLE001  one bad text must not cost the others of its batch
        failed = True
    if failed and len(texts) > 1:
        return [_read(model, [text])[0] for text in texts]
    return [None for _ in texts]


def _pipe(model: Language, texts: Sequence[str]) -> list[list[Name] | None]:
    found: list[list[Name] | None] = [None for _ in texts]
    running = [is_running_text(text) for text in texts]
    # The zone frees the vocabulary entries that the texts made; plain tuples outlive it.
    with model.memory_zone():
        for eager in (False, True):
            lean(model, RUNNING_TEXT_LEAN if eager else 0.0)
            for places in _batches(
                texts, [at for at, is_so in enumerate(running) if is_so is eager]
            ):
                batch = [texts[at] for at in places]
                for at, names in zip(places, _names(model, batch), strict=True):
                    found[at] = names
    return found


def _batches(texts: Sequence[str], places: Iterable[int]) -> Iterator[list[int]]:
    """The places of the texts of each batch, shorter texts first: texts of a batch are padded."""
    batch: list[int] = []
    characters = 0
    for at in sorted(places, key=lambda place: len(texts[place])):
        if batch and (len(batch) == BATCH or characters + len(texts[at]) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(at)
        characters += len(texts[at])
    if batch:
        yield batch


def _names(model: Language, texts: list[str]) -> Iterator[list[Name]]:
    if not can_decode(model):
        for document in model.pipe(texts, batch_size=len(texts)):
            yield _labelled(document, ((s.label_, s.start, s.end) for s in document.ents))
        return
    documents = [model.make_doc(text) for text in texts]
    for document, spans in zip(documents, find_spans(model, documents), strict=True):
        yield _labelled(document, spans)


def _labelled(document: Any, spans: Iterable[Span]) -> list[Name]:
    return [
        Name(LABELS[label], document[start].idx, document[start:end].end_char)
        for label, start, end in spans
        if label in LABELS
    ]
