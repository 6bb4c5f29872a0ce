"""Which recognisers run, and which texts they are spared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from safetrack.detect.entities import DEFAULT_ENTITIES, ENTITIES
from safetrack.detect.presidio.artifacts import TextArtifacts
from safetrack.detect.presidio.national_id import COUNTRIES
from safetrack.detect.presidio.recognizers import MATCHABLE, OF_COUNTRIES, build_engine
from safetrack.policy.read import COUNTRIES as POLICY_COUNTRIES

ENGINE = build_engine("en", ENTITIES)

_PIECES = st.sampled_from(
    [
        "aa",
        "AB",
        "beef",
        "-",
        ".",
        "_",
        " ",
        "/",
        "monday",
        "Smith",
        "passport",
        "iban",
        "%",
        "(",
        "é",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_no_recogniser_matches_a_text_that_is_spared_the_patterns(text: str) -> None:
    if not MATCHABLE.search(text):
        artifacts = TextArtifacts(text, "en")
        found = ENGINE.analyze(text, "en", nlp_artifacts=artifacts)
        assert [one for one in found if one.entity_type != "PROPER_NAME"] == []  # asked elsewhere


def test_hardware_and_wallet_addresses_without_a_digit_are_not_spared() -> None:
    for text in ("aa-bb-cc-dd-ee-ff", "aabb.ccdd.eeff", "fe::ab", "bc" + "q" * 30):
        assert MATCHABLE.search(text)


def test_recognisers_of_entities_nobody_wants_are_not_built() -> None:
    names = {r.name for r in build_engine("en", DEFAULT_ENTITIES).registry.recognizers}
    assert "DateRecognizer" not in names
    assert {r.name for r in ENGINE.registry.recognizers} - names == {
        "DateRecognizer",
        "OpaqueIdRecognizer",
        "ProperNameRecognizer",
        "UserAgentRecognizer",
    }


def test_the_policy_knows_the_countries_that_recognisers_know() -> None:
    assert set(POLICY_COUNTRIES) == COUNTRIES | OF_COUNTRIES.keys()


def test_only_the_chosen_countries_recognisers_are_built() -> None:
    names = {r.name for r in build_engine("en", ENTITIES, countries=["gb"]).registry.recognizers}
    assert "NhsRecognizer" in names
    assert "UsSsnRecognizer" not in names


def _subclasses(kind: type) -> set[type]:
    return {kind, *(one for below in kind.__subclasses__() for one in _subclasses(below))}


def test_no_recogniser_bears_the_name_of_one_of_presidios_which_finds_classes_by_name() -> None:
    known = _subclasses(EntityRecognizer) - {EntityRecognizer}
    ours = {one.__name__ for one in known if one.__module__.startswith("safetrack.")}
    theirs = {one.__name__ for one in known if one.__module__.startswith("presidio_analyzer.")}

    assert len(ours) > 10
    assert ours & theirs == set()


def test_an_analyzer_of_the_applications_own_can_be_made_beside_ours() -> None:
    provider = RecognizerRegistryProvider()

    names = {one.name for one in provider.create_recognizer_registry().recognizers}

    assert "EmailRecognizer" in names
