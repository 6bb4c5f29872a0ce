"""Nothing that the environment or tracing adds gets onto the wire, nor ours into logs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from safetrack.testing.server import Capture, capturing

PROGRAM = """
import json, logging, sys
from capture.events import safe

url, instrumented = sys.argv[1], sys.argv[2] == "on"
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)

if instrumented:
    import sentry_sdk
    from opentelemetry import baggage, context, trace
    from opentelemetry.instrumentation.requests import RequestsInstrumentor
    from opentelemetry.sdk.trace import TracerProvider

    trace.set_tracer_provider(TracerProvider())
    RequestsInstrumentor().instrument()
    context.attach(baggage.set_baggage("user", "jane@example.com"))
    sentry_sdk.init(dsn="http://key@127.0.0.1:1/1", traces_sample_rate=1.0)
    span = trace.get_tracer("t").start_span("s")
    context.attach(trace.set_span_in_context(span))
    transaction = sentry_sdk.start_transaction(name="t")
    transaction.__enter__()

from safetrack.destinations.registry import build

OPTIONS = {
    "amplitude": {"api_key": "sekret-key", "host": url},
    "mixpanel": {"token": "sekret-key", "host": url, "project_id": 1, "service_account": "u:sekret"},
    "posthog": {"api_key": "sekret-key", "host": url},
    "segment": {"write_key": "sekret-key", "host": url},
    "webhook": {"url": url + "/hook", "headers": {"X-Key": "sekret"}},
}
FIXED = {"messageId": "0b8c8a3e-1d0f-8000-8000-000000000001"}
for kind, options in OPTIONS.items():
    destination = build(kind, kind, options, 5.0)
    for time in ("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"):
        result = destination.send([safe(**FIXED, properties={"plan": "pro"}, timestamp=time)])
        assert not result.retry and not result.rejected, (kind, result)
    destination.close()

if instrumented:
    import requests
    requests.post(url + "/control", data=b"{}")  # what instrumentation does to others
    transaction.__exit__(None, None, None)
    import os
    sys.stderr.flush()
    os._exit(0)
"""


def run(capture: Capture, home: Path, instrumented: str) -> str:
    machine = "machine 127.0.0.1 login somebody password something\n"
    (home / ".netrc").write_text(machine)
    (home / ".netrc").chmod(0o600)
    dead = "http://127.0.0.1:1"
    environment = {
        **os.environ,
        "HOME": str(home),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"), dead),
        "no_proxy": "" if instrumented == "off" else "127.0.0.1",
        "NO_PROXY": "" if instrumented == "off" else "127.0.0.1",
    }
    arguments = [sys.executable, "-W", "ignore", "-c", PROGRAM, capture.url, instrumented]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stderr


def test_tracing_netrc_and_proxies_change_no_byte_of_a_request(tmp_path: Path) -> None:
    with capturing() as plain, capturing() as traced:
        run(plain, tmp_path, "off")
        run(traced, tmp_path, "on")
    control = traced.requests.pop()
    names = {name.lower() for name, _ in control.headers}
    assert {"traceparent", "sentry-trace", "baggage", "authorization"} <= names
    assert len(plain.requests) == len(traced.requests) == 10
    for expected, found in zip(plain.requests, traced.requests, strict=True):
        assert found.body == expected.body
        assert (found.path, found.query) == (expected.path, expected.query)
        own = [header for header in found.headers if header[0] != "Host"]
        assert own == [header for header in expected.headers if header[0] != "Host"]


def test_debug_logs_show_no_secret_and_no_id(tmp_path: Path) -> None:
    with capturing() as capture:
        log = run(capture, tmp_path, "off")
    assert "urllib3.connectionpool" in log  # the level is really on
    sent = json.dumps([request.body.decode() for request in capture.requests])
    assert "st1_k1_0_person" in sent
    for secret in ("sekret", "st1_k1_0_person", "0b8c8a3e", "Signed Up"):
        assert secret not in log
