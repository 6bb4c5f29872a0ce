"""The JSONL destination, against real files."""

from __future__ import annotations

import json
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

from capture.events import safe
from safetrack.destinations.jsonl import Jsonl

WRITER = """
import sys
from safetrack.destinations.jsonl import Jsonl
from safetrack.event import SafeEvent
destination = Jsonl(path=sys.argv[1])
for n in range(50):
    message = {"messageId": f"{sys.argv[2]}-{n}", "fill": "x" * 5000}
    destination.send([SafeEvent(message, message_id=message["messageId"], destination="")] * 3)
"""


def test_each_event_is_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    events = [safe(event="one\ntwo"), safe(event="Grüße")]
    destination = Jsonl(path=path)
    destination.send(events[:1])
    destination.send(events[1:])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [event.to_dict() for event in events]


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    Jsonl(path=path).send([safe()])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_writing_processes_do_not_tear_each_others_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(n)]) for n in range(3)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * 3
    ids = [json.loads(line)["messageId"] for line in path.read_text().splitlines()]
    assert len(ids) == 450
    assert len(set(ids)) == 150


def test_a_line_that_a_killed_writer_left_half_written_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"half":')
    Jsonl(path=path).send([safe(event="Whole")])
    assert json.loads(path.read_text().splitlines()[1])["event"] == "Whole"


def test_a_missing_directory_is_tried_again_later(tmp_path: Path) -> None:
    result = Jsonl(path=tmp_path / "missing" / "events.jsonl").send([safe(), safe()])
    assert result.retry == frozenset({0, 1})


def test_a_disk_that_fills_up_in_the_middle_leaves_no_half_batch(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    Jsonl(path=path).send([safe()])
    before = path.read_bytes()
    program = (
        "import resource, signal, sys\n"
        "from safetrack.destinations.jsonl import Jsonl\n"
        "from safetrack.event import SafeEvent\n"
        f"signal.signal({int(signal.SIGXFSZ)}, signal.SIG_IGN)\n"
        f"resource.setrlimit({resource.RLIMIT_FSIZE}, (2000, 2000))\n"
        "event = SafeEvent({'fill': 'x' * 1500}, message_id='m', destination='')\n"
        "assert Jsonl(path=sys.argv[1]).send([event, event]).retry == frozenset({0, 1})\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
    assert path.read_bytes() == before


def test_half_a_surrogate_pair_does_not_stop_the_batch(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    result = Jsonl(path=path).send([safe(event="half \ud800 pair")])
    assert result.retry == frozenset()
    assert json.loads(path.read_text())["event"] == "half ? pair"
