"""A local HTTP server that keeps what it gets and refuses what the vendors refuse.

It stands for all vendors at once: the path says which one. What a vendor documents as wrong is
answered as that vendor documents it; what no vendor has (an unknown path or field) is an error.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl, urlsplit

from safetrack.testing import amplitude, mixpanel, posthog, rudderstack, segment, snowplow, webhook
from safetrack.testing.vendor import Answer, Request, refuse

VENDORS: Final[Mapping[tuple[str, str], Callable[[Request], Answer]]] = {
    **amplitude.PATHS,
    **posthog.PATHS,
    **mixpanel.PATHS,  # one path is PostHog's too: what is not Mixpanel's is asked there
    **segment.PATHS,
    **rudderstack.PATHS,  # Segment's path: it asks Segment's stand-in where a body is Segment's
    **snowplow.PATHS,
    **webhook.PATHS,
}
"""Method and path to what the vendor answers there."""

MAX_BODY: Final = 20_000_000
"""Bytes; no vendor takes more in one request."""


@dataclass
class Capture:
    """The running server: what it got, and what it is told to answer instead of the vendor.

    Attributes:
        url: Where it listens: give it to the client as its host.
        requests: All requests so far, in order.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    """What went wrong in the server itself: a mistake in the tests."""
    answers: deque[Answer] = field(default_factory=deque)
    """The next requests get these answers, whatever they say."""
    connections: list[Any] = field(default_factory=list)

    @property
    def last(self) -> Request:
        """The newest request."""
        return self.requests[-1]

    def messages(self) -> list[dict[str, Any]]:
        """Every message of every request, in order."""
        return [message for request in self.requests for message in request.messages]


@contextmanager
def capturing() -> Iterator[Capture]:
    """A server on a free port of 127.0.0.1, gone when the block ends."""
    capture = Capture()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"capture": capture}))
    server.capture = capture
    capture.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield capture
    finally:
        server.shutdown()
        thread.join()
        for connection in capture.connections:
            _end(connection)
        server.server_close()
    if capture.faults:
        raise capture.faults[0]


class _Server(ThreadingHTTPServer):
    capture: Capture
    daemon_threads = False
    request_queue_size = 128  # SDKs open many connections at once, and give up when one is refused
    block_on_close = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        fault = sys.exception()
        if fault is not None and not isinstance(
            fault, OSError
        ):  # a client that goes away is no news
            self.capture.faults.append(fault)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    capture: ClassVar[Capture]
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.capture.connections.append(self.connection)

    def answer(self) -> None:
        request = self.read()
        self.capture.requests.append(request)
        given = self.capture.answers
        self.write(given.popleft() if given else vendor_answer(request))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer  # noqa: N815  as the base calls them

    def read(self) -> Request:
        parts = urlsplit(self.path)
        size = int(self.headers.get("Content-Length", "0"))
        return Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query)),
            headers=list(self.headers.items()),
            body=self.rfile.read(size),
            target=self.path,
        )

    def write(self, answer: Answer) -> None:
        if answer.reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + answer.missing))
        self.end_headers()
        self.write_body(answer)

    def write_body(self, answer: Answer) -> None:
        if not answer.dribble:
            self.wfile.write(answer.body)
        else:
            for at in range(len(answer.body)):
                self.wfile.write(answer.body[at : at + 1])
                threading.Event().wait(answer.dribble)
        self.close_connection = bool(answer.missing)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Tests look at what was captured instead."""


def vendor_answer(request: Request) -> Answer:
    """What the vendor whose path this is would answer."""
    check = VENDORS.get((request.method, request.path))
    if check is None:
        return refuse(404, "no such path")
    names = {name.lower() for name, _ in request.headers}
    if "user-agent" not in names:
        return refuse(400, "no User-Agent")
    if len(request.body) > MAX_BODY:
        return refuse(413, "too large")
    try:
        return check(request)
    except (ValueError, UnicodeError):
        return refuse(400, "not JSON")
