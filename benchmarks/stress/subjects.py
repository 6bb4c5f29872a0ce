"""The clients that are compared: safetrack and the vendors' own SDKs, each as its manual says.

A vendor's client is made from the module that its manual imports, or from `home`: a drop-in's.
Only what the comparison needs is set: the server, and queues as large as ours, so that a burst
measures the call and not how fast a full queue refuses.
"""

from __future__ import annotations

import importlib
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

PROPERTIES: Final[Mapping[str, Any]] = {
    "plan": "pro",
    "seats": 12,
    "amount": 149.5,
    "currency": "EUR",
    "trial": False,
    "source": "newsletter",
    "step": 3,
    "steps": 7,
    "duration_ms": 1834.2,
    "platform": "web",
    "app_version": "4.12.1",
    "experiment": "pricing-b",
    "items": 4,
    "returning": True,
}
"""With ``n``, the event's number, 15 properties of an ordinary event."""
EVENT: Final = "Checkout Completed"
USER: Final = "user-4242"
QUEUE: Final = 100_000
"""Events that may wait, of ours by default; of the vendors' where it can be set."""

POLICY: Final[Mapping[str, Any]] = {
    "version": 1,
    "events": {EVENT: {"purpose": "benchmark"}},
    "properties": {
        "n": {"keep": "integer"},
        "plan": {"keep": ["free", "pro", "enterprise"]},
        "seats": {"keep": "integer"},
        "amount": {"keep": "number"},
        "currency": {"keep": ["EUR", "USD"]},
        "trial": {"keep": "boolean"},
        "source": {"keep": ["newsletter", "search", "friend"]},
        "step": {"keep": "integer"},
        "steps": {"keep": "integer"},
        "duration_ms": {"keep": "number"},
        "platform": {"keep": ["web", "ios", "android"]},
        "app_version": {"generalize": "version"},
        "experiment": {"keep": ["pricing-a", "pricing-b"]},
        "items": {"keep": "integer"},
        "returning": {"keep": "boolean"},
    },
}
"""What a team that knows its events writes: every property has its type or its values."""


@dataclass
class Running:
    """A client under test.

    Attributes:
        track: Sends the event of this number.
        flush: Waits until all is sent, up to so many seconds.
        close: Ends it as its manual says.
    """

    track: Callable[[int], object]
    flush: Callable[[float], object]
    close: Callable[[], object]
    client: Any = None


@dataclass(frozen=True)
class Options:
    """Where a client sends to, and what is set of ours.

    Attributes:
        url: The sink.
        folder: For the outbox; None for memory.
        delivery: The policy's section of that name.
    """

    url: str
    folder: Path | None = None
    delivery: Mapping[str, Any] = field(default_factory=dict)


def give_keys() -> None:
    """Keys for this process and all that it starts: they adopt each other's outboxes."""
    from safetrack.keys.generate import new_key

    os.environ.setdefault("SAFETRACK_KEYS", new_key())


def safetrack(options: Options) -> Running:
    """Ours, to Segment's form, with the outbox on disk."""
    import safetrack as own

    give_keys()
    policy = {
        **POLICY,
        "delivery": options.delivery,
        "destinations": {"sink": {"type": "segment", "write_key": "k", "host": options.url}},
    }
    client = own.Client(policy, outbox=options.folder)
    return Running(
        lambda n: client.track(USER, EVENT, {**PROPERTIES, "n": n}),
        client.flush,
        client.close,
        client,
    )


def segment(options: Options, home: str = "segment.analytics", **ours: Any) -> Running:
    """Segment's SDK."""
    sdk = importlib.import_module(home)
    client = sdk.Client("k", host=options.url, max_queue_size=QUEUE, **ours)
    return Running(
        lambda n: client.track(USER, EVENT, {**PROPERTIES, "n": n}),
        lambda _seconds: client.flush(),
        client.shutdown,
        client,
    )


