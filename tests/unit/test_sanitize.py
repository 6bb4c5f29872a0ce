"""The one door, as the contract describes it."""

from __future__ import annotations

import copy
import datetime as dt
import re
import threading

import pytest

import hostile
from safetrack import sanitize as sanitize_module
from safetrack.detect.detector import Finding, SearchFailed
from safetrack.detect.lazy import LazyDetector
from safetrack.errors import ConfigError, KeyringError, PolicyError
from safetrack.event import Event, Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import TOKEN, Keyring
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from sanitizing import AT, decisions, detector, keyring, let_out, process, sanitizer, track

NO_IDS = dict.fromkeys(("person", "group", "device"), "drop")
EMAIL = "jane.doe@acme.com"


class Finds:
    """A detector that answers with a fixed finding, or fails."""

    def __init__(self, answer=()):
        self.answer = answer
        self.asked = []

    def find(self, queries):
        self.asked.append([query.text for query in queries])
        if isinstance(self.answer, Exception):
            raise self.answer
        return [self.answer for _ in queries]


def with_detector(found, **sections):
    policy = Policy.from_dict({"version": 1, **sections})
    return Sanitizer(policy, detector=found, keyring=keyring())


# Default deny


def test_an_empty_policy_lets_out_the_event_s_name_and_pseudonymised_ids_and_nothing_else():
    event = {
        "type": "track",
        "event": "Signed Up",
        "userId": "user-42",
        "anonymousId": "anon-1",
        "groups": {"company": "org-7"},
        "properties": {"plan": "pro", "n": {"a": [1]}, "$set": {"plan": "pro"}},
        "traits": {"plan": "pro"},
        "context": {"locale": "de", "device": {"id": "d"}, "traits": {"x": 1}},
        "timestamp": AT,
        "messageId": "m-1",
        "custom": "x",
        "sentAt": AT,
    }
    done = process(event)
    left = done.safe.to_dict()
    assert left.pop("properties") == {}
    assert left.pop("traits") == {}
    assert left.pop("context") == {}
    assert TOKEN.fullmatch(left.pop("userId"))
    assert TOKEN.fullmatch(left.pop("anonymousId"))
    assert TOKEN.fullmatch(left.pop("groups")["company"])
    assert left.pop("messageId") == done.safe.message_id
    assert left == {"type": "track", "event": "Signed Up", "timestamp": AT}


def test_every_leaf_that_does_not_leave_has_a_decision():
    event = track({"a": 1, "b": {"c": 2, "d": [3, {"e": 4}]}}, custom={"x": 1}, traits={"t": 1})
    reasons = {path: d.reason for path, d in decisions(process(event)).items()}
    assert list(reasons.values()).count(Reason.UNLISTED) == 6
    assert all(decision.action == "drop" for decision in process(event).decisions)


def test_a_value_is_dropped_with_the_reason_why():
    rules = {
        "listed": {"keep": ["a"]},
        "typed": {"keep": "integer"},
        "ranged": {"keep": "integer", "min": 1, "max": 2},
        "gone": "drop",
        "old": {"keep": True, "expires": dt.date(2026, 11, 22)},
        "odd": "keep",
        "huge": "keep",
        "url": {"generalize": {"url": "origin"}},
    }
    values = {
        "listed": "b",
        "typed": "x",
        "ranged": 3,
        "gone": 1,
        "old": 1,
        "odd": b"x",
        "huge": 2**64,
        "url": "no url",
    }
    reasons = {
        path.removeprefix("properties."): (d.reason, d.rule)
        for path, d in decisions(process(track(values), properties=rules)).items()
    }
    assert {name: reason for name, (reason, _) in reasons.items()} == {
        "listed": Reason.NOT_LISTED_VALUE,
        "typed": Reason.WRONG_TYPE,
        "ranged": Reason.OUT_OF_RANGE,
        "gone": Reason.RULE,
        "old": Reason.EXPIRED,
        "odd": Reason.UNREADABLE,
        "huge": Reason.TOO_LARGE,
        "url": Reason.WRONG_TYPE,
    }
    assert {rule for _, rule in reasons.values()} == {f"properties.{name}" for name in rules}


# Both nets


def test_a_kept_string_is_still_searched():
    assert let_out({"note": f"ask {EMAIL}"}, {"note": "keep"}) == {"note": "ask <EMAIL_ADDRESS>"}


