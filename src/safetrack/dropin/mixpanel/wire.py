"""From the JSON text that the SDK is about to send to the text that may leave."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeAlias

import mixpanel as vendor

from safetrack.dropin.guard import Guard
from safetrack.event import Reason
from safetrack.vendors.mixpanel import (
    MIXPANEL_EVENT,
    MIXPANEL_GROUP,
    MIXPANEL_PEOPLE,
    VERBS,
)
from safetrack.vendors.shape import Shape

logger = logging.getLogger("safetrack.dropin")

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a message.

    Attributes:
        guard: The policy that it passes.
        tokens: The projects that it may go to.
    """

    guard: Guard
    tokens: frozenset[str]


class Written(str):
    """A message as a client wrote it, with the client: a consumer may serve several."""

    __slots__ = ("sender",)
    sender: Sender


class Passed(str):
    """What a guard let out: it is not looked at again.

    Attributes:
        is_observed: Whether it is the caller's own text (``mode: observe``).
    """

    __slots__ = ("is_observed",)
    is_observed: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """What the messages to one endpoint of the consumers look like.

    Attributes:
        shape: For the sanitizer.
        bag: Where the envelope stands; empty for the message itself. A message with a bag is an event.
        token: The envelope's key for the project's token.
        own: What else of the envelope the SDK writes as constants.
        needs: Keys of the envelope without which Mixpanel refuses the message.
    """

    shape: Shape
    bag: str
    token: str
    own: Mapping[str, object]
    signs: Mapping[str, str]
    needs: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()


_EVENT: Final = _Form(
    MIXPANEL_EVENT,
    "properties",
    "token",
    own={"mp_lib": "python", "$lib_version": vendor.__version__},
    signs={},
)


def _update(shape: Shape, *needs: str) -> _Form:
    own = {"$unset": ["$transactions"]}  # people_clear_charges
    return _Form(shape, "", "$token", own, {"$delete": ""}, needs, frozenset(VERBS))


_FORMS: Final[Mapping[str, _Form]] = {
    "events": _EVENT,
    "imports": _EVENT,
    "people": _update(MIXPANEL_PEOPLE, "$distinct_id"),
    "groups": _update(MIXPANEL_GROUP, "$group_key", "$group_id"),
}
"""By the names that the SDK's consumers have for their endpoints."""

_LINKS: Final[Mapping[str, tuple[str, ...]]] = {
    "$create_alias": ("distinct_id", "alias"),
    "$merge": ("$distinct_ids",),
    "$identify": ("$identified_id", "$anon_id"),
}
"""Ids without which an event that links two ids says nothing."""


def passed(text: str, *, is_observed: bool = False) -> Passed:
    """Mark a text as one that may leave."""
    marked = Passed(text)
    marked.is_observed = is_observed
    return marked


