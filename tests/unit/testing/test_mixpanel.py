"""The stand-in for Mixpanel refuses what Mixpanel would refuse."""

import json

import pytest
import requests

from safetrack.testing import capturing

OWN = {"token": "t", "distinct_id": "u-1"}
PERSON = {"$token": "t", "$distinct_id": "u-1"}
GROUP = {"$token": "t", "$group_key": "company", "$group_id": "o-7"}
LATE = {**OWN, "time": 1_700_000_000, "$insert_id": "a-1"}
ASKED = {"mp_lib": "python", "token": "t", "context": '{"distinct_id": "u-1"}'}


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


def form(capture, path, message, **more):
    data = {"data": message if isinstance(message, str) else json.dumps(message), "ip": "0"}
    return requests.post(f"{capture.url}{path}", data={**data, **more}, auth=("s", ""), timeout=5)


def event(name="Viewed", **own):
    return {"event": name, "properties": own}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/track", event(**OWN)),
        ("/track", [event(**OWN), event(**OWN)]),
        ("/track", event("$create_alias", **OWN, alias="u-2")),
        ("/import", event(**LATE)),
        ("/import", event("$merge", token="t", **{"$distinct_ids": ["u-1", "u-2"]})),
        ("/engage", {**PERSON, "$add": {"logins": 1}}),
        ("/engage", {**PERSON, "$unset": ["plan"]}),
        ("/engage", {**PERSON, "$delete": "", "$ignore_alias": True}),
        ("/groups", {**GROUP, "$union": {"tags": ["a"]}}),
    ],
)
def test_what_mixpanel_takes_is_taken(path, message, capture):
    assert form(capture, path, message).json() == {"status": 1, "error": None}
    assert capture.messages() == (message if isinstance(message, list) else [message])


@pytest.mark.parametrize(
    ("path", "message", "wrong"),
    [
        ("/track", event(distinct_id="u-1"), "token"),
        ("/track", event(**OWN, ip="203.0.113.9"), "ip"),
        ("/track", event(**OWN, time="noon"), "time"),
        ("/track", event("$create_alias", **OWN), "alias"),
        ("/track", {"event": "Viewed"}, "properties"),
        ("/import", event(**OWN), "time, $insert_id"),
        ("/import", event("$merge", token="t", **{"$distinct_ids": ["u-1"]}), "$distinct_ids"),
        ("/engage", PERSON, "operation"),
        ("/engage", {**PERSON, "$set": {}, "$add": {}}, "operation"),
        ("/engage", {**PERSON, "$add": {"logins": "1"}}, "$add"),
        ("/engage", {**PERSON, "$union": {"tags": "a"}}, "$union"),
        ("/engage", {**PERSON, "$unset": {"plan": 1}}, "$unset"),
        ("/engage", {**PERSON, "$set": {}, "odd": 1}, "odd"),
        ("/groups", {**GROUP, "$delete": True}, "$delete"),
        ("/groups", {"$token": "t", "$group_key": "company", "$set": {}}, "$group_id"),
    ],
)
def test_what_mixpanel_refuses_is_refused_by_its_name(path, message, wrong, capture):
    assert form(capture, path, message).json() == {"status": 0, "error": wrong}


def test_a_form_with_other_fields_or_without_json_is_refused(capture):
    assert form(capture, "/track", event(**OWN), odd="1").status_code == 400
    assert form(capture, "/track", '{"a": NaN}').status_code == 400
    assert requests.post(f"{capture.url}/track", data=b"x", timeout=5).status_code == 400


def test_an_import_needs_credentials(capture):
    url = f"{capture.url}/import"

    assert requests.post(url, data={"data": "{}"}, timeout=5).status_code == 401
    assert requests.post(url, json=[], auth=("a", "b"), timeout=5).status_code == 401
    url += "?project_id=7"
    assert requests.post(url, json=[], auth=("a", "b"), timeout=5).status_code == 400


def test_flags_are_asked_for_a_person(capture):
    url = f"{capture.url}/flags"

    def ask(auth=("t", ""), **params):
        return requests.get(url, params=params, auth=auth, timeout=5)

    assert ask(**ASKED).json() == {"code": 200, "flags": {}}
    assert capture.messages() == [{"distinct_id": "u-1"}]
    assert ask(None, **ASKED).status_code == 401
    assert ask(**ASKED, odd="1").status_code == 400
    assert ask(**{**ASKED, "context": '{"distinct_id": 7}'}).status_code == 400
    assert ask(**{**ASKED, "context": "no JSON"}).status_code == 400


def test_definitions_of_flags_are_asked_for_without_a_person(capture):
    url = f"{capture.url}/flags/definitions"

    def ask(auth=("t", ""), **params):
        return requests.get(url, params=params, auth=auth, timeout=5)

    assert ask(token="t", mp_lib="python").json() == {"flags": []}
    assert ask(None, token="t", mp_lib="python").status_code == 401
    assert ask(**ASKED).status_code == 400
    assert ask(mp_lib="python").status_code == 400
    assert "cohorts" in ask(token="t").json()  # PostHog's SDK asks so
