"""Delivery as metrics, read by OpenTelemetry's own SDK."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from recording import Held, Recorder
from safetrack.client import Client
from safetrack.destinations.destination import SendResult
from safetrack.errors import ConfigError
from safetrack.otel import instrument

SECRET = "jane.miller@private.example"


@pytest.fixture
def read():
    """What an exporter would get: name → data points as (value, attributes)."""
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])

    def points():
        found = {}
        data = reader.get_metrics_data()
        for resource in data.resource_metrics if data else ():
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    found[metric.name] = list(metric.data.data_points)
        return found

    points.provider = provider
    points.raw = reader
    yield points
    provider.shutdown()


@pytest.fixture(autouse=True)
def _keys(monkeypatch, tmp_path):
    from safetrack.keys.generate import new_key

    monkeypatch.setenv("SAFETRACK_KEYS", new_key())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def values(points):
    return [(point.value, dict(point.attributes)) for point in points]


def test_the_books_of_every_destination_are_metrics(read):
    refusing = Recorder(SendResult(rejected={0: "http_400"}))
    with Client({"version": 1}, destinations={"a": Recorder(), "b": refusing}) as client:
        instrument(client, read.provider)
        for _ in range(3):
            client.track("user-1", "Signed Up", {"note": SECRET})
        assert client.flush(60)
        found = read()
    assert values(found["safetrack.events.tracked"]) == [
        (3, {"destination": "a"}),
        (3, {"destination": "b"}),
    ]
    assert values(found["safetrack.events.delivered"]) == [
        (3, {"destination": "a"}),
        (2, {"destination": "b"}),
    ]
    assert values(found["safetrack.events.dropped"]) == [
        (1, {"destination": "b", "reason": "rejected"})
    ]
    assert [value for value, _ in values(found["safetrack.events.pending"])] == [0, 0]
    latency = {
        point.attributes["destination"]: point for point in found["safetrack.delivery.latency"]
    }
    assert (latency["a"].count, latency["b"].count) == (3, 2)
    assert 0 < latency["a"].sum < 180
    assert SECRET not in read.raw.get_metrics_data().to_json()


def test_what_waits_and_since_when(read):
    held = Held()
    with Client({"version": 1}, destinations={"a": held}) as client:
        instrument(client, read.provider)
        client.track("user-1", "Signed Up")
        assert held.entered.wait(60)
        found = read()
        held.go.set()
        assert client.flush(60)
    assert values(found["safetrack.events.pending"]) == [(1, {"destination": "a"})]
    ((age, attributes),) = values(found["safetrack.outbox.age"])
    assert attributes == {"destination": "a"}
    assert 0 < age < 60
    assert values(read()["safetrack.outbox.age"]) == [(0.0, {"destination": "a"})]


def test_a_client_that_is_gone_is_not_observed(read):
    client = Client({"version": 1}, destinations={"a": Recorder()}, outbox=None)
    instrument(client, read.provider)
    client.close()
    del client
    gc.collect()
    assert read() == {}


def test_a_listener_that_fails_costs_no_event(caplog):
    def fail(_destination, _seconds):
        raise ValueError(SECRET)

    told = threading.Event()
    with Client({"version": 1}, destinations={"a": Recorder()}) as client:
        client.on_delivered(fail)
        client.on_delivered(lambda _name, seconds: told.set() if len(seconds) == 1 else None)
        client.track("user-1", "Signed Up")
        assert client.flush(60)
        assert client.stats()["a"]["delivered"] == 1
    assert told.is_set()
    assert "a listener failed: ValueError" in caplog.text
    assert SECRET not in caplog.text


def test_without_opentelemetry_the_error_names_the_extra():
    program = (
        "import sys\n"
        "sys.modules['opentelemetry'] = None\n"
        "from safetrack.errors import MissingExtraError\n"
        "try:\n"
        "    import safetrack.otel\n"
        "except MissingExtraError as error:\n"
        "    assert \"pip install 'safetrack[otel]'\" in str(error)\n"
        "else:\n"
        "    raise SystemExit('it was imported')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_is_no_client_cannot_be_reported():
    with pytest.raises(ConfigError, match=r"takes a safetrack\.Client, not NoneType"):
        instrument(None)
