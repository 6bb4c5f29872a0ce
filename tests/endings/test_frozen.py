"""A platform that freezes the process after each call, and may never thaw it (AWS Lambda)."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from endings.world import wait_for
from safetrack.testing.vendor import Answer

PROGRAM = """
class Context:
    def get_remaining_time_in_millis(self):
        return 20_000
client = safetrack.Client()
@safetrack.flush_after(client=client, timeout=20)
def handler(event, context):
    step(client, *range(event, event + 100))
    return event
for start in (0, 100, 200):
    handler(start, Context())
    print(start, flush=True)
    sys.stdin.readline()          # the platform: frozen here until the next call
"""


def freeze(process):
    """As the platform does: the whole process stands still."""
    process.send_signal(signal.SIGSTOP)
    wait_for(lambda: state(process) == "T")


def state(process):
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("end", ["it is thawed each time", "it is never thawed"])
def test_what_a_call_tracked_has_left_before_the_process_is_frozen(end, world):
    process = world.start(PROGRAM, stdin=-1)
    for start in (0, 100, 200):
        assert process.stdout.readline() == f"{start}\n"
        freeze(process)
        assert world.numbers() == list(range(start + 100))
        if end == "it is never thawed":
            break
        process.send_signal(signal.SIGCONT)
        process.stdin.write("\n")
        process.stdin.flush()
    else:
        assert process.wait(60) == 0
    process.kill()
    process.communicate()


def test_what_could_not_leave_is_sent_with_the_next_call(world):
    program = PROGRAM.replace("timeout=20", "timeout=0.2")
    world.capture.answers.extend([Answer(503)] * 2)
    process = world.start(program, stdin=-1)
    for _ in range(3):
        process.stdout.readline()
        freeze(process)
        process.send_signal(signal.SIGCONT)
        process.stdin.write("\n")
        process.stdin.flush()
    assert process.wait(60) == 0
    process.communicate()
    assert world.numbers() == list(range(300))
