"""What is found of people without a language model."""

from __future__ import annotations

import pytest

from safetrack.detect.people.evidence import Reading
from safetrack.detect.people.find import find_people


def _found(text: str, *words: str) -> set[tuple[str, str]]:
    return {(one.entity, text[one.start : one.end]) for one in find_people(Reading(text, words))}


@pytest.mark.parametrize(
    "handle",
    [
        "@martak",
        "marta_kowalczyk",
        "MartaKowalczyk",
        "marta.kowalczyk",
        "marta.k",
        "m.kowalczyk",
        "martakowalczyk",
        "mkowalczyk87",
        "priya_22",
        "maria1990",
        "kowalski-jan",
        "john.smith.1984",
    ],
)
def test_a_handle_is_a_user_name(handle: str) -> None:
    assert ("USERNAME", handle) in _found(handle)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ping @nightowl_22 please", "@nightowl_22"),
        ("https://shop.example/u/marta-kowalczyk", "marta-kowalczyk"),
        ("resume_priya_sharma.pdf", "priya_sharma"),
        ("agnieszkas-macbook-pro.local", "agnieszka"),
        ("qwxz-laptop", "qwxz"),
    ],
)
def test_a_user_name_is_found_inside_a_text(text: str, part: str) -> None:
    assert ("USERNAME", part) in _found(text)


@pytest.mark.parametrize(
    "value",
    [
        "order_completed",
        "signup_form_v2",
        "iphone15",
        "@angular/core",
        "@media",
        "com.example.shop",
        "grant_type",
        "maria_db",
        "hugo2024x",
        "jenkins-agent-3",
        "/home/ubuntu/app",
        "JavaScript",
        "LinkedIn",
        "user@example.com",
        "black-friday-2024",
        "eu-west-1",
        "America/New_York",
        "gaming-laptop",
        "https://cdn.example.com/assets/main.abc123.js",
        "a1",
        "550e8400-e29b-41d4-a716-446655440000",
        "Kowalczykowalczykowalczykowalczyk_kowalczyk",
    ],
)
def test_ids_and_technical_words_hold_no_person(value: str) -> None:
    assert _found(value) == set()


@pytest.mark.parametrize(
    "address",
    [
        "48 Alder Close",
        "2210 Birchwood Ave Apt 7",
        "2210 BIRCHWOOD AVE",
        "48 elm street",
        "350 5th Ave, New York, NY 10118",
        "221B Baker Street, London NW1 6XE",
        "Flat 3, 12 Norton Road, Leeds LS1 4AB",
        "12 Elm Street\nSpringfield, IL 62704",
        "Rosenweg 14",
        "Hauptstraße 5a, 10115 Berlin",
        "17 rue des Lilas",
        "Via Roma 12",
        "Calle de Alcalá, 45",
        "Kerkstraat 12, 1017 GC Amsterdam",
        "Storgata 3",
        "ul. Marszałkowska 12, 00-590 Warszawa",
        "Bácstapolcai utca 180",
        "rua das Flores 22",
        "ул. Ленина, д. 5",
        "東京都渋谷区神南1-2-3",
        "北京市朝阳区建国路88号",
        "인천광역시 종로구 학동가 96-48",
        "P.O. Box 1234",
        "Postfach 12 34",
        "Springfield, IL 62704",
        "SW1A 1AA",
        "K1A 0B1",
        "10115 Berlin",
    ],
)
def test_an_address_is_found_as_a_whole(address: str) -> None:
    assert ("LOCATION", address) in _found(address)


def test_in_running_text_an_address_is_what_follows_the_words_for_it() -> None:
    text = "I live at 70/571, Qwx Vihara, Sikar, 572836 and wait"
    assert ("LOCATION", "70/571, Qwx Vihara, Sikar, 572836") in _found(text)
    assert _found("my e-mail address is wrong") == set()


@pytest.mark.parametrize(
    "value",
    [
        "30 Day Pass",
        "2 Hour Run",
        "5 Star Hotel",
        "3 Piece Garden Set",
        "Spring 2024",
        "via Email 2",
        "12 Month Plan",
        "2024 Paris Olympics",
        "10 Year Anniversary Drive",
        "24 Hour Support",
        "Route 66 T-Shirt",
        "4K Ultra HD 55 Inch",
        "500 Internal Server Error",
        "Season 2 Episode 5",
        "12345 Widgets",
    ],
)
def test_numbers_beside_other_words_are_no_address(value: str) -> None:
    assert _found(value) == set()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("patient, born 24.04.1985, complains", "24.04.1985"),
        ("DOB: 04/12/87", "04/12/87"),
        ("born on 12 April 1987 in X", "12 April 1987"),
        ("date of birth: April 12, 1987", "April 12, 1987"),
        ("geboren am 3. Mai 1980", "3. Mai 1980"),
        ("fecha de nacimiento: 3 de mayo de 1980", "3 de mayo de 1980"),
        ("she was born in 1987", "1987"),
    ],
)
def test_a_date_beside_a_word_for_birth_is_a_birth_date(text: str, date: str) -> None:
    assert ("DATE_OF_BIRTH", date) in _found(text)


def test_under_a_key_for_birth_any_date_is_one_and_elsewhere_none() -> None:
    assert ("DATE_OF_BIRTH", "1987-04-12") in _found("1987-04-12T00:00:00Z", "user", "dob")
    assert _found("unknown", "dob") == set()
    assert _found("12.04.1987", "shipped") == set()


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("username odetter701 cannot log in", "odetter701"),
        ("my handle is kiwi_77, thanks", "kiwi_77"),
        ("login: m.vos88", "m.vos88"),
    ],
)
def test_what_stands_behind_a_word_for_user_names_is_one(text: str, handle: str) -> None:
    assert handle in {
        text[f.start : f.end] for f in find_people(Reading(text)) if f.entity == "USERNAME"
    }


def test_handles_by_their_form_alone_are_not_looked_for_under_keys_of_things() -> None:
    assert find_people(Reading("easter-2026", ("campaign", "name"))) == []
