"""What holds for all actions alike."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.drop import Drop
from safetrack.transform.encrypt import Encrypt
from safetrack.transform.generalize.bins import Bins
from safetrack.transform.generalize.email_domain import EmailDomain
from safetrack.transform.generalize.geo import Geo
from safetrack.transform.generalize.ip import IpPrefix
from safetrack.transform.generalize.rounding import Rounding
from safetrack.transform.generalize.time_unit import TimeUnit
from safetrack.transform.generalize.url import Url
from safetrack.transform.generalize.user_agent import UserAgent
from safetrack.transform.generalize.version import Version
from safetrack.transform.keep import Keep
from safetrack.transform.mask import Mask
from safetrack.transform.pseudonymize import Pseudonymize
from safetrack.transform.redact import Redact
from safetrack.transform.scrub import Scrub

PLACE = Place(
    name="person",
    kind=None,
    scope="mixpanel",
    time=dt.datetime(2026, 11, 23, 17, 48, tzinfo=dt.UTC),
    keyring=Keyring.parse(new_key()),
)
NOT_IDEMPOTENT = [EmailDomain()]
"""The domain alone looks like ``jane.doe``, and is dropped when it comes again."""
IDEMPOTENT = [
    Keep(),
    Keep(values=("free", 1, True, None), otherwise="other"),
    Keep(type="integer", minimum=-5, maximum=5.5),
    Keep(type="number"),
    Keep(type="boolean", otherwise=False),
    Keep(type="string", trusted=True),
    Keep(type="timestamp"),
    Scrub(),
    Redact("e-mail"),
    Mask(),
    Mask(4),
    Mask(40),
    Pseudonymize(),
    Pseudonymize("field"),
    Pseudonymize("global", dt.timedelta(days=1)),
    Encrypt(),
    Rounding(10),
    Rounding(0.25, minimum=0, maximum=9),
    Bins((0,)),
    Bins((-1.5, 0, 10)),
    *[TimeUnit(u) for u in ("second", "minute", "hour", "day", "week", "month", "year")],
    Url(),
    Url("path", ("utm_source", "q")),
    IpPrefix(),
    IpPrefix(0, 128),
    Geo(),
    Geo(3),
    UserAgent(),
    Version(),
]
ACTIONS = [*IDEMPOTENT, *NOT_IDEMPOTENT, Drop()]
with_each_action = pytest.mark.parametrize("action", ACTIONS, ids=repr)

written = st.one_of(
    st.text(st.characters(), max_size=60),  # lone surrogates included
    st.from_regex(r"[+-]?[0-9]{0,14}(\.[0-9]{0,9})?", fullmatch=True),
    st.from_regex(r"(https?:)?(//[a-z.@:%\[\]0-9]{0,12})?(/[a-z%;@.0-9]{0,12}){0,3}[?a-z=&;q%+]*"),
    st.from_regex(r"[0-9a-f:.]{2,20}(%[a-z0-9]+)?(/[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-9:.]{0,12}(Z|[+-][0-9:]{2,5})?"),
    st.from_regex(r"[a-z.]{1,8}@[A-Za-z.-]{1,12}", fullmatch=True),
    st.from_regex(r"Mozilla/5\.0 \((Windows|X11|iPhone)[a-z0-9 .;_]{0,20}\) Chrome/[0-9.]{1,9}"),
    st.datetimes().map(lambda time: time.isoformat()),
    st.ip_addresses().map(str),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), written, st.floats(-200, 200)
)


@example(value=10**5000)
@example(value="\ud800")
@example(value="https://[")
@example(value="https://a.com:x/")
@example(value="\u2100.com")
@example(value="9999-12-31T23:59:59-23:59")
@example(value="Mon, 99 Nov 2026 17:48:10 GMT")
@example(value="1e999")
@example(value=1.7e308)
@given(value=scalars)
def test_no_scalar_makes_an_action_raise(value):
    for action in ACTIONS:
        outcome = action.apply(value, PLACE)
        assert isinstance(outcome, Outcome), action
        assert isinstance(outcome.search, Search), action
        assert type(outcome.value) in (str, int, float, bool, type(None), type(DROP)), action


@given(value=scalars)
def test_the_same_value_gives_the_same_outcome(value):
    for action in ACTIONS:
        first, second = action.apply(value, PLACE), action.apply(value, PLACE)
        assert (type(first.value), first) == (type(second.value), second), action


@example(value=0)
@example(value="1970-01-01")
@given(value=scalars)
def test_a_second_pass_changes_nothing(value):
    for action in IDEMPOTENT:
        once = action.apply(value, PLACE).value
        if once is not DROP:
            again = action.apply(once, PLACE).value
            assert (type(again), again) == (type(once), once), action


@given(value=scalars)
def test_what_is_dropped_has_a_reason_and_is_not_searched(value):
    for action in ACTIONS:
        outcome = action.apply(value, PLACE)
        if outcome.value is DROP:
            assert isinstance(outcome.reason, Reason), action
            assert outcome.search is Search.NONE, action


@given(value=scalars.filter(lambda value: type(value) is not int or value.bit_length() < 64))
def test_what_leaves_is_what_json_can_write(value):
    for action in ACTIONS:
        outcome = action.apply(value, PLACE)
        if outcome.value is not DROP:
            assert json.dumps(outcome.value, allow_nan=False), action


@with_each_action
def test_an_action_is_as_narrow_as_itself_and_not_comparable_with_others(action):
    stranger = Drop() if action.name != "drop" else Scrub()
    assert action.is_narrower_than(action)
    assert not action.is_narrower_than(stranger)


def test_kinds_of_generalizing_are_not_comparable():
    kinds = [a for a in ACTIONS if a.name == "generalize"]
    for left in kinds:
        for right in kinds:
            if type(left) is not type(right):
                assert not left.is_narrower_than(right)


def test_actions_bear_the_policys_words():
    assert {action.name for action in ACTIONS} == {
        "keep", "scrub", "generalize", "mask", "pseudonymize", "encrypt", "redact", "drop",
    }  # fmt: skip


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.name in ("pseudonymize", "encrypt")])
@pytest.mark.parametrize("missing", ["keyring", "scope"])
def test_without_a_key_or_a_scope_nothing_leaves(action, missing):
    place = PLACE._replace(**{missing: None})
    if missing == "scope" and getattr(action, "scope", "") == "global":
        assert action.apply("user-42", place).value == action.apply("user-42", PLACE).value
    else:
        assert action.apply("user-42", place) == Outcome(DROP, Search.NONE, Reason.SANITIZER_ERROR)
