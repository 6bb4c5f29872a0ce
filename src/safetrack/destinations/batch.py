"""From one batch of events to requests, and from their answers back to the events.

An event may need several messages, to several endpoints; a request takes only so many messages
and bytes; a vendor may refuse some of them by index. This module keeps track of which event each
message belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from safetrack.compact_json import encode as compact
from safetrack.destinations.destination import SendResult
from safetrack.destinations.http import HttpSender, Reply
from safetrack.destinations.neutral import is_complete
from safetrack.event import JsonObject, SafeEvent
from safetrack.pace import Pace


@dataclass(frozen=True, slots=True)
class Verdict(SendResult):
    """What an answer means for each message, by position in the request.

    Attributes:
        resend: Those that the vendor would have taken without the others: they go again at once.
    """

    resend: frozenset[int] = frozenset()


Judge: TypeAlias = Callable[[Reply, int], Verdict]
"""Reads an answer to a request of so many messages."""


class Item(NamedTuple):
    """One message of the vendor's, and the position of the event that it comes from."""

    position: int
    data: bytes


def judge_by_status(reply: Reply, count: int) -> Verdict:
    """The whole request is taken, refused or to be sent again."""
    if reply.delivered:
        return Verdict()
    if reply.retryable:
        again = frozenset(range(count))
        return Verdict(retry=again, retry_after=reply.retry_after, why=reply.why)
    return Verdict(rejected=dict.fromkeys(range(count), reply.why))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one kind of message goes.

    Attributes:
        url: The address, without secrets.
        wrap: Makes a request's body from its messages.
        headers: Headers of each request, or how to compute them from its body.
        judge: Reads the answer.
        max_items: The most messages that a request may carry.
        max_bytes: The most bytes that they may have together.
        max_item_bytes: The most bytes that one may have.
    """

    url: str
    wrap: Callable[[Sequence[bytes]], bytes]
    headers: Callable[[bytes], Mapping[str, str]] = lambda _body: {}
    judge: Judge = judge_by_status
    max_items: int = 1000
    max_bytes: int = 1_000_000
    max_item_bytes: int = 1_000_000


@dataclass(slots=True)
class Shipment:
    """One `send` under way: posts messages, and adds up what became of their events."""

    sender: HttpSender
    retry: set[int] = field(default_factory=set)
    rejected: dict[int, str] = field(default_factory=dict)
    retry_after: float | None = None
    why: str = ""
    halted: bool = False

    def messages(self, events: Sequence[SafeEvent]) -> Iterator[tuple[int, JsonObject]]:
        """Each event's message with its position; without the ids that it needs, it is rejected."""
        give_way = Pace()
        for position, event in enumerate(events):
            give_way()
            message = event.to_dict()
            if is_complete(message):
                yield position, message
            else:
                self.rejected[position] = "incomplete"

    def post(self, endpoint: Endpoint, items: Sequence[Item]) -> None:
        """Send messages to one endpoint, in as many requests as its limits ask for."""
        fitting = [item for item in items if len(item.data) <= endpoint.max_item_bytes]
        self.rejected |= {
            item.position: "too_large" for item in items if len(item.data) > endpoint.max_item_bytes
        }
        for request in _requests(fitting, endpoint):
            self._post(endpoint, request)

    def result(self) -> SendResult:
        """What became of each event: one that is to be sent again is not yet rejected."""
        rejected = {at: why for at, why in self.rejected.items() if at not in self.retry}
        return SendResult(frozenset(self.retry), rejected, self.retry_after, self.why)

    def _post(self, endpoint: Endpoint, items: Sequence[Item]) -> None:
        if self.halted:  # the vendor is down or asks to wait: do not knock with the rest
            self.retry |= {item.position for item in items}
            return
        body = endpoint.wrap([item.data for item in items])
        reply = self.sender.post(endpoint.url, body, endpoint.headers(body))
        if reply.status == 413 and len(items) > 1:  # noqa: PLR2004  content too large
            half = len(items) // 2
            self._post(endpoint, items[:half])
            self._post(endpoint, items[half:])
            return
        verdict = endpoint.judge(reply, len(items))
        self._record(verdict, items)
        self.halted = reply.retryable and not verdict.resend
        if verdict.resend:
            self._post(endpoint, [items[index] for index in sorted(verdict.resend)])

    def _record(self, result: Verdict, items: Sequence[Item]) -> None:
        self.retry |= {items[index].position for index in result.retry}
        self.rejected |= {items[index].position: why for index, why in result.rejected.items()}
        self.why = result.why or self.why
        if result.retry_after is not None:
            self.retry_after = max(self.retry_after or 0.0, result.retry_after)


def array(items: Sequence[bytes]) -> bytes:
    """A JSON array of encoded messages."""
    return b"[" + b",".join(items) + b"]"


def batch_of(key: str, **envelope: Any) -> Callable[[Sequence[bytes]], bytes]:
    """A wrapper that puts messages as array `key` into an object with these other keys."""
    start = compact(envelope)[:-1] + (b"," if envelope else b"") + compact(key) + b":"
    return lambda items: start + array(items) + b"}"


def _requests(items: Sequence[Item], endpoint: Endpoint) -> Iterator[list[Item]]:
    request: list[Item] = []
    size = 0
    for item in items:
        full = len(request) == endpoint.max_items or size + len(item.data) > endpoint.max_bytes
        if request and full:
            yield request
            request, size = [], 0
        request.append(item)
        size += len(item.data) + 1
    if request:
        yield request
