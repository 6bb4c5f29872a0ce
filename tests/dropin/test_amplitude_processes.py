"""Amplitude's drop-in in forks, threads and event loops, and at the end of a process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

import amplitude
import pytest

import safetrack.dropin.amplitude as dropin
from safetrack.testing import Capture

PROGRAM = """
import os, sys, multiprocessing, threading, time
from safetrack.dropin.amplitude import Amplitude, BaseEvent, Config

url = sys.argv[1]
policy = {"version": 1, "events": {name: {"properties": {}} for name in ("Parent", "Child")}}
client = Amplitude("project-key", Config(server_url=url), policy=policy)

def track(name, number, **properties):
    own = {"insert_id": f"{name}-{number}", "event_properties": properties}
    client.track(BaseEvent(name, user_id="jane.canary@example.org", **own))

def flush():
    for future in client.flush():
        future and future.result()

def child():
    track("Child", 1)
"""
FORKING = {
    "by hand, flushed and ended at once": (
        "if os.fork() == 0:\n    child()\n    flush()\n    os._exit(0)\nos.wait()"
    ),
    "by hand, ended normally": "if os.fork() == 0:\n    child()\n    sys.exit()\nos.wait()",
    "by multiprocessing": (
        "process = multiprocessing.get_context('fork').Process(target=child)\n"
        "process.start()\n"
        "process.join()"
    ),
}


def run(program: str, capture: Capture) -> None:
    """Run a program until its normal end; one that hangs is killed, and that is an error."""
    call = [sys.executable, "-c", PROGRAM + program, f"{capture.url}/2/httpapi"]
    output = subprocess.PIPE
    own = subprocess.Popen(call, stdout=output, stderr=output, text=True, start_new_session=True)
    try:
        said = "".join(own.communicate(timeout=120))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(own.pid, signal.SIGKILL)  # a child that hangs too
    assert own.returncode == 0, said
    assert "canary" not in said


def names(capture: Capture) -> list[str]:
    return sorted(message["event_type"] for message in capture.messages())


@pytest.mark.parametrize("fork", FORKING)
def test_a_client_made_before_a_fork_works_in_the_child(fork, capture):
    before = "track('Parent', 1)\nflush()\ntrack('Parent', 2)\n"  # the pool has threads; one waits

    run(before + FORKING[fork], capture)

    assert names(capture) == ["Child", "Parent", "Parent"]
    assert len({message["insert_id"] for message in capture.messages()}) == 3


SEARCHING = """
client = Amplitude("project-key", Config(server_url=url, flush_queue_size=5), policy={
    "version": 1, "properties": {"note": "scrub"},
})
client.safetrack.warm()
ended = threading.Event()

def search():
    number = 0
    while not ended.wait(0.005):
        number += 1
        track("Parent", number, note=f"{threading.get_ident()} asked for Jane Miller, {number}")

threads = [threading.Thread(target=search) for _ in range(4)]
for thread in threads:
    thread.start()
children = []
for number in range(10):
    children.append(os.fork())
    if children[-1] == 0:
        track("Child", number, note=f"Jane Miller was asked for, {number}")
        flush()
        os._exit(0)
    time.sleep(0.05)
for child in children:
    os.waitpid(child, 0)
ended.set()
"""


def test_children_that_are_forked_while_threads_search_texts_can_search_too(capture):
    run(SEARCHING, capture)

    children = [one for one in capture.messages() if one["event_type"] == "Child"]
    assert len(children) == 10
    assert "Miller" not in str(capture.messages())


def test_what_waits_when_the_interpreter_ends_is_sent(capture):
    run("track('Parent', 1)", capture)

    assert names(capture) == ["Parent"]


TYPED = {"version": 1, "events": {"Signed Up": {"properties": {"n": {"keep": "integer"}}}}}


def client_of(capture: Capture, **more):
    configuration = amplitude.Config(server_url=f"{capture.url}/2/httpapi", **more)
    return dropin.Amplitude("project-key", configuration, policy=TYPED)


def signed_up(number: int):
    properties = {"n": number, "email": f"jane.canary{number}@example.org"}
    return dropin.BaseEvent("Signed Up", user_id="jane", event_properties=properties)


def test_from_many_threads_every_event_leaves_once(capture):
    client = client_of(capture, flush_queue_size=50, flush_interval_millis=20)

    def work(start: int) -> None:
        for number in range(start, start + 20):
            client.track(signed_up(number))

    threads = [threading.Thread(target=work, args=(20 * index,)) for index in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.shutdown()

    numbers = sorted(message["event_properties"]["n"] for message in capture.messages())
    assert numbers == list(range(640))
    assert client.safetrack.stats() == {"tracked": 640, "passed": 640, "dropped": {}}


def test_from_an_event_loop_every_event_leaves_once(capture):
    client = client_of(capture)

    async def request(number: int) -> None:
        client.track(signed_up(number))
        await asyncio.sleep(0)

    async def serve() -> None:
        await asyncio.gather(*(request(number) for number in range(50)))
        await asyncio.gather(*(asyncio.wrap_future(future) for future in client.flush() if future))

    asyncio.run(serve())
    client.shutdown()

    assert {message["event_properties"]["n"] for message in capture.messages()} == {*range(50)}
