"""The plugin that sends to Amplitude."""

from __future__ import annotations

from typing import Any, Final

from amplitude import plugin as vendor
from amplitude.storage import InMemoryStorage

from safetrack.dropin.amplitude.become import become
from safetrack.dropin.amplitude.storage import SealedStorage
from safetrack.dropin.amplitude.worker import Workers
from safetrack.dropin.guard import Guard


class AmplitudeDestinationPlugin(vendor.AmplitudeDestinationPlugin):  # type: ignore[misc]
    """The vendor's plugin, with workers that sanitize, and a storage that is given nothing raw.

    The SDK's own storage is in memory: there, events wait raw, and are sanitized on the threads
    that send them.
    """

    storage: Any

    def setup(self, client: Any) -> None:
        """As the vendor's. With a client that is not ours, the usual policy counts."""
        own = getattr(client, "safetrack", None)
        guard_plugin(self, own if isinstance(own, Guard) else Guard("amplitude"))
        super().setup(client)
        _seal_storage(self)


def guard_plugin(plugin: vendor.AmplitudeDestinationPlugin, guard: Guard) -> None:
    """Let a plugin send what may leave, also one that is set up already."""
    become(plugin, AmplitudeDestinationPlugin)
    become(plugin.workers, Workers)
    if not plugin.workers.guard_with(guard):
        return
    if plugin.storage is not None:
        plugin.workers.setup(plugin.configuration, plugin.storage)
        _seal_storage(plugin)


def _seal_storage(plugin: AmplitudeDestinationPlugin) -> None:
    """Stand before a storage of the application's own, of whatever class that is derived."""
    if type(plugin.storage) not in _SAFE:
        plugin.storage = SealedStorage(plugin.storage, plugin.workers)
        plugin.workers.setup(plugin.configuration, plugin.storage)


_SAFE: Final = (InMemoryStorage, SealedStorage)
"""Storages from which nothing raw gets out."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
