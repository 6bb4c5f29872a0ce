"""What a policy, or a caller, looks for besides."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer

from safetrack import Policy, Sanitizer
from safetrack.detect.presidio.custom import build_recognizers
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.policy.document import CustomPattern, CustomRecognizer

KEYRING = Keyring.parse(new_key())
BADGES = {
    "name": "badges",
    "entity": "STAFF_BADGE",
    "patterns": [{"regex": r"\bB-\d{6}\b", "score": 0.3}],
    "context": ["badge"],
}
PROJECTS = {"name": "projects", "entity": "PROJECT", "deny_list": ["Zeus"]}


def test_a_recogniser_of_the_policy_finds_its_entity_where_a_word_supports_it() -> None:
    policy = {"recognizers": [BADGES, PROJECTS]}
    assert _left_with(policy, "badge B-123456 lost") == "badge <STAFF_BADGE> lost"
    assert _left_with(policy, "part B-123456 lost") == "part B-123456 lost"
    assert _left_with(policy, "about zeus again") == "about <PROJECT> again"


def _left_with(detection: dict[str, object], text: str) -> object:
    policy = Policy.from_dict({"version": 1, "unlisted": "scrub", "detection": detection})
    event = {"type": "track", "event": "Opened", "properties": {"note": text}}
    safe = Sanitizer(policy, keyring=KEYRING).sanitize(event, destination="x")
    assert safe is not None
    return safe.to_dict()["properties"]["note"]


def test_what_is_found_is_treated_as_the_policy_says_for_the_new_entity() -> None:
    detection = {"recognizers": [PROJECTS], "entities": {"PROJECT": {"mask": 2}}}
    assert str(_left_with(detection, "about Zeus again")).endswith(" again")
    assert "<PROJECT>" not in str(_left_with(detection, "about Zeus again"))


def test_a_recogniser_of_other_languages_is_left_out() -> None:
    french = CustomRecognizer(
        name="x", entity="X", patterns=(CustomPattern(regex="x1", score=1.0),), languages=("fr",)
    )
    assert build_recognizers([french], ["en"]) == []
    (built,) = build_recognizers([french], ["en", "fr"])
    assert built.supported_language == "en"


def test_a_presidio_recogniser_of_the_callers_own_searches_as_well_and_stays_as_it_was() -> None:
    pattern = Pattern("badge", r"\bB-\d{6}\b", 0.8)
    own = PatternRecognizer("STAFF_BADGE", patterns=[pattern])
    policy = Policy.from_dict({"version": 1, "unlisted": "scrub"})
    event = {"type": "track", "event": "Opened", "properties": {"note": "lost B-123456"}}
    safe = Sanitizer(policy, keyring=KEYRING, recognizers=[own]).sanitize(event, destination="x")
    assert safe is not None
    assert safe.to_dict()["properties"]["note"] == "lost <STAFF_BADGE>"
    assert own.patterns == [pattern]
