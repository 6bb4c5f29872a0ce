"""Amplitude's SDK, whose events are sanitized before they leave.

Write ``from safetrack.dropin.amplitude import Amplitude, BaseEvent`` for
``from amplitude import Amplitude, BaseEvent``; everything else stays as it is.

::

    client.py         Amplitude: the vendor's client, with a policy
    timeline.py       Timeline: its plugins; those that send to Amplitude become ours
    plugin.py         AmplitudeDestinationPlugin: the one that does
    worker.py         Workers: the last hop, where events become bytes, on the SDK's own threads
    storage.py        what stands before a storage of the application's own
    event.py          the vendor's events, whose errors hold no values
    message.py        the vendor's events as messages, and messages as events
    configuration.py  the vendor's configuration, whose logger gets no values
    become.py         objects that the SDK makes for itself, made ours

Classes that neither send nor check values (plugins, `Config` …) are the vendor's own.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, Final

from safetrack.dropin.logs import silence_values
from safetrack.dropin.versions import require

require("amplitude")

# ruff: noqa: E402  only where its version is supported

import amplitude as vendor
from amplitude.constants import LOGGER_NAME

from safetrack.dropin.amplitude.client import Amplitude as Amplitude
from safetrack.dropin.amplitude.event import BaseEvent as BaseEvent
from safetrack.dropin.amplitude.event import EventOptions as EventOptions
from safetrack.dropin.amplitude.event import GroupIdentifyEvent as GroupIdentifyEvent
from safetrack.dropin.amplitude.event import Identify as Identify
from safetrack.dropin.amplitude.event import IdentifyEvent as IdentifyEvent
from safetrack.dropin.amplitude.event import Revenue as Revenue
from safetrack.dropin.amplitude.event import RevenueEvent as RevenueEvent

silence_values([LOGGER_NAME])

_SENDS: Final = frozenset({"http_client"})
"""Modules of the SDK's that would send what they are given as it is."""

__all__ = [  # the vendor's public names, whatever its version has
    name
    for name, value in vars(vendor).items()
    if not name.startswith("_") and not isinstance(value, ModuleType)
]


def __getattr__(name: str) -> Any:
    if name in _SENDS:
        raise AttributeError(f"{name} of Amplitude's SDK sends what it is given, unsanitized")
    return getattr(vendor, name)


def __dir__() -> list[str]:
    return sorted({*vars(vendor), *globals()} - _SENDS)