def test_a_kept_number_of_seven_digits_is_searched_and_replaced_whole():
    assert let_out({"n": 4111111111111111}, {"n": "keep"}) == {"n": "<CREDIT_CARD>"}
    assert let_out({"n": 123456}, {"n": "keep"}) == {"n": 123456}


@pytest.mark.parametrize(
    "rule",
    [
        {"keep": ["jane.doe@acme.com"]},
        {"keep": "string", "trusted": True},
    ],
)
def test_a_listed_or_trusted_value_is_not_searched(rule):
    assert let_out({"x": EMAIL}, {"x": rule}) == {"x": EMAIL}


def test_a_bounded_number_a_boolean_and_a_timestamp_are_not_searched():
    found = Finds((Finding(0, 1, "PERSON", 1.0, "test"),))
    rules = {
        "n": {"keep": "integer", "min": 0, "max": 10**16},
        "b": {"keep": "boolean"},
        "t": {"keep": "timestamp"},
    }
    values = {"n": 4111111111111111, "b": True, "t": "2026-01-01 00:00:00"}
    safe = with_detector(found, properties=rules).sanitize(track(values), "x")
    assert safe.to_dict()["properties"] == {**values, "t": "2026-01-01T00:00:00Z"}
    assert not any("4111111111111111" in asked for asked in found.asked)


def test_what_is_found_is_treated_as_the_policy_says_for_its_type():
    text = f"ask {EMAIL} from 192.168.12.34"
    for entities, expected in (
        ({}, "ask <EMAIL_ADDRESS> from <IP_ADDRESS>"),
        ({"EMAIL_ADDRESS": "keep"}, f"ask {EMAIL} from <IP_ADDRESS>"),
        ({"EMAIL_ADDRESS": "drop"}, None),
        ({"*": "mask", "IP_ADDRESS": "redact"}, "ask ******** from <IP_ADDRESS>"),
    ):
        left = let_out({"x": text}, {"x": "scrub"}, detection={"entities": entities})
        assert left.get("x") == expected


def test_an_e_mail_found_in_a_text_has_the_token_of_the_same_e_mail_in_a_property():
    left = let_out(
        {"email": EMAIL.upper(), "text": f"ask {EMAIL}"},
        {"email": "pseudonymize", "text": "scrub"},
        detection={"entities": {"EMAIL_ADDRESS": "pseudonymize"}},
    )
    assert left["text"] == f"ask {left['email']}"


def test_only_scrub_searches_for_names():
    left = let_out({"a": "ask Jane Miller", "b": "ask Jane Miller"}, {"a": "scrub", "b": "keep"})
    assert left == {"a": "ask <PERSON>", "b": "ask Jane Miller"}


def test_a_key_in_which_something_is_found_drops_its_leaf():
    done = process(track({EMAIL: 1, "plan": 2}), properties={"**": "keep"})
    assert done.safe.to_dict()["properties"] == {"plan": 2}
    (decision,) = (d for d in done.decisions if d.reason is Reason.KEY_DETECTED)
    assert decision.path == "properties.<key#1>"
    assert decision.entities == ("EMAIL_ADDRESS",)


# Fails closed


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (RuntimeError("boom"), Reason.DETECTOR_ERROR),
        (SearchFailed(Reason.TIMEOUT), Reason.TIMEOUT),
        (SearchFailed(Reason.TOO_COSTLY), Reason.TOO_COSTLY),
    ],
)
def test_what_could_not_be_searched_does_not_leave(answer, reason):
    rules = {"xyzzy": "keep", "n": {"keep": "integer", "min": 0, "max": 9}, "*": "keep"}
    done = with_detector(Finds(answer), properties=rules).process(
        [track({"xyzzy": "text", "n": 1, "unknown_qq": 2}, event="Qq Ww")], "x"
    )[0]
    assert done.safe.to_dict()["properties"] == {"n": 1}
    assert done.safe.to_dict()["event"] == "<REDACTED>"
    assert {d.reason for d in done.decisions} == {reason}


def test_a_detector_that_answers_too_little_is_a_detector_that_failed():
    class Short(Finds):
        def find(self, queries):
            return []

    safe = with_detector(Short(), properties={"x": "keep"}).sanitize(track({"x": "t"}), "d")
    assert safe.to_dict().get("properties", {}) == {}


