"""The HTTP sender, against a real server."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time

import pytest

from safetrack.destinations.http import (
    MAX_REPLY,
    MAX_RETRY_AFTER,
    USER_AGENT,
    HttpSender,
    Reply,
    parse_retry_after,
)
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer

NOW = dt.datetime(2026, 11, 23, 12, 0, 0, tzinfo=dt.UTC)
BODY = b'{"events":[]}'


def test_a_request_has_exactly_these_headers(capture: Capture) -> None:
    HttpSender(timeout=5).post(f"{capture.url}/hook", BODY, {"Authorization": "Basic eDp5"})
    assert sorted(capture.last.headers) == [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Authorization", "Basic eDp5"),
        ("Content-Length", str(len(BODY))),
        ("Content-Type", "application/json"),
        ("Host", capture.url.removeprefix("http://")),
        ("User-Agent", USER_AGENT),
    ]
    assert capture.last.body == BODY


def test_a_header_of_one_request_is_not_on_the_next(capture: Capture) -> None:
    sender = HttpSender(timeout=5)
    sender.post(f"{capture.url}/hook", BODY, {"Authorization": "Basic eDp5"})
    sender.post(f"{capture.url}/hook", BODY)
    assert [request.header("Authorization") for request in capture.requests] == ["Basic eDp5", None]


def test_one_connection_serves_many_requests(capture: Capture) -> None:
    sender = HttpSender(timeout=5)
    for _ in range(3):
        assert sender.post(f"{capture.url}/hook", BODY).status == 200
    assert len(capture.connections) == 1
    sender.close()


def test_a_cookie_that_the_server_sets_is_not_sent_back(capture: Capture) -> None:
    sender = HttpSender(timeout=5)
    capture.answers.append(Answer(headers=(("Set-Cookie", "id=42; Path=/"),)))
    sender.post(f"{capture.url}/hook", BODY)
    sender.post(f"{capture.url}/hook", BODY)
    assert capture.last.header("Cookie") is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(capture: Capture, status: int) -> None:
    capture.answers.append(Answer(status, headers=(("Location", f"{capture.url}/elsewhere"),)))
    reply = HttpSender(timeout=5).post(f"{capture.url}/hook", BODY)
    assert (reply.status, reply.delivered, reply.retryable) == (status, False, False)
    assert len(capture.requests) == 1


def test_a_reset_connection_is_no_answer(capture: Capture) -> None:
    capture.answers.append(Answer(reset=True))
    assert HttpSender(timeout=5).post(f"{capture.url}/hook", BODY).why == "connection"
    assert len(capture.requests) == 1  # and nothing below us has tried again


def test_nobody_listening_is_no_answer() -> None:
    assert HttpSender(timeout=1).post("http://127.0.0.1:1/hook", BODY).why == "connection"


def test_an_answer_that_takes_too_long_is_no_answer(capture: Capture) -> None:
    capture.answers.append(Answer(500, b"x", missing=1, dribble=2))
    assert HttpSender(timeout=0.2).post(f"{capture.url}/hook", BODY).status is None


def test_an_answer_that_only_dribbles_is_cut_off(capture: Capture) -> None:
    capture.answers.append(Answer(200, b"x" * 60, dribble=0.05))
    started = time.monotonic()
    reply = HttpSender(timeout=0.3).post(f"{capture.url}/hook", BODY)
    assert reply.status == 200
    assert 0 < len(reply.body) < 60
    assert time.monotonic() - started < 3


def test_an_endless_answer_is_read_to_its_bound(capture: Capture) -> None:
    capture.answers.append(Answer(400, b"x" * (MAX_REPLY * 3)))
    reply = HttpSender(timeout=5).post(f"{capture.url}/hook", BODY)
    assert len(reply.body) == MAX_REPLY


def test_an_acknowledgement_counts_even_when_its_body_is_lost(capture: Capture) -> None:
    capture.answers.append(Answer(200, b"{}", missing=10))
    assert HttpSender(timeout=5).post(f"{capture.url}/hook", BODY).delivered


def test_a_refusal_whose_body_is_lost_is_asked_for_again(capture: Capture) -> None:
    capture.answers.append(Answer(400, b"{}", missing=10))
    reply = HttpSender(timeout=5).post(f"{capture.url}/hook", BODY)
    assert reply.retryable


@pytest.mark.parametrize("status", [408, 425, 429, 460, 500, 502, 503, 504, 520, 599])
def test_a_passing_failure_may_be_tried_again(status: int) -> None:
    assert Reply(status).retryable
    assert not Reply(status).delivered


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 410, 413, 415, 422, 501, 505])
def test_a_refusal_is_final(status: int) -> None:
    assert not Reply(status).retryable
    assert not Reply(status).delivered


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"\xff", b"[" * 100_000, b'"x"'])
def test_an_answer_that_is_no_json_object_reads_as_empty(body: bytes) -> None:
    assert Reply(200, body).json() == {}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("0", 0),
        ("2", 2),
        ("1.5", 1.5),
        ("-7", 0),
        ("99999999999999999999999999", MAX_RETRY_AFTER),
        ("1e9", None),
        ("5, 10", 10),
        ("10,soon", 10),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 12:00:30 -0000", 30),
        ("Mon, 23 Nov 2026 13:00:30 +0100", 30),
        ("Monday, 23-Nov-26 12:00:30 GMT", 30),
        ("Mon Nov 23 12:00:30 2026", 30),
        ("Mon, 23 Nov 2020 12:00:30 GMT", 0),
        ("Mon, 23 Nov 2099 12:00:30 GMT", MAX_RETRY_AFTER),
        ("5, Mon, 23 Nov 2026 12:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 12:00:30 GMT, Mon, 23 Nov 2026 12:00:40 GMT", 40),
        ("Mon, 99 Nov 2026 12:00:30 GMT", None),
        ("٣", None),
    ],
)
def test_every_form_of_retry_after_is_read_and_clamped(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text, NOW) == seconds


def test_retry_after_comes_with_the_reply(capture: Capture) -> None:
    capture.answers.append(Answer(429, headers=(("Retry-After", "3"), ("Retry-After", "7"))))
    assert HttpSender(timeout=5).post(f"{capture.url}/hook", BODY).retry_after == 7


def test_a_forked_child_opens_a_connection_of_its_own(capture: Capture) -> None:
    program = (
        "import os, sys\n"
        "from safetrack.destinations.http import HttpSender\n"
        "sender = HttpSender(timeout=5)\n"
        "assert sender.post(sys.argv[1], b'{}').status\n"
        "child = os.fork()\n"
        "for _ in range(3):\n"
        "    assert sender.post(sys.argv[1], b'{}').status\n"
        "sender.close()\n"
        "if child:\n"
        "    assert os.waitpid(child, 0)[1] == 0\n"
        "os._exit(0)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, f"{capture.url}/hook"], check=True, env=os.environ
    )
    assert len(capture.requests) == 7
    assert len(capture.connections) == 2


def test_a_certificate_that_nobody_vouches_for_is_no_answer(tls_url: str) -> None:
    reply = HttpSender(timeout=5).post(tls_url, BODY)
    assert (reply.status, reply.why, reply.retryable) == (None, "tls", True)
