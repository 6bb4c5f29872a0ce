"""Mixpanel's client: every message of every call passes the guard, also those of `alias`."""

from __future__ import annotations

import inspect
from typing import Any, Final

import mixpanel as vendor

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.mixpanel.consumers import (
    BufferedConsumer,
    Consumer,
    Guarded,
    credential,
    is_built_as_ours,
    sanitizes_itself,
)
from safetrack.dropin.mixpanel.flags.local_feature_flags import LocalFeatureFlagsProvider
from safetrack.dropin.mixpanel.flags.remote_feature_flags import RemoteFeatureFlagsProvider
from safetrack.dropin.mixpanel.wire import Sender, clean, written
from safetrack.dropin.value_free import value_free, value_free_calls


@value_free_calls
class Mixpanel(vendor.Mixpanel):
    """`mixpanel.Mixpanel`, whose messages leave only as far as the policy lets them.

    Args:
        *args: As `mixpanel.Mixpanel`.
        policy: As for `safetrack.Client`. Without one, that of the consumer, then what
            `safetrack.configure` set, the environment, ``./safetrack.yaml``.
        destination: Which destination of the policy it is; without one, the policy's only one of
            type ``mixpanel``, else ``mixpanel``.
        **kwargs: As `mixpanel.Mixpanel`.

    Attributes:
        safetrack: The policy as this client applies it, with its books.

    Raises:
        PolicyError: There is no policy, or it is wrong.
        KeyringError: The policy needs a key and there is none.
    """

    def __init__(
        self,
        *args: Any,
        policy: PolicySource = None,
        destination: str | None = None,
        **kwargs: Any,
    ) -> None:
        own = _CLIENT.bind(self, *args, **kwargs).arguments
        own.pop("self")
        local, remote = own.pop("local_flags_config", None), own.pop("remote_flags_config", None)
        consumer = own.get("consumer")
        self.safetrack: Final = _guard(consumer, policy, destination)
        super().__init__(**own)
        if not consumer:
            self._consumer = Consumer(credentials=self._credentials)
        known = (vendor.__version__, self.track, self._credentials)
        if local:
            self._local_flags_provider = LocalFeatureFlagsProvider(
                self._token, local, *known, guard=self.safetrack
            )
        if remote:
            self._remote_flags_provider = RemoteFeatureFlagsProvider(
                self._token, remote, *known, guard=self.safetrack
            )

    @property
    def _consumer(self) -> Any:
        """The consumer, which gets each message together with whose it is."""
        return Outlet(self, vars(self)["_consumer"])

    @_consumer.setter
    def _consumer(self, consumer: Any) -> None:
        self.__dict__["_consumer"] = unwrapped(consumer)

    def alias(self, alias_id: Any, original: Any, meta: Any = None) -> None:
        """As `mixpanel.Mixpanel.alias`, but to the server of the client's own consumer.

        The vendor's goes to the United States, wherever the project's data lives.
        """
        event = {
            "event": "$create_alias",
            "properties": {"distinct_id": original, "alias": alias_id, "token": self._token},
        }
        event.update(meta or {})
        text = vendor.json_dumps(event, cls=self._serializer)
        for one in clean([text], "events", lambda _text: self._sender()):
            if one.is_observed:
                super().alias(alias_id, original, meta)
            else:
                self._synchronous().send("events", one)

    def people_track_charge(
        self, distinct_id: Any, amount: Any, properties: Any = None, meta: Any = None
    ) -> Any:
        """As the SDK's, which writes the amount into the caller's own properties: not here."""
        own = dict(properties) if isinstance(properties, dict) else properties
        return super().people_track_charge(distinct_id, amount, own, meta)

    def _synchronous(self) -> Any:
        """A consumer that sends at once."""
        consumer: Any = vars(self)["_consumer"]
        if isinstance(consumer, BufferedConsumer):
            consumer = consumer._consumer  # noqa: SLF001  of our own
        return (
            consumer
            if isinstance(consumer, Consumer) and is_built_as_ours(consumer)
            else Consumer()
        )

    def _sender(self) -> Sender:
        return Sender(self.safetrack, frozenset({self._token}))


_CLIENT: Final = inspect.signature(vendor.Mixpanel.__init__)


def _guard(consumer: Any, policy: PolicySource, destination: str | None) -> Guard:
    """A client's own policy, else its consumer's own, else the usual one."""
    has_none = policy is None and destination is None
    if has_none and isinstance(consumer, Guarded) and consumer.has_own_policy:
        return consumer.safetrack
    return Guard("mixpanel", policy, destination)


class Outlet:
    """A consumer as the calls of one client see it.

    Consumers of ours sanitize at their last step. Any other may send to anywhere: it gets what
    has been sanitized.
    """

    __slots__ = ("_client", "_consumer")

    def __init__(self, client: Mixpanel, consumer: Any) -> None:
        object.__setattr__(self, "_client", client)
        object.__setattr__(self, "_consumer", consumer)

    @value_free
    def send(self, endpoint: str, json_message: str, *args: Any, **kwargs: Any) -> None:
        """Hand a message to the consumer."""
        sender = self._client._sender()  # noqa: SLF001  the client's own outlet
        text = written(json_message, sender)
        if sanitizes_itself(self._consumer):
            self._consumer.send(endpoint, text, *args, **kwargs)
            return
        for one in clean([text], endpoint, lambda _text: sender):
            if not one.is_observed:
                args, kwargs = _checked(args), _checked(kwargs)
            self._consumer.send(endpoint, one, *args, **kwargs)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._consumer)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._consumer, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._consumer, name, value)

    def __eq__(self, other: object) -> bool:
        return bool(self._consumer == unwrapped(other))

    def __hash__(self) -> int:
        return hash(self._consumer)


def unwrapped(consumer: Any) -> Any:
    """The consumer itself, where it was reached through a client."""
    return object.__getattribute__(consumer, "_consumer") if type(consumer) is Outlet else consumer


def _checked(given: Any) -> Any:
    """What goes to a consumer beside the message: a project's keys, or nothing."""
    if isinstance(given, tuple):
        return tuple([_checked(one) for one in given])
    if isinstance(given, dict):
        return {name: _checked(one) for name, one in given.items()}
    return credential(given)
