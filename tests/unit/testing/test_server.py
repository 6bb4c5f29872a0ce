import gzip
import json

import pytest
import requests

from safetrack.testing import Answer, Capture, capturing


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


def post(capture: Capture, path: str, **more):
    return requests.post(capture.url + path, timeout=5, **more)


def test_what_no_vendor_has_is_refused(capture):
    assert post(capture, "/nowhere", json={}).status_code == 404
    assert requests.get(f"{capture.url}/track", timeout=5).status_code == 404
    assert [one.method for one in capture.requests] == ["POST", "GET"]


def test_a_packed_body_is_read_and_kept_as_it_came(capture):
    batch = {"batch": [], "writeKey": "k"}
    packed = gzip.compress(json.dumps(batch).encode())

    answer = post(
        capture,
        "/v1/batch",
        data=packed,
        headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
        auth=("k", ""),
    )

    assert answer.json() == {"error": "batch"}
    assert capture.last.body == packed
    assert capture.last.json() == batch


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_does_not_unpack_is_refused(encoding, capture):
    answer = post(
        capture,
        "/v1/batch",
        data=b"{}",
        headers={"Content-Encoding": encoding, "Content-Type": "application/json"},
        auth=("k", ""),
    )

    assert answer.status_code == 400


def test_the_next_answers_can_be_told(capture):
    capture.answers += [Answer(503), Answer(429, headers=(("Retry-After", "1"),))]

    assert post(capture, "/track").status_code == 503
    assert post(capture, "/track").headers["Retry-After"] == "1"
    assert post(capture, "/nowhere").status_code == 404
