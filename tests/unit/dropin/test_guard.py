import copy
import datetime as dt
import logging
import os

import pytest

from safetrack import ConfigError, Policy, PolicyError
from safetrack.dropin import guard as guard_module
from safetrack.dropin.guard import Guard
from safetrack.event import Reason
from safetrack.keys.generate import new_key
from safetrack.vendors.mixpanel import MIXPANEL_EXPORT
from safetrack.vendors.shape import IdKind

EVENT = {
    "event": "Signed Up",
    "properties": {"distinct_id": "u-1", "plan": "pro", "email": "jane@acme.com"},
}
OBSERVE = {"version": 1, "properties": {"plan": "keep"}, "mode": "observe"}


def observing(until):
    return Policy.from_dict({**OBSERVE, "until": until})


def test_a_message_leaves_as_the_policy_lets_it(policy):
    guard = Guard("mixpanel", policy)

    (clean,) = guard.clean([EVENT], MIXPANEL_EXPORT)

    assert clean["properties"].keys() == {"distinct_id", "plan"}
    assert clean["properties"]["distinct_id"] == guard.identifier(IdKind.PERSON, "u-1")
    assert clean["properties"]["distinct_id"].startswith("st1_")
    assert EVENT["properties"]["email"] == "jane@acme.com"


def test_a_message_that_was_changed_since_is_sanitized_again_and_not_counted(policy):
    guard = Guard("mixpanel", policy)

    again = guard.again(EVENT, MIXPANEL_EXPORT)

    assert again["properties"].keys() == {"distinct_id", "plan"}
    assert guard.again({"event": 5}, MIXPANEL_EXPORT) is Reason.UNREADABLE
    assert guard.stats() == {"tracked": 0, "passed": 0, "dropped": {}}


def test_a_guard_is_as_another_of_the_same_policy_destination_and_key(policy, monkeypatch):
    guard = Guard("mixpanel", {"version": 1})

    assert guard.is_as(guard)
    assert guard.is_as(Guard("mixpanel", {"version": 1}))
    assert not guard.is_as(Guard("mixpanel", {"version": 1, "unlisted": "scrub"}))
    assert not guard.is_as(Guard("mixpanel", {"version": 1}, "other"))
    monkeypatch.setenv("SAFETRACK_KEYS", new_key())
    assert not guard.is_as(Guard("mixpanel", {"version": 1}))


def test_a_guard_is_the_destination_that_the_policy_has_for_its_vendor(policy):
    assert Guard("mixpanel", policy).destination == "mine"
    assert Guard("mixpanel", policy, "mime").destination == "mine"


def test_what_the_policy_narrows_for_a_destination_is_not_lost_by_a_slip():
    narrowed = {"type": "mixpanel", "token": "t", "only": ["plan"]}
    rules = {"version": 1, "properties": {"plan": "keep", "comment": "scrub"}}
    policy = Policy.from_dict({**rules, "destinations": {"a": narrowed, "b": narrowed}})
    told = {"event": "E", "properties": {"distinct_id": "u", "plan": "pro", "comment": "c"}}

    assert Guard("mixpanel", policy, "b").clean_one(told, MIXPANEL_EXPORT)["properties"].keys() == {
        "distinct_id",
        "plan",
    }
    for slip in ("c", "mixpanel", None, ""):
        with pytest.raises(ConfigError):
            Guard("mixpanel", policy, slip)


def test_a_destination_that_cannot_be_one_is_refused_at_once(policy):
    with pytest.raises(ConfigError, match="destination"):
        Guard("posthog", policy, "a#b")


def test_the_process_wide_policy_is_used_where_none_is_given(policy, monkeypatch):
    monkeypatch.setattr(guard_module, "configured_policy", lambda: policy)

    assert Guard("mixpanel").destination == "mine"


