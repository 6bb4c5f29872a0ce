"""Every rule that can be written becomes the action that it says."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.compile.actions import ready
from safetrack.policy.document import ACTIONS, HOWS
from safetrack.policy.load import Policy
from safetrack.transform.action import DROP, Place
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

WRITTEN = [
    ("keep", Keep()),
    ({"keep": ["a", 1, True]}, Keep(values=("a", 1, True))),
    ({"keep": "integer", "min": 1, "max": 9}, Keep(type="integer", minimum=1, maximum=9)),
    ({"keep": ["a"], "otherwise": "other"}, Keep(values=("a",), otherwise="other")),
    ({"keep": ["a"], "otherwise": None}, Keep(values=("a",), otherwise=None)),
    ({"keep": ["a"], "otherwise": "drop"}, Keep(values=("a",), otherwise=DROP)),
    ({"keep": "string", "trusted": True}, Keep(type="string", trusted=True)),
    ("scrub", Scrub()),
    ("drop", Drop()),
    ("encrypt", Encrypt()),
    ("pseudonymize", Pseudonymize()),
    ({"pseudonymize": {"epoch": "1d"}}, Pseudonymize(epoch=dt.timedelta(days=1))),
    ({"pseudonymize": {"scope": "global"}}, Pseudonymize(scope="global")),
    ("redact", Redact("REDACTED")),
    ({"redact": True, "kind": "note"}, Redact("note")),
    ("mask", Mask(0)),
    ({"mask": 4}, Mask(4)),
    ({"generalize": {"round": 10}}, Rounding(10)),
    ({"generalize": {"bins": [0, 10, 100]}}, Bins((0, 10, 100))),
    ({"generalize": {"time": "hour"}}, TimeUnit("hour")),
    ({"generalize": {"url": "origin"}}, Url("origin")),
    ({"generalize": {"url": "path", "query": ["q"]}}, Url("path", ("q",))),
    ({"generalize": {"ip": {"v4": 16, "v6": 32}}}, IpPrefix(16, 32)),
    ({"generalize": "user_agent"}, UserAgent()),
    ({"generalize": {"email": "domain"}}, EmailDomain()),
    ({"generalize": {"geo": 1}}, Geo(1)),
    ({"generalize": "version"}, Version()),
]


def compiled(written):
    rule = Policy.from_dict({"version": 1, "properties": {"x": written}}).document.properties["x"]
    return ready(rule, "x", "properties.x")


@pytest.mark.parametrize(("written", "action"), WRITTEN, ids=str)
def test_a_written_rule_becomes_its_action(written, action):
    assert compiled(written).action == action


def test_every_action_and_every_kind_of_generalizing_is_tried_here():
    assert {action.name for _, action in WRITTEN} == set(ACTIONS)
    hows = {
        next(iter(w["generalize"])) if isinstance(w["generalize"], dict) else w["generalize"]
        for w, _ in WRITTEN
        if isinstance(w, dict) and "generalize" in w
    }
    assert hows == set(HOWS)


def test_a_rule_carries_its_name_its_kind_and_its_last_day():
    rule = compiled({"keep": True, "expires": dt.date(2027, 6, 1)})
    assert (rule.label, rule.pattern) == ("properties.x", "x")
    assert not rule.is_expired(dt.date(2027, 6, 1))  # the last day counts
    assert rule.is_expired(dt.date(2027, 6, 2))
    assert compiled({"pseudonymize": True, "kind": "email"}).kind == "email"
    assert not compiled("keep").is_expired(dt.date.max)


@pytest.mark.parametrize("value", ["text", 1, 1.5, True, None, "", "\ud800", -(2**63)])
@pytest.mark.parametrize(("written", "action"), WRITTEN, ids=str)
def test_no_action_raises_for_any_scalar(
    written,
    action,
    value,
):
    place = Place("x", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)
    assert action.apply(value, place) is not None
