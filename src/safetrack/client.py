"""The client: the calls of the common tracking spec, sanitized and delivered in the background."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import EllipsisType, TracebackType
from typing import Any, Final, Self, TypeAlias

from safetrack import config
from safetrack.delivery import endings
from safetrack.delivery.counters import Stats
from safetrack.delivery.intake import Bounds
from safetrack.delivery.listener import OnDelivered, OnDrop
from safetrack.delivery.pipeline import Pipeline, Route
from safetrack.delivery.worker import Before
from safetrack.destinations.destination import Destination
from safetrack.destinations.registry import build
from safetrack.errors import ConfigError, DeliveryError, EventError, PolicyError
from safetrack.event import Event, Reason
from safetrack.frames import without_frames
from safetrack.keys.sources import resolve_secret
from safetrack.message_id import new_message_id
from safetrack.outbox.memory import MemoryOutbox
from safetrack.outbox.open import open_outbox, open_spool
from safetrack.outbox.outbox import Outbox
from safetrack.outbox.sealed.spool import SealedSpool
from safetrack.policy.document import Delivery, DestinationDocument
from safetrack.policy.load import Policy
from safetrack.reading import snapshot
from safetrack.request_context import current_context
from safetrack.sanitize import Sanitizer

logger = logging.getLogger("safetrack")

PolicySource: TypeAlias = "Policy | Mapping[str, Any] | str | os.PathLike[str] | None"
Fields: TypeAlias = Mapping[str, object]

SPOOL_FACTOR: Final = 2
"""The sealed spool may take so much more than the queue in memory: it removes whole logs."""

_NOT_FAULTS: Final = frozenset(
    {Reason.EVENT_DROPPED, Reason.INTEGRATION_OFF, Reason.EXPIRED, Reason.BEFORE_DROPPED}
)
"""What the policy or the caller wanted: strict mode does not raise for these."""


class Client:
    """Sends events to every destination of a policy, as far as the policy lets them.

    Every call returns at once with the event's message id and raises nothing, whatever it is
    given; what could not be sent is counted (`stats`) by reason. Thread-safe; works after a fork.

    Args:
        policy: A path, a `Policy` or a dict; if not given, ``SAFETRACK_POLICY``, then
            ``./safetrack.yaml``.
        destinations: Names of the policy's destinations to use (default: all of them), or own
            `Destination` objects by name.
        outbox: A folder for the outbox, an `Outbox`, or None for one in memory; the policy's
            ``delivery.outbox`` if not given.
        strict: Sanitize on the caller's thread and raise `EventError` or `DeliveryError` when an
            event is refused. For development and tests.
        default_properties: Added to every event's properties; the call's own win.
        before: Runs ahead of the policy on every event, in the background; returns the event (or
            a mapping in the neutral form), or None to drop it.
        on_drop: Called with a `Reason` and a path, never a value, for all that is dropped.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        ConfigError: A destination cannot be made.
    """

    def __init__(  # noqa: PLR0913  the public contract
        self,
        policy: PolicySource = None,
        *,
        destinations: Iterable[str] | Mapping[str, Destination] | None = None,
        outbox: Outbox | str | os.PathLike[str] | EllipsisType | None = ...,
        strict: bool = False,
        default_properties: Fields | None = None,
        before: Before | None = None,
        on_drop: OnDrop | None = None,
    ) -> None:
        self.policy = load_policy(policy)
        document = self.policy.document
        self._strict = strict
        self._default_properties = dict(default_properties or {})
        self._lock = threading.RLock()
        self._do_not_track = document.respect_do_not_track
        self._warned = False
        sanitizer = Sanitizer(self.policy)
        self._route = Route(
            sanitizer=sanitizer,
            outbox=_outbox(outbox, document.delivery, sanitizer),
            destinations=_destinations(self.policy, destinations),
            bounds=_bounds(document.delivery),
            age=document.delivery.keep.age.total_seconds(),
            before=before,
            on_drop=on_drop,
            spool=_spool(outbox, document.delivery, sanitizer),
        )
        self._pipeline: Pipeline | None = Pipeline(self._route)
        endings.watch(self)
        if not config.is_disabled():
            self._pipeline.resume()

    @without_frames
    def track(
        self,
        /,
        user_id: str | None = None,
        event: str | None = None,
        properties: Fields | None = None,
        **fields: Any,
    ) -> str:
        """Something happened.

        Args:
            user_id: Who did it.
            event: Its name, e.g. ``Signed Up``.
            properties: More about it.
            **fields: ``anonymous_id``, ``groups``, ``context``, ``integrations``, ``timestamp``,
                ``message_id``.

        Returns:
            The message id.
        """
        return self._send("track", fields, userId=user_id, event=event, properties=properties)

    @without_frames
    def identify(
        self,
        /,
        user_id: str | None = None,
        traits: Fields | None = None,
        *,
        set_once: Fields | None = None,
        **fields: Any,
    ) -> str:
        """Say who someone is. ``set_once`` holds traits that are kept as first set."""
        once = {"$set_once": set_once} if set_once is not None else None
        return self._send("identify", fields, userId=user_id, traits=traits, properties=once)

    @without_frames
    def group(
        self,
        /,
        user_id: str | None = None,
        group_id: str | None = None,
        traits: Fields | None = None,
        *,
        group_type: str | None = None,
        **fields: Any,
    ) -> str:
        """Say which group (company, team …) someone belongs to, and what the group is like."""
        own = {"userId": user_id, "groupId": group_id, "traits": traits, "groupType": group_type}
        return self._send("group", fields, **own)

    @without_frames
    def alias(
        self, /, user_id: str | None = None, previous_id: str | None = None, **fields: Any
    ) -> str:
        """Say that two ids are the same person."""
        return self._send("alias", fields, userId=user_id, previousId=previous_id)

    @without_frames
    def page(
        self,
        /,
        user_id: str | None = None,
        name: str | None = None,
        properties: Fields | None = None,
        *,
        category: str | None = None,
        **fields: Any,
    ) -> str:
        """Someone saw a page."""
        own = {"userId": user_id, "name": name, "properties": properties, "category": category}
        return self._send("page", fields, **own)

    @without_frames
    def screen(
        self,
        /,
        user_id: str | None = None,
        name: str | None = None,
        properties: Fields | None = None,
        *,
        category: str | None = None,
        **fields: Any,
    ) -> str:
        """Someone saw a screen of an app."""
        own = {"userId": user_id, "name": name, "properties": properties, "category": category}
        return self._send("screen", fields, **own)

    def flush(self, timeout: float = 5.0) -> bool:
        """Send everything now. True when nothing is pending any more within `timeout` seconds.

        The first time, that includes what ended processes left in the outbox.
        """
        return self._own_pipeline().flush(timeout)

    async def aflush(self, timeout: float = 5.0) -> bool:  # noqa: ASYNC109  the same word as in flush
        """As `flush`, without blocking the event loop."""
        return await asyncio.get_running_loop().run_in_executor(None, self.flush, timeout)

    def close(self, timeout: float = 5.0) -> bool:
        """Flush and stop. Later events are dropped and counted."""
        endings.forget(self)
        return self._own_pipeline().close(timeout)

    async def aclose(self, timeout: float = 5.0) -> bool:  # noqa: ASYNC109  the same word as in close
        """As `close`, without blocking the event loop."""
        return await asyncio.get_running_loop().run_in_executor(None, self.close, timeout)

    def stats(self) -> dict[str, Stats]:
        """For each destination how many events were tracked, delivered, dropped by reason, pend."""
        return self._own_pipeline().stats()

    def ages(self) -> dict[str, float | None]:
        """For each destination how old its oldest event in the outbox is, in seconds."""
        return self._own_pipeline().ages()

    def on_delivered(self, listener: OnDelivered) -> None:
        """Have a function called, in the background, with each batch that is delivered.

        Args:
            listener: Called with the destination and, for each event, the seconds since it was
                accepted. Must be quick.
        """
        self._route.on_delivered.append(listener)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client destinations={', '.join(self._route.destinations)}>"

    def _send(self, kind: str, fields: dict[str, Any], **own: object) -> str:
        """Build the neutral message and hand it to the background."""
        pipeline = self._own_pipeline()
        message_id = _message_id(fields.get("message_id"))
        refused = self._switched_off()
        if refused is not None:
            pipeline.refuse(refused)
            return message_id
        now = dt.datetime.now(dt.UTC)
        message = self._message(kind, now, fields, own)
        message["messageId"] = message_id
        event = Event(message, received_at=now)
        if self._strict:
            _raise_for(pipeline.accept_now(event))
        else:
            pipeline.accept(event)
        return message_id

    def _message(
        self, kind: str, now: dt.datetime, fields: Mapping[str, Any], own: Mapping[str, object]
    ) -> dict[str, object]:
        context = current_context()
        message: dict[str, object] = {"type": kind, "timestamp": f"{now.isoformat()[:-6]}Z"}
        message.update(context.fields)
        message.update({key: value for key, value in own.items() if value is not None})
        if not fields and not self._default_properties and not context.properties:
            return message
        for word, key in _FIELDS.items():
            if fields.get(word) is not None:
                message[key] = _merged(message.get(key), fields[word])
        extra = {**self._default_properties, **context.properties}
        if extra and kind in {"track", "page", "screen"}:
            message["properties"] = _merged(extra, message.get("properties"))
        for word in fields.keys() - _FIELDS.keys() - {"message_id"}:
            message[word] = fields[word]  # no shape names it: it is dropped, with a decision
        return message

    def _switched_off(self) -> Reason | None:
        if config.is_disabled():
            self._warn_once("SAFETRACK_DISABLED is set: nothing is sent")
            return Reason.DISABLED
        if self._do_not_track and config.asks_not_to_track():
            return Reason.DO_NOT_TRACK
        return None

    def _warn_once(self, message: str) -> None:
        if not self._warned:
            self._warned = True
            logger.warning(message)

    def _own_pipeline(self) -> Pipeline:
        """This process's pipeline."""
        pipeline = self._pipeline
        if pipeline is not None:
            return pipeline
        with self._lock:
            if self._pipeline is None:
                self._pipeline = self._child_pipeline()
                endings.hook()
            return self._pipeline

    def _child_pipeline(self) -> Pipeline:
        """A new one, in memory where this process may not use the folder that its parent could."""
        try:
            return Pipeline(self._route)
        except (ConfigError, OSError) as error:
            why = type(error).__name__
        logger.warning("no outbox in a child process (%s): its events wait in memory", why)
        return Pipeline(replace(self._route, outbox=MemoryOutbox, spool=lambda: None))

    def leave_to_parent(self) -> None:
        """Begin anew in a child process: what was queued, and every thread, is the parent's."""
        self._lock = threading.RLock()
        if self._pipeline is not None and not self._pipeline.is_closed:
            self._pipeline = None

    def close_at_exit(self, timeout: float) -> None:
        """As `close`, if this process has sent anything."""
        if self._pipeline is not None:
            self._pipeline.close(timeout)


