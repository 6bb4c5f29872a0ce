"""Amplitude's client, with a policy."""

from __future__ import annotations

import os
import weakref
from threading import Lock
from typing import Any, Final

from amplitude import Config, constants
from amplitude import client as vendor
from amplitude.plugin import AmplitudeDestinationPlugin, DestinationPlugin, Plugin
from amplitude.timeline import Timeline

from safetrack.client import PolicySource
from safetrack.dropin.amplitude.configuration import without_values
from safetrack.dropin.amplitude.worker import take_over
from safetrack.dropin.guard import Guard
from safetrack.dropin.value_free import value_free


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
        self._timeline.configuration = without_values(self.configuration)
        _LIVE.add(self)

    track = value_free(vendor.Amplitude.track)
    identify = value_free(vendor.Amplitude.identify)
    group_identify = value_free(vendor.Amplitude.group_identify)
    revenue = value_free(vendor.Amplitude.revenue)
    set_group = value_free(vendor.Amplitude.set_group)
    flush = value_free(vendor.Amplitude.flush)

    def add(self, plugin: Plugin) -> Amplitude:
        """Add a plugin, as the vendor's. One that sends to Amplitude sends what may leave."""
        if isinstance(plugin, AmplitudeDestinationPlugin):
            take_over(plugin, self.safetrack)
        super().add(plugin)
        if isinstance(plugin, DestinationPlugin):
            plugin.timeline.configuration = without_values(self.configuration)
        return self

    @property
    def _timeline(self) -> Timeline:
        return vars(self)["_Amplitude__timeline"]

    def _begin_anew(self) -> None:
        """In a child process: nobody there would free the locks of the parent's other threads."""
        timelines = [self._timeline]
        for plugin in self._timeline.plugins[constants.PluginType.DESTINATION]:
            if isinstance(plugin, DestinationPlugin):
                timelines.append(plugin.timeline)
            if isinstance(plugin, AmplitudeDestinationPlugin):
                plugin.workers.begin_anew()
        for timeline in timelines:
            timeline.locks = {kind: Lock() for kind in timeline.locks}


_LIVE: Final[weakref.WeakSet[Amplitude]] = weakref.WeakSet()


def _begin_all_anew() -> None:
    for client in list(_LIVE):
        client._begin_anew()  # noqa: SLF001  the module's own


os.register_at_fork(after_in_child=_begin_all_anew)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
