"""The last hop: batches, answers of the server, callbacks, retries, and what is not sent at all."""

import datetime as dt
import logging
import threading

import amplitude
import pytest
from amplitude.storage import InMemoryStorage, InMemoryStorageProvider
from amplitude.worker import Workers

import safetrack.dropin.amplitude as dropin
from safetrack import Policy
from safetrack.testing import Answer
from safetrack.testing.vendor import answer

EMAIL = "jane.canary@example.org"


def event(number=0, **more):
    own = {"plan": f"p{number}", "email": EMAIL}
    return dropin.BaseEvent(
        **{"event_type": "Signed Up", "user_id": EMAIL, "event_properties": own, **more}
    )


def workers_of(client):
    (plugin, *_) = client._Amplitude__timeline.plugins[dropin.PluginType.DESTINATION]
    return plugin.workers


@pytest.fixture
def called():
    """A callback, and what it was called with."""
    calls = []

    def call_back(event, code, message=None):
        calls.append((event, code, message))

    call_back.calls = calls
    return call_back


@pytest.mark.parametrize("where", ["event", "client"])
def test_callbacks_get_the_event_that_left_of_the_class_that_was_tracked(where, make, sent, called):
    client = make(amplitude.Config(callback=called if where == "client" else None))
    options = dropin.EventOptions(user_id=EMAIL, callback=called if where == "event" else None)

    client.track(event(callback=options.event_callback))
    client.track(dropin.RevenueEvent(user_id=EMAIL, callback=options.event_callback))
    (message, _) = sent(client)

    kinds = [type(own) for own, _, _ in called.calls]
    assert kinds == [amplitude.BaseEvent, amplitude.RevenueEvent]
    (own, code, text), _ = called.calls
    assert (code, text) == (200, "Event sent successfully.")
    assert own.get_event_body() == message
    assert EMAIL not in str(vars(own))


def test_a_class_of_the_applications_own_comes_back_as_the_vendors_nearest(make, sent, called):
    class Sale(dropin.RevenueEvent):
        def get_event_body(self):
            return {"event_type": EMAIL}

    client = make(amplitude.Config(callback=called))

    client.track(Sale(user_id=EMAIL))

    assert sent(client)[0]["event_type"] == "revenue_amount"
    assert type(called.calls[0][0]) is amplitude.RevenueEvent


def test_what_is_sent_again_is_the_same_event_counted_once(make, sent, capture, called):
    client = make(amplitude.Config(callback=called))
    capture.answers.append(Answer(500, b'{"code": 500}'))
    client.track(event())

    sent(client)
    (message,) = sent(client)

    first, second = (request.json()["events"] for request in capture.requests)
    assert first == second == [message]
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}
    assert [code for _, code, _ in called.calls] == [200]
    assert called.calls[0][0].retry == 1


def test_what_is_sent_again_stays_the_same_when_plugins_come_in_between(make, sent, capture):
    client = make()
    capture.answers.append(Answer(500, b'{"code": 500}'))
    client.track(event())
    sent(client)

    client.add(dropin.EventPlugin(dropin.PluginType.BEFORE))
    sent(client)

    first, second = (request.json()["events"] for request in capture.requests)
    assert first == second
    assert client.safetrack.stats()["tracked"] == 1


def test_a_batch_that_is_too_large_is_cut_and_counted_once(make, sent, capture):
    client = make(amplitude.Config(flush_queue_size=4))
    capture.answers.append(answer(413, code=413, error="Payload too large"))
    for number in range(4):
        client.track(event(number))
    futures = [future for future in client.flush() if future is not None]
    for future in futures:
        future.result()

    assert len(sent(client)) == 4
    first, *others = (len(request.json()["events"]) for request in capture.requests)
    assert first == sum(others) == 4
    assert client.safetrack.stats()["tracked"] == 4


def test_an_event_that_the_server_blames_comes_back_clean_and_the_others_go_again(
    make, sent, capture, called
):
    client = make(amplitude.Config(callback=called))
    blamed = {"code": 400, "error": "bad", "events_with_invalid_fields": {"city": [0]}}
    capture.answers.append(answer(400, **blamed))
    client.track(event(0))
    client.track(event(1))

    sent(client)
    (message,) = sent(client)

    assert message["event_properties"] == {"plan": "p1"}
    assert [code for _, code, _ in called.calls] == [400, 200]
    assert EMAIL not in str([vars(own) for own, _, _ in called.calls])


def test_the_quota_of_a_person_is_known_by_the_pseudonym(make, sent, capture, called):
    client = make(amplitude.Config(callback=called))
    client.track(event())
    sent(client)
    user = capture.messages()[0]["user_id"]
    over = {"exceeded_daily_quota_users": {user: 1}, "throttled_events": [0]}
    capture.answers.append(answer(429, code=429, error="Too many", **over))

    client.track(event())
    sent(client)

    assert [text for _, _, text in called.calls][-1] == "Exceeded daily quota"


def test_an_event_that_the_policy_drops_calls_nobody_back(make, sent, called):
    policy = Policy.from_dict({"version": 1, "events": {"Debug": "drop"}})
    client = make(amplitude.Config(callback=called), policy=policy)

    client.track(event(event_type="Debug"))

    assert sent(client) == []
    assert called.calls == []
    assert client.safetrack.stats()["dropped"] == {"event_dropped": 1}


