"""Numbers that states give, with their countries' own published examples or made-up ones."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.national_id import NationalFormRecognizer, NationalIdRecognizer

KNOWN = NationalIdRecognizer()
FORMS = NationalFormRecognizer()


def _found(text: str) -> set[str]:
    return {text[r.start : r.end] for one in (KNOWN, FORMS) for r in one.analyze(text, [])}


@pytest.mark.parametrize(
    "number",
    [
        "AB123456C",  # United Kingdom
        "RSSMRA85T10A562S",  # Italy
        "12345678Z",  # Spain
        "X1234567L",
        "131052-308T",  # Finland
        "123.456.789-09",  # Brazil
        "756.9217.0769.85",  # Switzerland
        "12.345.678-5",  # Chile
        "11010519491231002X",  # China
        "2 69 05 49 588 157 80",  # France
        "A123456(3)",  # Hong Kong
        "HEGG560427MVZRRL04",  # Mexico
        "A123456789",  # Taiwan
        "811228-9874",  # Sweden
        "193 456 787",  # Canada
        "85.07.30-033.28",  # Belgium
    ],
)
def test_a_number_with_a_form_of_its_own_is_found_wherever_it_stands(number: str) -> None:
    assert number in _found(number)
    assert number in _found(f"it is {number}, thanks")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my pesel 44051401359", "44051401359"),
        ("Steuer-ID: 86095742719", "86095742719"),
        ("BSN 111222333", "111222333"),
        ("CPR-nr. 070761-4285", "070761-4285"),
        ("fødselsnummer 15076500565", "15076500565"),
        ("CNP 1800101221144", "1800101221144"),
        ("PPS number 1234567T", "1234567T"),
        ("NIF 123 456 789", "123 456 789"),
        ("CPF 12345678909", "12345678909"),
        ("EIN 12-3456789", "12-3456789"),
        ("aadhaar 2234 5678 9127", "2234 5678 9127"),
    ],
)
def test_bare_digits_count_behind_a_word_that_says_what_they_are(text: str, number: str) -> None:
    assert number in _found(text)
    assert number not in _found(f"order {number}") or not number.isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "44051401359",
        "86095742719",
        "123456782",
        "1234567890123",
        "INV-2025-004417",
        "2025-11-25",
        "20251125-1234",
        "123.456.789-00",
        "111.111.111-11",
        "12.345.678-9",
        "A123456788",
        "550e8400-e29b-41d4-a716-446655440000",
        "12345678A",
        "SKU-12345678",
        "cnp 1800101221145",
    ],
)
def test_ids_of_things_and_wrong_check_digits_are_none(text: str) -> None:
    assert _found(text) == set()


def test_only_the_chosen_countries_are_looked_for() -> None:
    british = NationalIdRecognizer(countries=["gb"])
    assert [r.entity_type for r in british.analyze("AB123456C", [])] == ["UK_NINO"]
    assert british.analyze("12345678Z", []) == []
    assert NationalFormRecognizer(countries=["ch"]).analyze("123.456.789-09", []) == []
    assert NationalIdRecognizer(countries=["br"]).supported_entities == ["NATIONAL_ID"]
