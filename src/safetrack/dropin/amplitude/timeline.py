"""The plugins of a client, whose destinations in Amplitude get workers that sanitize."""

from __future__ import annotations

from threading import Lock
from typing import Any

from amplitude import plugin as vendor_plugin
from amplitude import timeline as vendor
from amplitude.constants import PluginType
from amplitude.plugin import DestinationPlugin, Plugin

from safetrack.dropin.amplitude.become import become
from safetrack.dropin.amplitude.configuration import without_values
from safetrack.dropin.amplitude.plugin import AmplitudeDestinationPlugin, guard_plugin
from safetrack.dropin.guard import Guard


class Timeline(vendor.Timeline):  # type: ignore[misc]
    """The vendor's timeline. A failing plugin's event goes on, but no value goes to the log.

    Attributes:
        safetrack: What the policy says.
    """

    safetrack: Guard | None = None
    locks: dict[PluginType, Lock]

    def setup(self, client: Any) -> None:
        """As the vendor's, with a logger that gets no values."""
        self.configuration = without_values(client.configuration)

    def add(self, plugin: Plugin) -> None:
        """As the vendor's. A plugin that sends to Amplitude sends what may leave."""
        if self.safetrack is not None:
            _take_over(plugin, self.safetrack)
        super().add(plugin)

    def begin_anew(self) -> None:
        """In a child process: nobody there would free the locks of the parent's other threads."""
        self.locks = {kind: Lock() for kind in self.locks}
        for plugin in self.plugins[PluginType.DESTINATION]:
            if isinstance(plugin, DestinationPlugin):
                plugin.timeline.begin_anew()
            if isinstance(plugin, AmplitudeDestinationPlugin):
                plugin.workers.begin_anew()


def guard_timeline(timeline: vendor.Timeline, guard: Guard) -> None:
    """Make a timeline ours, with all destinations that are on it already."""
    become(timeline, Timeline)
    if timeline.safetrack is guard:
        return
    timeline.safetrack = guard
    for plugin in timeline.plugins[PluginType.DESTINATION]:
        _take_over(plugin, guard)


def _take_over(plugin: Plugin, guard: Guard) -> None:
    if isinstance(plugin, DestinationPlugin):
        guard_timeline(plugin.timeline, guard)
    if isinstance(plugin, vendor_plugin.AmplitudeDestinationPlugin):
        guard_plugin(plugin, guard)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
