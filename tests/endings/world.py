"""A policy, a folder and a server on loopback, and what reached the server from which process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safetrack.client import Client
from safetrack.keys.generate import new_key
from safetrack.testing.server import Capture

PRELUDE = """
import os, signal, sys, time
import safetrack
def step(client, *numbers):
    for number in numbers:
        client.track(f"user-{number}", "Step", {"n": number})
"""
"""What every program begins with."""

PATIENCE = 60
"""Seconds for what takes a fraction of one."""


class World:
    """One test's processes share a folder and send to one server."""

    def __init__(
        self, folder: Path, capture: Capture, *, spool: str = "clean", queue: int = 100_000
    ) -> None:
        self.folder = folder
        self.outbox = folder / "box"
        self.capture = capture
        self.policy = folder / "safetrack.yaml"
        self.environment = {
            **os.environ,
            "SAFETRACK_POLICY": str(self.policy),
            "SAFETRACK_KEYS": new_key(),
            "PYTHONUNBUFFERED": "1",
        }
        document = {
            "version": 1,
            "unlisted_events": "drop",
            "events": {"Step": {}},
            "properties": {"n": {"keep": "integer", "min": 0, "max": 100_000_000}},
            "delivery": {
                "outbox": str(self.outbox),
                "spool": spool,
                "queue": {"events": queue},
            },
            "destinations": {"hook": {"type": "webhook", "url": f"{capture.url}/hook"}},
        }
        self.policy.write_text(json.dumps(document))

    def start(
        self, program: str, arguments: Sequence[str] = (), **options: Any
    ) -> subprocess.Popen[str]:
        """A program of its own, in a process of its own."""
        file = self.folder / "program.py"
        file.write_text(PRELUDE + program)
        return self.run([sys.executable, str(file), *arguments], **options)

    def run(self, command: list[str], **options: Any) -> subprocess.Popen[str]:
        """Any command in this world."""
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def serve(self, *command: str, ready: str) -> tuple[subprocess.Popen[str], str]:
        """A server, and what `ready` finds in what it says when it is."""
        log = self.folder / "server.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=file, stderr=file, text=True
            )
        wait_for(lambda: re.search(ready, log.read_text()) or process.poll() is not None)
        found = re.search(ready, log.read_text())
        assert found, log.read_text()
        return process, found[1]

    def end(self, program: str) -> int:
        """Run a program to its end; its exit status, negative for a signal."""
        process = self.start(program)
        out, err = process.communicate(timeout=PATIENCE)
        self.said = out
        assert "Traceback" not in err, err
        return process.returncode

    def numbers(self) -> list[int]:
        """Of the events that have reached the server: each once, by its message id."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for message in self.capture.messages():
            found[message["messageId"]].add(message["properties"]["n"])
        assert all(len(numbers) == 1 for numbers in found.values())
        return sorted(number for numbers in found.values() for number in numbers)

    def left(self) -> list[Path]:
        """Files in which events may still wait."""
        return [path for path in self.outbox.glob("*") if path.suffix in {".db", ".log"}]

    def settle(self, monkeypatch: Any) -> list[int]:
        """Have a next process deliver all that the others left. Returns `numbers`."""
        for name in ("SAFETRACK_POLICY", "SAFETRACK_KEYS"):
            monkeypatch.setenv(name, self.environment[name])
        client = Client()
        pipeline = client._pipeline
        own = {path for path in self.left() if f"-{os.getpid()}-" in path.name}
        wait_for(lambda: pipeline._adopt_once() or set(self.left()) == own)
        wait_for(lambda: pipeline._outbox.pending("hook") == 0)  # a thread of its adopts as well
        assert client.flush(PATIENCE)
        books = client.stats()["hook"]
        assert books["dropped"] == {}, books
        assert client.close()
        return self.numbers()


def wait_for(condition: Any, seconds: float = PATIENCE) -> None:
    """Until another process has come so far."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
