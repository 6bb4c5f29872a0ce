import json

import pytest

from safetrack.testing import Canaries, capturing

POLICY = {
    "version": 1,
    "properties": {
        "plan": {"keep": ["free", "pro"]},
        "seats": {"keep": "integer", "min": 0, "max": 1000},
        "value": {"keep": "number", "min": 0, "max": 1000},
        "title": "scrub",
    },
    "context": {"com.acme/user.plan": "keep", "web_page.id": "keep"},
}


@pytest.fixture
def policy():
    return POLICY


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


@pytest.fixture
def canaries():
    return Canaries()


class DiskStore:
    """An event store of an application's own: every event is a line of JSON in a file."""

    def __init__(self, path):
        self.path = path
        self.path.touch()

    def add_event(self, payload):
        with self.path.open("a") as file:
            file.write(json.dumps(payload) + "\n")
        return True

    def get_events_batch(self):
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def cleanup(self, batch, need_retry):
        if not need_retry:
            sent = {event["eid"] for event in batch}
            kept = [event for event in self.get_events_batch() if event["eid"] not in sent]
            self.path.write_text("".join(json.dumps(event) + "\n" for event in kept))

    def size(self):
        return len(self.get_events_batch())


@pytest.fixture
def disk(tmp_path):
    return DiskStore(tmp_path / "events.jsonl")
