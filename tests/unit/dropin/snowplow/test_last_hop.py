import datetime as dt
import json

import pytest
import requests

import safetrack.dropin.snowplow as dropin
from safetrack import Policy
from safetrack.testing import assert_no_canary

EVENT = {
    "e": "pv",
    "eid": "f9b2b0d2-4b6c-4f0c-8d8e-5d8f1c1f7a11",
    "dtm": "1790000000000",
    "stm": "1790000000000",
    "tv": "py",
    "p": "pc",
}
SCHEMA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"


def body(*events):
    return json.dumps({"schema": SCHEMA, "data": list(events)})


def observing(policy):
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    return Policy.from_dict({**policy, "mode": "observe", "until": until})


def test_a_body_that_the_application_made_is_sanitized(capture, policy, canaries):
    emitter = dropin.Emitter(capture.url, policy=policy)

    status = emitter.http_post(body({**EVENT, "page": canaries.email()}, {**EVENT, "e": "xx"}))

    assert status == 200
    assert [message["page"] for message in capture.messages()] == ["<EMAIL_ADDRESS>"]
    assert_no_canary(capture, canaries)


def test_an_address_that_the_application_made_is_sanitized(capture, policy, canaries):
    emitter = dropin.Emitter(capture.url, method="get", policy=policy)

    status = emitter.http_get({**EVENT, "page": canaries.email(), "uid": canaries.identifier()})

    assert status == 200
    assert_no_canary(capture, canaries)


@pytest.mark.parametrize("given", ["jane", "[]", "{}", '{"data": ["jane"]}', '{"data": {}}', None])
def test_a_body_that_cannot_be_read_is_not_sent(given, capture, policy):
    emitter = dropin.Emitter(capture.url, policy=policy)

    assert emitter.http_post(given) == 400
    assert capture.requests == []
    assert emitter.safetrack.stats()["dropped"] == {"unreadable": 1}


@pytest.mark.parametrize("given", ["e=pv&page=jane", [("e", "pv")], None])
def test_an_address_that_cannot_be_read_is_not_asked_for(given, capture, policy):
    emitter = dropin.Emitter(capture.url, method="get", policy=policy)

    assert emitter.http_get(given) == 400
    assert capture.requests == []
    assert emitter.safetrack.stats()["dropped"] == {"unreadable": 1}


def test_nothing_is_sent_of_events_that_may_not_leave(capture, policy):
    assert dropin.Emitter(capture.url, policy=policy).http_post(body({"e": "xx"})) == 400
    assert dropin.Emitter(capture.url, method="get", policy=policy).http_get({"e": "xx"}) == 400
    assert capture.requests == []


@pytest.mark.parametrize("method", ["post", "get"])
def test_a_path_that_no_collector_has_is_blocked(method, capture, policy):
    emitter = dropin.Emitter(capture.url, method=method, batch_size=2, policy=policy)
    emitter.endpoint = f"{capture.url}/elsewhere"
    for _ in range(2):
        emitter.input(EVENT)

    assert capture.requests == []
    assert emitter.safetrack.stats() == {
        "tracked": 2,
        "passed": 0,
        "dropped": {"unknown_channel": 2},
    }


def test_a_collector_may_stand_behind_a_prefix(capture, policy):
    for method in ("post", "get"):
        emitter = dropin.Emitter(f"{capture.url}/sp", method=method, batch_size=1, policy=policy)
        emitter.input(EVENT)
        emitter.retry_timer.cancel()

    assert [request.path for request in capture.requests] == [
        "/sp/com.snowplowanalytics.snowplow/tp2",
        "/sp/i",
    ]


def test_while_observing_everything_goes_out_as_it_came(capture, policy):
    emitter = dropin.Emitter(capture.url, policy=observing(policy))
    emitter.http_post(body({**EVENT, "page": "jane"}))
    emitter.http_post("not json")
    emitter.http_get({"page": "jane"})
    emitter.http_get("page=jane")
    emitter.input({"e": "ue", "page": "jane"})
    emitter.flush()
    emitter.retry_timer.cancel()

    posted, unread, *got, buffered = capture.requests
    assert posted.body.decode() == body({**EVENT, "page": "jane"})
    assert posted.header("SP-Anonymous") is None
    assert unread.body == b"not json"
    assert [request.query for request in got] == [{"page": "jane"}, {"page": "jane"}]
    assert json.loads(buffered.body)["data"][0]["page"] == "jane"


def test_what_was_kept_while_observing_is_sanitized_once_that_is_over(
    capture, policy, canaries, time_machine
):
    policy = observing(policy)
    emitters = [kind(capture.url, policy=policy) for kind in (dropin.Emitter, dropin.AsyncEmitter)]
    for emitter in emitters:
        emitter.input({**EVENT, "page": canaries.email()})

    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=60))
    for emitter in emitters:
        emitter.sync_flush()

    assert [message["page"] for message in capture.messages()] == ["<EMAIL_ADDRESS>"] * 2
    assert_no_canary(capture, canaries)


def test_a_session_of_the_applications_own_is_used(capture, policy):
    with requests.Session() as session:
        session.headers["X-Team"] = "growth"
        emitter = dropin.Emitter(capture.url, batch_size=1, session=session, policy=policy)
        emitter.input(EVENT)

    assert capture.last.header("X-Team") == "growth"
    assert callable(emitter.request_method.post)


def test_what_else_a_requester_has_is_reachable(capture, policy):
    hop = dropin.Emitter(capture.url, policy=policy).request_method
    hop.again = True

    assert hop.again
    with pytest.raises(AttributeError):
        hop.nothing_like_it  # noqa: B018
