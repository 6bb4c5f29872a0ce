"""The policies under test, with every type of destination there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

PRESETS: Final = ("strict", "product-analytics")
KEYS: Final = "k1:Y2FuYXJpZXMgc2luZyBpbiB0aGUgbWluZXMgb2YgZGF0YQE9"
"""Of the tests alone."""


def policy(preset: str, url: str, folder: Path) -> dict[str, Any]:
    """A preset, one listed event, and all destinations at once."""
    return {
        "version": 1,
        "extends": [f"safetrack:{preset}"],
        "events": {"Signed Up": {"purpose": "to prove the policy"}},
        "delivery": {
            "outbox": "memory",
            "queue": {"events": 100000, "bytes": "1GB", "when_full": "block", "deadline": "10m"},
        },
        "destinations": {
            "warehouse": {"type": "duckdb", "path": str(folder / "events.duckdb")},
            "archive": {"type": "jsonl", "path": str(folder / "events.jsonl")},
            "console": {"type": "stdout"},
            "hook": {"type": "webhook", "url": f"{url}/hook", "secret": "of the tests"},
            "mixpanel": {"type": "mixpanel", "token": "of-the-tests", "host": url},
            "posthog": {"type": "posthog", "api_key": "of-the-tests", "host": url},
            "segment": {"type": "segment", "write_key": "of-the-tests", "host": url},
            "amplitude": {"type": "amplitude", "api_key": "of-the-tests", "host": url},
        },
    }