class Breaks:
    """A keyring's stand-in that breaks at run time."""

    def __getattr__(self, name):
        raise RuntimeError(EMAIL)


def test_whatever_breaks_during_the_walk_costs_the_event():
    broken = Sanitizer(Policy.from_dict({"version": 1}), detector=Finds(), keyring=Breaks())
    done = broken.process([{"type": "track", "event": "Signed Up", "userId": "u"}], "x")[0]
    assert (done.safe, done.reason) == (None, Reason.SANITIZER_ERROR)


@pytest.mark.parametrize(
    "answer",
    ["no findings", None, [], 0, (Finding(0, 0, "X", 1.0, "r"),), (Finding(0, 9, "X", 1.0, "r"),)],
)
def test_what_is_no_answer_of_a_detector_costs_the_value(answer):
    class Odd(Finds):
        def find(self, queries):
            return [answer for _ in queries]

    done = with_detector(Odd(), properties={"x": "keep"}).process([track({"x": "t"})], "d")[0]
    assert done.safe is not None
    assert "t" not in str(done.safe.to_dict().get("properties", ""))
    assert Reason.DETECTOR_ERROR in {d.reason for d in done.decisions}


def test_whatever_breaks_while_findings_are_treated_costs_the_event(monkeypatch):
    def breaks(*_args):
        raise RuntimeError(EMAIL)

    monkeypatch.setattr("safetrack.walk.settle.Settling.settle", breaks)
    done = with_detector(Finds(), properties={"x": "keep"}).process([track({"x": "t"})], "d")[0]
    assert (done.safe, done.reason) == (None, Reason.SANITIZER_ERROR)


def test_one_broken_event_costs_no_other_event_of_its_batch():
    good = track({"plan": "pro"})
    batch = [good, {"type": "nonsense"}, None, hostile.HostileObject(), good]
    done = sanitizer(properties={"plan": "keep"}).process(batch, "x")
    assert [d.reason for d in done] == [None, *[Reason.UNKNOWN_EVENT_TYPE] * 3, None]


@pytest.mark.parametrize("kind", ["nonsense", "TRACK", 1, None, ["track"], b"track"])
def test_an_event_of_unknown_type_does_not_leave(kind):
    done = process({"type": kind, "userId": "u"})
    assert done.reason is Reason.UNKNOWN_EVENT_TYPE


def test_an_event_with_a_name_and_no_type_is_a_track():
    assert process({"event": "Signed Up"}).safe.to_dict() == {"type": "track", "event": "Signed Up"}


def test_no_error_or_decision_holds_a_raw_value(caplog):
    caplog.set_level(0)
    done = with_detector(Finds(RuntimeError(EMAIL)), properties={"*": "keep"}).process(
        [track({EMAIL: EMAIL, "xyzzy": EMAIL, "nested": {EMAIL: [EMAIL]}}, custom=EMAIL)], EMAIL
    )
    assert EMAIL not in repr(done[0].decisions)
    assert EMAIL not in caplog.text


# Which events


def test_events_that_the_policy_drops_do_not_leave():
    events = {"Signed Up": {}, "Debug *": "drop"}
    assert process(track({}, event="Debug Trace"), events=events).reason is Reason.EVENT_DROPPED
    assert process(track({}, event="debug_trace"), events=events).reason is Reason.EVENT_DROPPED
    assert process(track({}), events=events).safe is not None


def test_unlisted_events_drop_keeps_listed_ones_only():
    sections = {"unlisted_events": "drop", "events": {"Signed Up": {}, "Order *": {}}}
    assert process(track({}), **sections).safe is not None
    assert process(track({}, event="Order Paid"), **sections).safe is not None
    assert process(track({}, event="Logged In"), **sections).reason is Reason.EVENT_DROPPED
    assert process({"type": "track"}, **sections).reason is Reason.NAMELESS
    assert process({"type": "identify", "userId": "u"}, **sections).safe is not None


def test_an_event_ends_after_its_last_day():
    for day, reason in ((23, None), (22, Reason.EXPIRED)):
        events = {"Signed Up": {"expires": dt.date(2026, 11, day)}}
        assert process(track({}), events=events).reason is reason


def test_a_destination_may_drop_an_event_of_its_own():
    own = {"type": "stdout", "events": {"Signed Up": "drop"}}
    sections = {"destinations": {"a": own, "b": {"type": "stdout"}}}
    assert process(track({}), "a", **sections).reason is Reason.EVENT_DROPPED
    assert process(track({}), "b", **sections).safe is not None


