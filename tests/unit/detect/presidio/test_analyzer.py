"""The whole detector, with the real model."""

from __future__ import annotations

import logging
import threading

import pytest
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer

from safetrack.detect.detector import UNSEARCHED, Query, SearchFailed
from safetrack.detect.entities import DEFAULT_ENTITIES, ENTITIES
from safetrack.detect.parts import LONGEST_TEXT
from safetrack.detect.presidio.analyzer import PresidioDetector
from safetrack.detect.segments import LENGTH, OVERLAP
from safetrack.errors import DetectorError
from safetrack.event import Reason


def _found(
    detector: PresidioDetector, text: str, *words: str, names: bool = False
) -> list[tuple[str, str]]:
    (found,) = detector.find([Query(text, words, names)])
    assert isinstance(found, tuple)
    return [(text[f.start : f.end], f.entity) for f in found]


def _reason(detector: PresidioDetector, text: str, *, names: bool = False) -> Reason:
    (found,) = detector.find([Query(text, names=names)])
    assert isinstance(found, SearchFailed)
    return found.reason


@pytest.mark.parametrize(
    ("text", "part", "entity"),
    [
        ("mail ada@corp.internal now", "ada@corp.internal", "EMAIL_ADDRESS"),
        ("https://x.io/r?e=ada%40example.org&t=1", "ada%40example.org", "EMAIL_ADDRESS"),
        ("+1 202 555 0147", "+1 202 555 0147", "PHONE_NUMBER"),
        ("card 5555 5555 5555 4444 ok", "5555 5555 5555 4444", "CREDIT_CARD"),
        ("from 198.51.100.23 today", "198.51.100.23", "IP_ADDRESS"),
        ("2001:db8::ff00:42:8329", "2001:db8::ff00:42:8329", "IP_ADDRESS"),
        ("514-69-0360", "514-69-0360", "US_SSN"),
        ("DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00", "IBAN_CODE"),
        ("00:1B:44:11:3A:B7", "00:1B:44:11:3A:B7", "MAC_ADDRESS"),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "CRYPTO"),
    ],
)
def test_patterns_are_found_in_every_search(
    detector: PresidioDetector, text: str, part: str, entity: str
) -> None:
    assert _found(detector, text) == [(part, entity)]


def test_names_and_places_are_found_only_when_asked_for(detector: PresidioDetector) -> None:
    text = "My name is Marta Kowalczyk and I live in Lisbon"
    assert _found(detector, text) == []
    named = [("Marta Kowalczyk", "PERSON"), ("Lisbon", "LOCATION")]
    assert _found(detector, text, names=True) == named


def test_names_are_found_in_a_decoded_reading_too(detector: PresidioDetector) -> None:
    text = "note=My%20name%20is%20Marta%20Kowalczyk%2C%20hello"
    assert ("Marta%20Kowalczyk", "PERSON") in _found(detector, text, names=True)


@pytest.mark.parametrize(
    "text",
    [
        "Order Completed",
        "Checkout Started",
        "checkout_started",
        "GBP",
        "en-GB",
        "Europe/Lisbon",
        "ShopKit Web SDK",
        "INV-2025-004417",
        "sess-88213447",
        "1736080200",
        "2025-11-23T17:48:10Z",
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "12345678",
        "F22",
        "react@18.2.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0",
        "The order was completed on 12 April 2024",
    ],
)
def test_ordinary_analytics_values_stay_as_they_are(detector: PresidioDetector, text: str) -> None:
    assert _found(detector, text, names=True) == []


def test_weak_number_patterns_count_only_with_context(detector: PresidioDetector) -> None:
    assert _found(detector, "12345678", "account") == [("12345678", "US_BANK_NUMBER")]
    assert _found(detector, "12345678", "discount") == []
    assert _found(detector, "514690360", "ssn") == [("514690360", "US_SSN")]
    assert _found(detector, "my ssn is 514690360") == [("514690360", "US_SSN")]


def test_a_word_that_merely_contains_a_context_word_is_none(detector: PresidioDetector) -> None:
    assert _found(detector, "A12345678", "status") == []
    assert _found(detector, "A12345678", "passport") == [("A12345678", "US_PASSPORT")]


def test_dates_are_reported_only_when_asked_for() -> None:
    detector = PresidioDetector(entities=DEFAULT_ENTITIES | {"DATE_TIME"})
    assert ("12/04/1987", "DATE_TIME") in _found(detector, "born 12/04/1987")


