"""One process, and every way in which it may end."""

from __future__ import annotations

import random
import signal
import time

import pytest

from endings.world import wait_for
from safetrack.testing.vendor import Answer

TRACK = "client = safetrack.Client()\nstep(client, *range(777))\n"
EVERY = list(range(777))
ROUNDS = 4

NORMAL = {
    "it returns": ("", 0),
    "sys.exit": ("sys.exit(3)", 3),
    "an error that nobody caught": ("raise SystemExit('no good')", 1),
    "SIGINT": (
        # As in a terminal: what a shell starts in the background ignores it.
        (
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "try: signal.raise_signal(signal.SIGINT)\nexcept KeyboardInterrupt: sys.exit(130)"
        ),
        130,
    ),
    "SIGTERM with a handler": (
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\nsignal.raise_signal(signal.SIGTERM)",
        0,
    ),
    "SIGTERM with ours": (
        "safetrack.install_signal_handlers()\nsignal.raise_signal(signal.SIGTERM)",
        128 + signal.SIGTERM,
    ),
    "a thread tracked": (
        "import threading\nthread = threading.Thread(target=step, args=(client, 777))\nthread.start()",
        0,
    ),
    "an exit handler tracks": ("import atexit\natexit.register(step, client, 777)", 0),
}
ABRUPT = {
    "SIGTERM with its default action": ("signal.raise_signal(signal.SIGTERM)", -signal.SIGTERM),
    "SIGKILL": ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    "os._exit": ("os._exit(4)", 4),
    "an abort": ("os.abort()", -signal.SIGABRT),
}


@pytest.mark.parametrize("ending", NORMAL)
def test_a_normal_end_loses_nothing(ending, world, monkeypatch):
    program, status = NORMAL[ending]
    assert world.end(TRACK + program) == status
    expected = [*EVERY, 777] if "777" in program else EVERY

    assert world.numbers() == expected  # at once: nobody else had to deliver it
    assert world.left() == []


@pytest.mark.parametrize("ending", ABRUPT)
def test_with_a_sealed_spool_no_end_loses_what_track_returned_for(ending, sealed, monkeypatch):
    program, status = ABRUPT[ending]
    assert sealed.end(TRACK + program) == status

    assert sealed.settle(monkeypatch) == EVERY
    assert sealed.left() == []


def test_without_one_an_abrupt_end_costs_what_was_not_sanitized_and_nothing_else(
    world, monkeypatch
):
    program = TRACK + "client.flush(60)\nstep(client, *range(777, 1000))\nos.kill(os.getpid(), 9)"
    assert world.end(program) == -signal.SIGKILL

    numbers = world.settle(monkeypatch)

    assert numbers[:777] == EVERY
    assert len(numbers) <= 1000


def test_what_could_not_be_sent_in_time_waits_for_the_next_process(world, monkeypatch):
    world.capture.answers.extend([Answer(503)] * 999)

    assert world.end(TRACK) == 0
    assert world.numbers() == []
    world.capture.requests.clear()
    world.capture.answers.clear()

    assert world.settle(monkeypatch) == EVERY


def test_an_end_with_a_server_that_hangs_is_bounded(world, monkeypatch):
    held = "client = safetrack.Client()\nstep(client, 1)\nstart = time.monotonic()\n"
    world.capture.answers.append(Answer(200, b"x" * 10, dribble=3))
    program = held + (
        "import atexit\nfrom safetrack.delivery import endings\natexit.unregister(endings.end_all)\n"
        "endings.end_all()\nprint(time.monotonic() - start)"
    )

    assert world.end(program) == 0
    assert float(world.said) < 15

    world.capture.answers.clear()
    assert world.settle(monkeypatch) == [1]


def test_a_process_that_is_killed_while_it_recovers_loses_nothing(sealed, monkeypatch):
    """Again and again, at any moment: what was not noted is recovered by the next."""
    assert sealed.end(TRACK + "os._exit(0)") == 0
    for round_ in range(5):
        process = sealed.start("client = safetrack.Client()\nprint(1, flush=True)\ntime.sleep(60)")
        process.stdout.readline()
        time.sleep(0.02 * round_)
        process.kill()
        process.communicate()

    assert sealed.settle(monkeypatch) == EVERY


def test_a_living_process_delivers_what_a_killed_one_left(sealed, monkeypatch):
    program = (
        "import safetrack.delivery.pipeline as pipeline\npipeline.ADOPT_SECONDS = 0.1\n"
        "client = safetrack.Client()\nprint(1, flush=True)\ntime.sleep(60)"
    )
    living = sealed.start(program)
    living.stdout.readline()
    assert sealed.end(TRACK + "os._exit(0)") == 0

    wait_for(lambda: sealed.numbers() == EVERY)
    living.kill()
    living.communicate()


def test_kills_at_any_moment_again_and_again_lose_nothing_that_was_sealed(sealed, monkeypatch):
    """Each process recovers what the last one left, and is killed while it does so."""
    program = """
client = safetrack.Client()
number = int(sys.argv[1])
while True:
    step(client, number)
    print(number, flush=True)
    number += 1
"""
    rng = random.Random(11)  # noqa: S311  a moment
    first, tracked = 0, []
    for _ in range(ROUNDS):
        process = sealed.start(program, arguments=[str(first)])
        for _ in range(rng.randrange(1, 400)):
            last = int(process.stdout.readline())
        process.kill()
        process.communicate()
        tracked += range(first, last + 1)
        first = last + 100_000  # it went on for a while, unheard

    numbers = sealed.settle(monkeypatch)

    assert set(tracked) <= set(numbers)
    sent = [(m["messageId"], m["properties"]["n"]) for m in sealed.capture.messages()]
    assert len(set(sent)) == len(set(numbers)) == len(numbers)
