"""What a killed process left, and the next ones."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing

import pytest

from endings.world import wait_for
from safetrack.testing.vendor import Answer

MANY = 200
EVERY = list(range(MANY))
ROUNDS = 3
NEXT = {
    "that flushes": "with safetrack.Client() as client: assert client.flush(60)",
    "that only closes": "client = safetrack.Client()\nassert client.close(60)",
    "that tracks": "client = safetrack.Client()\nstep(client, 200)\nassert client.flush(60)",
    "that only ends": "client = safetrack.Client()",
}


@pytest.fixture(params=["clean", "sealed"])
def killed(request):
    """A world in which a process was killed while the vendor was down."""
    world = request.getfixturevalue("world" if request.param == "clean" else "sealed")
    world.capture.answers.extend([Answer(503)] * 999)
    program = (
        f"client = safetrack.Client()\nstep(client, *range({MANY}))\n"
        "while client._pipeline._outbox.pending('hook') < 200: time.sleep(0.01)\n"
        "os.kill(os.getpid(), 9)"
    )
    assert world.end(program) == -signal.SIGKILL
    return world


def vendor_is_up_again(world):
    world.capture.answers.clear()
    world.capture.requests.clear()


def rows(world):
    """How many wait in each file."""
    found = []
    for file in world.outbox.glob("*.db"):
        with closing(sqlite3.connect(file)) as database:
            found += database.execute("SELECT count(*) FROM row").fetchone()
    return found


@pytest.mark.parametrize("kind", NEXT)
def test_the_next_process_delivers_what_a_killed_one_left(kind, killed):
    vendor_is_up_again(killed)

    assert killed.end(NEXT[kind]) == 0

    assert killed.numbers() == ([*EVERY, 200] if kind == "that tracks" else EVERY)
    assert killed.left() == []


def test_its_books_have_each_event_once(world):
    program = "client = safetrack.Client()\nstep(client, *range(200))\nclient.flush(1)\nos.kill(os.getpid(), 9)"
    world.capture.answers.extend([Answer(503)] * 999)
    assert world.end(program) == -signal.SIGKILL
    vendor_is_up_again(world)

    assert world.end("with safetrack.Client() as c: print(c.flush(60), c.stats()['hook'])") == 0

    books = {"tracked": 200, "delivered": 200, "pending": 0, "dropped": {}}
    assert world.said == f"True {books}\n"


def test_processes_that_end_while_the_vendor_is_down_leave_each_event_once(world):
    """Each begins to adopt, and ends at once."""
    world.capture.answers.extend([Answer(503)] * 9999)
    many = 5_000
    program = (
        f"client = safetrack.Client()\nstep(client, *range({many}))\n"
        f"while client._pipeline._outbox.pending('hook') < {many}: time.sleep(0.01)\n"
        "os.kill(os.getpid(), 9)"
    )
    assert world.end(program) == -signal.SIGKILL
    for round_ in range(ROUNDS):
        end = f"client = safetrack.Client()\ntime.sleep({0.05 * round_})\nclient.close(0)"
        assert world.end(end) == 0
        assert sum(rows(world)) == many
    vendor_is_up_again(world)

    assert world.end("with safetrack.Client() as client: print(client.flush(60))") == 0

    assert world.said == "True\n"
    ids = [message["messageId"] for message in world.capture.messages()]
    assert len(ids) == len(set(ids)) == many
    assert world.left() == []


def test_several_next_processes_share_what_was_left(killed):
    vendor_is_up_again(killed)
    started = [killed.start(NEXT["that flushes"]) for _ in range(3)]
    for process in started:
        process.communicate(timeout=60)

    wait_for(lambda: killed.numbers() == EVERY)
    assert killed.left() == []