def test_only_entities_asked_for_are_reported() -> None:
    detector = PresidioDetector(entities={"IP_ADDRESS"})
    text = "ada@example.org from 198.51.100.23"
    assert _found(detector, text) == [("198.51.100.23", "IP_ADDRESS")]


def test_a_higher_least_score_drops_phones_without_context() -> None:
    strict = PresidioDetector(min_score=0.6)
    assert _found(strict, "2025550147") == []
    assert _found(strict, "2025550147", "phone") == [("2025550147", "PHONE_NUMBER")]


def test_a_finding_says_which_recogniser_found_it_and_in_which_view(
    detector: PresidioDetector,
) -> None:
    (found,) = detector.find([Query("ada%40example.org")])
    assert [(f.recognizer, f.view) for f in found] == [("GrownEmailRecognizer", "percent")]


def test_every_text_of_a_batch_gets_its_own_answer_in_order(detector: PresidioDetector) -> None:
    texts = ["ada@example.org", "nothing", "Marta Kowalczyk lives in Lisbon", "", "198.51.100.23"]
    together = detector.find([Query(text, names=True) for text in texts])
    alone = [detector.find([Query(text, names=True)])[0] for text in texts]
    assert together == alone
    assert [len(found) for found in together] == [1, 0, 2, 0, 1]


def test_no_query_no_answer(detector: PresidioDetector) -> None:
    assert detector.find([]) == []


# Long text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("position", [0, LENGTH - 8, LENGTH, 2 * (LENGTH - OVERLAP) - 3, 9_000])
def test_an_address_anywhere_in_a_long_text_is_found_once(
    detector: PresidioDetector, position: int
) -> None:
    filler = "word " * 2_500
    text = f"{filler[:position]} ada@example.org {filler[position:]}"
    assert _found(detector, text) == [("ada@example.org", "EMAIL_ADDRESS")]


def test_the_last_characters_of_a_long_text_are_searched(detector: PresidioDetector) -> None:
    for length in range(LENGTH - 20, LENGTH + 5):
        text = "x" * length + " ada@example.org"
        assert _found(detector, text) == [("ada@example.org", "EMAIL_ADDRESS")]


def test_a_text_beyond_the_budget_is_too_costly(detector: PresidioDetector) -> None:
    assert _reason(detector, "x" * (LONGEST_TEXT + 1)) is Reason.TOO_COSTLY


