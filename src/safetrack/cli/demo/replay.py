"""Sends the stream through a real client, as an application would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from safetrack.cli.demo.stream import Message
from safetrack.client import Client
from safetrack.delivery.counters import Stats
from safetrack.errors import DeliveryError
from safetrack.keys.generate import new_key

DESTINATION: Final = "warehouse"
_FLUSH_EVERY: Final = 2000
"""Events between two progress reports."""
_PATIENCE: Final = 600.0
"""Seconds to wait for the last event to arrive."""

_CALLS: Final[Mapping[str, Callable[[Client, Message, Mapping[str, Any]], object]]] = {
    "track": lambda client, message, common: client.track(
        message["userId"], message["event"], message["properties"], **common
    ),
    "page": lambda client, message, common: client.page(
        message["userId"], message["name"], message["properties"], **common
    ),
    "identify": lambda client, message, common: client.identify(
        message["userId"], message["traits"], **common
    ),
    "group": lambda client, message, common: client.group(
        message["userId"], message["groupId"], message["traits"], **common
    ),
}
"""The client's call for each type of message."""


@contextmanager
def demo_policy(path: Path, warehouse: Path) -> Iterator[Path]:
    """Write the demo's policy to `path`, with a fresh key that exists only inside the block.

    The key lies in a private folder of its own, apart from the data, and is deleted at the end:
    after that nobody can make these pseudonyms again.
    """
    with TemporaryDirectory(prefix="safetrack-demo-") as folder:
        key = Path(folder) / "keys"
        key.touch(mode=0o600)
        key.write_text(new_key())
        path.write_text(_policy_text(key, warehouse), encoding="utf-8")
        yield path


def _policy_text(key: Path, warehouse: Path) -> str:
    """The policy beside this file, with the places that are known only now. JSON is YAML."""
    written = Path(__file__).with_name("policy.yaml").read_text(encoding="utf-8")
    target = {DESTINATION: {"type": "duckdb", "path": str(warehouse)}}
    return (
        f"{written}\nkeys: {json.dumps(f'file:{key}')}   # deleted when the demo ended\n"
        f"destinations: {json.dumps(target)}\n"
    )


def replay(
    policy: Path, messages: Iterable[Message], *, on_progress: Callable[[int], None]
) -> Stats:
    """Hand every message to a client and wait until all have arrived.

    Args:
        policy: The policy file.
        messages: Events in the neutral form.
        on_progress: Called now and then with the number of events that have arrived.

    Returns:
        What the client counted for the destination.

    Raises:
        DeliveryError: Nothing at all arrived, for instance because ``SAFETRACK_DISABLED`` is set.
    """
    with Client(policy) as client:
        for number, message in enumerate(messages, start=1):
            _CALLS[message["type"]](client, message, _common(message))
            if number % _FLUSH_EVERY == 0:
                client.flush(timeout=_PATIENCE)
                on_progress(number)
        client.flush(timeout=_PATIENCE)
        stats = client.stats()[DESTINATION]
    if not stats["delivered"]:
        raise DeliveryError(f"none of the demo's events arrived; dropped: {stats['dropped']}")
    return stats


def _common(message: Message) -> dict[str, Any]:
    return {
        "anonymous_id": message["anonymousId"],
        "groups": message["groups"],
        "context": message["context"],
        "timestamp": message["timestamp"],
        "message_id": message["messageId"],
    }