@pytest.mark.parametrize("path", ["/other", "/2/httpapi/more", "", "/batches"])
def test_an_endpoint_that_the_sdk_does_not_have_is_sent_nothing(path, make, sent, capture):
    client = make(amplitude.Config(server_url=f"{capture.url}{path}"))

    client.track(event())

    assert sent(client) == []
    assert capture.requests == []
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 1}


def test_a_proxy_may_stand_in_front_and_batches_go_to_their_own_endpoint(make, sent, capture):
    client = make(amplitude.Config(server_url=f"{capture.url}/proxy/of/ours/2/httpapi"))
    capture.answers.append(answer(200, code=200))
    client.track(event())
    sent(client)
    client.configuration.server_url = f"{capture.url}/batch"
    client.track(event())
    sent(client)

    assert [one.path for one in capture.requests] == ["/proxy/of/ours/2/httpapi", "/batch"]
    assert len(capture.messages()) == 1


def test_switched_off_nothing_is_sent(make, sent, monkeypatch):
    client = make()
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")

    client.track(event())

    assert sent(client) == []
    assert client.safetrack.stats()["dropped"] == {"disabled": 1}


OBSERVING = Policy.from_dict(
    {"version": 1, "mode": "observe", "until": dt.date(2999, 1, 1), "properties": {"plan": "keep"}}
)


def test_observing_sends_the_event_itself_to_any_endpoint(make, sent, capture, called):
    config = amplitude.Config(callback=called, server_url=f"{capture.url}/proxy/2/httpapi")
    config.server_url = f"{capture.url}/batch"
    client = make(config, policy=OBSERVING)

    client.track(event())

    (message,) = sent(client)
    assert message["user_id"] == EMAIL
    assert called.calls[0][0].user_id == EMAIL
    summary = client.safetrack.observation.summary()
    assert summary["changed"] == 1
    assert "library" not in {one["path"] for one in summary["decisions"]}
    config.server_url = f"{capture.url}/somewhere/else"
    client.track(event())
    sent(client)
    assert len(capture.requests) == 2


def test_observing_and_switched_off_nothing_is_sent(make, sent, monkeypatch):
    client = make(policy=OBSERVING)
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")

    client.track(event())

    assert sent(client) == []


def test_a_text_is_searched_before_the_sdk_cuts_it(make, sent):
    client = make()
    note = "x " * 500 + EMAIL + " y" * 100

    client.track(event(event_properties={"note": note}))

    (message,) = sent(client)
    assert EMAIL[:10] not in str(message)
    assert len(message["event_properties"]["note"]) <= 1024


def test_workers_of_the_applications_own_class_get_what_may_leave(make, sent):
    seen = []

    class Own(Workers):
        def send(self, events):
            seen.extend(events)
            super().send(events)

    class Plugin(amplitude.plugin.AmplitudeDestinationPlugin):
        def __init__(self):
            super().__init__()
            self.workers = Own()

    client = make()
    plugin = Plugin()
    client.add(plugin)

    client.track(event())
    sent(client)

    assert isinstance(plugin.workers, Own)
    assert len(seen) == 1
    assert EMAIL not in str(vars(seen[0]))


def test_a_storage_of_the_applications_own_works_as_before(make, sent):
    class Storage(InMemoryStorage):
        pushed = 0

        def push(self, event, delay=0):
            Storage.pushed += 1
            return super().push(event, delay)

    class Provider(InMemoryStorageProvider):
        def get_storage(self):
            return Storage()

    client = make(amplitude.Config(storage_provider=Provider()))

    client.track(event())

    assert len(sent(client)) == 1
    assert Storage.pushed == 1


def test_a_failure_while_sending_says_no_value(make, capture, caplog):
    client = make()
    capture.answers.append(Answer(reset=True))
    client.track(event())

    (future,) = client.flush()
    error = future.exception()

    assert isinstance(error, OSError)
    assert EMAIL not in f"{error!r} {error.__context__!r} {caplog.text}"


def test_a_broken_sanitizer_costs_the_events_and_nothing_else(make, sent, monkeypatch, caplog):
    client = make()

    def fail(*_args):
        raise RuntimeError(EMAIL)

    monkeypatch.setattr(client.safetrack._sanitizer, "process", fail)
    client.track(event())

    assert sent(client) == []
    assert client.safetrack.stats()["dropped"] == {"sanitizer_error": 1}
    assert EMAIL not in caplog.text


def test_sanitizing_happens_on_the_sdks_own_threads(make, sent, monkeypatch):
    client, threads = make(), []
    clean = client.safetrack.clean

    def noting(*args):
        threads.append(threading.current_thread())
        return clean(*args)

    monkeypatch.setattr(type(client.safetrack), "clean", lambda _self, *args: noting(*args))
    client.track(event())
    sent(client)

    assert threads
    assert threading.current_thread() not in threads


def test_ending_ends_the_waiting_thread_as_well(make, capture):
    before = set(threading.enumerate())
    client = make(amplitude.Config(flush_interval_millis=600_000))
    client.track(event())

    client.shutdown()

    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=60)
        assert not thread.is_alive()
    assert len(capture.messages()) == 1


def test_the_log_of_sent_events_holds_no_value(make, sent, caplog):
    caplog.set_level(logging.DEBUG)
    client = make()

    client.track(event())
    sent(client)

    assert "processor.py" in caplog.text
    assert EMAIL not in str([vars(record) for record in caplog.records])
