"""PostHog's SDK under the same names, with what it sends sanitized.

::

    from safetrack.dropin.posthog import Posthog        instead of  from posthog import Posthog
    import safetrack.dropin.posthog as posthog          instead of  import posthog

The functions of the module are the vendor's own code, run against the names of this module: its
settings (``posthog.host = …``), its ``default_client``, its `Client`. The vendor's module and its
settings are never written to.
"""

# ruff: noqa: E402  the version is checked before the SDK is touched

from __future__ import annotations

from typing import Any

from safetrack.dropin.versions import require

require("posthog")

import posthog as _vendor

from safetrack.dropin.posthog.client import Client as Client
from safetrack.dropin.posthog.client import Posthog as Posthog
from safetrack.dropin.posthog.default import contexts_in as _contexts_in
from safetrack.dropin.posthog.default import moved as _moved

if hasattr(_vendor, "AsyncClient"):
    from safetrack.dropin.posthog.async_client import AsyncClient as AsyncClient
    from safetrack.dropin.posthog.async_client import AsyncPosthog as AsyncPosthog

new_context, scoped = inner_new_context, inner_scoped = _contexts_in(globals())

__all__ = [name for name in vars(_vendor) if not name.startswith("_")]

globals().update(_moved(_vendor, globals()))


def __getattr__(name: str) -> Any:
    return getattr(_vendor, name)
