"""Drop-in for ``snowplow_tracker.events``: the vendor's classes, whose errors hold no values.

Events send nothing; but an encoder's error holds the whole text that it could not encode.
"""

from __future__ import annotations

from typing import Any, TypeVar

import snowplow_tracker.events as vendor
from snowplow_tracker.events import (
    page_ping,
    page_view,
    screen_view,
    self_describing,
    structured_event,
)
from snowplow_tracker.events.event import Event

from safetrack.dropin.value_free import value_free_calls
from safetrack.frames import without_frames

T = TypeVar("T")


def _without_values(kind: type[T]) -> type[T]:
    """Decorates a class. The constructor's errors say what is empty, which is no value."""
    kind.__init__ = without_frames(kind.__init__)  # type: ignore[method-assign]
    return value_free_calls(kind)


@_without_values
class PagePing(page_ping.PagePing):
    """As the vendor's."""


@_without_values
class PageView(page_view.PageView):
    """As the vendor's."""


@_without_values
class ScreenView(screen_view.ScreenView):
    """As the vendor's."""


@_without_values
class SelfDescribing(self_describing.SelfDescribing):
    """As the vendor's."""


@_without_values
class StructuredEvent(structured_event.StructuredEvent):
    """As the vendor's."""


__all__ = ["Event", "PagePing", "PageView", "ScreenView", "SelfDescribing", "StructuredEvent"]


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
