"""Our own weights of the English name finder."""

from __future__ import annotations

from pathlib import Path

import pytest

from safetrack.detect.presidio import tuned
from safetrack.detect.presidio.model import load_model
from safetrack.detect.presidio.names import NameFinder
from safetrack.errors import DetectorError


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(["en"])


def _found(finder: NameFinder, text: str) -> list[tuple[str, str]]:
    (names,) = finder.find([text])
    assert names is not None
    return [(text[name.start_char : name.end_char], name.label_) for name in names]


def test_weights_with_one_flipped_byte_are_refused(tmp_path: Path) -> None:
    raw = bytearray(tuned.WEIGHTS.read_bytes())
    raw[len(raw) // 2] ^= 1
    flipped = tmp_path / "weights.msgpack"
    flipped.write_bytes(raw)
    with pytest.raises(DetectorError, match="not the ones that safetrack was published with"):
        tuned.tune(load_model("en", model="stock"), flipped)


def test_missing_weights_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match="--force-reinstall safetrack"):
        tuned.tune(load_model("en", model="stock"), tmp_path / "none.msgpack")


def test_the_weights_come_with_their_licences() -> None:
    notice = (tuned.WEIGHTS.parent / "NOTICE").read_text("utf-8")
    assert "MIT" in notice
    assert "OntoNotes" in notice


def test_a_tuned_model_works_in_single_precision() -> None:
    finder = load_model("en").get_pipe("ner")
    kinds = {
        node.get_param(name).dtype.name
        for node in finder.model.walk()
        for name in node.param_names
        if node.has_param(name)
    }
    assert kinds == {"float32"}


@pytest.mark.parametrize(
    ("text", "part", "label"),
    [
        ("the keys are with marta kowalczyk since noon", "marta kowalczyk", "PERSON"),
        ("THE KEYS ARE WITH MARTA KOWALCZYK SINCE NOON", "MARTA KOWALCZYK", "PERSON"),
        (
            "we live at 48 Alder Close, Norwich NR2 3AB now",
            "48 Alder Close, Norwich NR2 3AB",
            "LOCATION",
        ),
        ("the parcel is for Rosenweg 14, 50667 Köln", "Rosenweg 14, 50667 Köln", "LOCATION"),
    ],
)
def test_what_the_stock_model_misses_is_found(
    finder: NameFinder, text: str, part: str, label: str
) -> None:
    assert (part, label) in _found(finder, text)
    assert (part, label) not in _found(NameFinder(["en"], "stock"), text)


def test_a_phone_number_in_national_writing_is_found_as_something_that_does_not_stay(
    finder: NameFinder,
) -> None:
    text = "my mobile is 0171 234 56 78 by the way"
    (found,) = [label for part, label in _found(finder, text) if part == "0171 234 56 78"]
    assert found in {"PHONE_NUMBER", "LOCATION"}


def test_leaning_finds_more_and_is_undone_by_leaning_back() -> None:
    model = load_model("en")
    texts = ["the blue folder is for oyelaran from the third floor", "billing was with kowal then"]

    def found() -> int:
        return sum(len(document.ents) for document in model.pipe(texts))

    trained = found()
    tuned.lean(model, 4.0)
    assert found() > trained
    tuned.lean(model, 0.0)
    assert found() == trained


def test_a_model_that_is_not_ours_does_not_lean() -> None:
    model = load_model("en", model="stock")
    before = model.get_pipe("ner").model.to_bytes()
    tuned.lean(model, 4.0)
    assert model.get_pipe("ner").model.to_bytes() == before


def test_short_values_and_sentences_of_one_batch_keep_their_order(finder: NameFinder) -> None:
    texts = ["Marta Kowalczyk", "my name is Priya Raman and I am new here", "Add to Cart"]
    found = [
        [text[n.start_char : n.end_char] for n in names or []]
        for text, names in zip(texts, finder.find(texts), strict=True)
    ]
    assert found == [["Marta Kowalczyk"], ["Priya Raman"], []]


@pytest.mark.parametrize(
    "text", ["Checkout Started", "Upgrade to Pro", "Add to Cart", "en-GB", "Payment Methods"]
)
def test_what_analytics_is_made_of_holds_no_names(finder: NameFinder, text: str) -> None:
    assert _found(finder, text) == []
