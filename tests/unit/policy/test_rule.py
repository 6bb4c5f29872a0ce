"""Every written form of a rule, and every impossible one."""

from __future__ import annotations

import datetime as dt

import pytest

from safetrack.policy.document import ACTIONS, Rule

VALID = [
    *[(action, {"action": action}) for action in ACTIONS if action != "generalize"],
    *[({action: None}, {"action": action}) for action in ACTIONS if action != "generalize"],
    *[({action: True}, {"action": action}) for action in ACTIONS if action != "generalize"],
    ({"keep": "integer"}, {"action": "keep", "type": "integer"}),
    ({"keep": "timestamp"}, {"action": "keep", "type": "timestamp"}),
    ({"keep": ["a", 1, 1.5, True, None]}, {"action": "keep", "values": ("a", 1, 1.5, True, None)}),
    ({"keep": []}, {"action": "keep", "values": ()}),
    (
        {"keep": ["a"], "otherwise": "other"},
        {"action": "keep", "values": ("a",), "otherwise": "other", "has_otherwise": True},
    ),
    (
        {"keep": ["a"], "otherwise": None},
        {"action": "keep", "values": ("a",), "otherwise": None, "has_otherwise": True},
    ),
    ({"keep": "string", "otherwise": "drop"}, {"action": "keep", "type": "string"}),
    (
        {"keep": "integer", "min": 1, "max": 10},
        {"action": "keep", "type": "integer", "min": 1, "max": 10},
    ),
    ({"keep": "number", "max": 0.5}, {"action": "keep", "type": "number", "max": 0.5}),
    ({"keep": None, "trusted": True}, {"action": "keep", "trusted": True}),
    ({"mask": 4}, {"action": "mask", "last": 4}),
    ({"mask": {"last": 4}}, {"action": "mask", "last": 4}),
    ({"pseudonymize": {"epoch": "1d"}}, {"action": "pseudonymize", "epoch": dt.timedelta(days=1)}),
    ({"pseudonymize": {"scope": "field"}}, {"action": "pseudonymize", "scope": "field"}),
    ({"pseudonymize": True, "kind": "email"}, {"action": "pseudonymize", "kind": "email"}),
    ({"encrypt": {"scope": "global"}}, {"action": "encrypt", "scope": "global"}),
    ({"redact": None, "kind": "IBAN"}, {"action": "redact", "kind": "IBAN"}),
    ({"generalize": "url"}, {"action": "generalize", "how": "url", "part": "origin"}),
    ({"generalize": {"url": None}}, {"action": "generalize", "how": "url", "part": "origin"}),
    ({"generalize": {"url": "path"}}, {"action": "generalize", "how": "url", "part": "path"}),
    (
        {"generalize": {"url": "path", "query": ["a", "b"]}},
        {"action": "generalize", "how": "url", "part": "path", "query": ("a", "b")},
    ),
    (
        {"generalize": {"url": "path", "query": "a"}},
        {"action": "generalize", "how": "url", "part": "path", "query": ("a",)},
    ),
    ({"generalize": "ip"}, {"action": "generalize", "how": "ip"}),
    ({"generalize": {"ip": 16}}, {"action": "generalize", "how": "ip", "prefix_v4": 16}),
    (
        {"generalize": {"ip": {"v4": 16, "v6": 32}}},
        {"action": "generalize", "how": "ip", "prefix_v4": 16, "prefix_v6": 32},
    ),
    ({"generalize": "user_agent"}, {"action": "generalize", "how": "user_agent"}),
    ({"generalize": {"user_agent": "family"}}, {"action": "generalize", "how": "user_agent"}),
    ({"generalize": {"email": "domain"}}, {"action": "generalize", "how": "email"}),
    ({"generalize": {"version": "major"}}, {"action": "generalize", "how": "version"}),
    ({"generalize": "geo"}, {"action": "generalize", "how": "geo", "decimals": 0}),
    ({"generalize": {"geo": 1}}, {"action": "generalize", "how": "geo", "decimals": 1}),
    ({"generalize": {"time": "hour"}}, {"action": "generalize", "how": "time", "unit": "hour"}),
    ({"generalize": {"round": 0.5}}, {"action": "generalize", "how": "round", "step": 0.5}),
    (
        {"generalize": {"bins": [0, 10, 99.5]}},
        {"action": "generalize", "how": "bins", "edges": (0, 10, 99.5)},
    ),
    ({"drop": None, "purpose": "never needed"}, {"action": "drop", "purpose": "never needed"}),
    (
        {"scrub": None, "purpose": "p", "owner": "o", "expires": "2027-06-01"},
        {"action": "scrub", "purpose": "p", "owner": "o", "expires": dt.date(2027, 6, 1)},
    ),
    (
        {"scrub": None, "expires": dt.date(2027, 6, 1)},
        {"action": "scrub", "expires": dt.date(2027, 6, 1)},
    ),
]