def test_where_unlisted_events_are_dropped_unlisted_names_of_anything_are_hidden():
    sections = {"unlisted_events": "drop", "events": {"Xq Zw": {}}}
    page = {"type": "page", "name": "Xq Zv", "category": "Xq Zw"}
    done = process(page, **sections)
    assert done.safe.to_dict() == {"type": "page", "name": "<REDACTED>", "category": "Xq Zw"}
    assert decisions(done)["name"].reason is Reason.UNLISTED
    group = {"type": "group", "groupType": "xqzt", "groups": {"xqzt": "g", "company": "c"}}
    done = process(group, **sections)
    assert done.safe.to_dict().keys() == {"type", "groups"}
    assert done.safe.to_dict()["groups"].keys() == {"company"}
    assert {d.reason for d in done.decisions if d.action == "drop"} == {Reason.UNLISTED}


# What no rule names, scrubbed


def test_unlisted_scrub_keeps_what_no_rule_names_after_a_full_search():
    left = let_out(
        {"plan": "pro", "n": 3, "flag": True, "none": None, "note": f"Jane Miller, {EMAIL}"},
        {},
        unlisted="scrub",
    )
    assert left == {
        "plan": "pro",
        "n": 3,
        "flag": True,
        "none": None,
        "note": "<PERSON>, <EMAIL_ADDRESS>",
    }


@pytest.mark.parametrize(
    ("key", "value", "entity"),
    [
        ("first_name", "Xq", "PERSON"),
        ("lastName", "Xq", "PERSON"),
        ("phone", "555-0132", "PHONE_NUMBER"),
        ("SSN", "0120", "US_SSN"),
        ("dob", "4.12.", "DATE_OF_BIRTH"),
        ("password", "hunter2", "SECRET"),
        ("api_token", "tq7x", "SECRET"),
        ("ip", "10.2.x.x", "IP_ADDRESS"),
        ("device_id", 7, "DEVICE_ID"),
        ("lat", 48.1, "GEO_COORDINATE"),
    ],
)
def test_unlisted_scrub_treats_a_value_as_what_its_key_name_says(key, value, entity):
    done = process(track({key: value}), unlisted="scrub")
    assert done.safe.to_dict()["properties"] == {key: f"<{entity}>"}
    (decision,) = done.decisions
    assert (decision.reason, decision.entities) == (Reason.KEY_NAME, (entity,))


def test_unlisted_scrub_reads_key_names_with_their_parents():
    left = let_out({"address": {"street": "Xq 1", "tags": ["Xq"]}}, {}, unlisted="scrub")
    assert left["address"]["street"] == "<LOCATION>"


def test_unlisted_scrub_treats_by_key_name_as_the_policy_says_for_the_entity():
    entities = {"PHONE_NUMBER": "pseudonymize", "SECRET": "drop", "US_SSN": {"mask": 4}}
    left = let_out(
        {"phone": "+1 415 555 2671", "password": "x", "ssn": "078-05-1120"},
        {},
        unlisted="scrub",
        detection={"entities": entities},
    )
    assert TOKEN.fullmatch(left["phone"])
    assert "password" not in left
    assert "1120"[-2:] in left["ssn"]
    assert "078" not in left["ssn"]


def test_unlisted_scrub_treats_no_boolean_and_no_null_by_its_key_name():
    assert let_out({"phone": True, "ssn": None}, {}, unlisted="scrub") == {
        "phone": True,
        "ssn": None,
    }


def test_unlisted_scrub_searches_keys_and_long_numbers():
    left = let_out({EMAIL: 1, "n": 4111111111111111, "m": 4.111111}, {}, unlisted="scrub")
    assert left == {"n": "<CREDIT_CARD>", "m": 4.111111}


def test_a_rule_that_names_a_key_itself_is_followed_whatever_the_name_says():
    assert let_out({"first_name": "Xq"}, {"first_name": "scrub"}) == {"first_name": "Xq"}
    left = let_out({"profile": {"first_name": "Xq"}}, {"profile": "scrub"})
    assert left == {"profile": {"first_name": "<PERSON>"}}


# Pseudonyms


def token(value, destination="vendor", **sections):
    return process(track({}, userId=value), destination, **sections).safe.to_dict()["userId"]


