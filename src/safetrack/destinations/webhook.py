"""Any HTTP endpoint: a POST of neutral events as JSON, signed where there is a secret."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Mapping, Sequence
from typing import Final

from safetrack.destinations.address import checked_url
from safetrack.destinations.batch import Endpoint, Item, Shipment, batch_of
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import HttpSender
from safetrack.errors import ConfigError
from safetrack.event import SafeEvent

SIGNATURE_HEADER: Final = "Safetrack-Signature"

_TAKEN: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "transfer-encoding",
        "user-agent",
        SIGNATURE_HEADER.lower(),
    }
)
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")


class Webhook:
    """Posts ``{"events": [...]}``, each event in the neutral form.

    Args:
        url: Where to. Logs and traces show it: put secrets into `headers`.
        headers: Headers to send along, for authentication and the like.
        secret: Signs each request: `signature` says how.
        timeout: Seconds for one request.
    """

    batch_size = 100

    def __init__(
        self,
        *,
        url: str,
        headers: Mapping[str, str] | None = None,
        secret: str | None = None,
        timeout: float = 15,
    ) -> None:
        self._headers = _checked(headers or {})
        self._secret = secret.encode() if secret else None
        self._endpoint = Endpoint(
            checked_url("webhook", "url", url), batch_of("events"), headers=self._headers_of
        )
        self._sender = HttpSender(timeout=timeout)

    def send(self, events: Sequence[SafeEvent]) -> SendResult:
        """Deliver one batch, in one request (more where it is above a megabyte)."""
        shipment = Shipment(self._sender)
        items = [Item(position, event.to_json()) for position, event in enumerate(events)]
        shipment.post(self._endpoint, items)
        return shipment.result()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def _headers_of(self, body: bytes) -> Mapping[str, str]:
        if self._secret is None:
            return self._headers
        return {**self._headers, SIGNATURE_HEADER: signature(self._secret, body, int(time.time()))}


def signature(secret: bytes, body: bytes, seconds: int) -> str:
    """The signature header: ``t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">``.

    A receiver computes the same over the raw body, compares in constant time, and refuses a time
    that is more than some minutes away, so that a recorded request cannot be replayed.
    """
    signed = hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if name.lower() in _TAKEN:
            raise ConfigError(f"webhook: header {name} is set by safetrack")
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise ConfigError(
                f"webhook: header {name!r} has a name or value that HTTP cannot carry"
            )
    return dict(headers)
