"""A new beginning in a child process."""

from __future__ import annotations

import copy
import os
from typing import Any, Final

from safetrack.dropin.segment_family.client import live_clients
from safetrack.dropin.segment_family.sdk import Sdk

_SDKS: Final[list[Sdk]] = []
_PARENTS: Final[list[Any]] = []
"""The parent's connections. They are kept: to close them may wait for a lock that nobody frees."""


def begin_again_after_fork(sdk: Sdk) -> None:
    """From now on children of this process get threads and connections of their own."""
    _SDKS.append(sdk)


def _begin_all() -> None:
    for sdk in _SDKS:
        for session in sdk.sessions:
            for prefix, adapter in list(session.adapters.items()):
                _PARENTS.append(adapter)
                session.adapters[prefix] = copy.copy(adapter)  # its settings, without its sockets
    for client in live_clients():
        client._begin_again()  # noqa: SLF001  the family's own


os.register_at_fork(after_in_child=_begin_all)
