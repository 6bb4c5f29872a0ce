"""Words that are embedded once have the vectors that they have in spaCy."""

from __future__ import annotations

from typing import Any

import numpy as np
import spacy

from safetrack.detect.presidio.embedding import embed_each_word_once
from safetrack.detect.presidio.model import find_model

TEXTS = ["New York, New York", "Priya Raman can't sign in, can Priya?", "", "x", "a a a a b"]


def _model() -> Any:
    return spacy.load(find_model("en"), enable=["ner"])


def _vectors(model: Any) -> Any:
    return (
        model.get_pipe("ner")
        .model.get_ref("tok2vec")
        .predict([model.make_doc(text) for text in TEXTS])
    )


def test_each_word_has_the_vector_that_it_has_in_spacy() -> None:
    model = _model()
    before = _vectors(model)
    embed_each_word_once(model)
    after = _vectors(model)
    assert before.shape == after.shape
    assert np.abs(before - after).max() < 1e-5 < np.abs(before).max()


def test_a_word_that_is_there_more_than_once_is_embedded_once() -> None:
    model = _model()
    embed_each_word_once(model)
    (once,) = [one for one in model.get_pipe("ner").model.walk() if one.name == "once"]
    seen: list[int] = []
    embed = once.layers[0]._func

    def counted(layer: Any, words: Any, is_train: bool) -> Any:
        seen.append(len(words.data))
        return embed(layer, words, is_train)

    once.layers[0]._func = counted
    _vectors(model)
    words = [word for text in TEXTS for word in model.make_doc(text)]
    assert seen == [len({(w.norm_, w.prefix_, w.suffix_, w.shape_) for w in words})]
    assert seen[0] < len(words)


def test_a_model_without_such_a_network_stays_as_it_is() -> None:
    model = spacy.blank("en")
    embed_each_word_once(model)
    assert model.pipe_names == []
