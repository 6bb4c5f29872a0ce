"""The detector as the sanitizer holds it."""

from __future__ import annotations

import gc
import weakref

import pytest

from safetrack.detect.detector import Query
from safetrack.detect.lazy import LazyDetector
from safetrack.errors import DetectorError


def test_it_finds_what_presidio_finds() -> None:
    (found,) = LazyDetector().find([Query("ada@example.org")])
    assert isinstance(found, tuple)
    assert [finding.entity for finding in found] == ["EMAIL_ADDRESS"]


def test_an_entity_that_the_policy_names_is_reported_too() -> None:
    text = "born 12/04/1987"
    (kept,) = LazyDetector().find([Query(text)])
    (found,) = LazyDetector(named=frozenset({"DATE_TIME"})).find([Query(text)])
    assert kept == ()
    assert isinstance(found, tuple)
    assert [finding.entity for finding in found] == ["DATE_TIME"]


def test_warming_makes_it_ready() -> None:
    lazy = LazyDetector()
    lazy.warm()
    ready = lazy._detector
    lazy.find([Query("a")])
    assert lazy._detector is ready is not None


def test_a_language_without_a_model_is_an_error_at_once() -> None:
    with pytest.raises(DetectorError, match="pip install xx-core-news-sm"):
        LazyDetector(languages=("en", "xx"))


def test_who_asks_for_the_same_shares_a_detector_as_long_as_somebody_has_it() -> None:
    named = frozenset({"DATE_TIME"})
    one = LazyDetector.shared(named=named)

    assert LazyDetector.shared(named=named) is one
    assert LazyDetector.shared(named=frozenset()) is not one
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