_FIELDS: Final[Mapping[str, str]] = {
    "anonymous_id": "anonymousId",
    "groups": "groups",
    "context": "context",
    "integrations": "integrations",
    "timestamp": "timestamp",
}
"""Keyword arguments of every call, and their keys in the neutral form."""


def load_policy(policy: PolicySource) -> Policy:
    """A policy from whatever a caller may give for one.

    Raises:
        PolicyError: There is none, or it is wrong.
    """
    if isinstance(policy, Policy):
        return policy
    if isinstance(policy, Mapping):
        return Policy.from_dict(policy)
    if not isinstance(policy, str | os.PathLike | None):
        raise PolicyError(f"a policy is a path, a Policy or a dict, not {type(policy).__name__}")
    path = Path(policy) if policy is not None else config.find_policy()
    if path is None:
        raise PolicyError(
            "there is no policy: pass one, set SAFETRACK_POLICY, or write ./safetrack.yaml "
            "(`safetrack init` makes one to start from)"
        )
    return Policy.load(path)


def _merged(base: object, over: object) -> object:
    """Two mappings as one, the second winning; anything else is replaced."""
    if base is None or over is None:
        return base if over is None else over
    under, upper = snapshot(base), snapshot(over)
    return {**under, **upper} if type(under) is dict and type(upper) is dict else upper


