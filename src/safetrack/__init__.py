"""Analytics events that leave your backend only as far as a policy file lets them.

::

    import safetrack

    client = safetrack.Client("safetrack.yaml")
    client.track("user-42", "Signed Up", {"plan": "pro", "email": "jane@acme.com"})

Names are loaded when they are first used (PEP 562), so that importing the package is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from safetrack.client import Client
    from safetrack.default import (
        alias,
        close,
        configure,
        flush,
        group,
        identify,
        page,
        screen,
        track,
    )
    from safetrack.destinations.destination import Destination, SendResult
    from safetrack.detect.detector import Detector, Finding
    from safetrack.errors import (
        ConfigError,
        DeliveryError,
        DetectorError,
        EventError,
        InputError,
        KeyringError,
        MissingExtraError,
        PolicyError,
        SafetrackError,
    )
    from safetrack.event import Decision, Event, Reason, SafeEvent
    from safetrack.outbox.outbox import Outbox
    from safetrack.policy.load import Policy
    from safetrack.request_context import context
    from safetrack.sanitize import Sanitizer
    from safetrack.serverless import flush_after
    from safetrack.signals import install_signal_handlers

__version__: Final = "0.1.0"

_HOMES: Final = {
    "Client": "client",
    "ConfigError": "errors",
    "Decision": "event",
    "DeliveryError": "errors",
    "Destination": "destinations.destination",
    "Detector": "detect.detector",
    "DetectorError": "errors",
    "Event": "event",
    "EventError": "errors",
    "Finding": "detect.detector",
    "InputError": "errors",
    "KeyringError": "errors",
    "MissingExtraError": "errors",
    "Outbox": "outbox.outbox",
    "Policy": "policy.load",
    "PolicyError": "errors",
    "Reason": "event",
    "SafeEvent": "event",
    "SafetrackError": "errors",
    "Sanitizer": "sanitize",
    "SendResult": "destinations.destination",
    "alias": "default",
    "close": "default",
    "configure": "default",
    "context": "request_context",
    "flush": "default",
    "flush_after": "serverless",
    "group": "default",
    "identify": "default",
    "install_signal_handlers": "signals",
    "page": "default",
    "screen": "default",
    "track": "default",
}

__all__ = [
    "Client",
    "ConfigError",
    "Decision",
    "DeliveryError",
    "Destination",
    "Detector",
    "DetectorError",
    "Event",
    "EventError",
    "Finding",
    "InputError",
    "KeyringError",
    "MissingExtraError",
    "Outbox",
    "Policy",
    "PolicyError",
    "Reason",
    "SafeEvent",
    "SafetrackError",
    "Sanitizer",
    "SendResult",
    "alias",
    "close",
    "configure",
    "context",
    "flush",
    "flush_after",
    "group",
    "identify",
    "install_signal_handlers",
    "page",
    "screen",
    "track",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'safetrack' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"safetrack.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
