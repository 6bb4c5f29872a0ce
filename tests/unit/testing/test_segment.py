"""What Segment's and RudderStack's stand-ins take, and what they refuse."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
import requests

from safetrack.testing import capturing
from safetrack.testing.segment import TOKEN

MESSAGE = {
    "type": "track",
    "event": "Signed Up",
    "messageId": "m",
    "userId": "u",
    "properties": {},
    "context": {},
    "integrations": {},
    "timestamp": "2026-01-02T03:04:05Z",
}


@pytest.fixture(scope="module")
def server():
    with capturing() as capture:
        yield capture


@pytest.fixture
def post(server):
    def post(body, path="/v1/batch", **more):
        return requests.post(server.url + path, timeout=5, json=body, **{"auth": ("k", ""), **more})

    return post


def batch(*changes, **envelope):
    messages = [{**MESSAGE, **change} for change in changes or ({},)]
    sent = [{k: v for k, v in one.items() if v is not ...} for one in messages]
    return {"batch": sent, "sentAt": "2026-01-02T03:04:05Z", **envelope}


KEY = {"writeKey": "k"}


@pytest.mark.parametrize("envelope", [KEY, {}], ids=["segment", "rudderstack"])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"type": "identify", "traits": {}},
        {"type": "page", "name": None, "category": "c"},
        {"type": "screen"},
        {"type": "group", "groupId": "g", "traits": {}},
        {"type": "alias", "previousId": "p"},
        {"userId": ..., "anonymousId": "a"},
    ],
)
def test_messages_of_the_common_spec_are_taken(post, server, envelope, change):
    assert post(batch(change, **envelope)).status_code == 200
    assert len(server.last.messages) == 1


@pytest.mark.parametrize("envelope", [KEY, {}], ids=["segment", "rudderstack"])
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "charge"}, "type"),
        ({"event": ...}, "event"),
        ({"event": 3}, "event"),
        ({"type": "group"}, "groupId"),
        ({"type": "alias"}, "previousId"),
        ({"userId": ...}, "userId"),
        ({"userId": 3}, "userId"),
        ({"messageId": ...}, "messageId"),
        ({"messageId": "m" * 101}, "messageId"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"integrations": []}, "integrations"),
        ({"context": None}, "context"),
        ({"email": "e"}, "email"),
    ],
)
def test_what_is_wrong_is_named_and_costs_the_whole_batch(post, envelope, change, field):
    answer = post(batch({}, change, **envelope))

    assert answer.status_code == 400
    assert field in answer.json()["error"]


@pytest.mark.parametrize("envelope", [KEY, {}], ids=["segment", "rudderstack"])
def test_envelopes_are_looked_at(post, envelope):
    assert post({"batch": [], **envelope}).json() == {"error": "batch"}
    assert post({"batch": ["text"], **envelope}).json() == {"error": "message"}
    assert post(batch(sentAt="now", **envelope)).json() == {"error": "sentAt"}
    assert post(batch(email="e", **envelope)).json() == {"error": "email"}


def test_an_identify_call_has_its_traits_at_the_root_or_at_rudderstack_in_the_context(post):
    change = {"type": "identify", "context": {"traits": {}}}

    assert post(batch(change)).status_code == 200
    assert post(batch({**change, "context": ...})).status_code == 400
    assert post(batch(change, **KEY)).json() == {"error": "traits"}


def test_the_channel_is_rudderstacks(post):
    assert post(batch({"channel": "server"})).status_code == 200
    assert post(batch({"channel": "somewhere"})).status_code == 400
    assert post(batch({"channel": "server"}, **KEY)).status_code == 400


def test_who_is_unknown_is_refused(post):
    assert post(batch(), auth=None).status_code == 401
    assert post(batch(**KEY), auth=None).status_code == 200
    other = {"Authorization": "Bearer stolen"}
    assert post(batch(**KEY), auth=None, headers=other).status_code == 401
    own = {"Authorization": f"Bearer {TOKEN}"}
    assert post(batch(**KEY), auth=None, headers=own).status_code == 200


def test_sizes_are_measured_unpacked(server, post):
    large = {"properties": {"a": "a" * 33_000}}
    assert post(batch(large, **KEY)).json() == {"error": "size"}
    assert post(batch(large)).status_code == 200
    many = [{"properties": {"a": "a" * 30_000}}] * 20
    assert post(batch(*many, **KEY)).json() == {"error": "Exceed payload limit"}
    packed = gzip.compress(json.dumps(batch(*many * 10)).encode())
    answer = requests.post(
        f"{server.url}/v1/batch",
        timeout=5,
        data=packed,
        auth=("k", ""),
        headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def token_of(header, claims):
    parts = (header, claims, {})
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts
    )


CLAIMS = {"iss": "i", "sub": "i", "aud": "a", "jti": "j", "iat": 1, "exp": 2}
FORM = {
    "grant_type": "client_credentials",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "client_assertion": token_of({"alg": "RS256"}, CLAIMS),
    "scope": "tracking_api:write",
}


def ask(server, form, **more):
    return requests.post(f"{server.url}/token", timeout=5, data=form, **more)


def test_a_signed_assertion_gets_a_token(server):
    assert ask(server, FORM).json()["access_token"] == TOKEN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"grant_type": "password"}, "grant_type"),
        ({"client_assertion": "no.token"}, "client_assertion"),
        ({"client_assertion": "a.%%%.c"}, "client_assertion"),
        ({"client_assertion": token_of({"alg": "none"}, CLAIMS)}, "client_assertion"),
        ({"client_assertion": token_of({"alg": "RS256"}, {**CLAIMS, "email": "e"})}, "email"),
        ({"client_assertion": token_of({"alg": "RS256"}, [])}, "iss"),
        ({"userId": "u"}, "userId"),
    ],
)
def test_anything_else_gets_none(server, change, field):
    answer = ask(server, {**FORM, **change})

    assert answer.status_code == 400
    assert field in answer.json()["error_description"]


def test_a_form_is_asked_for(server):
    assert requests.post(f"{server.url}/token", timeout=5, json=FORM).status_code == 415
