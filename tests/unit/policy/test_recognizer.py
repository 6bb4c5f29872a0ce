"""Recognisers of the policy's own: what is read, and what is refused where."""

from __future__ import annotations

import pytest

from safetrack.errors import PolicyError
from safetrack.policy.document import CustomPattern, CustomRecognizer
from safetrack.policy.load import Policy
from safetrack.policy.recognizer import LONGEST_PATTERN


def _read(*recognizers: object) -> tuple[CustomRecognizer, ...]:
    data = {"version": 1, "detection": {"recognizers": list(recognizers)}}
    return Policy.from_dict(data).document.detection.recognizers


def _one(**changes: object) -> dict[str, object]:
    return {"name": "badge", "entity": "STAFF_BADGE", "patterns": [r"\bB-\d{6}\b"], **changes}


def test_a_recogniser_has_patterns_words_context_and_languages() -> None:
    (read,) = _read(
        _one(
            patterns=[r"\bB-\d{6}\b", {"regex": r"\bC\d{4}\b", "score": 0.9}],
            deny_list=["Project Zeus"],
            context=["badge"],
            languages=["en"],
        )
    )
    assert read == CustomRecognizer(
        name="badge",
        entity="STAFF_BADGE",
        patterns=(
            CustomPattern(regex=r"\bB-\d{6}\b", score=0.6),
            CustomPattern(regex=r"\bC\d{4}\b", score=0.9),
        ),
        deny_list=("Project Zeus",),
        context=("badge",),
        languages=("en",),
    )


def test_a_list_of_words_is_enough_and_none_is_fine() -> None:
    (read,) = _read({"name": "projects", "entity": "PROJECT", "deny_list": ["Zeus"]})
    assert read.patterns == ()
    empty = {"version": 1, "detection": {"recognizers": None}}
    assert Policy.from_dict(empty).document.detection.recognizers == ()


@pytest.mark.parametrize(
    ("recognizer", "place", "message"),
    [
        ("badge", "recognizers.0", "a mapping of name, entity"),
        (_one(entity="staff badge"), "recognizers.0.entity", "written like STAFF_BADGE"),
        (_one(name=""), "recognizers.0.name", "a name"),
        (_one(nmae="x"), "recognizers.0.nmae", "did you mean 'name'?"),
        ({"name": "x", "patterns": ["x"]}, "recognizers.0", "needs entity:"),
        ({"name": "x", "entity": "X"}, "recognizers.0", "needs patterns: or deny_list:"),
        (_one(patterns="x"), "recognizers.0.patterns", "a list of patterns"),
        (_one(patterns=[]), "recognizers.0.patterns", "a list of patterns"),
        (_one(patterns=[{"score": 1}]), "recognizers.0.patterns.0", "needs regex:"),
        (_one(patterns=[7]), "recognizers.0.patterns.0", "a regular expression"),
        (_one(patterns=["a", "(b"]), "recognizers.0.patterns.1", "no regular expression"),
        (_one(patterns=["a*"]), "recognizers.0.patterns.0", "matches the empty text"),
        (_one(patterns=["x" * (LONGEST_PATTERN + 1)]), "recognizers.0.patterns.0", "more than"),
        (
            _one(patterns=[{"regex": "a", "score": 2}]),
            "recognizers.0.patterns.0.score",
            "at most 1",
        ),
        (_one(deny_list="Zeus"), "recognizers.0.deny_list", "a list of texts"),
        (_one(deny_list=["Zeus", 3]), "recognizers.0.deny_list.1", "a text, not 3"),
        (_one(languages=["english"]), "recognizers.0.languages", "two or three small letters"),
    ],
)
def test_a_mistake_names_its_place(recognizer: object, place: str, message: str) -> None:
    with pytest.raises(PolicyError) as raised:
        _read(recognizer)
    (problem,) = raised.value.problems
    assert problem.path == f"detection.{place}"
    assert message in problem.message


def test_no_list_is_a_mistake() -> None:
    with pytest.raises(PolicyError, match="a list of recognizers"):
        Policy.from_dict({"version": 1, "detection": {"recognizers": {"name": "x"}}})


@pytest.mark.parametrize("slow", [r"(a+)+$", r"(\d+)*x", r"(\w+\s?)*!", r"([a-z]+)*\d$"])
def test_a_pattern_that_takes_more_than_linear_time_is_refused(slow: str) -> None:
    with pytest.raises(PolicyError, match="takes too long on some texts"):
        _read(_one(patterns=[slow]))


@pytest.mark.parametrize(
    "fast", [r"\bB-\d{6}\b", r"[A-Z]{2}\d{4,8}", r"zeus|apollo", r"x\S{1,40}y"]
)
def test_ordinary_patterns_pass(fast: str) -> None:
    (read,) = _read(_one(patterns=[fast]))
    assert read.patterns[0].regex == fast


def test_an_unknown_country_is_a_mistake() -> None:
    with pytest.raises(PolicyError, match="unknown country 'uk'"):
        Policy.from_dict({"version": 1, "detection": {"countries": ["us", "uk"]}})
