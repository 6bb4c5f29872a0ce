"""The client: the six calls, the queue, flush and join."""

from __future__ import annotations

import atexit
import inspect
import logging
import queue
import weakref
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, TypeVar

from safetrack.client import PolicySource
from safetrack.detect.fork import ForkLock
from safetrack.dropin.guard import Guard
from safetrack.dropin.segment_family.consumer import GuardedConsumer
from safetrack.dropin.segment_family.ready import Ready, ready
from safetrack.dropin.segment_family.sdk import Message, Sdk
from safetrack.dropin.segment_family.watched import sending
from safetrack.dropin.value_free import value_free, vouched_for
from safetrack.event import Reason

if TYPE_CHECKING:

    class _Vendor:
        """What the SDK's own client has."""

        queue: queue.Queue[Any]
        log: logging.Logger
        send: bool
        sync_mode: bool

        def __init__(self, **options: Any) -> None: ...
        def _enqueue(self, msg: Message) -> tuple[bool, Message]: ...
        def flush(self) -> None: ...
        def join(self) -> None: ...
else:
    _Vendor = object

logger = logging.getLogger("safetrack.dropin")

Answer: TypeAlias = tuple[bool, Message]
ClientType = TypeVar("ClientType", bound=type)

CALLS: Final = ("identify", "track", "alias", "group", "page", "screen")
"""What makes a message."""
KNOWN: Final = frozenset({*CALLS, "flush", "join", "shutdown"})
"""The public methods of the supported versions. Another one may have a way out of its own."""


class GuardedClient(_Vendor):
    """Stands before the SDK's own ``Client`` in a class's bases.

    Args:
        *args: As for the SDK's own.
        policy: As for `safetrack.Client`.
        destination: Which destination of the policy this is, or a bare scope.
        **kwargs: As for the SDK's own.
    """

    _sdk: ClassVar[Sdk]
    _consumer: ClassVar[type[GuardedConsumer]]

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.safetrack = Guard(self._sdk.vendor, policy, destination)
        self._options = _bound(self._sdk.client.Client.__init__, args, kwargs)
        # The SDK's own sender threads send what is raw, so it is told to have none.
        value_free(super().__init__)(**{**self._options, "sync_mode": True})
        self.sync_mode = self._options["sync_mode"]
        self.consumers: list[GuardedConsumer] | None = None
        self._starting = ForkLock()
        self._is_running = False
        if not self.sync_mode:
            self.consumers = self._new_consumers()
            if self.send:
                atexit.register(self.join)
                self._start()
        _LIVE.add(self)

    def flush(self) -> None:
        """Wait until all that is queued is sent."""
        self._start()
        super().flush()

    def join(self) -> None:
        """End the sender threads, once they have sent what is queued."""
        if self.consumers is not None:
            super().join()
            self._is_running = False

    def _enqueue(self, msg: Message) -> Answer:
        own = _own(msg)
        if self.send and self.sync_mode:
            return self._send_now(own)
        self._start()
        is_queued, message = super()._enqueue(own)
        if not is_queued:
            self.safetrack.drop(Reason.QUEUE_FULL)
        return is_queued, message

    def _send_now(self, msg: Message) -> Answer:
        """Sanitize and send on the caller's thread."""
        _, message = self._sdk.client.Client._enqueue(  # noqa: SLF001  it makes the finished message
            SimpleNamespace(log=self.log, send=False), msg
        )
        (passed,) = ready(self._sdk, self.safetrack, [message])
        if passed is not None:
            self._post_now(passed)
        return True, message

    def _post_now(self, message: Ready) -> None:
        try:
            with sending(self.safetrack, 1):
                self._post([message])
        except Exception as error:
            if not self.safetrack.is_observing:
                vouched_for(error)
            raise

    def _post(self, batch: list[Ready]) -> None:
        """Post a batch with the settings of this client."""
        raise NotImplementedError

    def _start(self) -> None:
        """Start the sender threads, unless they run: at first, in a child process, after `join`."""
        if self._is_running or self.sync_mode or not self.send:
            return
        with self._starting:
            if self._is_running:
                return
            self.consumers = self._new_consumers()
            try:
                for consumer in self.consumers:
                    consumer.start()
            except RuntimeError:  # the interpreter is shutting down
                logger.warning("no sender thread could be started")
                return
            self._is_running = True

    def _new_consumers(self) -> list[GuardedConsumer]:
        given = {**self._options, "retries": self._options["max_retries"], "queue": self.queue}
        if hasattr(self, "oauth_manager"):
            given["oauth_manager"] = self.oauth_manager
        names = inspect.signature(self._sdk.consumer.Consumer.__init__).parameters
        own = {name: given[name] for name in names if name in given}
        return [self._consumer(guard=self.safetrack, **own) for _ in range(self._options["thread"])]

    def _begin_again(self) -> None:
        """In a child process: what is queued is the parent's to send, and no thread runs."""
        self.queue = queue.Queue(self.queue.maxsize)
        self._is_running = False
        if self.consumers is not None:
            self.consumers = self._new_consumers()


_LIVE: Final[weakref.WeakSet[GuardedClient]] = weakref.WeakSet()


def live_clients() -> list[GuardedClient]:
    """Every client of the family in this process."""
    return list(_LIVE)


def guarded(kind: ClientType) -> ClientType:
    """A client class whose calls raise without values, and whose unknown calls are blocked."""
    kind.__signature__ = _with_ours(inspect.signature(kind._sdk.client.Client))  # type: ignore[attr-defined]  # noqa: SLF001
    for name in _public(kind):
        setattr(kind, name, value_free(getattr(kind, name)) if name in KNOWN else _blocked(name))
    return kind


def _with_ours(vendors: inspect.Signature) -> inspect.Signature:
    """The SDK's constructor, for those who look at it, with the two keywords that are ours."""
    ours = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None)
        for name in ("policy", "destination")
    ]
    return vendors.replace(parameters=[*vendors.parameters.values(), *ours])


def _public(kind: type) -> list[str]:
    return [
        name
        for name, member in inspect.getmembers(kind, inspect.isroutine)
        if not name.startswith("_")
    ]


def _blocked(name: str) -> Callable[..., None]:
    def blocked(self: GuardedClient, *_args: Any, **_kwargs: Any) -> None:
        self.safetrack.drop(Reason.UNKNOWN_CHANNEL)
        logger.warning("%s is blocked: safetrack does not know what it sends", name)

    return blocked


def _bound(call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Message:
    """The arguments of a method by name, with its defaults."""
    bound = inspect.signature(call).bind(None, *args, **kwargs)
    bound.apply_defaults()
    _, *options = bound.arguments.items()
    return dict(options)


def _own(msg: Message) -> Message:
    """A message whose context is not the caller's: the SDK writes into it."""
    context = msg.get("context")
    return {**msg, "context": dict(context)} if isinstance(context, dict) else msg
