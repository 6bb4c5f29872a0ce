"""Keys, tokens, ids, coordinates, user agents and street addresses."""

from __future__ import annotations

import pytest

from safetrack.detect.detector import Query
from safetrack.detect.entities import ENTITIES
from safetrack.detect.presidio.analyzer import PresidioDetector
from sanitizing import detector


@pytest.fixture(scope="module")
def curious() -> PresidioDetector:
    """A detector for a policy that names the opaque entities."""
    return PresidioDetector(entities=ENTITIES)


def _found(curious: PresidioDetector, text: str, *, names: bool = True) -> dict[str, str]:
    (found,) = curious.find([Query(text, names=names)])
    assert isinstance(found, tuple)
    return {one.entity: text[one.start : one.end] for one in found}


@pytest.mark.parametrize(
    "key",
    [
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "sk-proj-4eC39HqLyjWDarjtT1zdp7dc",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "xoxb-2444333222111-gKzP0aQm",
        "AKIAIOSFODNN7EXAMPLE",
        "SG.ngeVfQFYQlKU0ufo8x5d1A",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
    ],
)
def test_a_providers_key_is_a_secret_whatever_the_policy_names(key: str) -> None:
    text = f"it says {key} here"
    (found,) = detector().find([Query(text)])
    assert [(one.entity, text[one.start : one.end]) for one in found] == [("SECRET", key)]


def test_a_token_in_a_url_is_a_secret_and_other_parameters_are_not() -> None:
    text = "https://app.example/cb?page=pricing&token=hunter7&ref=2"
    (found,) = detector().find([Query(text)])
    assert [text[one.start : one.end] for one in found] == ["hunter7"]


def test_ids_and_user_agents_are_found_in_open_text_alone(
    curious: PresidioDetector,
) -> None:
    texts = {
        "OPAQUE_ID": "550e8400-e29b-41d4-a716-446655440000",
        "USER_AGENT": "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36",
    }
    for entity, text in texts.items():
        assert _found(curious, text) == {entity: text}
        assert entity not in _found(curious, text, names=False)
        (unasked,) = detector().find([Query(text, names=True)])
        assert all(one.entity != entity for one in unasked)


@pytest.mark.parametrize(
    "token",
    [
        "9f86d081884c7d659a2feaa0c55ad015",
        "jjpbnTEowgAPWMKYRqgrAXShVYXHbUbL",
        "QWHZKXNVBTPLMRJFDCGYSAEOIUQW",
    ],
)
def test_random_runs_are_opaque_with_and_without_digits(
    curious: PresidioDetector, token: str
) -> None:
    assert _found(curious, f"see {token}") == {"OPAQUE_ID": token}


@pytest.mark.parametrize(
    "text",
    [
        "getElementByIdAndClassName",
        "checkout_experiment_2024",
        "release-2024-11-23",
        "2.75",
        "iPhone15",
        "v1.2.3",
    ],
)
def test_what_developers_write_is_no_opaque_id(curious: PresidioDetector, text: str) -> None:
    assert not {"OPAQUE_ID", "GEO_COORDINATE", "SECRET"} & _found(curious, text).keys()


@pytest.mark.parametrize("text", ["2471 Hazelmere Lane", "12 St. James Road", "7 OAK AVE"])
def test_a_number_a_name_and_a_road_are_an_address(text: str) -> None:
    (found,) = detector().find([Query(text, names=True)])
    assert [(one.entity, text[one.start : one.end]) for one in found] == [("LOCATION", text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Winifred Villanueva", "Winifred Villanueva"),
        ("$feature/Florence Wiesenthal", "Florence Wiesenthal"),
        ("Order by Winifred van Szymanski", "Winifred van Szymanski"),
        ("WINIFRED VILLANUEVA", "WINIFRED VILLANUEVA"),
        ("Winifred%20Villanueva", "Winifred%20Villanueva"),
        ('{"who": "Winifred Villanueva"}', "Winifred Villanueva"),
    ],
)
def test_capitalised_words_that_analytics_does_not_use_are_a_name(
    curious: PresidioDetector, text: str, name: str
) -> None:
    found = _found(curious, text)
    assert name in found.values()
    assert found.keys() <= {"PERSON", "PROPER_NAME", "ORGANIZATION", "LOCATION"}


@pytest.mark.parametrize("text", ["Order Completed", "Upgrade to Pro", "Winifred signed up"])
def test_known_words_and_single_ones_are_no_proper_name(
    curious: PresidioDetector, text: str
) -> None:
    assert "PROPER_NAME" not in _found(curious, text)


def test_a_name_with_the_family_name_first_is_covered_whole(curious: PresidioDetector) -> None:
    text = "Villanueva, Winifred"
    assert sum(map(len, _found(curious, text).values())) == len(text)
