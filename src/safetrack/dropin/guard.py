"""What stands between one client of a vendor's SDK and the wire."""

from __future__ import annotations

import datetime as dt
import logging
import weakref
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias, final

from safetrack import config
from safetrack.client import PolicySource, load_policy
from safetrack.default import configured_policy
from safetrack.detect.fork import ForkLock
from safetrack.dropin.destination import choose_destination
from safetrack.dropin.ending import ENDING
from safetrack.dropin.observation import Observation
from safetrack.errors import ConfigError
from safetrack.event import Reason
from safetrack.forking import in_children
from safetrack.keys.sources import resolve_secret
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitized, Sanitizer
from safetrack.vendors.shape import Id, IdKind, Shape

logger = logging.getLogger("safetrack.dropin")

Message: TypeAlias = Mapping[str, Any]
Books: TypeAlias = dict[str, int | dict[str, int]]
"""``{"tracked": n, "passed": n, "dropped": {reason: n}}``, in messages."""


@final
class Guard:
    """The policy as one drop-in client applies it. Thread-safe; holds no lock while it detects.

    Args:
        vendor: The vendor's destination type, e.g. ``mixpanel``.
        policy: As for `safetrack.Client`; without one, what `safetrack.configure` set, then the
            environment, then ``./safetrack.yaml``.
        destination: Which destination of the policy this client is. Without one it is the
            policy's only destination of this type. Where the policy has none, a bare scope, else
            the vendor's name.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
        ConfigError: `destination` is none of the policy's, though it has some of this vendor; or
            there are several and none is named (`choose_destination`).
    """

    def __init__(
        self, vendor: str, policy: PolicySource = None, destination: str | None = None
    ) -> None:
        loaded = _policy(policy)
        self.destination: Final = choose_destination(loaded, vendor, destination)
        self.observation: Final = Observation(self.destination)
        self._until = loaded.document.until if loaded.document.mode == "observe" else None
        self._sanitizer = Sanitizer(loaded.enforced())
        self._sanitizer.rules_for(self.destination)  # a wrong one is an error now, not later
        self._honours_do_not_track = loaded.document.respect_do_not_track
        described = loaded.document.destinations.get(self.destination)
        self._options: Mapping[str, Any] = described.options if described else {}
        self._policy = loaded
        self._vendor = vendor
        self._lock = ForkLock()
        self._is_warned = False
        self._begin()
        _LIVE.add(self)
        if self.is_observing:
            logger.warning(
                "mode: observe: events leave for %s unchanged until %s; nothing is enforced",
                self.destination,
                self._until,
            )

    @property
    def is_observing(self) -> bool:
        """Whether everything leaves unchanged today (``mode: observe``)."""
        return self._until is not None and _today() <= self._until

    def warm(self) -> None:
        """Load what detection needs, ahead of the first message.

        Raises:
            DetectorError: A language model is missing or not the one that was published.
        """
        self._sanitizer.warm()

    def clean(self, messages: Sequence[Message], shape: Shape) -> list[dict[str, Any] | None]:
        """Messages as they may leave, in order; None for each that may not. Never raises.

        While observing, the caller's own messages: what would have become of them is recorded.
        The messages are never changed.
        """
        off = self.switched_off()
        if off is not None:
            self._count(len(messages), Counter({off: len(messages)}))
            return [None for _ in messages]
        done = self._process(messages, shape)
        if self.is_observing:
            self.observation.note(done, shape.sdks_own)
            self._count(len(messages), Counter())
            return [message if type(message) is dict else dict(message) for message in messages]
        dropped = Counter(one.reason for one in done if one.reason is not None)
        self._count(len(messages), dropped)
        return [one.safe.to_dict() if one.safe is not None else None for one in done]

    def clean_one(self, message: Message, shape: Shape) -> dict[str, Any] | None:
        """As `clean`, for one message."""
        return self.clean([message], shape)[0]

    def identifier(self, kind: IdKind, value: object) -> Any:
        """An id as every message of this client carries it; None where it may not leave.

        Not counted as a message. While observing, the value itself.
        """
        if self.is_observing:
            return value
        (done,) = self._process([{"id": value}], _IDS[kind])
        return done.safe.to_dict().get("id") if done.safe is not None else None

    def part(self, message: Message, shape: Shape) -> dict[str, Any] | None:
        """As `clean_one`, for a part of a message that the SDK sends piece by piece: not counted."""
        done = self._process([message], shape)
        if self.is_observing:
            self.observation.note(done, shape.sdks_own)
            return message if type(message) is dict else dict(message)
        return done[0].safe.to_dict() if done[0].safe is not None else None

    def again(self, message: Message, shape: Shape) -> dict[str, Any] | Reason:
        """A message that passed before, and that somebody has changed since; or why it may not.

        Not counted: `withhold` it where it does not leave. For guards that enforce.
        """
        (done,) = self._process([message], shape)
        if done.safe is None:
            return done.reason or Reason.SANITIZER_ERROR
        return done.safe.to_dict()

    def is_as(self, other: Guard) -> bool:
        """Whether another client's policy, destination and key are this one's too."""
        return self is other or (
            self.destination == other.destination
            and self._policy == other._policy
            and self.seal("") == other.seal("")
        )

    def admit(self) -> None:
        """Count one message as passed that comes from a guard like this one."""
        self._count(1, Counter())

    def seal(self, text: str) -> str:
        """A keyed check over a text that has been sanitized and that others store.

        By it the text is known again in whatever process reads it, as long as the key is the
        current one.
        """
        return self._sanitizer.keyring.message_id(text, scope=f"{self.destination}#sealed")

    def drop(self, reason: Reason, count: int = 1) -> None:
        """Count messages that were stopped before they could be sanitized."""
        self._count(count, Counter({reason: count}))

    def withhold(self, reason: Reason) -> None:
        """Count one message as dropped after all, that `clean` had let pass."""
        with self._lock:
            self._passed -= 1
            self._dropped[reason] += 1

    def configured(self, option: str) -> str | None:
        """A secret or address of this destination in the policy; None where there is none."""
        written = self._options.get(option)
        if not isinstance(written, str):
            return None
        try:
            return resolve_secret(written)
        except ConfigError:
            return None  # the variable is not set in this process

    def switched_off(self) -> Reason | None:
        """Why nothing at all may be sent, if so; said once in the log."""
        reason: Reason | None = None
        if config.is_disabled():
            reason, said = Reason.DISABLED, "SAFETRACK_DISABLED is set"
        elif self._honours_do_not_track and config.asks_not_to_track():
            reason, said = Reason.DO_NOT_TRACK, "DO_NOT_TRACK is set"
        if reason is not None and not self._is_warned:
            self._is_warned = True
            logger.warning("%s: nothing is sent to %s", said, self.destination)
        return reason

    def stats(self) -> Books:
        """The books of this client: tracked = passed to the vendor's SDK + dropped by reason."""
        with self._lock:
            dropped = {reason.value: count for reason, count in self._dropped.items()}
            return {"tracked": self._tracked, "passed": self._passed, "dropped": dropped}

    def _process(self, messages: Sequence[Message], shape: Shape) -> Sequence[Sanitized]:
        reason = Reason.SANITIZER_ERROR
        with ENDING.detecting() as may_detect:
            try:
                if may_detect:
                    return self._sanitizer.process(list(messages), self.destination, shape)
                reason = Reason.PROCESS_ENDED
            except Exception as error:  # noqa: BLE001  whatever it is, nothing of these may leave
                logger.error("a batch was dropped: %s", type(error).__name__)  # noqa: TRY400
        return [Sanitized(None, reason, ()) for _ in messages]

    def _count(self, tracked: int, dropped: Counter[Reason]) -> None:
        with self._lock:
            self._tracked += tracked
            self._passed += tracked - dropped.total()
            self._dropped += dropped

    def _begin(self) -> None:
        """Open empty books: at the start, and in a child process, whose parent keeps its own."""
        self._tracked = self._passed = 0
        self._dropped: Counter[Reason] = Counter()

    def __reduce__(self) -> tuple[Any, ...]:
        """Clients of SDKs that can be pickled or copied still can: the copy opens own books."""
        return type(self), (self._vendor, self._policy, self.destination)

    def __repr__(self) -> str:
        return f"<Guard vendor={self._vendor} destination={self.destination}>"


_IDS: Final = {kind: Shape(vendor="id", roles={"id": Id(kind)}, fixed={}) for kind in IdKind}
_LIVE: Final[weakref.WeakSet[Guard]] = weakref.WeakSet()


in_children(_LIVE, Guard._begin)  # noqa: SLF001  the module's own


def _policy(given: PolicySource) -> Policy:
    if given is None:
        return configured_policy() or load_policy(None)
    return load_policy(given)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
