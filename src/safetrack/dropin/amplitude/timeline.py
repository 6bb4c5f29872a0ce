"""The plugins of a client, whose destinations in Amplitude get workers that sanitize."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Final

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

    def apply_plugins(self, plugin_type: PluginType, event: Any) -> Any:
        """As the vendor's. Destinations that plugins make for themselves meanwhile are ours too."""
        self._watch(plugin_type)
        result = super().apply_plugins(plugin_type, event)
        self._watch(plugin_type)
        return result

    def _watch(self, plugin_type: PluginType) -> None:
        if self.safetrack is None:
            return
        for plugin in self.plugins[plugin_type]:
            if type(plugin) not in _OWNS_NOTHING:
                _take_over(plugin, self.safetrack)

    def begin_anew(self) -> None:
        """In a child process: nobody there would free the locks of the parent's other threads."""
        self.locks = {kind: Lock() for kind in self.locks}
        added = [plugin for of_kind in self.plugins.values() for plugin in of_kind]
        for plugin in (one for held in added for one in (held, *_owned(held))):
            if isinstance(plugin, DestinationPlugin) and isinstance(plugin.timeline, Timeline):
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
    _make_ours(plugin, guard)
    for one in _owned(plugin):
        if not isinstance(one, AmplitudeDestinationPlugin):  # else it has a policy
            _make_ours(one, guard)


def _make_ours(plugin: Plugin, guard: Guard) -> None:
    if isinstance(plugin, DestinationPlugin):
        guard_timeline(plugin.timeline, guard)
    if isinstance(plugin, vendor_plugin.AmplitudeDestinationPlugin):
        guard_plugin(plugin, guard)


_OWNS_NOTHING: Final = (AmplitudeDestinationPlugin, vendor_plugin.ContextPlugin)


def _owned(plugin: Plugin) -> list[Plugin]:
    """All plugins that a plugin holds itself, whatever it calls them, and that those hold."""
    found = [plugin]
    for one in found:  # which grows
        for held in list(getattr(one, "__dict__", {}).values()):
            inside = _ITEMS.get(type(held), _itself)(held)
            found += [new for new in inside if _is_plugin(new) and not _is_in(new, found)]
    return found[1:]


def _is_plugin(held: Any) -> bool:
    return issubclass(type(held), Plugin)


def _itself(held: Any) -> list[Any]:
    return [held]


_ITEMS: Final[dict[type, Callable[[Any], list[Any]]]] = {
    list: list,
    tuple: list,
    set: list,
    dict: lambda held: list(held.values()),
}
"""What is in the collections in which a plugin may hold others."""


def _is_in(plugin: Plugin, found: list[Plugin]) -> bool:
    return any(plugin is one for one in found)


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
