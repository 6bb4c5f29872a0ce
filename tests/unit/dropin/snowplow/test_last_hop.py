import datetime as dt
import json

import pytest
import requests

import safetrack.dropin.snowplow as dropin
from safetrack import Policy
from safetrack.testing import Answer, assert_no_canary

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


class AtSending(dropin.Emitter):
    """Writes into the events that it sends, before safetrack's own method."""

    def send_events(self, evts):
        for event in evts:
            event.update(self.added)
        super().send_events(evts)


class AtRequest(dropin.Emitter):
    """Writes into the event that it asks for."""

    def http_get(self, payload):
        payload.update(self.added)
        return super().http_get(payload)


class AtRequestAnew(dropin.Emitter):
    """Makes the event that it asks for anew."""

    def http_get(self, payload):
        return super().http_get({**payload, **self.added})


class InTheBody(dropin.Emitter):
    """Makes the body anew."""

    def http_post(self, data):
        envelope = json.loads(data)
        for event in envelope["data"]:
            event.update(self.added)
        return super().http_post(json.dumps(envelope))


class InTheBodyAndTheEvents(dropin.Emitter):
    """Writes into the events while they are being sent, and makes the body of them."""

    def send_events(self, evts):
        self.events = evts
        super().send_events(evts)

    def http_post(self, data):
        for event in self._sending.events:
            event.update(self.added)
        envelope = json.loads(data)
        return super().http_post(body(*self._sending.events) if envelope["data"] else data)


OVERRIDES = {
    "send_events": (AtSending, "post"),
    "send_events, in addresses": (AtSending, "get"),
    "http_get": (AtRequest, "get"),
    "http_get, anew": (AtRequestAnew, "get"),
    "http_post": (InTheBody, "post"),
    "http_post and the events": (InTheBodyAndTheEvents, "post"),
}
overrides = pytest.mark.parametrize(
    ("kind", "method"), OVERRIDES.values(), ids=[name.replace(" ", "_") for name in OVERRIDES]
)


@overrides
def test_what_an_override_adds_is_sanitized_and_all_else_stays_as_it_was(
    kind, method, capture, policy, canaries
):
    policy = {**policy, "identity": {"person": "pseudonymize"}}
    sent = []
    for own in (dropin.Emitter, kind):
        emitter = own(capture.url, method=method, batch_size=1, policy=policy)
        emitter.added = {
            "uid": canaries.identifier(),
            "page": canaries.email(),
            "se_pr": canaries.email(),
            "stm": canaries.identifier(),
            canaries.email(): "x",
        }
        event = dropin.StructuredEvent("shop", "add", value=12.5)
        tracker = dropin.Tracker("shop", emitter, app_id="web")
        tracker.track(event)
        sent.append(capture.messages()[-1])

    before, after = sent
    assert_no_canary(capture, canaries)
    assert after["uid"].startswith("st1_")
    assert after["page"] == "<EMAIL_ADDRESS>"
    assert {name for name in before if before[name] != after.get(name)} <= {"stm", "dtm", "eid"}
    assert (after["se_va"], after["tna"], after["aid"]) == ("12.5", "shop", "web")
    assert emitter.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


@overrides
def test_an_event_that_an_override_changes_has_one_id_at_every_attempt(
    kind, method, capture, policy, canaries
):
    capture.answers += [Answer(503), Answer(503)]
    emitter = kind(capture.url, method=method, batch_size=1, policy=policy)
    emitter.added = {"uid": canaries.identifier()}

    emitter.input(dict(EVENT))
    for _ in range(2):
        emitter.retry_timer.cancel()
        emitter.flush()

    messages = capture.messages()
    requested = [_event_of(request) for request in capture.requests]
    assert len(requested) == 3
    assert len({(event["eid"], event["uid"]) for event in requested}) == 1
    assert messages
    assert_no_canary(capture, canaries)
    assert emitter.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def _event_of(request):
    return request.query or json.loads(request.body)["data"][0]


@pytest.mark.parametrize("event_type", ["xx", "ue", None, ["pv"]])
def test_an_event_that_an_override_makes_one_that_may_not_leave_is_dropped_after_all(
    event_type, capture, policy
):
    emitter = AtSending(capture.url, batch_size=1, policy=policy)
    emitter.added = {"e": event_type}

    emitter.input(dict(EVENT))

    assert capture.requests == []
    assert emitter.safetrack.stats()["passed"] == 0
    assert sum(emitter.safetrack.stats()["dropped"].values()) == 1


def test_a_changed_event_whose_sanitizing_fails_is_dropped(capture, policy, monkeypatch):
    emitter = AtSending(capture.url, batch_size=2, policy=policy)
    emitter.added = {"page": "jane"}
    emitter.input(dict(EVENT))

    def fail(*_given):
        raise RuntimeError

    monkeypatch.setattr(emitter.safetrack._sanitizer, "process", fail)
    emitter.flush()

    assert capture.requests == []
    assert emitter.safetrack.stats() == {
        "tracked": 1,
        "passed": 0,
        "dropped": {"sanitizer_error": 1},
    }


def test_an_unchanged_event_is_sanitized_once(capture, policy, monkeypatch):
    for method in ("post", "get"):
        capture.answers += [Answer(503)]
        emitter = dropin.Emitter(capture.url, method=method, policy=policy)
        process, count = emitter.safetrack._sanitizer.process, []
        monkeypatch.setattr(
            emitter.safetrack._sanitizer,
            "process",
            lambda *given, process=process, count=count: count.append(1) or process(*given),
        )
        emitter.input(dict(EVENT))
        emitter.flush()
        emitter.retry_timer.cancel()
        emitter.flush()

        assert count == [1]


def test_while_observing_what_an_override_writes_goes_out_too(capture, policy):
    emitter = AtSending(capture.url, batch_size=1, policy=observing(policy))
    emitter.added = {"page": "jane"}

    emitter.input(dict(EVENT))

    assert capture.messages()[0]["page"] == "jane"