def test_beyond_the_budget_the_rest_of_a_text_is_not_searched_and_the_searched_part_stays(
    detector: PresidioDetector,
) -> None:
    text = "ada@example.org " + "word " * (LONGEST_TEXT // 5) + "bob@example.org"
    (found,) = detector.find([Query(text)])
    assert isinstance(found, tuple)
    first, rest = found
    assert (first.entity, first.unsearched) == ("EMAIL_ADDRESS", None)
    assert (rest.entity, rest.unsearched) == (UNSEARCHED, Reason.TOO_COSTLY)
    assert LONGEST_TEXT - LENGTH - OVERLAP < rest.start < LONGEST_TEXT
    assert rest.end == len(text)


def test_from_where_the_time_is_over_on_nothing_of_a_long_text_leaves() -> None:
    slow = PatternRecognizer("SLOW", patterns=[Pattern("slow", r"(?:a|aa)+$", 0.9)])
    detector = PresidioDetector(recognizers=[slow])
    text = "word " * LENGTH + "a" * 60 + "b bob@example.org"
    (found,) = detector.find([Query(text)])
    assert isinstance(found, tuple)
    (rest,) = found
    assert (rest.entity, rest.unsearched) == (UNSEARCHED, Reason.TIMEOUT)
    assert 0 < rest.start < 5 * LENGTH
    assert rest.end == len(text)


def test_the_recogniser_that_dots_bring_to_its_knees_is_not_there(
    detector: PresidioDetector,
) -> None:
    names = {recognizer.name for recognizer in detector._engine.recognizers}
    assert "UrlRecognizer" not in names
    assert "GrownEmailRecognizer" in names
    assert _found(detector, "." * 20_000 + " ada@example.org") == [
        ("ada@example.org", "EMAIL_ADDRESS")
    ]


# Failing closed -----------------------------------------------------------------------------


class _Broken(EntityRecognizer):
    """Raises on one word, with the text in the error's message."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["BROKEN"])

    def load(self) -> None:
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        if "tripwire" in text:
            raise RuntimeError(text)
        return []


def test_an_error_costs_its_own_text_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    detector = PresidioDetector(recognizers=[_Broken()])
    queries = [Query("ada@example.org"), Query("canary tripwire"), Query("198.51.100.23")]
    with caplog.at_level(logging.DEBUG):
        first, broken, last = detector.find(queries)
    assert broken == SearchFailed(Reason.DETECTOR_ERROR)
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    assert len(first) == len(last) == 1
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


def test_a_catastrophic_pattern_costs_the_text_and_hides_nothing() -> None:
    slow = PatternRecognizer("SLOW", patterns=[Pattern("slow", r"(?:a|aa)+$", 0.9)])
    detector = PresidioDetector(recognizers=[slow])
    assert _reason(detector, "a" * 60 + "b ada@example.org") is Reason.TIMEOUT
    assert _found(detector, "ada@example.org") == [("ada@example.org", "EMAIL_ADDRESS")]


def test_when_the_model_fails_on_a_text_its_names_are_not_taken_as_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    detector = PresidioDetector()
    detector.warm()
    (model,) = detector._names._models()
    make_doc = model.make_doc

    def failing(text: str) -> object:
        if "tripwire" in text:
            raise ValueError("canary")
        return make_doc(text)

    monkeypatch.setattr(model, "make_doc", failing)
    good, bad = detector.find(
        [Query("I met Marta Kowalczyk in Lisbon", names=True), Query("a tripwire here", names=True)]
    )
    assert bad == SearchFailed(Reason.DETECTOR_ERROR)
    assert isinstance(good, tuple)
    assert [f.entity for f in good] == ["PERSON", "LOCATION"]


def test_when_no_model_answers_patterns_alone_are_not_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    detector = PresidioDetector()

    def broken(*_args: object) -> None:
        raise DetectorError("gone")

    monkeypatch.setattr("safetrack.detect.presidio.names.load_model", broken)
    assert _reason(detector, "Marta Kowalczyk", names=True) is Reason.DETECTOR_ERROR
    assert _found(detector, "ada@example.org") == [("ada@example.org", "EMAIL_ADDRESS")]


def test_a_language_without_a_model_is_refused_at_once() -> None:
    with pytest.raises(DetectorError, match="xx"):
        PresidioDetector(("en", "xx"))


@pytest.mark.parametrize(
    "text",
    ["a\ud800b", "\udfff", "ada@exa\ud800mple.org", "\ud83d\ude00", "\x00", "\ufffe", "\U0010ffff"],
)
def test_strange_characters_are_searched_like_any_other(
    detector: PresidioDetector, text: str
) -> None:
    found = _found(detector, f"{text} ada@example.org", names=True)
    assert ("ada@example.org", "EMAIL_ADDRESS") in found


# Side effects -------------------------------------------------------------------------------


def test_no_logger_says_anything_about_a_text(
    detector: PresidioDetector, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        _found(detector, "phone of canary is 2025550147, iban XX00 canary", "phone", names=True)
    assert caplog.records == []


def test_presidio_used_by_others_in_the_process_still_logs(
    detector: PresidioDetector, caplog: pytest.LogCaptureFixture
) -> None:
    _found(detector, "nothing")
    with caplog.at_level(logging.INFO):
        logging.getLogger("presidio-analyzer").info("of others")
    assert "of others" in caplog.text


def test_the_vocabulary_of_the_model_does_not_grow(detector: PresidioDetector) -> None:
    (model,) = detector._names._models()
    before = len(model.vocab.strings)
    detector.find([Query(f"qx{i}zz wrote to vw{i}kk", names=True) for i in range(200)])
    assert len(model.vocab.strings) == before


def test_several_threads_get_the_same_answers(detector: PresidioDetector) -> None:
    queries = [Query(f"Marta Kowalczyk, ada{i}@example.org", names=True) for i in range(20)]
    expected = detector.find(queries)
    results: list[object] = []
    threads = [
        threading.Thread(target=lambda: results.append(detector.find(queries))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


def test_the_entities_on_offer_are_those_that_the_recognisers_find() -> None:
    detector = PresidioDetector(entities=ENTITIES)
    offered = {e for r in detector._engine.recognizers for e in r.supported_entities}
    assert offered == ENTITIES
