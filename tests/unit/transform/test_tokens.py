"""pseudonymize, encrypt, and their scopes."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.event import Reason
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.encrypt import Encrypt
from safetrack.transform.pseudonymize import Pseudonymize

RING = Keyring.parse(new_key())
DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def place(name="email", **changes):
    return Place(name, None, "mixpanel", NOON, RING)._replace(**changes)


def token(action, value, **changes):
    return action.apply(value, place(**changes)).value


def test_a_pseudonym_is_the_keyrings_under_the_destinations_scope():
    expected = RING.pseudonym("jane@acme.com", scope="mixpanel", kind="email")
    outcome = Pseudonymize().apply(" Jane@Acme.COM", place())
    assert outcome == Outcome(expected, Search.NONE, Reason.RULE)


def test_our_own_token_is_left_alone_and_says_so():
    own = token(Pseudonymize(), "jane@acme.com")
    assert Pseudonymize().apply(own, place()) == Outcome(own, Search.NONE, None)


def test_the_kind_is_the_rules_or_the_propertys_name():
    by_name = token(Pseudonymize(), "x1", name="contact")
    assert RING.own_kind(by_name, scope="mixpanel", kinds=["email", "contact"]) == "contact"
    assert token(Pseudonymize(), "x1", name="contact", kind="person") == token(
        Pseudonymize(), "x1", name="person"
    )


def test_scopes_decide_who_can_join():
    there = {"scope": "posthog"}
    other = {"name": "cc", "kind": "email"}
    for action in (Pseudonymize, Encrypt):
        default, field, everywhere = action("destination"), action("field"), action("global")
        assert token(default, "x") != token(default, "x", **there)
        assert token(default, "x") == token(default, "x", **other)
        assert token(field, "x") != token(field, "x", **other)
        assert token(field, "x") != token(field, "x", **there)
        assert token(everywhere, "x") == token(everywhere, "x", **there)


def test_an_epoch_ends_at_midnight_utc_of_the_events_own_time():
    daily = Pseudonymize(epoch=DAY)
    morning = token(daily, "x", time=NOON - dt.timedelta(hours=12))
    assert token(daily, "x") == morning
    assert token(daily, "x", time=NOON + dt.timedelta(hours=12)) != morning
    assert (
        RING.own_epoch(morning, scope="mixpanel", kind="email")
        == (NOON.date() - dt.date(1970, 1, 1)).days
    )


def test_times_before_1970_fall_into_the_first_epoch():
    early = dt.datetime(1960, 1, 1, tzinfo=dt.UTC)
    assert token(Pseudonymize(epoch=DAY), "x", time=early).startswith("st1_k1_0_")


@pytest.mark.parametrize("value", [None, True, "", " "])
@pytest.mark.parametrize("action", [Pseudonymize(), Encrypt()])
def test_what_identifies_nothing_gives_no_token(action, value):
    assert action.apply(value, place()) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


def test_a_prefix_means_nothing_to_other_kinds():
    assert token(Pseudonymize(), "$device:a-1", name="note").startswith("st1_")


def test_encrypted_values_come_back():
    sealed = token(Encrypt(), "Hauptstraße 7", name="address")
    assert RING.decrypt(sealed, scope="mixpanel", kind="address") == "Hauptstraße 7"
    assert Encrypt().apply(sealed, place("address")) == Outcome(sealed, Search.NONE, None)


def test_a_narrower_scope_is_narrower():
    for action in (Pseudonymize, Encrypt):
        assert action("field").is_narrower_than(action("destination"))
        assert action("destination").is_narrower_than(action("global"))
        assert not action("global").is_narrower_than(action("destination"))


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (DAY, None, True),
        (None, DAY, False),
        (DAY, 7 * DAY, True),
        (7 * DAY, DAY, False),
        (2 * DAY, 7 * DAY, False),  # every other week, one of its periods lies in two of them
        (DAY, DAY, True),
    ],
)
def test_an_epoch_is_narrower_if_it_fits_into_the_other(inner, outer, expected):
    assert Pseudonymize(epoch=inner).is_narrower_than(Pseudonymize(epoch=outer)) is expected