def test_without_any_policy_nothing_is_made(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFETRACK_POLICY", raising=False)

    with pytest.raises(PolicyError, match="there is no policy"):
        Guard("mixpanel")


def test_the_books_of_a_guard_balance():
    policy = Policy.from_dict({"version": 1, "events": {"Debug": "drop"}})
    guard = Guard("mixpanel", policy)

    guard.clean([EVENT, {"event": "Debug", "properties": {}}], MIXPANEL_EXPORT)

    assert guard.stats() == {"tracked": 2, "passed": 1, "dropped": {"event_dropped": 1}}


def test_a_message_that_is_withheld_after_all_counts_as_dropped(policy):
    guard = Guard("mixpanel", policy)
    guard.clean([EVENT, EVENT], MIXPANEL_EXPORT)

    guard.withhold(Reason.TOO_LARGE)

    assert guard.stats() == {"tracked": 2, "passed": 1, "dropped": {"too_large": 1}}


def test_while_observing_the_own_message_leaves_and_the_change_is_recorded(caplog):
    guard = Guard("mixpanel", observing(dt.date(2999, 1, 1)))

    clean = guard.clean_one(EVENT, MIXPANEL_EXPORT)

    assert clean is EVENT
    assert guard.identifier(IdKind.PERSON, "u-1") == "u-1"
    assert "events leave for mixpanel unchanged until 2999-01-01" in caplog.text
    summary = guard.observation.summary()
    assert (summary["messages"], summary["changed"]) == (1, 1)
    assert {
        "path": "properties.email",
        "action": "drop",
        "rule": None,
        "entities": (),
        "reason": "unlisted",
        "count": 1,
    } in summary["decisions"]
    assert "jane" not in repr(summary)


def test_after_its_last_day_observing_enforces():
    guard = Guard("mixpanel", observing(dt.date(2020, 1, 1)))

    assert not guard.is_observing
    assert "email" not in guard.clean_one(EVENT, MIXPANEL_EXPORT)["properties"]


@pytest.mark.parametrize("variable", ["SAFETRACK_DISABLED", "DO_NOT_TRACK"])
def test_where_the_environment_says_so_nothing_leaves(variable, monkeypatch, caplog):
    policy = Policy.from_dict({"version": 1, "respect_do_not_track": True})
    guard = Guard("mixpanel", policy)
    monkeypatch.setenv(variable, "1")

    assert guard.clean([EVENT, EVENT], MIXPANEL_EXPORT) == [None, None]
    assert guard.stats()["dropped"] == {
        {"SAFETRACK_DISABLED": "disabled", "DO_NOT_TRACK": "do_not_track"}[variable]: 2
    }
    assert caplog.text.count("nothing is sent to") == 1


def test_a_failure_of_the_sanitizer_costs_the_messages_and_logs_no_value(
    policy, monkeypatch, caplog
):
    guard = Guard("mixpanel", policy)

    def fail(*_args):
        raise RuntimeError(EVENT)

    monkeypatch.setattr(guard._sanitizer, "process", fail)

    assert guard.clean([EVENT], MIXPANEL_EXPORT) == [None]
    assert guard.identifier(IdKind.PERSON, "u-1") is None
    assert guard.stats()["dropped"] == {"sanitizer_error": 1}
    assert "jane" not in caplog.text


def test_a_child_process_has_books_of_its_own(policy):
    guard = Guard("mixpanel", policy)
    guard.clean([EVENT], MIXPANEL_EXPORT)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, str(guard.stats()["tracked"]).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reader, 10) == b"0"
    assert guard.stats()["tracked"] == 1


def test_a_guard_shows_no_value(policy, caplog):
    caplog.set_level(logging.DEBUG)

    assert repr(Guard("mixpanel", policy)) == "<Guard vendor=mixpanel destination=mine>"


def test_a_copy_of_a_guard_applies_the_same_policy_and_has_books_of_its_own(policy):
    guard = Guard("posthog", policy, "other")
    guard.clean([EVENT], MIXPANEL_EXPORT)
    copied = copy.deepcopy(guard)

    assert copied.destination == "other"
    assert copied.stats()["tracked"] == 0
    assert copied.identifier(IdKind.PERSON, "u") == guard.identifier(IdKind.PERSON, "u")


def test_what_a_destination_is_configured_with_is_known(monkeypatch):
    monkeypatch.delenv("NO_SUCH", raising=False)
    options = {"type": "mixpanel", "token": "t", "host": "env:NO_SUCH"}
    guard = Guard("mixpanel", {"version": 1, "destinations": {"mine": options}})

    assert guard.configured("token") == "t"
    assert guard.configured("host") is None
    assert guard.configured("region") is None
