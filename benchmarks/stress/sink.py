"""An HTTP server that stands for all vendors: it takes events, counts them, and fails on demand.

It runs as a process of its own, so that its work is not the client's. Every event carries a
property ``n``, its number, by which the same event is known in all vendors' forms.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import random
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

ID_KEYS: Final = ("messageId", "uuid", "insert_id", "$insert_id", "message_id")
"""Where the vendors' events carry the id by which a second copy is told."""
TAKEN: Final = b'{"status":1,"code":200,"success":true,"error":null}'
"""What some vendor's SDK or another wants to read in a success."""


# The client's side


@dataclass
class Report:
    """What a sink has got.

    Attributes:
        ids: Number of an event → the ids that it came with, one for each time.
        requests: How many requests came, refused ones too.
        busy: Seconds of CPU that the sink has used.
    """

    ids: dict[int, list[str]]
    requests: int
    busy: float

    def missing(self, numbers: Sequence[int] | range) -> int:
        """How many of these events never came."""
        return sum(number not in self.ids for number in numbers)

    def doubled(self) -> int:
        """How many copies came more than one of each event."""
        return sum(len(ids) - 1 for ids in self.ids.values())

    def changed(self) -> int:
        """How many events came under more than one id: a vendor would count them twice."""
        return sum(len(set(ids)) > 1 for ids in self.ids.values())


class Sink:
    """A running sink, seen from outside."""

    def __init__(self, url: str) -> None:
        self.url = url

    def mode(self, **mode: Any) -> None:
        """Answer from now on as `Mode` says."""
        self._ask("/__mode", json.dumps(mode).encode())

    def report(self) -> Report:
        """What has come so far."""
        found = json.loads(self._ask("/__report"))
        ids = {int(number): ids for number, ids in found["ids"].items()}
        return Report(ids, found["requests"], found["busy"])

    def clear(self) -> None:
        """Forget what came, and every fault."""
        self._ask("/__clear", b"{}")

    def _ask(self, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(self.url + path, body)  # noqa: S310  loopback
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            found: bytes = answer.read()
            return found


@contextmanager
def sink(core: int | None = None) -> Iterator[Sink]:
    """A sink in a process of its own, gone when the block ends.

    Args:
        core: The processor core that it is to share with the client.
    """
    pin = [] if core is None else ["taskset", "-c", str(core)]
    command = [*pin, sys.executable, str(Path(__file__).resolve())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Sink(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        finally:
            process.kill()


# The server's side


@dataclass
class Mode:
    """How to answer.

    Attributes:
        status: Of the next `first` answers, or of all.
        first: How many requests the fault is for; None for all.
        headers: Of faulty answers.
        delay: Seconds before each answer.
        lose: So many requests are taken and then not answered: the connection is closed.
        rate: Share of requests that meet a random fault (500, 429, no answer, a slow one).
        seed: Of the random faults.
    """

    status: int = 200
    first: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    lose: int = 0
    rate: float = 0.0
    seed: int = 0


@dataclass
class State:
    """What the server has got, as it came, and how it answers."""

    mode: Mode = field(default_factory=Mode)
    bodies: list[tuple[str, bytes]] = field(default_factory=list)
    requests: int = 0
    chosen: random.Random = field(default_factory=random.Random)


@dataclass(frozen=True)
class Decision:
    """What becomes of one request."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    takes: bool = True
    answers: bool = True


class Server(asyncio.Protocol):
    """One connection."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.data = b""
        self.busy = False

    def connection_made(self, transport: Any) -> None:
        """A client has connected."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """More of a request has come."""
        self.data += data
        self.serve()

    def serve(self) -> None:
        """Answer the next whole request, if there is one and none is being answered."""
        head, border, rest = self.data.partition(b"\r\n\r\n")
        if not border or self.busy:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        size = int(headers.get("content-length", "0"))
        if len(rest) < size:
            return
        self.data = rest[size:]
        self.busy = True
        self.take(first.split(" ")[1], headers.get("content-encoding", ""), rest[:size])

    def take(self, target: str, encoding: str, body: bytes) -> None:
        """Take one request."""
        if target.startswith("/__"):
            self.write(200, {}, control(self.state, target, body))
            return
        self.state.requests += 1
        decision = decide(self.state)
        if decision.takes and body:
            self.state.bodies.append((encoding, body))
        if decision.delay:
            asyncio.get_running_loop().call_later(decision.delay, self.finish, decision)
        else:
            self.finish(decision)

    def finish(self, decision: Decision) -> None:
        """Answer, or leave without one."""
        if not decision.answers:
            self.transport.close()
            return
        refused = b'{"code":%d,"error":"x"}' % decision.status
        self.write(decision.status, decision.headers, TAKEN if decision.takes else refused)

    def write(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Write an answer, and go on with the next request."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += ["Content-Type: application/json", "", ""]
        self.transport.write("\r\n".join(lines).encode() + body)
        self.busy = False
        self.serve()


def decide(state: State) -> Decision:
    """What becomes of the next request."""
    mode = state.mode
    if mode.lose:
        mode.lose -= 1
        return Decision(answers=False)
    if mode.rate and state.chosen.random() < mode.rate:
        return state.chosen.choice(RANDOM)
    if mode.status != 200 and (mode.first is None or mode.first > 0):
        mode.first = None if mode.first is None else mode.first - 1
        return Decision(mode.status, mode.headers, mode.delay, takes=False)
    return Decision(delay=mode.delay)


RANDOM: Final = (
    Decision(500, takes=False),
    Decision(503, {"Retry-After": "1"}, takes=False),
    Decision(429, {"Retry-After": "1"}, takes=False),
    Decision(answers=False),
    Decision(answers=False, takes=False),
    Decision(delay=0.5),
)
"""Faults of a bad day."""


def control(state: State, target: str, body: bytes) -> bytes:
    """What the outside asks for."""
    if target == "/__mode":
        state.mode = Mode(**json.loads(body))
        state.chosen = random.Random(state.mode.seed)
        return b"{}"
    if target == "/__clear":
        state.mode = Mode()
        state.bodies.clear()
        state.requests = 0
        return b"{}"
    used = sum(os.times()[:2])
    found = {"ids": numbered(state.bodies), "requests": state.requests, "busy": used}
    return json.dumps(found).encode()


def numbered(bodies: Sequence[tuple[str, bytes]]) -> dict[int, list[str]]:
    """Number of each event → its ids, in the order in which they came."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for encoding, body in bodies:
        for message in messages(gzip.decompress(body) if encoding == "gzip" else body):
            bags = [message.get(key) or {} for key in ("properties", "event_properties")]
            number = next((bag["n"] for bag in bags if "n" in bag), None)
            if number is not None:
                own = {**bags[0], **message}
                found[number].append(str(next((own[key] for key in ID_KEYS if key in own), "")))
    return found


def messages(body: bytes) -> list[dict[str, Any]]:
    """The events in a request of any vendor's."""
    if body.startswith(b"data=") or b"&data=" in body:
        body = parse_qs(body.decode())["data"][0].encode()
    found = json.loads(body)
    if isinstance(found, dict):
        found = found.get("batch") or found.get("events") or map(_described, found.get("data", []))
    return list(found)


def _described(event: Mapping[str, str]) -> dict[str, Any]:
    """Snowplow's self-describing event, whose properties stand in base64."""
    document = json.loads(base64.urlsafe_b64decode(event["ue_px"]))
    return {"messageId": event["eid"], "properties": document["data"]["data"]}


async def main() -> None:
    """Serve until killed."""
    state = State()
    server = await asyncio.get_running_loop().create_server(lambda: Server(state), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