def _message_id(given: object) -> str:
    """The caller's own id, as text; a new one where that is not possible."""
    if given is None:
        return new_message_id()
    read = snapshot(given)
    return str(read) if type(read) in {str, int} and read != "" else new_message_id()


def _raise_for(reasons: list[Reason]) -> None:
    faults = [reason for reason in reasons if reason not in _NOT_FAULTS]
    if not faults:
        return
    kind = DeliveryError if faults[0] in {Reason.CLOSED, Reason.OUTBOX_FULL} else EventError
    raise kind(f"the event was refused: {', '.join(sorted({fault.value for fault in faults}))}")


def _bounds(delivery: Delivery) -> Bounds:
    queue = delivery.queue
    deadline = queue.deadline.total_seconds() if queue.deadline is not None else 1.0
    return Bounds(queue.events, queue.bytes, queue.when_full, deadline)


def _place(outbox: object, delivery: Delivery) -> str | None:
    """The folder of the outbox, or ``auto``; None for memory alone."""
    if isinstance(outbox, str | os.PathLike):
        return os.fspath(outbox)
    return None if outbox is None or delivery.outbox == "memory" else delivery.outbox


def _outbox(outbox: object, delivery: Delivery, sanitizer: Sanitizer) -> Callable[[], Outbox]:
    """What makes the outbox of a process."""
    if not isinstance(outbox, str | os.PathLike | EllipsisType | None):
        given: Any = outbox
        return lambda: given
    place = _place(outbox, delivery)
    if place is None:
        return lambda: MemoryOutbox(bytes=delivery.keep.bytes)
    keyring = sanitizer.keyring if sanitizer.has_own_keys else None
    return lambda: open_outbox(place, keyring, most_bytes=delivery.keep.bytes)


