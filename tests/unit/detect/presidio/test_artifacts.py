"""What Presidio gets instead of a language pipeline."""

from __future__ import annotations

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.predefined_recognizers import UsSsnRecognizer

from safetrack.detect.presidio.artifacts import Name, TextArtifacts, TextNlpEngine


def test_words_have_their_places_and_are_compared_in_lower_case() -> None:
    artifacts = TextArtifacts("My SSN: 514_69", "en")
    assert artifacts.tokens[:6] == ["My", "SSN", ":", "514", "_", "69"]
    assert artifacts.tokens_indices[:4] == [0, 3, 6, 8]
    assert artifacts.lemmas[1] == "ssn"
    assert artifacts.keywords == {"my", "ssn", "514", "69"}


def test_names_are_handed_on_with_the_score_that_presidio_gives_them() -> None:
    artifacts = TextArtifacts("Ada", "en", [Name("PERSON", 0, 3)])
    assert artifacts.entities == [("PERSON", 0, 3)]
    assert artifacts.scores == [0.85]


def test_the_engine_serves_an_analyzer_that_brings_no_artifacts() -> None:
    engine = TextNlpEngine("en")
    registry = RecognizerRegistry(recognizers=[UsSsnRecognizer()])
    enhancer = LemmaContextAwareEnhancer(context_matching_mode="whole_word")
    analyzer = AnalyzerEngine(registry, engine, context_aware_enhancer=enhancer)
    (alone,) = analyzer.analyze("514-69-0360", "en")
    (supported,) = analyzer.analyze("my ssn: 514-69-0360", "en")
    assert alone.score < supported.score


def test_the_engine_finds_no_names_and_knows_one_language() -> None:
    engine = TextNlpEngine("en")
    engine.load()
    assert engine.is_loaded()
    assert engine.get_supported_languages() == ["en"]
    assert engine.get_supported_entities() == []
    ((text, artifacts),) = engine.process_batch(["Ada"], "en")
    assert (text, artifacts.entities) == ("Ada", [])
    assert engine.is_punct("!", "en")
    assert not engine.is_punct("a", "en")
    assert not engine.is_stopword("the", "en")
