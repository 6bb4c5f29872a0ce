"""Drop-in for RudderStack's SDK: ``import safetrack.dropin.rudderstack as rudder``.

Everything of ``rudderstack.analytics`` stands here under the same name. There are two settings
more: ``policy`` and ``destination``, as for `Client`. They are read at the first call, as all
settings are.
"""

# ruff: noqa: E402  only once its version is known

from __future__ import annotations

from typing import Any, Final

from safetrack.dropin.versions import require

require("rudderstack")

from rudderstack import analytics as vendors

from safetrack.client import PolicySource
from safetrack.dropin.rudderstack import client, consumer, request  # noqa: F401  as in the SDK's module
from safetrack.dropin.rudderstack.client import Client  # noqa: F401  the module's calls make one
from safetrack.dropin.segment_family.module import DefaultClient, delegating, public_names

policy: PolicySource = None
destination: str | None = None

write_key: Any = vendors.write_key
host: Any = vendors.host
dataPlaneUrl: Any = vendors.dataPlaneUrl  # noqa: N816  the SDK's name for it
on_error: Any = vendors.on_error
debug: Any = vendors.debug
send: Any = vendors.send
sync_mode: Any = vendors.sync_mode
max_queue_size: Any = vendors.max_queue_size
gzip: Any = vendors.gzip
timeout: Any = vendors.timeout
max_retries: Any = vendors.max_retries

default_client: Any = None

_SETTINGS: Final = (
    "write_key",
    "debug",
    "max_queue_size",
    "send",
    "on_error",
    "gzip",
    "max_retries",
    "sync_mode",
    "timeout",
    "policy",
    "destination",
)
"""What the SDK's own module passes on, and ours. It has an ``upload_size`` and an
``upload_interval`` that it passes to nobody."""


def _address() -> dict[str, Any]:
    """Where the data plane is: ``dataPlaneUrl``, else the deprecated ``host``."""
    is_set = isinstance(dataPlaneUrl, str) and dataPlaneUrl != ""
    return {"host": dataPlaneUrl if is_set else host}


_default: Final = DefaultClient(globals(), _SETTINGS, more=_address)


track = _default.call("track", answers=False)
identify = _default.call("identify", answers=False)
group = _default.call("group", answers=False)
alias = _default.call("alias", answers=False)
page = _default.call("page", answers=False)
screen = _default.call("screen", answers=False)


def flush() -> None:
    """Wait until all that is queued is sent."""
    _default.get().flush()


def join() -> None:
    """End the sender threads, once they have sent what is queued."""
    _default.get().join()


def shutdown() -> None:
    """Send all that is queued, and end the sender threads."""
    _default.get().shutdown()


__all__ = public_names(vendors)  # noqa: PLE0605  a list
__getattr__ = delegating(vendors)
