"""A new beginning in a child process."""

from __future__ import annotations

import copy
import os
from typing import Any, Final

from safetrack.dropin.segment_family.client import live_clients
from safetrack.dropin.segment_family.sdk import Sdk

_SDKS: Final[list[Sdk]] = []
_PARENTS: Final[list[Any]] = []
"""The parent's connections and cookies. They are kept: to close a connection may wait for a lock
that a thread of the parent's held, and that nobody frees here."""


def begin_again_after_fork(sdk: Sdk) -> None:
    """From now on children of this process get threads and connections of their own."""
    _SDKS.append(sdk)


def _begin_all() -> None:
    for sdk in _SDKS:
        for session in sdk.sessions:
            _renew(session)
    for client in live_clients():
        client._begin_again()  # noqa: SLF001  the family's own


def _renew(session: Any) -> None:
    """Give a session its settings again, without sockets and locks."""
    _PARENTS.extend((session.cookies, *session.adapters.values()))
    session.cookies = copy.copy(session.cookies)
    for prefix, adapter in session.adapters.items():
        session.adapters[prefix] = copy.copy(adapter)


os.register_at_fork(after_in_child=_begin_all)
