"""Drop-in for ``snowplow_tracker.events``: the vendor's classes, whose errors hold no values.

Events send nothing; but an encoder's error holds the whole text that it could not encode.
"""

from __future__ import annotations

import inspect
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

from safetrack.dropin.value_free import value_free

Kind = TypeVar("Kind", bound=type[Any])


def errors_without_values(kind: Kind) -> Kind:
    """Wrap what a subclass of a vendor's class inherits from it: constructor and public calls."""
    for name, member in inspect.getmembers(kind, inspect.isfunction):
        is_method = inspect.isfunction(inspect.getattr_static(kind, name))
        is_public = name == "__init__" or not name.startswith("_")
        if is_method and is_public and name not in vars(kind):
            setattr(kind, name, value_free(member))
    return kind


@errors_without_values
class PagePing(page_ping.PagePing):
    """As the vendor's."""


@errors_without_values
class PageView(page_view.PageView):
    """As the vendor's."""


@errors_without_values
class ScreenView(screen_view.ScreenView):
    """As the vendor's."""


@errors_without_values
class SelfDescribing(self_describing.SelfDescribing):
    """As the vendor's."""


@errors_without_values
class StructuredEvent(structured_event.StructuredEvent):
    """As the vendor's."""


__all__ = ["Event", "PagePing", "PageView", "ScreenView", "SelfDescribing", "StructuredEvent"]


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