def written(text: str | bytes, sender: Sender) -> Written:
    """Mark a text with who wrote it."""
    marked = Written(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
    marked.sender = sender
    return marked


def clean(
    texts: Sequence[str], endpoint: object, sender_of: Callable[[str], Sender]
) -> list[Passed]:
    """Sanitize texts that go to one endpoint, those of one sender together.

    Args:
        texts: Each is one message, or a list of messages, as JSON.
        endpoint: ``events``, ``people``, ``groups`` or ``imports``; anything else is blocked.
        sender_of: Who sends a text.

    Returns:
        What may leave, in order. A text of which nothing may leave is missing.
    """
    left: list[Passed] = []
    for is_done, some in groupby(texts, key=lambda text: type(text) is Passed):
        if is_done:
            left += [text for text in some if isinstance(text, Passed)]
            continue
        for sender, own in groupby(some, key=sender_of):
            left += _closed(list(own), endpoint, sender)
    return left


def _closed(texts: Sequence[str], endpoint: object, sender: Sender) -> list[Passed]:
    """As `_cleaned`; whatever goes wrong, nothing of these texts leaves."""
    failed = ""
    try:
        return _cleaned(texts, endpoint, sender)
    except Exception as error:  # noqa: BLE001  said below, outside of what handled values
        failed = type(error).__name__
    logger.error("a batch was dropped: %s", failed)
    return blocked(texts, Reason.SANITIZER_ERROR, sender.guard)


def _cleaned(texts: Sequence[str], endpoint: object, sender: Sender) -> list[Passed]:
    off = sender.guard.switched_off()
    if off is not None:
        sender.guard.drop(off, len(texts))
        return []
    form = _FORMS.get(endpoint) if isinstance(endpoint, str) else None
    if form is None:
        return blocked(texts, Reason.UNKNOWN_CHANNEL, sender.guard)
    units = [_read(text) for text in texts]
    done = iter(_sanitized([one for unit in units for one in unit or ()], form, sender))
    left: list[Passed] = []
    for text, unit in zip(texts, units, strict=True):
        if unit is None:
            left += blocked([text], Reason.UNREADABLE, sender.guard)
        else:
            left += _text(text, [next(done) for _ in unit])
    return left


def blocked(texts: Sequence[str], reason: Reason, guard: Guard) -> list[Passed]:
    """What is left of texts that no guard can read: nothing, unless it only observes."""
    if guard.is_observing:
        return [passed(text, is_observed=True) for text in texts]
    guard.drop(reason, len(texts))
    return []


_OBSERVED: Final[Json] = {}
"""Stands for a message that leaves as it came."""


def _sanitized(messages: Sequence[Json], form: _Form, sender: Sender) -> list[Json | None]:
    bare = [_bare(message, form, sender) for message in messages]
    done = sender.guard.clean(bare, form.shape)
    return [
        _OBSERVED if after is before else _finished(after, message, form, sender)
        for after, before, message in zip(done, bare, messages, strict=True)
    ]


def _read(text: object) -> list[Json] | None:
    """The messages in a text; None where it is not JSON, or holds no objects or anything else."""
    try:
        found: Any = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    unit = found if type(found) is list else [found]
    return unit if unit and all(type(message) is dict for message in unit) else None


def _bare(message: Json, form: _Form, sender: Sender) -> Json:
    """A message without what the SDK itself wrote: it is written anew after sanitizing.

    What stands in its place but is not the SDK's own stays, and the guard records that it goes.
    """
    bag = message.get(form.bag) if form.bag else message
    if type(bag) is not dict:
        return dict(message)
    left = {key: value for key, value in bag.items() if not _is_own(key, value, form, sender)}
    return {**message, form.bag: left} if form.bag else left


def _is_own(key: str, value: object, form: _Form, sender: Sender) -> bool:
    if key == form.token:
        return type(value) is str and value in sender.tokens
    return key in form.signs or (key in form.own and form.own[key] == value)


def _finished(after: Json | None, before: Json, form: _Form, sender: Sender) -> Json | None:
    """A sanitized message with its envelope; None where too little is left of it."""
    if after is None:
        return None
    own = _own(before, form)
    reason = _shortfall(after, own, form)
    token = _token(_bag(before, form).get(form.token), sender)
    if reason is None and token is None:
        _warn_of_token(sender)
        reason = Reason.CONTROL
    if reason is not None:
        sender.guard.withhold(reason)
        return None
    if "$add" in after:
        after = {**after, "$add": _numbers(after["$add"])}
    nobody = {"distinct_id": ""} if form.bag and after["event"] not in _LINKS else {}
    whole = {form.token: token, **nobody, **_bag(after, form), **own}
    return {**after, form.bag: whole} if form.bag else whole


def _numbers(added: Json) -> Json:
    """What can be added: a marker that stands for a number would cost the whole update."""
    return {key: value for key, value in added.items() if type(value) in {int, float}}


def _own(before: Json, form: _Form) -> Json:
    """What the SDK itself wrote into a message."""
    bag = _bag(before, form)
    own = {key: value for key, value in form.own.items() if bag.get(key) == value}
    return own | {key: sign for key, sign in form.signs.items() if key in bag}


def _shortfall(after: Json, own: Json, form: _Form) -> Reason | None:
    """Why Mixpanel could do nothing with what is left of a message."""
    if form.bag and not after.get("event"):
        return Reason.NAMELESS
    needs = _LINKS.get(after["event"], ()) if form.bag else form.needs
    bag = _bag(after, form)
    has_verb = not form.verbs or not form.verbs.isdisjoint(bag.keys() | own.keys())
    is_enough = has_verb and all(_is_there(bag.get(key)) for key in needs)
    return None if is_enough else Reason.RULE


def _bag(message: Json, form: _Form) -> Json:
    bag = message.get(form.bag, {}) if form.bag else message
    return bag if type(bag) is dict else {}


def _is_there(value: object) -> bool:
    """Whether an id is left, or both where there are to be two."""
    return len(value) > 1 if type(value) is list else value is not None


def _token(said: object, sender: Sender) -> str | None:
    """The project: the one that the message names, if it is known, else the only one known."""
    if type(said) is str and said in sender.tokens:
        return said
    return next(iter(sender.tokens)) if len(sender.tokens) == 1 else None


def _warn_of_token(sender: Sender) -> None:
    logger.warning(
        "%s: a message names a Mixpanel project that its consumer does not know, and is dropped; "
        "send it through a Mixpanel client, or give the policy's destination its token",
        sender.guard.destination,
    )


def _text(text: str, results: list[Json | None]) -> Iterator[Passed]:
    """What may leave of a text, as a text of the same form."""
    if any(one is _OBSERVED for one in results):
        yield passed(text, is_observed=True)
        return
    left = [one for one in results if one is not None]
    if left:
        is_list = text.lstrip()[:1] == "["
        yield passed(_dumped(left if is_list else left[0]))


def _dumped(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
