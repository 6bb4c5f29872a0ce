"""Sanitize events without sending them, and read why each value left or did not."""

from __future__ import annotations

import os

import safetrack
from safetrack.keys.generate import new_key

# Only so that the example runs by itself. Your key comes from your secret store.
os.environ.setdefault("SAFETRACK_KEYS", new_key())

policy = safetrack.Policy.from_dict(
    {
        "version": 1,
        "properties": {
            "plan": {"keep": ["free", "pro"], "otherwise": "other"},
            "amount": {"generalize": {"round": 10}},
            "page": {"generalize": {"url": "path", "query": ["utm_source"]}},
            "comment": "scrub",
        },
    }
)
sanitizer = safetrack.Sanitizer(policy)
safe = sanitizer.sanitize(
    {
        "type": "track",
        "event": "Invoice Paid",
        "userId": "user-42",
        "properties": {
            "plan": "gold",
            "amount": 4217.5,
            "page": "https://shop.example/orders/1234567?utm_source=mail&token=s3cret#top",
            "comment": "Please call Jane Miller on +49 151 23456789.",
            "coupon": "JANE-40",
        },
    },
    destination="mixpanel",  # any name is a scope of its own: another one, other pseudonyms
)
if safe is None:
    print("The policy drops the event.")
else:
    print(safe.to_json().decode())
    for decision in safe.decisions:
        print(decision.path, decision.action, decision.reason, *decision.entities)
