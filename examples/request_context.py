"""Give every event of a web request its ids and properties once, and keep a rule of your own.

``before`` runs ahead of the policy, so nothing that it adds can slip past it.
"""

from __future__ import annotations

import os

import safetrack
from safetrack.keys.generate import new_key

# Only so that the example runs by itself. Your key comes from your secret store.
os.environ.setdefault("SAFETRACK_KEYS", new_key())

POLICY = {
    "version": 1,
    "properties": {"plan": {"keep": ["free", "pro"]}, "release": {"generalize": "version"}},
    "destinations": {"console": {"type": "stdout"}},
}


def without_health_checks(event: safetrack.Event) -> safetrack.Event | None:
    """Drop what our own monitoring does."""
    return None if event.message.get("event") == "Health Checked" else event


def handle_request(client: safetrack.Client) -> None:
    """What a request handler would do: it need not know who is asking."""
    client.track(event="Report Opened", properties={"plan": "pro", "reader": "Jane Miller"})
    client.track(event="Health Checked")


with safetrack.Client(
    POLICY, default_properties={"release": "2026.11.3"}, before=without_health_checks
) as client:
    with safetrack.context(user_id="user-42", groups={"company": "org-7"}):
        handle_request(client)
    client.flush(timeout=60)
    print(client.stats()["console"])
