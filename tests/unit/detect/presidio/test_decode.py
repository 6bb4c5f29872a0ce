"""Names as our own reading of spaCy's network finds them, beside those that spaCy finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from safetrack.detect.presidio import names
from safetrack.detect.presidio.decode import Span, can_decode, find_spans
from safetrack.detect.presidio.model import load_model
from safetrack.detect.presidio.tuned import RUNNING_TEXT_LEAN, lean

TEXTS = [
    "Priya Raman asked whether the plan can be paid by bank transfer from Lisbon on 3 May 2024.",
    "Order Completed",
    "Marta Kowalczyk",
    "The Ministry of Foreign Affairs of the Republic of Poland",
    "call me at 415 555 0100, Ann",
    "  Ann \n Lee ",
    "New York, New York, New York",
    " ",
    "x",
    "",
    "José María de la Cruz vive en São Paulo desde 1999 y trabaja en Telefónica S.A.",
    "12 Baker Street, London NW1 6XE, United Kingdom",
]
WORDS = [*" ".join(TEXTS).split(), "\n", "—", "Dr.", "Acme Inc.", "Nguyễn", "😀", "3pm", "van der"]


@pytest.fixture(scope="module")
def model() -> Language:
    return load_model("en")


def _own(model: Language, texts: list[str]) -> list[list[Span]]:
    return list(find_spans(model, [model.make_doc(text) for text in texts]))


def _of_spacy(model: Language, texts: list[str]) -> list[list[Span]]:
    return [
        [(span.label_, span.start, span.end) for span in document.ents]
        for document in model.pipe(texts)
    ]


@pytest.mark.parametrize("by", [0.0, RUNNING_TEXT_LEAN])
def test_the_names_are_those_that_spacy_finds(model: Language, by: float) -> None:
    lean(model, by)
    found = _own(model, TEXTS)
    assert found == _of_spacy(model, TEXTS)
    assert sum(map(len, found)) > len(TEXTS)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), min_size=1))
def test_the_names_are_those_of_spacy_whatever_the_words(model: Language, texts: list[str]) -> None:
    assert _own(model, texts) == _of_spacy(model, texts)


def test_a_finder_that_keeps_several_readings_is_left_to_spacy(model: Language) -> None:
    finder = model.get_pipe("ner")
    finder.cfg["beam_width"] = 4
    try:
        assert not can_decode(model)
    finally:
        finder.cfg["beam_width"] = 1


def test_a_model_whose_last_part_finds_no_names_is_left_to_spacy() -> None:
    import spacy

    assert not can_decode(spacy.blank("en"))


def test_a_model_that_is_not_read_here_finds_the_same_names(
    model: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = list(names._names(model, TEXTS))
    monkeypatch.setattr(names, "can_decode", lambda _model: False)
    assert list(names._names(model, TEXTS)) == own
