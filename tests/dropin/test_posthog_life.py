"""PostHog's drop-in in a real application: forks, threads, ends, and hostile input."""

import multiprocessing
import os
import random
import subprocess
import sys
import threading
from contextlib import suppress

import posthog
import pytest
from posthog.request import reset_sessions

import safetrack.dropin.posthog as dropin
from dropin.posthog_script import LISTED, Values
from hostile import objects
from safetrack import Policy
from safetrack.testing import assert_no_canary, capturing
from safetrack.vendors.shape import IdKind

MANY = 10_000 if os.environ.get("SAFETRACK_STRESS") else 300
POLICY = Policy.from_dict(
    {"version": 1, "extends": ["safetrack:product-analytics"], "properties": {"note": "scrub"}}
)


@pytest.fixture
def capture():
    reset_sessions()  # a kept connection to another test's server, whose port is used again
    with capturing() as running:
        yield running


@pytest.fixture
def client(capture):
    made = dropin.Posthog("phc_project", host=capture.url, policy=POLICY, flush_interval=0.05)
    yield made
    made.shutdown()


def names(capture):
    return sorted(event["event"] for event in capture.messages())


# Processes


def in_a_child(client, **properties):
    client.capture("Child", distinct_id="u", properties=properties)
    client.evaluate_flags("u")
    client.flush()
    client.shutdown()


@pytest.mark.parametrize("used", [False, True])
def test_what_a_child_process_captures_is_delivered(used, client, capture):
    if used:
        client.capture("Parent", distinct_id="u", properties={"note": "hello"})
        client.flush()
    properties = {"note": "I am jane@example.org"} if used else {}
    pid = os.fork()
    if pid == 0:
        in_a_child(client, **properties)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    (event,) = [event for event in capture.messages() if event.get("event") == "Child"]
    assert event["properties"].get("note") == ("I am <EMAIL_ADDRESS>" if used else None)
    assert client.safetrack.stats()["tracked"] == int(used)


def test_what_a_child_of_multiprocessing_captures_is_delivered(client, capture):
    child = multiprocessing.get_context("fork").Process(target=in_a_child, args=(client,))
    child.start()
    child.join()

    assert child.exitcode == 0
    assert "Child" in {event.get("event") for event in capture.messages()}


ENDS = """
import sys
import safetrack.dropin.posthog as posthog
policy = {"version": 1, "properties": {"note": "scrub"}}
client = posthog.Posthog("phc_project", host=sys.argv[1], policy=policy)
for number in range(int(sys.argv[2])):
    client.capture("Signed Up", distinct_id="u", properties={"note": f"{number} jane@example.org"})
"""


def test_the_end_of_the_interpreter_delivers_what_is_queued(capture):
    ended = subprocess.run(
        [sys.executable, "-c", ENDS, capture.url, "150"], capture_output=True, check=True
    )

    notes = {event["properties"]["note"] for event in capture.messages()}
    assert notes == {f"{number} <EMAIL_ADDRESS>" for number in range(150)}
    assert b"jane" not in ended.stderr


# Threads


def test_32_threads_capture_at_once(client, capture):
    def work(number):
        for turn in range(10):
            client.capture(LISTED, distinct_id=f"u-{number}", properties={"note": f"turn {turn}"})
            with client.new_context(fresh=True):
                client.identify_context(f"u-{number}")
                client.capture("In Context")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.flush()

    assert len(capture.messages()) == 32 * 20
    assert len({event["distinct_id"] for event in capture.messages()}) == 32
    assert client.safetrack.stats() == {"tracked": 640, "passed": 640, "dropped": {}}


def test_the_caller_waits_for_no_detection(client, capture, monkeypatch):
    begun, may_end = threading.Event(), threading.Event()
    found = client.safetrack._sanitizer.detector.find

    def slow(queries):
        begun.set()
        may_end.wait()
        return found(queries)

    monkeypatch.setattr(client.safetrack._sanitizer.detector, "find", slow)
    client.capture(LISTED, distinct_id="u", properties={"note": "I am jane@example.org"})
    begun.wait()
    client.capture(LISTED, distinct_id="u", properties={"note": "me too"})

    assert capture.requests == []
    may_end.set()
    client.flush()
    assert len(capture.messages()) == 2


