"""PostHog's client for asyncio."""

import asyncio
import os
import traceback

import posthog
import pytest

import safetrack.dropin.posthog as dropin
from safetrack import Policy
from safetrack.testing import Answer
from safetrack.testing.posthog import FLAG, variant
from safetrack.vendors.shape import IdKind

if not hasattr(posthog, "AsyncClient"):
    pytest.skip("an older SDK has no client for asyncio", allow_module_level=True)

EMAIL = "jane.doe@example.org"
BAG = {"plan": "pro", "email": EMAIL}


@pytest.fixture
def run(capture, policy):
    """Runs a coroutine function with a client, and shuts it down."""

    def with_client(main, **options):
        options = {"policy": policy, "max_retries": 0, "flush_interval": 60} | options

        async def all_of_it():
            client = dropin.AsyncPosthog("phc_project", host=capture.url, **options)
            try:
                return await main(client)
            finally:
                await client.shutdown()

        return asyncio.run(all_of_it())

    return with_client


def test_it_is_the_vendors_client(policy):
    client = dropin.AsyncPosthog("k", "http://h", policy=policy, destination="mine")

    assert isinstance(client, posthog.AsyncPosthog)
    assert (client.raw_host, client.safetrack.destination) == ("http://h", "mine")


@pytest.mark.parametrize("options", [{}, {"gzip": True}, {"capture_mode": "v1"}, {"thread": 2}])
def test_events_leave_as_the_policy_lets_them(options, run, capture):
    async def main(client):
        client.capture("Signed Up", distinct_id=EMAIL, properties=BAG)
        client.set(distinct_id=EMAIL, properties=BAG)
        await client.flush()
        await client.capture_immediate("Paid", distinct_id=EMAIL, properties=BAG)
        return client

    client = run(main, **options)

    events = {event["event"]: event for event in capture.messages()}
    assert events.keys() == {"Signed Up", "$set", "Paid"}
    assert {event["distinct_id"] for event in events.values()} == {
        client.safetrack.identifier(IdKind.PERSON, EMAIL)
    }
    assert events["Paid"]["properties"]["plan"] == "pro"
    assert "email" not in events["Paid"]["properties"]
    assert client.safetrack.stats() == {"tracked": 3, "passed": 3, "dropped": {}}


def test_what_a_hook_captures_while_an_event_is_sent_at_once_waits_its_turn(run, capture):
    async def main(client):
        async def hook(event):
            if event["event"] == "Paid":
                client.capture("Hooked", distinct_id="u", properties=BAG)
            return event

        client.before_send = hook
        await client.capture_immediate("Paid", distinct_id="u", properties=BAG)
        await client.flush()
        return client

    client = run(main)

    assert [event["event"] for event in capture.messages()] == ["Paid", "Hooked"]
    assert client.safetrack.stats()["tracked"] == 2
    assert EMAIL.encode() not in b"".join(request.body for request in capture.requests)


def test_events_that_may_not_leave_are_done_with(run, capture):
    async def main(client):
        client.capture("Debug", distinct_id="u")
        await client.flush(timeout_seconds=5)
        assert client._pending_queue_items() == 0
        assert await client.capture_immediate("Debug", distinct_id="u") is None

    run(main, policy=Policy.from_dict({"version": 1, "unlisted_events": "drop"}))

    assert capture.requests == []


def test_a_callback_gets_what_was_sanitized(run, capture):
    failed = []

    async def main(client):
        for send in (client.capture, client.capture_immediate):
            capture.answers.append(Answer(400, b"{}"))
            done = send("Signed Up", distinct_id=EMAIL, properties=BAG)
            if asyncio.iscoroutine(done):
                await done
            await client.flush()

    run(main, on_error=lambda error, batch: failed.append((str(error), batch)))

    assert len(failed) == 2
    assert EMAIL not in str(failed)


@pytest.mark.parametrize("options", [{}, {"capture_mode": "v1"}])
def test_what_a_subclass_adds_to_an_event_that_is_sent_at_once_is_sanitized(
    options, capture, policy
):
    class Late(dropin.AsyncPosthog):
        async def _process_event(self, msg):
            ready = await super()._process_event(msg)
            ready["distinct_id"] = EMAIL
            return ready

    async def main():
        async with Late("phc_project", host=capture.url, policy=policy, **options) as client:
            await client.capture_immediate("Paid", distinct_id="u", properties=BAG)

    asyncio.run(main())

    (event,) = capture.messages()
    assert event["properties"]["plan"] == "pro"
    assert EMAIL not in str(event)


RAW = {
    "event": "Signed Up",
    "distinct_id": EMAIL,
    "properties": BAG,
    "timestamp": "2026-01-01T00:00:00Z",
    "uuid": "0190a0a0-0000-7000-8000-000000000000",
}


@pytest.mark.parametrize("options", [{}, {"capture_mode": "v1"}])
def test_what_a_sender_is_handed_directly_is_sanitized(options, run, capture):
    async def main(client):
        await client._new_consumer().request([RAW])
        await client._new_consumer().request([])

    run(main, **options)

    (event,) = capture.messages()
    assert event["properties"]["plan"] == "pro"
    assert EMAIL not in str(event)


