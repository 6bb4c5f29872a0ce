"""Drop-in for ``snowplow_tracker``: change the import, and every event is sanitized.

::

    wire.py         an event, opened to be sanitized and closed again; pure
    vetted.py       events that may leave, known again by their content
    sanitizing.py   events as they may leave
    last_hop.py     between an emitter and ``requests``: what goes through is on the wire
    emitters.py, tracker.py, events.py, snowplow.py   as the vendor's modules of the same names

Whatever is not here comes from the vendor's package as it is; none of that can send anything.
"""

from __future__ import annotations

from typing import Any

from safetrack.dropin.logs import silence_values
from safetrack.dropin.versions import require

require("snowplow")

# ruff: noqa: E402, F401  after the check above; `__all__` is the vendor's

import snowplow_tracker as vendor

from safetrack.dropin.snowplow import emitters, events, snowplow, tracker
from safetrack.dropin.snowplow.emitters import AsyncEmitter, Emitter
from safetrack.dropin.snowplow.events import (
    PagePing,
    PageView,
    ScreenView,
    SelfDescribing,
    StructuredEvent,
)
from safetrack.dropin.snowplow.snowplow import Snowplow
from safetrack.dropin.snowplow.tracker import Tracker

silence_values(["snowplow_tracker.emitters", "snowplow_tracker.snowplow"])

__all__ = [name for name in dir(vendor) if not name.startswith("_")]


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
