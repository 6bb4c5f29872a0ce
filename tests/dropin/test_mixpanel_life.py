"""Mixpanel's drop-in in a real application: forks, threads, event loops, ends, and hostile input."""

import asyncio
import json
import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter

from capture.mixpanel import reroute, variant
from safetrack.detect.detector import Finding
from safetrack.dropin import mixpanel
from safetrack.testing import Canaries, assert_no_canary
from safetrack.testing.vendor import answer

RULES = {
    "version": 1,
    "properties": {"n": {"keep": "integer"}, "who": {"keep": "integer"}, "note": "scrub"},
    "traits": {"n": {"keep": "integer"}},
}
STRESSED = bool(os.environ.get("SAFETRACK_STRESS"))
HOSTILE = 10_000 if STRESSED else 200
"""Messages; the long run is for who changes how messages are read."""


def addresses(capture):
    return {
        "events_url": f"{capture.url}/track",
        "people_url": f"{capture.url}/engage",
        "groups_url": f"{capture.url}/groups",
        "import_url": f"{capture.url}/import",
    }


def events(capture):
    return [
        message["properties"]
        for request in capture.requests
        for message in request.messages
        if "properties" in message
    ]


def run(capture, program):
    """Run a program of an application's, with a client of ours."""
    begin = f"""
import os, sys, threading, time
import httpx
import safetrack.dropin.mixpanel as mixpanel
urls = {addresses(capture)!r}
rules = {RULES!r}
base = {capture.url!r}
"""
    done = subprocess.run(
        [sys.executable, "-c", begin + program], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


FORKING = """
plain = mixpanel.Mixpanel("t", mixpanel.Consumer(**urls), policy=rules)
buffered = mixpanel.BufferedConsumer(4, **urls)
collected = mixpanel.Mixpanel("t", buffered, policy=rules)
plain.track("u-1", "Viewed", {"n": -1, "who": 0})  # opens the connection that a child would share


def work(who):
    for n in range(20):
        plain.track("u-1", "Viewed", {"n": n, "who": who})
        collected.track("u-1", "Viewed", {"n": 100 + n, "who": who})
    buffered.flush()


child = os.fork()
work(2 if child else 1)
if child:
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))
assert plain.safetrack.stats()["tracked"] == 20  # the parent has its own books
"""


def test_after_a_fork_both_processes_deliver_everything_once(capture):
    run(capture, FORKING)

    expected = {(n, who): 1 for who in (1, 2) for n in (*range(20), *range(100, 120))}
    assert Counter((own["n"], own["who"]) for own in events(capture)) == {**expected, (-1, 0): 1}


POLLING = """
config = mixpanel.LocalFlagsConfig()
config.polling_interval_in_seconds = 0.02
client = mixpanel.Mixpanel(
    "t", mixpanel.Consumer(**urls), policy=rules, local_flags_config=config
)
flags = client.local_flags
flags._sync_client = httpx.Client(base_url=base, auth=("t", ""), headers={"who": "parent"})
flags.start_polling_for_definitions()
assert flags._sync_polling_task.is_alive()
child = os.fork()
if child:
    _, status = os.waitpid(child, 0)
    flags.stop_polling_for_definitions()
    sys.exit(os.waitstatus_to_exitcode(status))
assert not flags._sync_polling_task.is_alive()
flags.is_enabled("new", {"distinct_id": "u-1"})
assert flags._sync_polling_task.is_alive()
seen = threading.Event()
real = flags._handle_response
flags._handle_response = lambda *args: (real(*args), seen.set())
assert seen.wait(60)
flags.stop_polling_for_definitions()
"""


def test_in_a_child_process_definitions_of_flags_are_fetched_again(capture):
    run(capture, POLLING)

    assert {request.path for request in capture.requests} == {"/flags/definitions"}


SHARED = """
config = mixpanel.RemoteFlagsConfig()
client = mixpanel.Mixpanel(
    "t", mixpanel.Consumer(**urls), policy=rules, remote_flags_config=config
)
flags = client.remote_flags
flags._sync_client = httpx.Client(base_url=base, auth=("t", ""), headers={"who": "me"})
flags.is_enabled("new", {"distinct_id": "u-0"})
own = flags._sync_client
child = os.fork()
who = "parent" if child else "child"
assert (flags._sync_client is own) == (who == "parent")
for number in range(20):
    flags.is_enabled("new", {"distinct_id": f"{who}-{number}"})
if child:
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_after_a_fork_both_processes_ask_for_flags(capture):
    run(capture, SHARED)

    asked = {request.query["context"] for request in capture.requests}
    assert len(capture.requests) == len(asked) == 41
    assert {request.header("who") for request in capture.requests} == {"me"}


ENDING = """
buffered = mixpanel.BufferedConsumer(50, **urls)
client = mixpanel.Mixpanel("t", buffered, policy=rules)
client.track("u-1", "Viewed", {"n": 1})
buffered.flush()
mixpanel.Mixpanel("t", mixpanel.Consumer(**urls), policy=rules).track("u-1", "Viewed", {"n": 2})
"""


def test_a_program_ends_as_with_the_sdk_and_says_nothing(capture):
    assert run(capture, ENDING) == ""

    assert [own["n"] for own in events(capture)] == [1, 2]


class Lingering(list):
    """Gives other threads their turn between two steps of one."""

    def __getitem__(self, index):
        got = super().__getitem__(index)
        time.sleep(0.0001)
        return got


def test_a_consumer_that_32_threads_share_loses_and_repeats_nothing(capture):
    buffered = mixpanel.BufferedConsumer(7, **addresses(capture))
    buffered._buffers["events"] = Lingering()
    client = mixpanel.Mixpanel("t", buffered, policy=RULES)

    def work(who):
        for n in range(25):
            client.track(f"u-{who}", "Viewed", {"n": n, "who": who})

    threads = [threading.Thread(target=work, args=(who,)) for who in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    buffered.flush()

    sent = Counter((own["n"], own["who"]) for own in events(capture))
    assert sent == {(n, who): 1 for n in range(25) for who in range(32)}
    assert client.safetrack.stats() == {"tracked": 800, "passed": 800, "dropped": {}}


def test_in_an_event_loop_many_ask_at_once(capture, monkeypatch):
    reroute(capture, monkeypatch)
    for _ in range(40):
        capture.answers.append(answer(200, code=200, flags={"new": variant()}))

    async def ask():
        config = mixpanel.RemoteFlagsConfig()
        own = {"remote_flags_config": config, "policy": RULES}
        async with mixpanel.Mixpanel("t", mixpanel.Consumer(), **own) as client:
            flags = client.remote_flags
            fallback = mixpanel.flags.types.SelectedVariant(variant_value=None)
            people = [{"distinct_id": f"u-{n}"} for n in range(40)]
            return await asyncio.gather(
                *(flags.aget_variant("new", fallback, one, reportExposure=False) for one in people)
            )

    found = asyncio.run(ask())
    assert {one.variant_key for one in found} == {"on"}
    assert len({request.query["context"] for request in capture.requests}) == 40


class Erratic:
    """A detector that fails at random, answers nonsense, or finds everything."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311  the same in every run

    def find(self, queries):
        luck = self.chance.random()
        if luck < 0.4:
            raise self.chance.choice([ValueError, RecursionError, MemoryError, OSError])(queries)
        if luck < 0.6:
            return [None for _ in queries]
        if luck < 0.7:
            return []
        return [(Finding(0, len(query.text), "PERSON", 1.0),) for query in queries]


def test_a_detector_that_fails_at_random_lets_nothing_out(capture, caplog):
    canaries = Canaries()
    client = mixpanel.Mixpanel("t", mixpanel.Consumer(**addresses(capture)), policy=RULES)
    client.safetrack._sanitizer.detector = Erratic(7)

    person, text = canaries.identifier(), canaries.text()

    for _ in range(100):
        client.track(person, "Zork Blipped", {"note": text, "n": 1})

    stats = client.safetrack.stats()
    assert stats["tracked"] == 100 == stats["passed"] + sum(stats["dropped"].values())
    assert_no_canary(capture, canaries)
    assert_no_canary(caplog.text, canaries)


class Hostile:
    """Makes what no application should ever send, from a seed."""

    def __init__(self, seed, planted):
        self.chance = random.Random(seed)  # noqa: S311  the same in every run
        self.planted = planted

    def value(self, depth=0):
        return self.chance.choice(self.scalars if depth > 3 else self.scalars + self.nested)(depth)

    @property
    def scalars(self):
        return [
            lambda _: self.chance.choice(self.planted),
            lambda _: self.chance.choice([None, True, -0.0, 10**400, 1e308, "", "\x00", "\ud800"]),
            lambda _: f"\u200b{self.chance.choice(self.planted)}\u202e",
            lambda _: self.chance.randbytes(4).decode("latin-1"),
            lambda _: self.chance.choice([float("nan"), float("inf"), b"\xff", {1}, 1j, object()]),
        ]

    @property
    def nested(self):
        return [
            lambda depth: [self.value(depth + 1) for _ in range(self.chance.randrange(4))],
            lambda depth: self.bag(depth + 1),
            lambda depth: {"plan": self.bag(depth + 1), "$set": self.bag(depth + 1)},
            lambda _: json.loads("[" * 400 + "]" * 400),
        ]

    def key(self):
        return self.chance.choice(
            [
                *self.planted,
                *("token", "$token", "distinct_id", "$distinct_id", "time", "$time", "event"),
                *("$insert_id", "$groups", "$set", "$unset", "$delete", "properties", "ip", "a.b"),
                *("", None, 7, 1.5, True, "n", "note", "properties.n", "\ud800"),
            ]
        )

    def bag(self, depth=0):
        return {self.key(): self.value(depth) for _ in range(self.chance.randrange(5))}

    def context(self):
        return {"distinct_id": self.value(), "custom_properties": self.value(), **self.bag()}

    def text(self):
        """JSON, most of the time."""
        whole = json.dumps(self.plain(), allow_nan=True)
        cut = self.chance.randrange(len(whole) + 1)
        return self.chance.choice([whole, whole[:cut], f"[{whole}]", f"[{whole},3]", f'"{whole}"'])

    def plain(self):
        bag = {"email": self.chance.choice(self.planted), "note": self.chance.choice(self.planted)}
        return self.chance.choice(
            [{"event": "Viewed", "properties": bag}, {"$set": bag, "$distinct_id": "u"}, bag]
        )


def test_hostile_messages_leave_nothing_behind_and_break_nothing(capture, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    reroute(capture, monkeypatch)
    canaries = Canaries()
    planted = [canaries.email(), canaries.phone(), canaries.card(), canaries.secret()]
    hostile = Hostile(11, planted)
    rules = {
        "version": 1,
        "extends": ["safetrack:product-analytics"],
        "destinations": {"mp": {"type": "mixpanel", "token": "t"}},
    }
    client = mixpanel.Mixpanel(
        "t",
        policy=rules,
        remote_flags_config=mixpanel.RemoteFlagsConfig(),
        credentials=mixpanel.ServiceAccountCredentials("a", "b", "7"),
    )
    calls = [
        lambda: client.track(hostile.value(), hostile.value(), hostile.bag(), hostile.bag()),
        lambda: client.people_update(hostile.bag(), hostile.bag()),
        lambda: client.group_update(hostile.bag(), hostile.bag()),
        lambda: client.alias(hostile.value(), hostile.value(), hostile.bag()),
        lambda: client.people_unset(hostile.value(), hostile.value()),
        lambda: client.import_data(*(hostile.value() for _ in range(4)), hostile.bag()),
        lambda: client.merge(*(hostile.value() for _ in range(3)), hostile.bag()),
        lambda: client.remote_flags.get_variant_value("new", None, hostile.context()),
        lambda: client._consumer.send("events", hostile.text()),
        lambda: client._consumer.send("people", hostile.text(), hostile.value()),
    ]
    shown, causes = set(), set()
    for number in range(HOSTILE):
        try:
            calls[number % len(calls)]()
        except (TypeError, ValueError, AttributeError, mixpanel.MixpanelException) as error:
            shown.add(str(error))
            causes |= {error.__cause__, error.__context__}
    client.remote_flags.shutdown()

    stats = client.safetrack.stats()
    assert causes == {None}
    assert stats["tracked"] == stats["passed"] + sum(stats["dropped"].values())
    assert len(capture.requests) > HOSTILE / 10
    assert_no_canary(capture, canaries)
    assert_no_canary([caplog.text, *shown], canaries)
