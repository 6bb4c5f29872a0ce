"""The process-wide policy and client behind ``safetrack.configure`` and ``safetrack.track``."""

from __future__ import annotations

import threading
from typing import Any, Final

from safetrack.client import Client, Fields, PolicySource, load_policy
from safetrack.frames import without_frames
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer

_lock: Final = threading.RLock()
"""As all locks that calls take: a signal handler may flush while the thread it runs on holds one."""
_policy: Policy | None = None
_client: Client | None = None


def configure(policy: PolicySource = None, **options: Any) -> None:
    """Set the process-wide policy that drop-ins and the module-level calls use.

    The client behind the module-level calls is made by the first of them: a drop-in has no use for
    it, nor for what the policy's destinations need. With `options` it is made at once.

    Args:
        policy: As for `Client`.
        **options: Further arguments of `Client`, for the module-level calls.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
        ConfigError: With `options`: a destination cannot be made.
    """
    global _policy, _client
    loaded = load_policy(policy)
    Sanitizer(loaded.enforced())  # what is wrong is said here, not by the first call
    client = Client(loaded, **options) if options else None
    with _lock:
        old, _client, _policy = _client, client, loaded
    if old is not None:
        old.close()


def configured_policy() -> Policy | None:
    """The policy that `configure` set, if it was called."""
    return _policy


def client() -> Client:
    """The process-wide client, made on first use.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        ConfigError: A destination cannot be made.
    """
    global _client  # noqa: PLW0603
    with _lock:
        if _client is None:
            _client = Client(_policy)
        return _client


def current_client() -> Client | None:
    """The process-wide client, if it has been used."""
    return _client


@without_frames
def track(
    user_id: str | None = None,
    event: str | None = None,
    properties: Fields | None = None,
    **fields: Any,
) -> str:
    """`Client.track` of the process-wide client."""
    return client().track(user_id, event, properties, **fields)


@without_frames
def identify(user_id: str | None = None, traits: Fields | None = None, **fields: Any) -> str:
    """`Client.identify` of the process-wide client."""
    return client().identify(user_id, traits, **fields)


@without_frames
def group(
    user_id: str | None = None,
    group_id: str | None = None,
    traits: Fields | None = None,
    **fields: Any,
) -> str:
    """`Client.group` of the process-wide client."""
    return client().group(user_id, group_id, traits, **fields)


@without_frames
def alias(user_id: str | None = None, previous_id: str | None = None, **fields: Any) -> str:
    """`Client.alias` of the process-wide client."""
    return client().alias(user_id, previous_id, **fields)


@without_frames
def page(
    user_id: str | None = None,
    name: str | None = None,
    properties: Fields | None = None,
    **fields: Any,
) -> str:
    """`Client.page` of the process-wide client."""
    return client().page(user_id, name, properties, **fields)


@without_frames
def screen(
    user_id: str | None = None,
    name: str | None = None,
    properties: Fields | None = None,
    **fields: Any,
) -> str:
    """`Client.screen` of the process-wide client."""
    return client().screen(user_id, name, properties, **fields)


def flush(timeout: float = 5.0) -> bool:
    """`Client.flush` of the process-wide client."""
    return client().flush(timeout)


def close(timeout: float = 5.0) -> bool:
    """`Client.close` of the process-wide client; the next call makes a new one."""
    global _client
    with _lock:
        old, _client = _client, None
    return old.close(timeout) if old is not None else True