@pytest.mark.parametrize(("written", "parts"), VALID, ids=[str(written) for written, _ in VALID])
def test_a_rule_is_read_from_each_of_its_written_forms(rule, written, parts):
    assert rule(written) == Rule(**parts)


WRONG = [
    ("kep", "unknown action 'kep'; did you mean 'keep'?"),
    ("hash", "did you mean 'pseudonymize'?"),
    ("anonymize", "did you mean 'pseudonymize'?"),
    ("zzz", "one of: keep, scrub"),
    (5, "not 5"),
    (None, "not nothing"),
    (["keep"], "not a list"),
    ({}, "a rule needs an action"),
    ({"purpose": "p"}, "a rule needs an action"),
    ({"kepe": ["a"]}, "unknown action 'kepe'; did you mean 'keep'?"),
    ({"keep": None, "drop": None}, "one action in a rule, not two: keep and drop"),
    ({"keep": "inteer"}, "unknown type 'inteer'; did you mean 'integer'?"),
    ({"keep": 5}, "5 is no type"),
    ({"keep": False}, "False is no type"),
    ({"keep": ["a", ["b"]]}, "not a list"),
    ({"keep": [dt.date(2027, 1, 1)]}, "put the date in quotes"),
    ({"keep": "integer", "mni": 1}, "unknown option 'mni'; did you mean 'min'?"),
    ({"keep": "integer", "min": 3, "max": 1}, "min 3 is above max 1"),
    ({"keep": "string", "min": 3}, "'min' needs keep: integer or keep: number"),
    ({"keep": None, "max": 3}, "'max' needs keep: integer or keep: number"),
    ({"keep": "integer", "min": "a"}, "a number, not 'a'"),
    ({"keep": "integer", "min": True}, "a number, not True"),
    ({"keep": "number", "max": float("inf")}, "a number, not inf"),
    ({"keep": None, "otherwise": "x"}, "'otherwise' needs values or a type"),
    ({"keep": ["a"], "otherwise": ["x"]}, "'otherwise' is drop or a constant, not a list"),
    ({"drop": None, "otherwise": "x"}, "'otherwise' goes with keep, not with drop"),
    ({"drop": None, "trusted": True}, "'trusted' goes with keep or generalize or mask"),
    ({"scrub": None, "trusted": True}, "not with scrub"),
    ({"keep": None, "trusted": "yes"}, "true or false, not 'yes'"),
    ({"keep": None, "kind": "email"}, "'kind' goes with pseudonymize or encrypt or redact"),
    ({"redact": None, "kind": ""}, "a text, not ''"),
    ({"drop": False}, "takes nothing"),
    ({"scrub": "PERSON"}, "takes nothing"),
    ({"mask": -1}, "from 0, not -1"),
    ({"mask": "4"}, "from 0, not a text"),
    ({"mask": {"lats": 4}}, "unknown option 'lats'; did you mean 'last'?"),
    ({"pseudonymize": "1d"}, "a mapping of epoch, scope"),
    ({"pseudonymize": {"epok": "1d"}}, "unknown option 'epok'; did you mean 'epoch'?"),
    ({"pseudonymize": {"epoch": "1 day"}}, "unknown unit 'day'; write 1d"),
    ({"pseudonymize": {"epoch": "10ms"}}, "an epoch lasts a second or more"),
    ({"pseudonymize": {"scope": "globl"}}, "unknown scope 'globl'; did you mean 'global'?"),
    ({"encrypt": {"epoch": "1d"}}, "unknown option 'epoch'"),
    ("generalize", "generalize needs one of: round"),
    ({"generalize": None}, "generalize needs one of: round"),
    ({"generalize": {}}, "generalize takes exactly one of"),
    ({"generalize": "tme"}, "unknown kind of generalize 'tme'; did you mean 'time'?"),
    ({"generalize": {"tme": "hour"}}, "unknown kind of generalize 'tme'"),
    ({"generalize": {"ip": 24, "geo": 1}}, "generalize takes exactly one of"),
    ({"generalize": {"ip": 24, "query": ["a"]}}, "'query' goes with url"),
    ({"generalize": {"query": ["a"]}}, "'query' goes with url"),
    ({"generalize": {"url": "path", "qury": ["a"]}}, "did you mean 'query'?"),
    ({"generalize": {"url": "host"}}, "unknown part 'host'"),
    ({"generalize": {"url": "path", "query": [1]}}, "a list of names"),
    ({"generalize": {"url": "path", "query": {"a": 1}}}, "a list of names, not a mapping"),
    ({"generalize": "time"}, "time needs a unit"),
    ({"generalize": {"time": "hours"}}, "unknown unit 'hours'; did you mean 'hour'?"),
    ({"generalize": {"time": 5}}, "5 is no unit"),
    ({"generalize": "round"}, "round needs a step"),
    ({"generalize": {"round": 0}}, "round needs a step above 0"),
    ({"generalize": {"round": "ten"}}, "a number, not 'ten'"),
    ({"generalize": "bins"}, "bins needs a list of edges"),
    ({"generalize": {"bins": []}}, "bins needs a list of edges"),
    ({"generalize": {"bins": [0, 10, 10]}}, "edges ascend: 10 does not stand above 10"),
    ({"generalize": {"bins": [0, "x"]}}, "a number, not 'x'"),
    ({"generalize": {"ip": 32}}, "a prefix is a whole number from 0 to 31, not 32"),
    ({"generalize": {"ip": {"v5": 1}}}, "unknown key 'v5'"),
    ({"generalize": {"ip": {"v6": 128}}}, "from 0 to 127"),
    ({"generalize": {"geo": 7}}, "from 0 to 6"),
    ({"generalize": {"email": "local"}}, "unknown value 'local'"),
    ({"scrub": None, "expires": "soon"}, "a date as in 2027-06-01, not 'soon'"),
    ({"scrub": None, "expires": dt.datetime(2027, 6, 1, tzinfo=dt.UTC)}, "no place in a policy"),
    ({"scrub": None, "purpose": ["a"]}, "a text, not a list"),
]


@pytest.mark.parametrize(("written", "says"), WRONG, ids=[str(written) for written, _ in WRONG])
def test_an_impossible_rule_is_refused_and_says_why(rule_mistakes, written, says):
    assert any(says in message for message in rule_mistakes(written))


def test_every_mistake_of_a_rule_is_reported_at_its_own_place(mistakes):
    text = "properties:\n  a: {keep: integer, min: x, owner: 5, onwer: 1}\n"
    assert mistakes(text) == [
        "2:27: properties.a.min: a number, not 'x'",
        "2:37: properties.a.owner: a text, not 5",
        "2:40: properties.a.onwer: unknown option 'onwer'; did you mean 'owner'?",
    ]


def test_a_mistake_inside_a_list_points_at_the_item(mistakes):
    assert mistakes("properties:\n  a: {generalize: {bins: [0, 20, 10]}}\n") == [
        "2:34: properties.a.generalize.bins.2: edges ascend: 10 does not stand above 20"
    ]


def test_a_message_never_shows_a_long_value_whole(rule_mistakes):
    (message,) = rule_mistakes({"keep": ["a"], "min": "x" * 500})[:1]
    assert len(message) < 120
