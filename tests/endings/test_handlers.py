"""Signal handlers that flush or close, while the call that they interrupt holds a lock."""

from __future__ import annotations

import random

import pytest

from endings.world import World, wait_for

PROGRAM = """
client = safetrack.Client()
safetrack.configure({policy!r})
def handle(*_):
    os.write(1, f"{{{call}}}\\n".encode())
    os._exit(0)
signal.signal(signal.SIGTERM, handle)
number = 0
print("ready", flush=True)
while True:
    step({client}, number)
    number += 1
"""


@pytest.mark.parametrize("spool", ["clean", "sealed"])
@pytest.mark.parametrize(
    ("client", "call"),
    [
        ("client", "client.flush(2)"),
        ("client", "client.close(2)"),
        ("safetrack", "safetrack.flush(2)"),
    ],
)
def test_a_handler_may_flush_or_close_whatever_it_interrupts(
    client, call, spool, tmp_path, capture
):
    world = World(tmp_path, capture, spool=spool, queue=500)
    program = PROGRAM.format(client=client, call=call, policy=str(world.policy))
    rng = random.Random(3)  # noqa: S311  a moment
    for _ in range(ROUNDS):
        process = world.start(program)
        assert process.stdout.readline() == "ready\n"
        seen = len(world.capture.requests)
        wait_for(lambda seen=seen: len(world.capture.requests) > seen + rng.randrange(3))
        process.terminate()
        out, err = process.communicate(timeout=30)
        assert out in {"True\n", "False\n"}, err  # the call at hand counts, and goes on no more


ROUNDS = 3
