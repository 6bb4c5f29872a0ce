"""Forks and the children of multiprocessing: each process delivers its own, once."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

METHODS = ["fork", "spawn", "forkserver"]

FORK = """
client = safetrack.Client()
step(client, *range({before}))
children = []
for number in range(3):
    child = os.fork()
    if child == 0:
        step(client, *range(1000 * (number + 1), 1000 * (number + 1) + 300))
        {ending}
    children.append(child)
step(client, *range(500, 600))
statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
step(client, *range(600, 700))
print(*statuses)
"""
CHILDREN = [n for start in (1000, 2000, 3000) for n in range(start, start + 300)]


@pytest.mark.parametrize("before", [0, 400])
def test_children_of_a_client_that_was_made_before_the_fork_lose_nothing(before, world):
    """With or without events that wait in the parent at that moment: they stay the parent's."""
    assert world.end(FORK.format(before=before, ending="sys.exit(0)")) == 0

    assert world.said.split() == ["0"] * 3
    assert world.numbers() == [*range(before), *range(500, 700), *CHILDREN]
    sent = [message["messageId"] for message in world.capture.messages()]
    assert len(sent) == len(set(sent))
    assert world.left() == []


@pytest.mark.parametrize("ending", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_with_a_sealed_spool_children_may_end_as_they_like(ending, sealed, monkeypatch):
    assert sealed.end(FORK.format(before=400, ending=ending)) == 0

    assert sealed.settle(monkeypatch) == [*range(400), *range(500, 700), *CHILDREN]


def test_a_client_that_a_child_makes_after_the_fork_is_its_own(world):
    program = """
child = os.fork()
client = safetrack.Client()
step(client, *range(0 if child else 500, 300 if child else 800))
if child:
    assert os.waitpid(child, 0)[1] == 0
"""
    assert world.end(program) == 0
    assert world.numbers() == [*range(300), *range(500, 800)]


def test_a_child_of_a_child_delivers_too(world):
    program = """
client = safetrack.Client()
step(client, 1)
if os.fork() == 0:
    step(client, 2)
    if os.fork() == 0:
        step(client, 3)
    else:
        os.wait()
else:
    os.wait()
"""
    assert world.end(program) == 0
    assert world.numbers() == [1, 2, 3]


def test_a_fork_while_every_thread_is_busy_hangs_nobody(world):
    program = """
import threading
client = safetrack.Client()
threads = [threading.Thread(target=step, args=(client, *range(t * 1000, t * 1000 + 1000))) for t in range(4)]
for thread in threads: thread.start()
for number in range(8):
    child = os.fork()
    if child == 0:
        step(client, 10_000 + number)
        sys.exit(0)
    assert os.waitpid(child, 0)[1] == 0
for thread in threads: thread.join()
"""
    assert world.end(program) == 0
    assert world.numbers() == [*range(4000), *range(10_000, 10_008)]


PROCESSES = """
import multiprocessing
client = None
def work(first):
    global client
    client = client or safetrack.Client()
    step(client, *range(first, first + 200))
if __name__ == "__main__":
    context = multiprocessing.get_context("{method}")
    {before}
    children = [context.Process(target=work, args=(first,)) for first in (1000, 2000, 3000)]
    for child in children: child.start()
    for child in children: child.join()
    print(*(child.exitcode for child in children))
"""


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("before", ["pass", "work(0)"], ids=["without", "with a client before"])
def test_children_of_multiprocessing_flush_at_their_end(method, before, world):
    assert world.end(PROCESSES.format(method=method, before=before)) == 0

    own = [] if before == "pass" else list(range(200))
    assert world.said.split() == ["0"] * 3
    assert world.numbers() == own + [
        n for first in (1000, 2000, 3000) for n in range(first, first + 200)
    ]
    assert world.left() == []


@pytest.mark.parametrize("method", METHODS)
def test_a_pool_that_is_closed_and_joined_loses_nothing(method, world):
    program = f"""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
client = None
def work(number):
    global client
    client = client or safetrack.Client()
    step(client, number)
if __name__ == "__main__":
    context = multiprocessing.get_context("{method}")
    pool = context.Pool(2)
    pool.map(work, range(50))
    pool.close()
    pool.join()
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        list(executor.map(work, range(50, 100)))
"""
    assert world.end(program) == 0
    assert world.numbers() == list(range(100))
    assert world.left() == []


def test_a_pool_that_is_terminated_loses_nothing_that_was_sealed(sealed, monkeypatch):
    program = """
import multiprocessing
client = safetrack.Client()
def work(number):
    step(client, number)
if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(2)
    pool.map(work, range(500))
    pool.terminate()
    pool.join()
"""
    assert sealed.end(program) == 0
    assert sealed.settle(monkeypatch) == list(range(500))


def test_what_a_killed_parent_left_does_not_wait_for_its_children_to_end(sealed, monkeypatch):
    """They inherit its files, and must not hold its locks."""
    program = """
client = safetrack.Client()
if os.fork() == 0:
    print(os.getpid(), flush=True)
    os.closerange(0, 3)
    time.sleep(600)
step(client, *range(300))
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""
    process = sealed.start(program, stdin=subprocess.PIPE)
    child = int(process.stdout.readline())
    process.communicate("now\n", timeout=60)
    try:
        assert sealed.settle(monkeypatch) == list(range(300))
    finally:
        os.kill(child, signal.SIGKILL)
