"""What no destination may do: trust anybody, log a secret, read without end, leak to a proxy."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from capture import messages
from capture.events import safe
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import MAX_REPLY, HttpSender
from safetrack.destinations.registry import build
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer

SECRET = "tok3n-0f-th3-pr0ject-8812"
ECHO = "jane.miller@private.example"
OPTIONS = {
    "amplitude": {"api_key": SECRET},
    "mixpanel": {"token": SECRET},
    "posthog": {"api_key": SECRET},
    "segment": {"write_key": SECRET},
    "webhook": {"secret": SECRET, "headers": {"Authorization": SECRET}},
}
ANSWERS = {
    "taken": Answer(200),
    "refused": Answer(401, f'{{"error": "{SECRET} is wrong for {ECHO}"}}'.encode()),
    "down": Answer(503, ECHO.encode(), (("Retry-After", ECHO),)),
    "redirected": Answer(307, b"", (("Location", f"http://127.0.0.1:1/?{ECHO}"),)),
    "gone": Answer(reset=True),
}


def made(vendor: str, url: str):
    address = {"url": f"{url}/hook"} if vendor == "webhook" else {"host": url}
    return build(vendor, vendor, {**OPTIONS[vendor], **address}, 5.0)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("vendor", OPTIONS)
def test_neither_a_secret_nor_an_answer_is_in_a_log_or_a_result(
    capture: Capture, caplog: pytest.LogCaptureFixture, vendor: str, answer: str
) -> None:
    caplog.set_level(logging.DEBUG)
    capture.answers.append(ANSWERS[answer])
    destination = made(vendor, capture.url)
    result = destination.send([safe(messages.PAGE)])
    destination.close()
    logged = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert len(capture.requests) == 1
    for private in (SECRET, ECHO, messages.PAGE["properties"]["path"]):
        assert private not in logged + repr(result) + repr(destination)


@pytest.mark.parametrize("vendor", OPTIONS)
def test_no_destination_talks_to_a_server_that_nobody_vouches_for(
    tls_url: str, vendor: str
) -> None:
    url = tls_url.removesuffix("/hook")
    result = made(vendor, url).send([safe(messages.PAGE)])
    assert result == SendResult(frozenset({0}), why="tls")


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_environment_cannot_switch_verification_off(
    tls_url: str, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "")
    assert HttpSender(timeout=5).post(tls_url, b"{}").why == "tls"


@pytest.mark.parametrize("vendor", OPTIONS)
def test_of_an_endless_answer_no_more_than_the_bound_is_read(capture: Capture, vendor: str) -> None:
    capture.answers.append(Answer(400, b"x" * (MAX_REPLY * 20)))
    result = made(vendor, capture.url).send([safe(messages.PAGE)])
    assert result == SendResult(rejected={0: "http_400"})


@contextmanager
def proxy() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that answers CONNECT with no; its URL, and what it was sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        heard.append(connection.recv(65536))
                        connection.sendall(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", heard
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY"])
def test_a_proxy_for_tls_hears_the_host_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with proxy() as (url, heard):
        monkeypatch.setenv(variable, url)
        destination = made("segment", "https://api.vendor.example")
        result = destination.send([safe(messages.PAGE)])
        destination.close()
    assert result.retry == frozenset({0})
    assert heard[0].startswith(b"CONNECT api.vendor.example:443 ")
    assert SECRET.encode() not in b"".join(heard)


def test_plain_http_never_goes_through_a_proxy(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy() as (url, heard):
        for variable in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, url)
        assert HttpSender(timeout=5).post(f"{capture.url}/hook", b'{"events":[]}').status
    assert heard == []
    assert len(capture.requests) == 1
