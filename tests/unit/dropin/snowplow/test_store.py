import json

import pytest

import safetrack.dropin.snowplow as dropin
from safetrack.dropin.snowplow.store import SEAL
from safetrack.testing import Answer, assert_no_canary

KINDS = pytest.mark.parametrize("kind", [dropin.Emitter, dropin.AsyncEmitter])


def tracked(emitter, title, value=12.5):
    event = dropin.StructuredEvent("shop", "add", value=value)
    event.payload.add("page", title)
    dropin.Tracker("shop", emitter).track(event)


@KINDS
def test_nothing_raw_is_stored(kind, capture, policy, canaries, disk):
    emitter = kind(capture.url, event_store=disk, policy=policy)

    tracked(emitter, canaries.email())

    assert_no_canary(disk.path.read_text(), canaries)
    assert len(disk.get_events_batch()) == 1


@KINDS
def test_a_stored_event_is_sent_as_it_was_stored_and_then_forgotten(kind, capture, policy, disk):
    emitter = kind(capture.url, event_store=disk, policy=policy)
    tracked(emitter, "Home")
    (stored,) = disk.get_events_batch()

    emitter.sync_flush()

    (sent,) = json.loads(capture.last.body)["data"]
    del sent["stm"], stored[SEAL]
    assert sent == stored
    assert sent["se_va"] == "12.5"
    assert disk.get_events_batch() == []
    assert emitter.safetrack.stats()["tracked"] == 1


@pytest.mark.parametrize("method", ["post", "get"])
def test_an_event_that_was_not_taken_keeps_its_id(method, capture, policy, disk):
    capture.answers += [Answer(503)]
    emitter = dropin.Emitter(capture.url, method=method, event_store=disk, policy=policy)
    tracked(emitter, "Home")

    emitter.flush()
    emitter.retry_timer.cancel()
    emitter.flush()

    assert len(capture.requests) == 2
    assert len(set(_eids(capture))) == 1
    assert disk.get_events_batch() == []


def _eids(capture):
    for request in capture.requests:
        yield request.query.get("eid") or json.loads(request.body)["data"][0]["eid"]


def test_another_process_with_the_same_key_sends_what_was_stored(capture, policy, disk):
    tracked(dropin.Emitter(capture.url, event_store=disk, policy=policy), "Home")
    (stored,) = disk.get_events_batch()

    later = dropin.Emitter(capture.url, event_store=disk, policy=policy)
    later.flush()

    assert capture.messages()[0]["eid"] == stored["eid"]
    assert later.safetrack.stats()["tracked"] == 0


@pytest.mark.parametrize("seal", [None, "forged", 7])
def test_what_is_stored_without_our_seal_is_raw(seal, capture, policy, canaries, disk):
    raw = {"e": "pv", "tv": "py", "p": "pc", "dtm": "1790000000000", "page": canaries.email()}
    disk.add_event({**raw, "eid": "f9b2b0d2-4b6c-4f0c-8d8e-5d8f1c1f7a11", SEAL: seal})
    emitter = dropin.Emitter(capture.url, event_store=disk, policy=policy)

    emitter.flush()

    assert capture.messages()[0]["page"] == "<EMAIL_ADDRESS>"
    assert_no_canary(capture, canaries)


def test_a_sealed_event_that_somebody_changed_is_raw(capture, policy, canaries, disk):
    emitter = dropin.Emitter(capture.url, event_store=disk, policy=policy)
    tracked(emitter, "Home")
    (stored,) = disk.get_events_batch()
    disk.path.write_text(json.dumps({**stored, "page": canaries.email()}) + "\n")

    emitter.flush()

    assert_no_canary(capture, canaries)


def test_what_else_a_store_has_is_reachable(capture, policy, disk):
    emitter = dropin.Emitter(capture.url, event_store=disk, policy=policy)

    assert emitter.event_store.path == disk.path
    assert emitter.event_store.size() == 0


def test_what_a_callback_writes_into_an_event_is_not_stored(capture, policy, canaries, disk):
    def annotate(_count, events):
        for event in events:
            event.update({"uid": canaries.identifier(), "stm": canaries.identifier()})

    capture.answers += [Answer(503)]
    cleanup = disk.cleanup

    def keep(batch, need_retry):
        for event in batch if need_retry else ():
            disk.add_event(event)
        cleanup(batch, need_retry)

    disk.cleanup = keep
    emitter = dropin.Emitter(
        capture.url, event_store=disk, batch_size=1, on_failure=annotate, policy=policy
    )
    tracked(emitter, "Home")
    emitter.retry_timer.cancel()

    assert len(disk.get_events_batch()) == 2
    assert_no_canary(disk.path.read_text(), canaries)


def test_no_time_of_sending_that_a_store_gives_back_is_taken_for_one_of_ours(
    capture, policy, canaries, disk
):
    class AsStored(dropin.Emitter):
        def http_get(self, payload):
            return super().http_get({**payload, "stm": stm})

    stm = canaries.identifier()
    emitter = AsStored(capture.url, method="get", batch_size=2, event_store=disk, policy=policy)
    tracked(emitter, "Home")
    (stored,) = disk.get_events_batch()
    disk.path.write_text(json.dumps({**stored, "stm": stm}) + "\n")

    emitter.flush()

    assert len(capture.requests) == 1
    assert_no_canary(capture, canaries)
