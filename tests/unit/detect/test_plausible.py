"""Which raw hits are believed."""

from __future__ import annotations

import pytest

from safetrack.detect.people.evidence import Reading
from safetrack.detect.plausible import Hit, is_plausible, is_plausible_name


def _believed(  # noqa: PLR0913  each is one attribute of a hit
    text: str,
    part: str,
    entity: str,
    words: tuple[str, ...] = (),
    *,
    context: bool = False,
    view: str = "",
) -> bool:
    start = text.index(part)
    hit = Hit(start, start + len(part), entity, 0.5, "r", part, view, False, context)
    return is_plausible(hit, text, words)


def _named(text: str, part: str, entity: str, *words: str) -> bool:
    start = text.index(part)
    return is_plausible_name(entity, start, start + len(part), Reading(text, words))


@pytest.mark.parametrize(
    "phrase", ["Order Completed", "Checkout Started", "Wishlist Shared", "Upgrade to Pro"]
)
def test_a_phrase_of_known_words_is_no_name(phrase: str) -> None:
    assert not _named(phrase, phrase, "PERSON")


def test_two_unknown_words_are_a_name_if_the_model_says_so() -> None:
    assert _named("Zyxqwert Vlkmorn", "Zyxqwert Vlkmorn", "PERSON")
    assert not _named("Zyxqwert", "Zyxqwert", "PERSON")


def test_in_a_sentence_one_word_that_is_not_ordinary_makes_it_a_name() -> None:
    assert _named("we were told that Zyxqwert left", "Zyxqwert", "PERSON")
    assert not _named("we were told that Everything left", "Everything", "PERSON")


@pytest.mark.parametrize("value", ["Europe/Lisbon", "en-GB", "7.3.2", "d41d8cd98f00b204e980"])
def test_a_technical_value_holds_no_name(value: str) -> None:
    assert not _named(value, value, "PERSON")


def test_an_organisation_counts_only_in_running_text() -> None:
    assert not _named("Acme Holdings", "Acme Holdings", "ORGANIZATION")
    text = "we moved here from Acme Holdings last year"
    assert _named(text, "Acme Holdings", "ORGANIZATION")


def test_a_place_counts_in_running_text_or_under_a_key_for_places() -> None:
    assert not _named("Lisbon", "Lisbon", "LOCATION")
    assert _named("Lisbon", "Lisbon", "LOCATION", "venue")
    assert not _named("Zyxqwert", "Zyxqwert", "LOCATION", "venue")
    assert _named("we moved to Lisbon last year", "Lisbon", "LOCATION")


def test_dates_of_the_model_are_left_to_the_policy() -> None:
    assert _named("yesterday", "yesterday", "DATE_TIME")


def test_a_nationality_counts_in_running_text_though_analytics_knows_the_word() -> None:
    assert not _named("German", "German", "NRP")
    assert _named("my wife is a German citizen", "German", "NRP")


@pytest.mark.parametrize(
    ("entity", "number"), [("PHONE_NUMBER", "22 555 01 23"), ("LOCATION", "60614")]
)
def test_digits_that_the_model_took_for_a_phone_or_postcode_count_only_in_running_text(
    entity: str, number: str
) -> None:
    assert not _named(number, number, entity)
    assert _named(f"the one that I gave you is {number}", number, entity)


def test_digits_that_the_model_took_for_a_person_do_not_count() -> None:
    assert not _named("the one that I gave you is 4711", "4711", "PERSON")


def test_a_bare_uuid_counts_only_in_running_text() -> None:
    uuid = "550e8400-e29b-41d4-a716-446655440000"
    assert not _believed(uuid, uuid, "UUID")
    assert not _believed(uuid, uuid, "UUID", context=True)
    assert _believed(f"my account is the {uuid}", uuid, "UUID")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1736080200", "1736080200"),
        ("1736080200123", "1736080200123"),
        ("2025-11-23", "2025-11-23"),
        ("20251123", "20251123"),
        ("INV-2025-004417", "2025-004417"),
        ("550e8400-e29b-41d4-a716-446655440000", "446655440000"),
    ],
)
def test_times_and_ids_are_no_phone_numbers_unless_their_key_says_so(text: str, part: str) -> None:
    assert not _believed(text, part, "PHONE_NUMBER")
    assert _believed(text, part, "PHONE_NUMBER", ("phone",))


@pytest.mark.parametrize("text", ["2025550147", "+1 202 555 0147", "tel-2025550147"])
def test_other_numbers_in_the_form_of_a_phone_are_believed(text: str) -> None:
    assert _believed(text, text.removeprefix("tel-"), "PHONE_NUMBER")


def test_bare_digits_glued_to_a_word_are_an_id() -> None:
    assert not _believed("order_2025550147", "2025550147", "PHONE_NUMBER", view="unglued")
    assert _believed("call_+12025550147", "+12025550147", "PHONE_NUMBER", view="unglued")


def test_a_version_in_the_form_of_an_address_is_a_version() -> None:
    assert not _believed("7.3.2.1", "7.3.2.1", "IP_ADDRESS", ("app", "version"))
    assert not _believed("release 7.3.2.1", "7.3.2.1", "IP_ADDRESS")
    assert not _believed("Chrome/126.0.0.0", "126.0.0.0", "IP_ADDRESS")
    assert _believed("198.51.100.23", "198.51.100.23", "IP_ADDRESS", ("client", "ip"))
    assert _believed("from 198.51.100.23", "198.51.100.23", "IP_ADDRESS")


@pytest.mark.parametrize("entity", ["UK_NHS", "MEDICAL_LICENSE"])
def test_a_check_digit_alone_is_not_enough(entity: str) -> None:
    assert not _believed("9434765919", "9434765919", entity)
    assert _believed("9434765919", "9434765919", entity, context=True)
    assert _believed("943 476 5919", "943 476 5919", entity)


def test_a_hit_shows_no_text_of_its_own() -> None:
    hit = Hit(0, 3, "PERSON", 0.8, "r", "Ada", "", is_name=True, has_context=False)
    assert "Ada" not in repr(hit)
