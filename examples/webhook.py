"""Send signed events to an HTTP endpoint of your own, and check the signature there."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import safetrack
from safetrack.keys.generate import new_key

SECRET = "a secret that both sides know"  # noqa: S105  of this example alone
MAX_AGE = 300
"""Seconds after which a request is refused, so that a recorded one cannot be replayed."""


class Receiver(BaseHTTPRequestHandler):
    """What stands at the other end: checks the signature over the raw body, then reads it."""

    def do_POST(self) -> None:
        """Accept one batch of events."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = is_genuine(self.headers["Safetrack-Signature"], body)
        self.send_response(200 if genuine else 401)
        self.end_headers()
        if genuine:
            print(json.dumps(json.loads(body), indent=2))

    def log_message(self, *_: object) -> None:
        """Keep the example's output to the events."""


def is_genuine(header: str, body: bytes) -> bool:
    """Whether a ``t=<seconds>,v1=<hex>`` signature fits the body and is fresh."""
    given = dict(part.split("=", 1) for part in header.split(","))
    signed = hmac.new(SECRET.encode(), f"{given['t']}.".encode() + body, hashlib.sha256)
    fresh = abs(time.time() - int(given["t"])) < MAX_AGE
    return fresh and hmac.compare_digest(signed.hexdigest(), given["v1"])


# Only so that the example runs by itself. Your key comes from your secret store.
os.environ.setdefault("SAFETRACK_KEYS", new_key())

server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()

policy = {
    "version": 1,
    "properties": {"plan": {"keep": ["free", "pro"]}, "email": "pseudonymize"},
    "destinations": {
        "hook": {
            "type": "webhook",
            "url": f"http://127.0.0.1:{server.server_port}/events",
            "secret": SECRET,
        }
    },
}
with safetrack.Client(policy) as client:
    client.track("user-42", "Signed Up", {"plan": "pro", "email": "jane@acme.com"})
    client.flush(timeout=60)
    print(client.stats()["hook"])

server.shutdown()
server.server_close()
