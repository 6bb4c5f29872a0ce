"""One SDK of the family: its modules, what its messages are made of, its own constants."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import orjson

from safetrack.event import Reason
from safetrack.vendors.channel import Channel
from safetrack.vendors.segment import REQUIRED
from safetrack.vendors.shape import Shape

Message: TypeAlias = dict[str, Any]

_PLAIN: Final = (
    orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)
"""Only values of JSON's own types: what looks like one may write itself in another way later."""


@dataclass(frozen=True, slots=True)
class Sdk:
    """One SDK of the family.

    Attributes:
        vendor: Its name in the policy and in `safetrack.dropin.versions`.
        shape: What stands where in its messages.
        channels: The endpoints that it talks to.
        client: Its module with ``Client``.
        consumer: Its module with ``Consumer``.
        request: Its module with ``post``.
        sessions: HTTP sessions that its modules keep.
        library: What it writes to ``context.library`` of every message.
        constants: What else it writes to every message.
    """

    vendor: str
    shape: Shape
    channels: tuple[Channel, ...]
    client: Any
    consumer: Any
    request: Any
    sessions: tuple[Any, ...]
    library: Mapping[str, str]
    constants: Mapping[str, Any]

    @property
    def most_bytes(self) -> int:
        """Of one message; the SDK's server refuses larger ones."""
        return int(self.consumer.MAX_MSG_SIZE)

    @property
    def batch_bytes(self) -> int:
        """Of the messages of one request: the one that reaches it is the last."""
        return int(self.consumer.BATCH_SIZE_LIMIT)

    def size(self, message: object) -> int | None:
        """Bytes of a message in a request; None where it cannot be written."""
        try:
            return len(json.dumps(message, cls=self.request.DatetimeSerializer).encode())
        except Exception:  # noqa: BLE001  whatever it is, it has no size
            return None

    def written(self, message: Message) -> bytes | None:
        """A sanitized message as bytes, quickly: by these it is known again.

        None where it cannot be written.
        """
        try:
            return orjson.dumps(message, option=_PLAIN)
        except (TypeError, RecursionError):
            pass  # a number that is too large for it, or nothing that was sanitized
        try:
            return json.dumps(message, cls=self.request.DatetimeSerializer).encode()
        except Exception:  # noqa: BLE001  whatever it is, it cannot be sent
            return None

    def size_of_clean(self, message: Message, written: bytes | None) -> int | None:
        """As `size`, of a sanitized message that is `written`, quickly: at most a little more."""
        if written is None or not written.isascii():  # the SDK escapes what is not
            return self.size(message)
        return len(written) + written.count(b",") + written.count(b":")  # it writes spaces there

    def bare(self, message: Message) -> Message:
        """A message without what the SDK itself wrote into it; the given one is not changed."""
        own = {key: value for key, value in message.items() if key not in self.constants}
        context = own.get("context")
        if type(context) is dict:
            own["context"] = {key: value for key, value in context.items() if key != "library"}
        return own

    def complete(self, message: Message) -> Reason | None:
        """Add what the SDK itself writes to a sanitized message.

        Returns:
            Why it must not be sent after all: the vendor would refuse the batch that it is in.
        """
        for key in REQUIRED.get(message["type"], ()):
            if message.get(key) in {None, ""}:
                return Reason.REJECTED
        if "messageId" not in message:  # an empty one was given, or one that is no text
            message["messageId"] = str(uuid.uuid4())
        if not (message.get("userId") or message.get("anonymousId")):
            message["anonymousId"] = message["messageId"]  # an event of nobody is refused
        message["context"] = {**message.get("context", {}), "library": dict(self.library)}
        message.update(self.constants)
        return None
