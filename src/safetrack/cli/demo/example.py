"""One event of the stream, as the application wrote it and as it left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safetrack.cli.demo.replay import DESTINATION
from safetrack.cli.demo.stream import Message, Stream
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer

_WANTED: Final = ("name", "email", "phone")
"""Kinds of planted values, in the order in which the example should hold them."""


@dataclass(frozen=True, slots=True)
class Example:
    """One event's exact bytes: compact UTF-8 JSON."""

    before: bytes
    after: bytes
    message_id: str
    """Under which the event stands in the destination."""


def pick_example(policy: Path, stream: Stream) -> Example:
    """The stream's first message to support in which its writer gives name and address or phone.

    It is sanitized once more, with the key of the run: what comes out is what was stored.
    """
    message = next(filter(_tells_much, stream.messages), stream.messages[0])
    safe = Sanitizer(Policy.load(policy)).sanitize(message, DESTINATION)
    before = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return Example(before, safe.to_json() if safe else b"", safe.message_id if safe else "")


def _tells_much(message: Message) -> bool:
    text = message.get("properties", {}).get("message", "")
    return "my name is" in text.lower() and "@" in text
