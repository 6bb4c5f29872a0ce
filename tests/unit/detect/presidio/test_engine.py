"""The engine finds what Presidio's own analyzer finds with the same recognisers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerResult,
)
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from safetrack.detect.entities import ENTITIES
from safetrack.detect.plausible_number import is_time
from safetrack.detect.presidio.artifacts import Name, TextArtifacts
from safetrack.detect.presidio.engine import Engine
from safetrack.detect.presidio.guard import GuardedPattern, SearchTimedOutError
from safetrack.detect.presidio.phone import TimedPhoneRecognizer
from safetrack.detect.presidio.recognizers import build_engine

TEXTS = (
    "",
    "Order Completed",
    "ada@example.org",
    "call +1 415 555 2671 or (020) 7946 0958 now",
    "my ssn is 078-05-1120, card 4111 1111 1111 1111",
    "198.51.100.23 and fe80::1, mac 00:1b:44:11:3a:b7",
    "DE89 3704 0044 0532 0130 00",
    "invoice 12345678 of 2026-11-25, due 12/04/1987",
    "9f1c2d3e-4b5a-4c7d-8e9f-0a1b2c3d4e5f",
    "https://jane:secret@example.com/?token=abcdefghijklmnop",
    "driver license A1234567 passport 123456789 bank account 123456789012",
    "4111111111111111 4111111111111111",
)
PARTS = st.sampled_from([*TEXTS, *"0123456789.-:/@+ "])
SCORES = [0.0, 0.4]


def seen(results: list[RecognizerResult]) -> list[tuple]:
    key = RecognizerResult.RECOGNIZER_NAME_KEY
    return sorted(
        (
            one.entity_type,
            one.start,
            one.end,
            one.score,
            one.recognition_metadata[key],
            one.analysis_explanation.supportive_context_word,
        )
        for one in results
    )


def both(analyzer: AnalyzerEngine, text: str, names: tuple[Name, ...] = (), least: float = 0.0):
    engine = Engine(analyzer, "en")
    words = ["phone", "card"]
    theirs = analyzer.analyze(
        text=text,
        language="en",
        context=words,
        score_threshold=least,
        nlp_artifacts=TextArtifacts(text, "en", names),
        return_decision_process=True,
    )
    return engine.analyze(text, words, least, TextArtifacts(text, "en", names)), theirs


ANALYZER = build_engine("en", ENTITIES)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("least", SCORES)
def test_known_texts_give_what_the_analyzer_gives(text, least):
    names = (Name("PERSON", 0, 5),) if text[:5].isalpha() else ()
    ours, theirs = both(ANALYZER, text, names, least)
    assert seen(ours) == seen(theirs)


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=6).map("".join), st.sampled_from(SCORES))
def test_any_text_gives_what_the_analyzer_gives(text, least):
    ours, theirs = both(ANALYZER, text, least=least)
    assert seen(ours) == seen(theirs)


class Doubling(PatternRecognizer):
    """A recogniser that weighs the context itself, and signs nothing."""

    def __init__(self):
        patterns = [Pattern("n", r"\bn\d\b", 0.3), Pattern("nn", r"\bn\d\d\b", 0.3)]
        super().__init__("DOUBLE", patterns=patterns, name="Doubling")

    def enhance_using_context(self, text, raw_recognizer_results, *args, **kwargs):
        for result in raw_recognizer_results:
            result.score *= 2
        return raw_recognizer_results


class Silent(EntityRecognizer):
    """A recogniser that returns nothing at all, or an unsigned result."""

    def __init__(self):
        super().__init__(["SILENT"], name="Silent")

    def load(self):
        """Nothing to load."""

    def analyze(self, text, entities, nlp_artifacts):
        return [RecognizerResult("SILENT", 0, 1, 0.5)] if text.startswith("!") else None


def test_recognisers_of_users_are_asked_as_the_analyzer_asks_them():
    analyzer = build_engine("en", {"EMAIL_ADDRESS", "DOUBLE", "SILENT"}, [Doubling(), Silent()])
    for text in ("n1 n22", "none", "a@example.org n1"):
        ours, theirs = both(analyzer, text)
        assert seen(ours) == seen(theirs)
    (found,) = Engine(analyzer, "en").analyze("!", (), 0.4, TextArtifacts("!", "en"))
    assert found.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY] == "Silent"


def test_a_pattern_that_takes_too_long_ends_the_search_when_it_is_only_asked_whether_it_matches():
    slow = GuardedPattern(r"(a|aa)+$", 0, seconds=0.05)
    with pytest.raises(SearchTimedOutError):
        slow.is_in("a" * 10_000 + "!")


@settings(max_examples=80)
@given(st.text(alphabet="0123456789 +-().x/a", min_size=5, max_size=40))
def test_the_phone_numbers_are_presidios_but_for_times_and_those_too_short_to_be_believed(text):
    theirs = {
        (one.start, one.end)
        for one in PhoneRecognizer().analyze(text, [])
        if sum(map(str.isdigit, text[one.start : one.end])) > 6
        and not is_time(text[one.start : one.end])
    }
    assert {(one.start, one.end) for one in TimedPhoneRecognizer().analyze(text, [])} >= theirs
    named = TimedPhoneRecognizer().analyze("phone 22365", [])
    assert [(one.start, one.end) for one in named] == [
        (one.start, one.end) for one in PhoneRecognizer().analyze("phone 22365", [])
    ]