def posthog(options: Options, home: str = "posthog", **ours: Any) -> Running:
    """PostHog's SDK."""
    sdk = importlib.import_module(home)
    client = sdk.Posthog("phc_k", host=options.url, max_queue_size=QUEUE, **ours)
    return Running(
        lambda n: client.capture(EVENT, distinct_id=USER, properties={**PROPERTIES, "n": n}),
        lambda _seconds: client.flush(),
        client.shutdown,
        client,
    )


def mixpanel(options: Options, home: str = "mixpanel", **ours: Any) -> Running:
    """Mixpanel's SDK with its buffer, which is flushed in the caller's thread."""
    sdk = importlib.import_module(home)
    urls = {"events_url": f"{options.url}/track", "people_url": f"{options.url}/engage"}
    consumer = sdk.BufferedConsumer(**urls, **ours)
    client = sdk.Mixpanel("k", consumer=consumer, **ours)
    return Running(
        lambda n: client.track(USER, EVENT, {**PROPERTIES, "n": n}),
        lambda _seconds: consumer.flush(),
        consumer.flush,
        client,
    )


def amplitude(options: Options, home: str = "amplitude", **ours: Any) -> Running:
    """Amplitude's SDK. Its own flush does not wait for what its threads are sending already."""
    sdk = importlib.import_module(home)
    config = sdk.Config(server_url=f"{options.url}/2/httpapi", flush_queue_size=200)
    tracked: list[int] = []
    answered: list[int] = []  # appended to by several threads
    config.callback = lambda _event, code, _message: answered.append(code)
    client = sdk.Amplitude("k", config, **ours)

    def track(n: int) -> None:
        tracked.append(n)
        client.track(sdk.BaseEvent(EVENT, user_id=USER, event_properties={**PROPERTIES, "n": n}))

    def flush(seconds: float) -> None:
        until = time.monotonic() + seconds
        client.flush()
        while len(answered) < len(tracked) and time.monotonic() < until:
            time.sleep(0.002)

    return Running(track, flush, client.shutdown, client)


def rudder(options: Options, home: str = "rudderstack.analytics", **ours: Any) -> Running:
    """RudderStack's SDK."""
    sdk = importlib.import_module(home)
    client = sdk.Client("k", host=options.url, max_queue_size=QUEUE, gzip=False, **ours)
    return Running(
        lambda n: client.track(USER, EVENT, {**PROPERTIES, "n": n}),
        lambda _seconds: client.flush(),
        client.shutdown,
        client,
    )


def snowplow(options: Options, home: str = "snowplow_tracker", **ours: Any) -> Running:
    """Snowplow's tracker, with the emitter that has a thread and batches as large as the others'."""
    sdk = importlib.import_module(home)
    emitter = sdk.AsyncEmitter(options.url, batch_size=100, buffer_capacity=QUEUE, **ours)
    client = sdk.Tracker("k", emitter, sdk.Subject().set_user_id(USER))
    schema = f"iglu:com.acme/{EVENT.replace(' ', '_').lower()}/jsonschema/1-0-0"

    def track(n: int) -> None:
        document = sdk.SelfDescribingJson(schema, {**PROPERTIES, "n": n})
        client.track(sdk.SelfDescribing(document))

    return Running(track, lambda _seconds: client.flush(), client.flush, client)


SUBJECTS: Final[Mapping[str, Callable[[Options], Running]]] = {
    "safetrack": safetrack,
    "segment": segment,
    "posthog": posthog,
    "mixpanel": mixpanel,
    "amplitude": amplitude,
    "rudder": rudder,
}
"""By name."""


def running(name: str, options: Options) -> Running:
    """A client, with the vendors' loggers silenced."""
    silence()
    return SUBJECTS[name](options)


LOUD: Final = ("segment", "posthog", "rudder", "amplitude", "mixpanel", "urllib3", "backoff")
"""Loggers that print a line for every failed request."""


def silence() -> None:
    """Have them print none."""
    for loud in LOUD:
        logging.getLogger(loud).setLevel(logging.CRITICAL)