# Whatever goes wrong


def test_a_detector_that_fails_at_random_costs_values_and_leaks_none(client, capture, monkeypatch):
    values, chance = Values(), random.Random(7)  # noqa: S311
    found = client.safetrack._sanitizer.detector.find

    def failing(queries):
        if chance.random() < 0.5:
            raise RuntimeError(values.email)
        return found(queries)

    monkeypatch.setattr(client.safetrack._sanitizer.detector, "find", failing)
    for number in range(200):
        note = f"{number}: {values.text} {values.email}"
        client.capture(LISTED, distinct_id=values.person, properties={"note": note})
        if number % 5 == 0:
            client.flush()
            client.evaluate_flags(values.person, person_properties={"note": note})
    client.flush()

    assert_no_canary(capture, values.canaries)
    notes = [event.get("properties", {}).get("note") for event in capture.messages()]
    assert None in notes
    assert any(notes)
    assert client.queue.unfinished_tasks == 0


def test_of_random_hostile_events_nothing_leaves_and_none_breaks_the_client(
    client, capture, caplog
):
    values, chance = Values(), random.Random(8)  # noqa: S311
    for number in range(MANY):
        call = chance.choice([client.capture, client.capture_ai, *PEOPLE])
        if call in PEOPLE:
            call = getattr(client, call)
            call(distinct_id=hostile(values, chance), properties=bag(values, chance))
        else:
            call(
                name(values, chance),
                distinct_id=hostile(values, chance),
                properties=bag(values, chance),
                timestamp=hostile(values, chance),
                uuid=hostile(values, chance),
                groups=bag(values, chance),
            )
        if number % 100 == 0:
            client.alias(hostile(values, chance), hostile(values, chance))
            client.group_identify(
                hostile(values, chance), hostile(values, chance), bag(values, chance)
            )
            with suppress(Exception):  # the SDK lets some through, without values
                client.evaluate_flags("u", groups=bag(values, chance))
            client.flush(None)
    client.capture(LISTED, distinct_id="the last one")
    client.flush(None)

    last = client.safetrack.identifier(IdKind.PERSON, "the last one")
    assert last in {event.get("distinct_id") for event in capture.messages()}
    assert_no_canary([capture, caplog.text], values.canaries)


PEOPLE = ["set", "set_once"]


def name(values, chance):
    return chance.choice([LISTED, values.email, values.phone, "", 7, None, f"x {values.card} y"])


def bag(values, chance):
    keys = ["plan", "note", "$set", "$groups", "$ip", values.key, values.email, 7, None, "token"]
    size = chance.randrange(6)
    made = {chance.choice(keys): hostile(values, chance) for _ in range(size)}
    return made if chance.random() < 0.9 else hostile(values, chance)


def hostile(values, chance, depth=0):
    """A value that is personal, or no value at all, or one that bites."""
    if depth < 4 and chance.random() < 0.2:
        return {values.key: hostile(values, chance, depth + 1), "note": values.text}
    if depth < 4 and chance.random() < 0.1:
        return [hostile(values, chance, depth + 1) for _ in range(3)]
    own = {}
    own["self"] = own
    biting = [own, None, True, float("nan"), 10**400, -1, b"\xff\x00", "\ud800", *objects()]
    hidden = [f"\u200b{values.email}", values.email.encode(), (values.phone,), {values.name}]
    plain = [values.email, values.person, values.text, values.secret, values.name, values.card]
    return chance.choice(chance.choice([biting, hidden, plain]))


def test_the_plain_sdk_in_the_same_process_stays_as_it_is(client, capture):
    assert posthog.client.Consumer is not type(client.consumers[0])
    assert posthog.Posthog.capture is not dropin.Posthog.capture
    plain = posthog.Posthog("phc_plain", host=capture.url, flush_interval=0.05)
    plain.capture("Plain", distinct_id="u", properties={"email": "jane@example.org"})
    plain.shutdown()

    assert capture.messages()[0]["properties"]["email"] == "jane@example.org"
