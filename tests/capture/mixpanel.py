"""A project at Mixpanel: its keys, its flags, and its servers played by the capture server."""

from __future__ import annotations

from typing import Any

import httpx
import requests

from safetrack.testing import Capture

API_KEY, API_SECRET = "0123456789abcdef" * 2, "fedcba9876543210" * 2
"""As Mixpanel makes them."""


def reroute(capture: Capture, monkeypatch: Any) -> None:
    """Whatever goes to Mixpanel's servers goes to the capture server; the SDKs do not notice.

    Connections of clients that nobody closes end with the request.
    """
    real = requests.adapters.HTTPAdapter.send
    base = httpx.URL(capture.url)

    def send(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        request.url = request.url.replace("https://api.mixpanel.com", capture.url)
        return real(self, request, *args, **kwargs)

    def near(request: Any) -> Any:
        request.headers["connection"] = "close"
        request.url = request.url.copy_with(scheme="http", host=base.host, port=base.port)
        return request

    def patched(kind: type, name: str) -> None:
        original = getattr(kind, name)
        monkeypatch.setattr(kind, name, lambda self, request: original(self, near(request)))

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    patched(httpx.HTTPTransport, "handle_request")
    patched(httpx.AsyncHTTPTransport, "handle_async_request")


def variant(key: str = "on", value: Any = True) -> dict[str, Any]:
    """A variant as ``/flags`` answers it."""
    return {"variant_key": key, "variant_value": value, "experiment_id": "x-1"}


def definition(
    key: str, context: str = "distinct_id", rule: Any = None, test: Any = None
) -> dict[str, Any]:
    """A flag as ``/flags/definitions`` answers it: half of all get one variant, half the other."""
    return {
        "id": key,
        "name": key,
        "key": key,
        "status": "enabled",
        "project_id": 77,
        "context": context,
        "hash_salt": "salt",
        "ruleset": {
            "variants": [
                {"key": "off", "value": False, "is_control": True, "split": 0.5},
                {"key": "on", "value": True, "is_control": False, "split": 0.5},
            ],
            "rollout": [{"rollout_percentage": 1.0, "runtime_evaluation_rule": rule}],
            "test": test,
        },
    }
