"""What is found is treated, what could not be searched is dropped."""

from __future__ import annotations

import pytest

from safetrack.detect.detector import Finding
from safetrack.event import Reason
from safetrack.keys.keyring import TOKEN
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from sanitizing import decisions, keyring, let_out, process, track

PHONE = "+14155552671"


def test_several_findings_in_one_text_are_each_treated_as_their_own_type():
    left = let_out(
        {"x": f"mail jane@acme.com or call {PHONE} now"},
        {"x": "keep"},
        detection={"entities": {"EMAIL_ADDRESS": "pseudonymize", "PHONE_NUMBER": "mask"}},
    )
    mail, token, *between, mask, now = left["x"].split(" ")
    assert (mail, between, now) == ("mail", ["or", "call"], "now")
    assert TOKEN.fullmatch(token)
    assert set(mask) == {"*"}


def test_a_decision_names_the_first_treatment_and_all_entities():
    done = process(
        track({"x": f"jane@acme.com {PHONE}"}),
        properties={"x": "keep"},
        detection={"entities": {"EMAIL_ADDRESS": "pseudonymize"}},
    )
    decision = decisions(done)["properties.x"]
    assert decision.action == "pseudonymize"
    assert decision.entities == ("EMAIL_ADDRESS", "PHONE_NUMBER")


def test_a_finding_that_the_policy_keeps_is_no_decision():
    entities = {"EMAIL_ADDRESS": "keep"}
    done = process(
        track({"x": "jane@acme.com"}), properties={"x": "keep"}, detection={"entities": entities}
    )
    assert done.safe.to_dict()["properties"] == {"x": "jane@acme.com"}
    assert done.decisions == ()


def test_one_finding_that_is_dropped_drops_the_whole_text():
    done = process(
        track({"x": f"jane@acme.com {PHONE}"}),
        properties={"x": "keep"},
        detection={"entities": {"PHONE_NUMBER": "drop"}},
    )
    assert done.safe.to_dict().get("properties", {}) == {}
    assert decisions(done)["properties.x"].action == "drop"


def test_a_number_in_which_something_is_found_is_replaced_whole():
    number = 14155552671
    for treatment, check in (
        ("redact", lambda value: value == "<PHONE_NUMBER>"),
        ("pseudonymize", TOKEN.fullmatch),
        ("mask", lambda value: set(value) == {"*"}),
    ):
        entities = {"PHONE_NUMBER": treatment, "*": treatment}
        left = let_out({"phone": number}, {"phone": "keep"}, detection={"entities": entities})
        assert check(left["phone"])


class FindsAll:
    """Finds one entity in everything."""

    def __init__(self, entity, end=None):
        self.entity = entity
        self.end = end

    def find(self, queries):
        return [
            (Finding(0, self.end or len(query.text), self.entity, 1.0, "test"),)
            for query in queries
        ]


def left_of(detector, properties, rules, **sections):
    policy = Policy.from_dict({"version": 1, "properties": rules, **sections})
    made = Sanitizer(policy, detector=detector, keyring=keyring())
    return made.process([track(properties)], "v")[0]


def test_what_a_treatment_cannot_stand_for_is_redacted():
    # a blank finding has no pseudonym: the marker stands there, never the text
    entities = {"PERSON": "pseudonymize"}
    done = left_of(
        FindsAll("PERSON", end=1),
        {"plan": " pro"},
        {"plan": "keep"},
        detection={"entities": entities},
    )
    assert done.safe.to_dict()["properties"] == {"plan": "<PERSON>pro"}


def test_a_key_and_its_value_may_both_be_dropped():
    done = left_of(
        FindsAll("PERSON"),
        {"xqzt": "text"},
        {"**": "keep"},
        detection={"entities": {"*": "drop"}},
    )
    assert done.safe.to_dict().get("properties", {}) == {}
    assert {d.reason for d in done.decisions} == {Reason.DETECTED}


def test_a_key_in_which_something_is_found_takes_what_is_below_it():
    done = left_of(FindsAll("PERSON"), {"xqzt": {"plan": 1}}, {"**": "keep"})
    assert done.safe.to_dict().get("properties", {}) == {}
    assert decisions(done)["properties.<key#1>"].reason is Reason.KEY_DETECTED


@pytest.mark.parametrize("entity", ["NOT_A_KNOWN_ONE", "PERSON"])
def test_a_finding_of_any_type_is_treated(entity):
    done = left_of(FindsAll(entity), {"plan": "text"}, {"plan": "keep"})
    assert done.safe.to_dict()["properties"] == {"plan": f"<{entity}>"}


@pytest.mark.parametrize("treatment", ["keep", "pseudonymize", "drop"])
def test_the_rest_of_a_text_beyond_the_budget_leaves_as_a_marker_whatever_the_policy_says(
    treatment,
):
    text = "mail jane@acme.com " + "word " * 25_000
    done = process(
        track({"x": text}),
        properties={"x": "keep"},
        detection={"entities": {"*": treatment, "EMAIL_ADDRESS": "redact"}},
    )
    left = done.safe.to_dict()["properties"]["x"]
    assert left.startswith("mail <EMAIL_ADDRESS> word word ")
    assert left.rstrip().endswith(" word <REDACTED>")
    assert len(left) < len(text)
    assert [(d.entities, d.reason) for d in done.decisions] == [
        (("EMAIL_ADDRESS",), Reason.DETECTED),
        ((), Reason.TOO_COSTLY),
    ]


def test_a_text_cut_at_its_budget_stays_as_it_is_when_it_is_sanitized_again():
    rules = {"x": "scrub"}
    once = let_out({"x": "word " * 25_000}, rules)
    assert let_out(once, rules) == once