def _spool(
    outbox: object, delivery: Delivery, sanitizer: Sanitizer
) -> Callable[[], SealedSpool | None]:
    """What makes the sealed spool of a process, if the policy wants one."""
    if delivery.spool != "sealed":
        return lambda: None
    place = _place(outbox, delivery)
    if place is None or not getattr(outbox, "is_durable", True):
        raise ConfigError(
            "`spool: sealed` keeps events on disk, but the outbox is in memory: give it a folder, "
            "or write `spool: clean`"
        )
    if not sanitizer.has_own_keys:
        raise PolicyError(
            "`spool: sealed` needs a key, and the policy's `keys` hold none: make one with "
            "`safetrack keys new` and put it there"
        )
    most = SPOOL_FACTOR * delivery.queue.bytes
    return lambda: open_spool(place, sanitizer.keyring, most_bytes=most)


def _destinations(
    policy: Policy, wanted: Iterable[str] | Mapping[str, Destination] | None
) -> Mapping[str, Callable[[], Destination]]:
    documents = policy.document.destinations
    if isinstance(wanted, Mapping):
        return {name: _always(given) for name, given in wanted.items()}
    names = list(documents) if wanted is None else list(wanted)
    unknown = [name for name in names if name not in documents]
    if unknown or not names:
        known = ", ".join(documents) or "none"
        what = f"no destination named {unknown[0]}" if unknown else "no destination to send to"
        raise ConfigError(f"the policy has {what} (it has: {known}); add one under `destinations:`")
    return {name: _factory(name, documents[name]) for name in names}


def _always(destination: Destination) -> Callable[[], Destination]:
    return lambda: destination


def _factory(name: str, document: DestinationDocument) -> Callable[[], Destination]:
    try:
        options = {key: _resolved(value) for key, value in document.options.items()}
    except ConfigError as error:
        why = str(error)
    else:
        return lambda: build(name, document.type, options, document.timeout)
    raise ConfigError(f"destination {name}: {why}")


def _resolved(value: object) -> object:
    """An option with the secrets in it read from where they are."""
    if isinstance(value, str):
        return resolve_secret(value)
    if isinstance(value, Mapping):
        return {key: _resolved(item) for key, item in value.items()}
    return value
