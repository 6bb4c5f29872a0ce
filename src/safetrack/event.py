"""The two kinds of event, and what is recorded about the way from one to the other.

`Event` is raw: what the application said. `SafeEvent` is what may leave the process. The only
way from the first to the second is `safetrack.sanitize`; the outbox and every destination accept
nothing but the second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias, final

from safetrack.compact_json import decode, encode
from safetrack.reading import Plain, measured_snapshot

JsonObject: TypeAlias = dict[str, Any]

EVENT_KEYS: Final = (
    "type",
    "event",
    "name",
    "category",
    "userId",
    "anonymousId",
    "previousId",
    "groupId",
    "groupType",
    "groups",
    "properties",
    "traits",
    "context",
    "integrations",
    "timestamp",
    "messageId",
)
"""Keys of the neutral form: the field's common tracking spec
(https://segment.com/docs/connections/spec/common/), plus group types."""

EVENT_TYPES: Final = ("track", "identify", "page", "screen", "group", "alias")
"""The calls of the common tracking spec."""


class Reason(StrEnum):
    """Why a value was changed or dropped, or an event did not leave. Stable: used as metric labels."""

    # a value
    RULE = "rule"
    """The policy's rule for it says so (generalised, masked, pseudonymised, redacted, dropped)."""
    UNLISTED = "unlisted"
    """No rule names it."""
    NOT_LISTED_VALUE = "not_listed_value"
    """`keep: [a, b]` does not list it."""
    WRONG_TYPE = "wrong_type"
    """It is not what the rule expects: not a number, not a URL, not a time."""
    OUT_OF_RANGE = "out_of_range"
    """Below `min` or above `max`."""
    DETECTED = "detected"
    """Personal data was found in it."""
    KEY_NAME = "key_name"
    """Its key says what it is (`unlisted: scrub`)."""
    KEY_DETECTED = "key_detected"
    """Personal data was found in its key."""
    DETECTOR_ERROR = "detector_error"
    TIMEOUT = "timeout"
    TOO_COSTLY = "too_costly"
    UNREADABLE = "unreadable"
    """Bytes, NaN, a cycle, an object: nothing that can be read by exact type."""
    TOO_LARGE = "too_large"
    DESTINATION = "destination"
    """The destination's own narrowing drops it."""
    CONTROL = "control"
    """It would steer or enrich at the vendor; safetrack sets that itself."""
    ENVELOPE = "envelope"
    """Re-emitted in safetrack's own form: a time, a message id."""
    EXPIRED = "expired"
    """The rule's or the event's `expires` date has passed."""

    # a whole event
    UNKNOWN_EVENT_TYPE = "unknown_event_type"
    NAMELESS = "nameless"
    """A track call without the event's name: most likely its arguments are in the wrong order."""
    EVENT_DROPPED = "event_dropped"
    """The policy's `events` section drops it, or `unlisted_events: drop` does."""
    INTEGRATION_OFF = "integration_off"
    BAD_CONTROL = "bad_control"
    """A control key that restricts the flow could not be understood."""
    EPOCH_MISMATCH = "epoch_mismatch"
    """An alias or merge whose two ids derive in different epochs."""
    SANITIZER_ERROR = "sanitizer_error"
    BEFORE_FAILED = "before_failed"
    BEFORE_DROPPED = "before_dropped"
    QUEUE_FULL = "queue_full"
    DISABLED = "disabled"
    DO_NOT_TRACK = "do_not_track"
    CLOSED = "closed"
    REJECTED = "rejected"
    """The destination refused it for good."""
    AGED_OUT = "aged_out"
    OUTBOX_FULL = "outbox_full"
    OUTBOX_FAILED = "outbox_failed"
    OUTBOX_DAMAGED = "outbox_damaged"
    """Its row in the outbox could not be read back, or was not the one that was written."""
    PROCESS_ENDED = "process_ended"
    UNKNOWN_CHANNEL = "unknown_channel"
    """A vendor's SDK tried an endpoint that its channel table does not have."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What happened to one leaf. Never holds a value.

    Attributes:
        path: Where it stood, dotted; a key that no rule and no shipped vocabulary names is shown
            as ``<key#n>``, because keys can be personal data too.
        action: What was done: an action's name, e.g. ``drop`` or ``pseudonymize``.
        rule: The policy's rule that decided, e.g. ``properties.email``; None where none did.
        entities: Types of what was found in it, e.g. ``("EMAIL_ADDRESS",)``.
        reason: Why.
    """

    path: str
    action: str
    rule: str | None
    entities: tuple[str, ...]
    reason: Reason


@final
class Event:
    """An event as the application wrote it: raw.

    Args:
        message: A mapping in the neutral form (`EVENT_KEYS`). It is copied at once, by exact type
            and without running any of its code; the caller's objects are never changed.
        received_at: When it was handed over; now, if not given.
    """

    __slots__ = ("message", "received_at", "size", "spooled")

    def __init__(
        self, message: Mapping[str, object], *, received_at: dt.datetime | None = None
    ) -> None:
        read, self.size = measured_snapshot(message)
        self.message: dict[Any, Plain] = read if type(read) is dict else {}
        self.received_at = received_at or dt.datetime.now(dt.UTC)
        self.spooled: int | None = None
        """Its number in the sealed spool; None while it is in none."""

    def __repr__(self) -> str:
        kind = self.message.get("type")
        shown = kind if kind in EVENT_TYPES else "unknown"
        return f"<Event type={shown} keys={len(self.message)}>"


@final
class SafeEvent:
    """An event as it may leave for one destination. Made by ``safetrack.sanitize`` alone.

    Args:
        message: The sanitized message, or what `to_json` made of it.

    Attributes:
        message_id: Fixed over retries, different for each destination.
        destination: The name or scope it was made for; empty where none was needed.
        decisions: One for every leaf that was changed or dropped.
    """

    __slots__ = ("_json", "_message", "decisions", "destination", "message_id")

    def __init__(
        self,
        message: JsonObject | bytes,
        *,
        message_id: str,
        destination: str,
        decisions: tuple[Decision, ...] = (),
    ) -> None:
        self._message = None if isinstance(message, bytes) else message
        self._json = message if isinstance(message, bytes) else None
        self.message_id = message_id
        self.destination = destination
        self.decisions = decisions

    def to_dict(self) -> JsonObject:
        """A copy of the sanitized message, in the form of the message that went in."""
        message = self._message
        if message is None:
            found: JsonObject = decode(self._json or b"{}")
            return found
        return _copied(message)  # type: ignore[no-any-return]

    def to_json(self) -> bytes:
        """The sanitized message as compact UTF-8 JSON."""
        written, message = self._json, self._message
        if written is None:
            written = encode(message)
            self._json, self._message = written, None  # in this order: others may read meanwhile
        return written

    def __repr__(self) -> str:
        message = self.to_dict()
        kind = message.get("type")
        shown = kind if kind in EVENT_TYPES else "message"
        return f"<SafeEvent type={shown} keys={len(message)} decisions={len(self.decisions)}>"


def _copied(value: Any) -> Any:
    """A copy of a sanitized message: nothing but dicts, lists and scalars, so no need of `copy`."""
    if type(value) is dict:
        return {k: _copied(v) if type(v) in _NESTED else v for k, v in value.items()}
    if type(value) is list:
        return [_copied(item) if type(item) in _NESTED else item for item in value]
    return value


_NESTED: Final = frozenset({dict, list})
