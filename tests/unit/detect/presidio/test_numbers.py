"""Cards, phones, IBANs and URL credentials."""

from __future__ import annotations

import logging

import pytest

from safetrack.detect.presidio.card import LooseCardRecognizer
from safetrack.detect.presidio.guard import GuardedPattern, SearchTimedOutError, guard, time_limit
from safetrack.detect.presidio.iban import GuardedIbanRecognizer
from safetrack.detect.presidio.phone import TimedPhoneRecognizer
from safetrack.detect.presidio.url_credentials import UrlCredentialsRecognizer

CARDS = guard(LooseCardRecognizer())
IBANS = guard(GuardedIbanRecognizer())
CREDENTIALS = UrlCredentialsRecognizer()


@pytest.mark.parametrize(
    "text",
    [
        "5555555555554444",
        "5555 5555 5555 4444",
        "5555-5555-5555-4444",
        "5555.5555.5555.4444",
        "5555  5555  5555  4444",
        "5555\n5555\n5555\n4444",
        "2223003122003222",
        "378282246310005",
    ],
)
def test_a_card_is_found_however_it_is_grouped(text: str) -> None:
    assert [(r.start, r.end, r.score) for r in CARDS.analyze(text, [])] == [(0, len(text), 1.0)]


@pytest.mark.parametrize("text", ["5555555555554445", "1736080200123", "55555", "5555 5555"])
def test_a_number_without_a_right_check_digit_is_no_card(text: str) -> None:
    assert CARDS.analyze(text, []) == []


@pytest.mark.parametrize(
    ("text", "iban"),
    [
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("to DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00"),
    ],
)
def test_an_iban_is_found_without_the_words_behind_it(text: str, iban: str) -> None:
    assert [text[r.start : r.end] for r in IBANS.analyze(text, [])] == [iban]


def test_an_iban_with_wrong_check_digits_is_none() -> None:
    assert IBANS.analyze("DE88370400440532013000", []) == []


def test_a_slow_iban_pattern_ends_the_search() -> None:
    recognizer = guard(GuardedIbanRecognizer())
    recognizer.patterns[0].compiled_regex = GuardedPattern(r"((?:A|AA)+)$", 0, seconds=0.05)
    with pytest.raises(SearchTimedOutError):
        recognizer.analyze("A" * 60 + "B", [])


def test_the_phone_recogniser_respects_the_time_of_the_text() -> None:
    with pytest.raises(SearchTimedOutError), time_limit(-1.0):
        TimedPhoneRecognizer().analyze("+1 202 555 0147", [])


def test_too_few_digits_are_no_phone_number() -> None:
    assert TimedPhoneRecognizer().analyze("call 911 or 1", []) == []


def test_user_and_password_of_a_url_are_a_secret() -> None:
    text = "see https://ada:pw1@example.org/x"
    assert [text[r.start : r.end] for r in CREDENTIALS.analyze(text, [])] == ["ada:pw1"]


def test_presidio_logs_no_value_of_ours_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        CARDS.analyze("5555555555554444", [])
    assert "5555" not in caplog.text