def test_a_batch_that_a_callback_changes_and_sends_again_is_sanitized(run, capture):
    capture.answers += [Answer(400, b"{}"), Answer(200, b"{}"), Answer(400, b"{}")]

    async def main(client):
        async def again(_error, batch):
            batch[0]["distinct_id"] = EMAIL
            await client._new_consumer().request(batch)

        client.on_error = again
        await client.capture_immediate("Paid", distinct_id="u")
        client.capture("Signed Up", distinct_id="u")
        await client.flush()

    run(main)

    assert len(capture.requests) == 4
    assert EMAIL not in str([request.messages for request in capture.requests])


def test_a_batch_that_somebody_else_takes_and_changes_is_sanitized(run, capture):
    async def main(client):
        client.capture("Signed Up", distinct_id="u")
        consumer = client._new_consumer()
        consumer.flush_interval = 0.1
        batch, _ = await consumer.next()
        batch[0]["distinct_id"] = EMAIL
        await consumer.request(batch)
        client._queue.task_done()

    run(main, thread=0)

    (event,) = capture.messages()
    assert event["distinct_id"] != EMAIL


def test_while_observing_an_event_that_is_sent_at_once_stays_what_it_is(run, capture):
    observing = Policy.from_dict({"version": 1, "mode": "observe", "until": "2999-01-01"})

    async def main(client):
        await client.capture_immediate("Paid", distinct_id=EMAIL, properties=BAG)
        return client

    client = run(main, policy=observing)

    (event,) = capture.messages()
    assert (event["distinct_id"], event["properties"]["email"]) == (EMAIL, EMAIL)
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_a_snapshot_says_nothing_of_what_it_was_asked(run):
    async def main(client):
        return await client.evaluate_flags("u-1")

    flags = run(main)

    with pytest.raises(TypeError, match="vendor's text is left out"):
        flags.get_flag([EMAIL])


def test_flags_are_asked_for_with_the_same_ids(run, capture):
    async def main(client):
        flags = await client.evaluate_flags(
            "u-1", groups={"company": "o"}, person_properties=BAG, device_id="d"
        )
        with dropin.new_context(fresh=True):
            dropin.identify_context("u-1")
            await client.evaluate_flags(flag_keys=[EMAIL])
        return client, flags.get_flag(FLAG)

    client, chosen = run(main)

    first, second = (request.messages[0] for request in capture.requests[:2])
    who = client.safetrack.identifier(IdKind.PERSON, "u-1")
    assert first["distinct_id"] == second["distinct_id"] == who
    assert first["person_properties"] == {"plan": "pro"}
    assert first["geoip_disable"] is True
    assert "flag_keys_to_evaluate" not in second
    assert chosen == variant(who)


def test_nobody_is_asked_about_where_no_person_may_leave(run, capture):
    async def main(client):
        return (await client.evaluate_flags("u-1")).keys

    nobody = Policy.from_dict({"version": 1, "identity": {"person": "drop"}})
    assert run(main, policy=nobody) == []
    assert capture.requests == []


def test_remote_configuration_is_asked_for_by_names_that_may_leave(run, capture, monkeypatch):
    async def main(client):
        assert await client.get_remote_config_payload(EMAIL) is None
        assert await client.get_remote_config_payload(FLAG) == {"colour": "blue"}
        monkeypatch.setenv("SAFETRACK_DISABLED", "1")
        assert await client.get_remote_config_payload(FLAG) is None

    run(main, secret_key="s")

    assert len(capture.requests) == 1


def test_a_tag_of_the_context_stays_out_of_the_applications_mapping(run):
    bag = dict(BAG)

    async def main(client):
        with dropin.new_context(fresh=True):
            dropin.tag("email", EMAIL)
            client.set(distinct_id="u", properties=bag)
            client.set_once(distinct_id="u", properties=bag)

    run(main)

    assert bag == BAG


def test_the_mail_api_refuses(run):
    if not hasattr(posthog.AsyncClient, "emails"):
        pytest.skip("an older SDK")

    async def main(client):
        with pytest.raises(Exception, match="no email was sent") as raised:
            await client.emails.send(to=EMAIL, template_id="0190f6d2-7c1e-7b3a-9f5e-1c2d3e4f5a6b")
        frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)]
        assert EMAIL not in repr([frame.f_locals for frame in frames[1:]])
        return client.safetrack.stats()["dropped"]

    assert run(main, secret_key="s", app_host="http://127.0.0.1:9") == {"unknown_channel": 1}


def test_a_client_that_was_at_work_before_a_fork_works_in_the_child(capture, policy):
    client = dropin.AsyncPosthog("phc_project", host=capture.url, policy=policy)

    async def main(name):
        client.capture(name, distinct_id="u-1", properties=BAG)
        await client.flush()
        await client._close_transport()

    asyncio.run(main("Parent"))
    pid = os.fork()
    if pid == 0:
        asyncio.run(main("Child"))
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert [event["event"] for event in capture.messages()] == ["Parent", "Child"]