def test_a_pseudonym_is_the_same_for_the_same_value_and_another_for_each_destination():
    assert token("u") == token("u")
    assert len({token("u"), token("v"), token("u", "other")}) == 3


def test_the_scope_of_a_destination_is_what_the_policy_says():
    sections = {"destinations": {"a": {"type": "stdout", "scope": "shared"}}}
    assert token("u", "a", **sections) == token("u", "shared")


def test_all_ids_of_a_person_share_their_tokens_so_that_they_still_join():
    event = {"type": "alias", "userId": "x", "previousId": "x", "anonymousId": "x"}
    left = process(event).safe.to_dict()
    assert left["userId"] == left["previousId"] == left["anonymousId"]


def test_a_group_s_id_is_the_same_under_every_group_type_and_another_than_a_person_s():
    event = {
        "type": "group",
        "userId": "x",
        "groupId": "x",
        "groups": {"company": "x", "team": ["x", "y"]},
    }
    left = process(event).safe.to_dict()
    assert left["groups"]["company"] == left["groupId"] == left["groups"]["team"][0]
    assert left["groups"]["team"][1] != left["groupId"] != left["userId"]


def test_numbers_and_texts_of_one_id_are_one_and_names_keep_their_case():
    assert token(42) == token("42")
    assert token("User") != token("user")
    assert token("Jane@Acme.com ") == token("jane@acme.com")


def test_a_vendor_s_prefix_of_an_id_stays_outside_its_token():
    assert token("$device:abc") == f"$device:{token('abc')}"


def test_kinds_tell_the_same_value_of_two_properties_apart_unless_the_rule_sets_one():
    rules = {"a": "pseudonymize", "b": "pseudonymize"}
    left = let_out({"a": "x", "b": "x"}, rules)
    assert left["a"] != left["b"]
    same = {name: {"pseudonymize": True, "kind": "thing"} for name in rules}
    left = let_out({"a": "x", "b": "x"}, same)
    assert left["a"] == left["b"]


def test_scope_field_narrows_a_token_and_scope_global_widens_it():
    def left(scope, destination):
        rules = {"a": {"pseudonymize": {"scope": scope}, "kind": "k"}}
        rules["b"] = rules["a"]
        done = process(track({"a": "x", "b": "x"}), destination, properties=rules)
        return done.safe.to_dict()["properties"]

    assert left("field", "one")["a"] != left("field", "one")["b"]
    assert left("destination", "one")["a"] == left("destination", "one")["b"]
    assert left("destination", "one") != left("destination", "two")
    assert left("global", "one") == left("global", "two")


def test_our_own_token_of_this_scope_is_left_as_it_is():
    own = token("u")
    assert token(own) == own


def test_a_look_alike_or_another_scope_s_token_is_raw_input():
    own, foreign = token("u"), token("u", "other")
    assert token(foreign) not in {foreign, own}
    look_alike = own[:-1] + ("a" if own[-1] != "a" else "b")
    assert token(look_alike) != look_alike


def test_our_own_token_of_another_kind_is_raw_input():
    group = process({"type": "group", "groupId": "x"}).safe.to_dict()["groupId"]
    assert token(group) != group


EPOCHS = {"identity": {"person": {"pseudonymize": {"epoch": "1d"}}}}


def test_a_pseudonym_under_an_epoch_changes_with_the_event_s_own_time():
    def at(time):
        return process(track({}, userId="u", timestamp=time), **EPOCHS).safe.to_dict()["userId"]

    assert at("2026-01-01T00:00:00Z") == at("2026-01-01T23:59:59Z")
    assert at("2026-01-01T23:59:59Z") != at("2026-01-02T00:00:00Z")
    days = dt.date(2026, 1, 1).toordinal() - dt.date(1970, 1, 1).toordinal()
    assert TOKEN.fullmatch(at("2026-01-01T00:00:00Z"))["epoch"] == str(days)


