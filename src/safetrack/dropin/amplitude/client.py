"""Amplitude's client, with a policy."""

from __future__ import annotations

import weakref
from typing import Any, Final

from amplitude import Config
from amplitude import client as vendor
from amplitude.plugin import Plugin

from safetrack.client import PolicySource
from safetrack.dropin.amplitude.timeline import Timeline, guard_timeline
from safetrack.dropin.guard import Guard
from safetrack.dropin.value_free import value_free_calls
from safetrack.forking import in_children


@value_free_calls
class Amplitude(vendor.Amplitude):  # type: ignore[misc]
    """Amplitude's client. Events are sanitized on its own threads, right before they leave.

    Whatever plugins add, whenever they were added, and whether or not they fail, has been added
    before that. An event that the policy drops is not sent and calls nobody back, as one that a
    plugin drops.

    Args:
        api_key: As the vendor's.
        configuration: As the vendor's.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is.

    Attributes:
        safetrack: Its `Guard`: ``client.safetrack.stats()``.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
        ConfigError: `destination` cannot be one.
    """

    def __init__(
        self,
        api_key: str,
        configuration: Config | None = None,
        *,
        policy: PolicySource = None,
        destination: str | None = None,
    ) -> None:
        self.safetrack: Final = Guard("amplitude", policy, destination)
        super().__init__(api_key, configuration)
        self._timeline.setup(self)
        _LIVE.add(self)

    def add(self, plugin: Plugin) -> Amplitude:
        """As the vendor's. A plugin that sends to Amplitude sends what may leave."""
        guard_timeline(self._timeline, self.safetrack)
        super().add(plugin)
        return self

    @property
    def _timeline(self) -> Timeline:
        timeline: Timeline = vars(self)["_Amplitude__timeline"]
        return timeline


_LIVE: Final[weakref.WeakSet[Amplitude]] = weakref.WeakSet()


in_children(_LIVE, lambda client: client._timeline.begin_anew())  # noqa: SLF001  the module's own


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
