"""The webhook destination, against a receiver that checks what the documentation promises."""

from __future__ import annotations

import hashlib
import hmac
import time

import pytest

from capture.events import safe
from safetrack.destinations.destination import SendResult
from safetrack.destinations.webhook import SIGNATURE_HEADER, Webhook, signature
from safetrack.errors import ConfigError
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Answer


def test_events_are_posted_as_they_are(capture: Capture) -> None:
    batch = [safe(event="Grüße"), safe(properties={"plan": "pro"})]
    assert Webhook(url=f"{capture.url}/hook").send(batch) == SendResult()
    assert capture.messages() == [event.to_dict() for event in batch]
    assert capture.last.header(SIGNATURE_HEADER) is None


def test_own_headers_are_sent_along(capture: Capture) -> None:
    headers = {"Authorization": "Bearer sekret", "X-Team": "growth"}
    Webhook(url=f"{capture.url}/hook", headers=headers).send([safe()])
    assert capture.last.header("Authorization") == "Bearer sekret"
    assert capture.last.header("X-Team") == "growth"


def test_a_receiver_can_verify_the_signature(capture: Capture) -> None:
    Webhook(url=f"{capture.url}/hook", secret="sekret").send([safe()])
    header = capture.last.header(SIGNATURE_HEADER)
    assert header is not None
    parts = dict(part.split("=", 1) for part in header.split(","))
    signed = parts["t"].encode() + b"." + capture.last.body
    assert parts["v1"] == hmac.new(b"sekret", signed, hashlib.sha256).hexdigest()
    assert abs(time.time() - int(parts["t"])) < 300


def test_the_signature_is_the_one_that_openssl_computes() -> None:
    """``printf '1700000000.{"events":[]}' | openssl dgst -sha256 -hmac secret``."""
    known = "3947de27ec923573170fccda604ddfb25583ff98dc51e96cca2e11c59545026a"
    assert signature(b"secret", b'{"events":[]}', 1700000000) == f"t=1700000000,v1={known}"


def test_each_half_of_a_request_that_was_too_large_is_signed_anew(capture: Capture) -> None:
    capture.answers.append(Answer(413))
    result = Webhook(url=f"{capture.url}/hook", secret="sekret").send([safe(), safe()])
    assert result == SendResult()
    assert len({request.header(SIGNATURE_HEADER) for request in capture.requests}) == 3


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (204, SendResult()),
        (302, SendResult(rejected={0: "http_302", 1: "http_302"})),
        (403, SendResult(rejected={0: "http_403", 1: "http_403"})),
        (500, SendResult(retry=frozenset({0, 1}), why="http_500")),
    ],
)
def test_the_status_decides(capture: Capture, status: int, expected: SendResult) -> None:
    capture.answers.append(Answer(status, b""))
    assert Webhook(url=f"{capture.url}/hook").send([safe(), safe()]) == expected


def test_after_one_failed_request_the_rest_of_the_batch_waits(capture: Capture) -> None:
    batch = [safe(properties={"text": "x" * 400_000}) for _ in range(5)]
    capture.answers += [Answer(200), Answer(503)]
    result = Webhook(url=f"{capture.url}/hook").send(batch)
    assert result == SendResult(retry=frozenset({2, 3, 4}), why="http_503")
    assert len(capture.requests) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "elsewhere"},
        {"content-type": "text/plain"},
        {"Safetrack-Signature": "forged"},
        {"X-Bad\r\nX-More": "x"},
        {"X-Bad": "line\r\nX-More: x"},
        {"X-Bad": ""},
        {"X-Bad": "Grüße"},
    ],
)
def test_headers_that_cannot_be_sent_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="webhook: header"):
        Webhook(url="https://example.com/hook", headers=headers)


@pytest.mark.parametrize("url", ["example.com/hook", "https://user:secret@example.com/hook", ""])
def test_a_url_that_cannot_work_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="webhook: url"):
        Webhook(url=url)