@pytest.mark.parametrize(
    "ids",
    [
        {"type": "alias", "userId": "{}", "previousId": "b"},
        {"type": "alias", "userId": "b", "previousId": "$device:{}"},
        {"type": "alias", "userId": ["b", "{}"]},
        {"type": "identify", "userId": "b", "anonymousId": "{}"},
        {"type": "track", "event": "A", "userId": "b", "anonymousId": "{}"},
    ],
)
def test_under_an_epoch_ids_leave_together_only_when_they_derive_in_the_same_one(ids):
    earlier = process(track({}, userId="a", timestamp="2026-01-01"), **EPOCHS)
    known = earlier.safe.to_dict()["userId"]

    def fill(value):
        return [fill(item) for item in value] if isinstance(value, list) else value.format(known)

    event = {key: fill(value) for key, value in ids.items()}
    same_day = process({**event, "timestamp": "2026-01-01T12:00:00Z"}, **EPOCHS)
    next_day = process({**event, "timestamp": "2026-01-02T12:00:00Z"}, **EPOCHS)
    assert same_day.safe is not None
    assert next_day.reason is Reason.EPOCH_MISMATCH


def test_an_alias_of_raw_ids_leaves_under_an_epoch():
    event = {"type": "alias", "userId": "a", "previousId": "b", "timestamp": AT}
    assert process(event, **EPOCHS).safe is not None


def test_an_encrypted_value_opens_with_the_key_its_scope_and_its_kind():
    left = let_out({"order": "A-1"}, {"order": "encrypt"})["order"]
    assert keyring().decrypt(left, scope="vendor", kind="order") == "A-1"
    assert keyring().decrypt(left, scope="other", kind="order") is None


# Sanitizing twice


POLICIES = {
    "empty": {},
    "keep everything": {"properties": {"**": "keep"}},
    "scrub": {"unlisted": "scrub"},
    "tokens everywhere": {
        "unlisted": "scrub",
        "detection": {"entities": {"*": "pseudonymize"}},
        "properties": {"email": "pseudonymize", "order": "encrypt", "old_*": "pseudonymize"},
    },
    "tokens of a field": {
        "unlisted": "scrub",
        "detection": {"entities": {"*": {"pseudonymize": {"scope": "field"}}}},
    },
    "global tokens": {
        "unlisted": "scrub",
        "detection": {"entities": {"*": {"pseudonymize": {"scope": "global"}}}},
    },
    "encrypted findings": {"unlisted": "scrub", "detection": {"entities": {"*": "encrypt"}}},
    "masks": {"unlisted": "scrub", "detection": {"entities": {"*": {"mask": 4}}}},
}
FULL = {
    "type": "track",
    "event": "Signed Up",
    "userId": "user-42",
    "anonymousId": "$device:abc",
    "groups": {"company": "org-7"},
    "properties": {
        "plan": "pro",
        "email": EMAIL,
        "order": "A-1",
        "old_email": EMAIL,
        "first_name": "Jane",
        "note": f"Jane Miller <{EMAIL}> called from +1 415 555 2671, card 4111 1111 1111 1111",
        "n": 4111111111111111,
        "tags": ["a", EMAIL],
    },
    "timestamp": "2026-11-23T17:48:10.25Z",
}


@pytest.mark.parametrize("name", POLICIES)
def test_sanitizing_twice_changes_nothing(name):
    made = sanitizer(POLICIES[name])
    once = made.sanitize(FULL, "vendor").to_dict()
    assert made.sanitize(once, "vendor").to_dict() == once


@pytest.mark.parametrize("name", POLICIES)
def test_the_same_event_gives_the_same_result_and_is_not_changed(name):
    made = sanitizer(POLICIES[name])
    before = copy.deepcopy(FULL)
    first, second = (made.sanitize(FULL, "vendor") for _ in range(2))
    assert first.to_json() == second.to_json()
    assert first.message_id == second.message_id
    assert before == FULL


# Message ids


def test_a_message_id_is_a_uuid_fixed_over_retries_and_different_for_each_destination():
    made = sanitizer()
    event = track({}, messageId="m-1")
    one, again, other = (made.sanitize(event, name) for name in ("a", "a", "b"))
    assert one.message_id == again.message_id != other.message_id
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.message_id)
    assert one.to_dict()["messageId"] == one.message_id
    assert made.sanitize({**event, "messageId": "m-2"}, "a").message_id != one.message_id


@pytest.mark.parametrize("given", [None, "", b"x", 1.5, ["m"], {"m": 1}])
def test_an_event_without_a_usable_message_id_gets_one_from_its_content(given):
    made = sanitizer()
    first = made.sanitize(track({"x": 1}, messageId=given), "a")
    assert "messageId" not in first.to_dict()
    assert first.message_id == made.sanitize(track({"x": 1}, messageId=given), "a").message_id
    assert first.message_id != made.sanitize(track({"x": 2}, messageId=given), "a").message_id
    assert first.message_id != made.sanitize(track({"x": 1}, messageId=given), "b").message_id


