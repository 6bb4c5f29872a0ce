"""How much speaks for a phrase being a name."""

from __future__ import annotations

import pytest

from safetrack.detect.people.evidence import ENOUGH, MODEL, Reading, Style


def _best(text: str, *words: str) -> float:
    return max((phrase.score for phrase in Reading(text, words).phrases), default=0.0)


@pytest.mark.parametrize(
    "name",
    [
        "Marta Kowalczyk",
        "marta kowalczyk",
        "MARTA KOWALCZYK",
        "Kowalczyk, Marta",
        "Nguyen",
        "priya",
        "J. Doe",
        "Jane D.",
        "Dr. Kowalczyk",
        "Ludwig van Beethoven",
        "van der Berg",
        "Jean-Luc Picard",
        "Kim Min-jun",
        "O'Brien",
        "Nguyễn Thị Minh",
        "Мария Иванова",
        "иван петров",
        "Γιώργος Παπαδόπουλος",
        "محمد علي",
        "佐藤健",
        "谭 鹏",
        "김민수",
        "सुरेश कपूर",
    ],
)
def test_a_name_is_enough_alone(name: str) -> None:
    assert _best(name) >= ENOUGH


@pytest.mark.parametrize(
    "phrase",
    [
        "Order Completed",
        "Rose Gold",
        "Summer Sale",
        "Ford",
        "Paris",
        "Jordan",
        "Billy Bookcase",
        "Acme Holdings",
        "Johnson & Johnson",
        "Kowalczyk GmbH",
        "Visual Studio Code",
        "Brazilian Portuguese",
        "Wendy's",
        "Black Friday 2025",
        "支付成功",
        "Новый пользователь",
        "wooden lampe",
    ],
)
def test_a_phrase_of_other_words_is_not(phrase: str) -> None:
    assert _best(phrase) < ENOUGH


@pytest.mark.parametrize("phrase", ["Order Completed", "Checkout Started", "Upgrade to Pro"])
def test_the_models_word_does_not_make_ordinary_words_a_name(phrase: str) -> None:
    assert _best(phrase) + MODEL < ENOUGH


def test_two_ambiguous_names_are_one_with_the_models_word() -> None:
    assert _best("Rose Grant") < ENOUGH <= _best("Rose Grant") + MODEL


def test_a_key_of_a_person_is_enough_for_an_unknown_word() -> None:
    assert _best("Zyxqwert") < ENOUGH <= _best("Zyxqwert", "assigned", "to")


def test_a_key_of_a_thing_outweighs_a_full_name_and_the_model() -> None:
    assert _best("Ralph Lauren", "brand") + MODEL < ENOUGH


def test_a_bare_name_says_little() -> None:
    assert 0 < _best("Aurora Borealis", "name") - _best("Aurora Borealis") < 1


def test_a_word_that_addresses_people_speaks_for_the_name_behind_it() -> None:
    assert _best("Contact Priya") > _best("Priya") > _best("Shop Priya")


def test_a_possessive_may_have_something_behind_it() -> None:
    assert _best("Marta's Workspace") >= ENOUGH


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Save Big On Summer Shoes Today", Style.LABEL),
        ("please call me back", Style.SENTENCE),
        ("Marta", Style.LABEL),
        ("I met her at the office", Style.SENTENCE),
    ],
)
def test_a_sentence_is_told_by_its_small_words(text: str, style: Style) -> None:
    assert Reading(text).style is style


def test_a_name_inside_a_sentence_is_found_without_its_neighbours() -> None:
    reading = Reading("please ask Marta Kowalczyk about it")
    best = max(reading.phrases, key=lambda phrase: phrase.score)
    assert reading.text[best.start : best.end] == "Marta Kowalczyk"


def test_lists_of_names_are_no_inverted_names() -> None:
    assert len(Reading("Marta, Priya, Siobhan").phrases) == 3
