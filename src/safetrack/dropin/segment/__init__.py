"""Drop-in for Segment's SDK: ``import safetrack.dropin.segment as analytics``.

Everything of ``segment.analytics`` stands here under the same name. There are two settings more:
``policy`` and ``destination``, as for `Client`. They are read at the first call, as all settings
are.
"""

# ruff: noqa: E402  only once its version is known

from __future__ import annotations

from typing import Any, Final

from safetrack.dropin.versions import require

require("segment")

from segment import analytics as vendors

from safetrack.client import PolicySource
from safetrack.dropin.segment import client, consumer, request  # noqa: F401  as in the SDK's module
from safetrack.dropin.segment.client import Client  # noqa: F401  the module's calls make one
from safetrack.dropin.segment_family.module import DefaultClient, delegating, public_names

policy: PolicySource = None
destination: str | None = None

write_key: Any = vendors.write_key
host: Any = vendors.host
on_error: Any = vendors.on_error
debug: Any = vendors.debug
log_handler: Any = vendors.log_handler
send: Any = vendors.send
sync_mode: Any = vendors.sync_mode
max_queue_size: Any = vendors.max_queue_size
gzip: Any = vendors.gzip
timeout: Any = vendors.timeout
max_retries: Any = vendors.max_retries
oauth_client_id: Any = vendors.oauth_client_id
oauth_client_key: Any = vendors.oauth_client_key
oauth_key_id: Any = vendors.oauth_key_id
oauth_auth_server: Any = vendors.oauth_auth_server
oauth_scope: Any = vendors.oauth_scope

default_client: Any = None

_SETTINGS: Final = (
    "write_key",
    "host",
    "debug",
    "max_queue_size",
    "send",
    "on_error",
    "gzip",
    "max_retries",
    "sync_mode",
    "timeout",
    "oauth_client_id",
    "oauth_client_key",
    "oauth_key_id",
    "oauth_auth_server",
    "oauth_scope",
    "policy",
    "destination",
)
"""What the SDK's own module passes on, and ours. It has a ``log_handler`` that it passes to nobody."""

_default: Final = DefaultClient(globals(), _SETTINGS)


track = _default.call("track", answers=True)
identify = _default.call("identify", answers=True)
group = _default.call("group", answers=True)
alias = _default.call("alias", answers=True)
page = _default.call("page", answers=True)
screen = _default.call("screen", answers=True)


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