# Destinations and keys


def test_sanitizing_without_a_destination_when_a_scope_needs_one_is_an_error():
    with pytest.raises(ConfigError, match="by its name in the policy or as a bare scope"):
        sanitizer().sanitize(track({}))


def test_without_such_a_scope_no_destination_is_needed():
    made = sanitizer(identity=NO_IDS, properties={"plan": "keep"})
    safe = made.sanitize(track({"plan": "pro"}))
    assert safe.to_dict()["properties"] == {"plan": "pro"}
    assert safe.destination == ""


@pytest.mark.parametrize("name", ["", "a#b", "*"])
def test_a_scope_that_could_be_mistaken_for_another_is_refused(name):
    with pytest.raises(ConfigError, match="must not be empty"):
        sanitizer().sanitize(track({}), name)


def test_more_scopes_than_are_remembered_work_as_well(monkeypatch):
    monkeypatch.setattr(sanitize_module, "_MOST_SCOPES", 1)
    made = sanitizer()
    tokens = [made.sanitize(track({}, userId="u"), name).to_dict()["userId"] for name in "aba"]
    assert tokens[0] == tokens[2] != tokens[1]


def test_a_rule_that_needs_a_key_when_there_is_none_is_a_policy_error(monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS", raising=False)
    with pytest.raises(PolicyError, match="safetrack keys new") as caught:
        Sanitizer(Policy.from_dict({"version": 1}), detector=detector())
    assert isinstance(caught.value, KeyringError)


def test_without_such_a_rule_no_key_is_needed(monkeypatch):
    monkeypatch.delenv("SAFETRACK_KEYS", raising=False)
    made = Sanitizer(Policy.from_dict({"version": 1, "identity": NO_IDS}), detector=detector())
    assert made.sanitize(track({}, messageId="m", userId="u")).to_dict().keys() == {
        "type",
        "event",
        "properties",
        "messageId",
    }


def test_keys_come_from_where_the_policy_says(monkeypatch):
    monkeypatch.setenv("OTHER_KEYS", "kz:wCX5EgSRPOdi7OX4mDDuvDXIrQKrBFIrZo5iq0oVJ3Y=")
    policy = Policy.from_dict({"version": 1, "keys": "env:OTHER_KEYS"})
    assert repr(Sanitizer(policy).keyring) == "<Keyring kz>"
    monkeypatch.setenv("SAFETRACK_KEYS", "kd:wCX5EgSRPOdi7OX4mDDuvDXIrQKrBFIrZo5iq0oVJ3Y=")
    assert repr(Sanitizer(Policy.from_dict({"version": 1})).keyring) == "<Keyring kd>"


def test_observe_is_refused_with_its_place(tmp_path):
    path = tmp_path / "safetrack.yaml"
    path.write_text("version: 1\nmode: observe\nuntil: 2027-01-01\n")
    with pytest.raises(PolicyError, match="drop-ins only") as caught:
        Sanitizer(Policy.load(path), keyring=keyring())
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (str(path), 2, "mode")


def test_a_widening_destination_is_refused():
    destinations = {"a": {"type": "stdout", "properties": {"x": "keep"}}}
    with pytest.raises(PolicyError, match="not narrower"):
        sanitizer(destinations=destinations)


# Work done once


def test_detection_runs_once_an_event_and_transforms_once_a_destination():
    found = Finds()
    made = with_detector(found, properties={"x": "keep", "email": "pseudonymize"})
    events = [track({"x": "one two", "email": EMAIL}), track({"x": "one two"})]
    one, two = made.process_for(events, ["a", "b"])
    assert found.asked == [["one two"]]
    first, second = (done[0].safe.to_dict()["properties"]["email"] for done in (one, two))
    assert first != second


def test_a_batch_keeps_its_order_and_leaves_none_where_an_event_is_dropped():
    made = sanitizer(properties={"n": "keep"}, events={"Debug *": "drop"})
    events = [track({"n": 0}), track({"n": 1}, event="Debug X"), track({"n": 2})]
    left = made.sanitize_batch(events, "x")
    assert [safe and safe.to_dict()["properties"]["n"] for safe in left] == [0, None, 2]


def test_an_empty_batch_is_an_empty_list():
    assert sanitizer().sanitize_batch([], "x") == []


def test_an_event_and_a_mapping_are_sanitized_alike():
    made = sanitizer(properties={"n": "keep"})
    assert made.sanitize(Event(track({"n": 1})), "x").to_dict() == (
        made.sanitize(track({"n": 1}), "x").to_dict()
    )


def test_many_threads_get_the_same_answer():
    made = sanitizer(unlisted="scrub")
    expected = made.sanitize(FULL, "vendor").to_json()
    answers = []

    def work():
        answers.extend(made.sanitize(FULL, "vendor").to_json() for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {expected}
    assert len(answers) == 60


def test_detection_is_loaded_when_it_is_warmed(monkeypatch):
    made = Sanitizer(Policy.from_dict({"version": 1}), keyring=keyring())
    assert isinstance(made.detector, LazyDetector)
    warmed = []

    def warm(own):
        warmed.append(own)

    monkeypatch.setattr(LazyDetector, "warm", warm)
    made.warm()
    assert warmed == [made.detector]
    with_detector(Finds()).warm()  # one that is given is ready already


def test_the_policy_s_languages_score_and_entities_reach_the_detector():
    detection = {
        "model": "stock",
        "min_score": 0.7,
        "entities": {"DATE_TIME": "redact", "*": "redact"},
    }
    made = Sanitizer(Policy.from_dict({"version": 1, "detection": detection}), keyring=keyring())
    assert made.detector._languages == ("en",)
    assert made.detector._model == "stock"
    assert made.detector._min_score == 0.7
    assert "DATE_TIME" in made.detector._entities
    assert "*" not in made.detector._entities


# explain


def explain(event, **sections):
    done, leaves = sanitizer(**sections).explain(event, "vendor")
    return done, {leaf.path: leaf for leaf in leaves}


def test_explain_shows_for_each_leaf_its_rule_what_was_found_and_what_leaves():
    done, leaves = explain(
        track({"plan": "pro", "note": f"ask {EMAIL}", "gone": 1}, userId="u"),
        properties={"plan": "keep", "note": "scrub"},
    )
    assert isinstance(done.safe, SafeEvent)
    plan, note, gone = (leaves[f"properties.{name}"] for name in ("plan", "note", "gone"))
    assert (plan.rule, plan.action, plan.before, plan.after) == (
        "properties.plan",
        "keep",
        "pro",
        "pro",
    )
    assert (note.before, note.after) == (f"ask {EMAIL}", "ask <EMAIL_ADDRESS>")
    assert [finding.entity for finding in note.findings] == ["EMAIL_ADDRESS"]
    assert (gone.rule, gone.action, gone.before, gone.after) == (None, "drop", 1, None)
    assert TOKEN.fullmatch(leaves["userId"].after)


def test_explain_tells_the_items_of_a_list_apart():
    _, leaves = sanitizer(properties={"tags": {"keep": ["a", "b"]}}).explain(
        track({"tags": ["x", "a", "y", "b"]}), "v"
    )
    tags = [(leaf.before, leaf.after) for leaf in leaves if leaf.path == "properties.tags"]
    assert tags == [("x", None), ("a", "a"), ("y", None), ("b", "b")]


def test_explain_shows_nothing_leaving_of_an_event_that_is_dropped():
    done, leaves = explain(track({"plan": "pro"}, integrations={"All": False}))
    assert done.reason is Reason.INTEGRATION_OFF
    assert all(leaf.after is None for leaf in leaves.values())


def test_explain_of_what_could_not_be_searched_shows_no_findings():
    made = with_detector(Finds(RuntimeError()), properties={"x": "keep"})
    _, leaves = made.explain(Event(track({"x": "text"})), "v")
    (leaf,) = (leaf for leaf in leaves if leaf.path == "properties.x")
    assert (leaf.findings, leaf.after) == ((), None)


def test_an_explained_leaf_shows_no_value_by_itself():
    _, leaves = explain(track({"note": EMAIL}), properties={"note": "keep"})
    assert repr(leaves["properties.note"]) == "<Explained action=keep>"


def test_keys_of_another_ring_do_not_recognise_ours():
    other = Keyring.parse(new_key())
    made = Sanitizer(Policy.from_dict({"version": 1}), detector=detector(), keyring=other)
    own = token("u")
    assert made.sanitize(track({}, userId=own), "vendor").to_dict()["userId"] != own
