"""The loss matrix: everyday endings and faults, ours beside the vendors' SDKs, one harness."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final

from stress.program import SIGNALS, Task
from stress.sink import Report, Sink, sink
from stress.subjects import give_keys

OURS: Final[Mapping[str, Mapping[str, Any]]] = {
    "safetrack": {},
    "safetrack, sealed": {"spool": "sealed"},
}
"""Our variants: the policy's section ``delivery``."""
VENDORS: Final = ("segment", "posthog", "mixpanel", "amplitude", "rudder")
PATIENCE: Final = 150.0
"""Seconds after which a client that does not end is ended. Some SDKs hang."""


@dataclass(frozen=True)
class Scenario:
    """A row of the matrix.

    Attributes:
        name: What happens.
        ending: How the application ends.
        mode: How the sink answers.
        count: Events.
        stay: Seconds that the application lives on after the last call.
        heals: Seconds after which the sink is well again.
        at_once: Whether all clients may run at the same time: they mostly wait.
        refused: Whether the sink wants none of them: no event can arrive.
    """

    name: str
    ending: str = "exit"
    mode: Mapping[str, Any] = field(default_factory=dict)
    count: int = 777
    stay: float = 0.0
    heals: float | None = None
    at_once: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Cell:
    """What came of one client in one scenario."""

    lost: int
    doubled: int
    changed: int
    hung: bool
    seconds: float

    def __str__(self) -> str:
        text = str(self.lost)
        if self.doubled:
            text += f" (+{self.doubled} dup{', other ids' if self.changed else ''})"
        return f"{text}, hangs" if self.hung else text


_SLOW: Final = {"status": 429, "first": 2, "headers": {"Retry-After": "2"}}

ENDINGS: Final = (
    Scenario("normal exit"),
    Scenario("os._exit", "os._exit"),
    Scenario("SIGTERM, default action", "SIGTERM"),
    Scenario("SIGTERM, handler that exits", "SIGTERM, handled"),
    Scenario("SIGKILL", "SIGKILL"),
    Scenario("client made before fork, child lives on", "forked"),
    Scenario("multiprocessing child returns", "multiprocessing"),
    Scenario("pending events, then fork, both exit", "fork with pending events"),
)
FAULTS: Final = (
    Scenario("429 twice, Retry-After: 2", mode=_SLOW, count=300, stay=12, at_once=True),
    Scenario("503 three times", mode={"status": 503, "first": 3}, count=300, stay=20, at_once=True),
    Scenario("accepted, acknowledgement lost", mode={"lose": 1}, count=300, stay=6, at_once=True),
    Scenario(
        "503 for 60 s, then well", mode={"status": 503}, count=300, stay=75, heals=60, at_once=True
    ),
    Scenario(
        "503 for 17 s, ends meanwhile", mode={"status": 503}, count=100, stay=17, at_once=True
    ),
    Scenario("30,000 in a burst, 200 ms an answer", mode={"delay": 0.2}, count=30_000, stay=5),
)
SHORT: Final = (
    ENDINGS[0],
    ENDINGS[4],
    replace(ENDINGS[6], count=200),
    replace(FAULTS[2], stay=1.0),
)
"""A few rows, for the ordinary tests."""


def matrix(scenarios: Sequence[Scenario], subjects: Sequence[str]) -> dict[str, dict[str, Cell]]:
    """Run every scenario with every client."""
    give_keys()
    found: dict[str, dict[str, Cell]] = {}
    for scenario in scenarios:
        with ThreadPoolExecutor(len(subjects) if scenario.at_once else 1) as pool:
            cells = list(pool.map(lambda name, row=scenario: run(row, name), subjects))
        found[scenario.name] = dict(zip(subjects, cells, strict=True))
    return found


def run(scenario: Scenario, subject: str) -> Cell:
    """One cell."""
    with sink() as server, tempfile.TemporaryDirectory() as folder:
        server.mode(**scenario.mode)
        client, delivery = subject.partition(",")[0], OURS.get(subject, {})
        task = Task(
            client, server.url, folder, scenario.ending, scenario.count, scenario.stay, delivery
        )
        started = time.monotonic()
        hung = _end(task, server, scenario)
        seconds = time.monotonic() - started
        report = server.report()
        if subject in OURS:
            report = _next(task, server)
        lost = report.missing(range(scenario.count))
        return Cell(lost, report.doubled(), report.changed(), hung, seconds)


def _end(task: Task, server: Sink, scenario: Scenario) -> bool:
    """Let the application live and end. Whether it had to be ended because it hung."""
    with subprocess.Popen(
        task.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if scenario.heals is not None:
            time.sleep(scenario.heals)
            server.mode()
        if scenario.ending in SIGNALS:
            process.send_signal(SIGNALS[scenario.ending])
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def _next(task: Task, server: Sink) -> Report:
    """Start the application once more, as its supervisor would, with the vendor well again."""
    server.mode()
    again = replace(task, ending="next", count=0)
    subprocess.run(again.command(), check=True, capture_output=True, timeout=PATIENCE)
    return server.report()


def show(found: Mapping[str, Mapping[str, Cell]], subjects: Sequence[str]) -> None:
    """Print the matrix."""
    print("\nevents lost (copies with the same id in brackets); ours after the next start\n")
    print(f"{'':40}" + "".join(f"{name:>20}" for name in subjects))
    for scenario, cells in found.items():
        print(f"{scenario:40}" + "".join(f"{cells[name]!s:>20}" for name in subjects))
