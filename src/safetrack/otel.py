"""Delivery as OpenTelemetry metrics. Needs the extra ``otel``.

================================  =========  ============================================
metric                            kind       attributes
================================  =========  ============================================
``safetrack.events.tracked``      counter    ``destination``
``safetrack.events.delivered``    counter    ``destination``
``safetrack.events.dropped``      counter    ``destination``, ``reason`` (a `Reason`)
``safetrack.events.pending``      gauge      ``destination``
``safetrack.outbox.age``          gauge, s   ``destination``: of its oldest event
``safetrack.delivery.latency``    histogram  ``destination``: seconds from acceptance to delivery
================================  =========  ============================================

No attribute holds anything of an event. All but the latency are read when the SDK exports.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from safetrack.client import Client
from safetrack.delivery.counters import Stats
from safetrack.errors import ConfigError, MissingExtraError

try:
    from opentelemetry.metrics import CallbackOptions, Meter, MeterProvider, Observation, get_meter
except ModuleNotFoundError:
    raise MissingExtraError("safetrack.otel", "otel") from None

_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 86_400.0)
"""Seconds: from the ordinary delivery to one after an outage of a day."""


def instrument(client: Client, meter_provider: MeterProvider | None = None) -> None:
    """Report a client's delivery, for as long as it is in use.

    Args:
        client: Whose.
        meter_provider: Where to; OpenTelemetry's global one if not given.

    Raises:
        ConfigError: `client` is none.
    """
    if not isinstance(client, Client):
        raise ConfigError(f"instrument takes a safetrack.Client, not {type(client).__name__}")
    meter = get_meter("safetrack", meter_provider=meter_provider)
    books = _Books(client)
    meter.create_observable_counter(
        "safetrack.events.tracked",
        books.reading("tracked"),
        "{event}",
        "Events accepted or refused",
    )
    meter.create_observable_counter(
        "safetrack.events.delivered", books.reading("delivered"), "{event}", "Events delivered"
    )
    meter.create_observable_counter(
        "safetrack.events.dropped", books.dropped(), "{event}", "Events dropped, by reason"
    )
    meter.create_observable_gauge(
        "safetrack.events.pending", books.reading("pending"), "{event}", "Events on their way"
    )
    meter.create_observable_gauge(
        "safetrack.outbox.age", books.ages(), "s", "Age of the oldest event in the outbox"
    )
    client.on_delivered(_recorder(meter))


def _recorder(meter: Meter) -> Callable[[str, Sequence[float]], None]:
    latency = meter.create_histogram(
        "safetrack.delivery.latency",
        "s",
        "From acceptance to delivery",
        explicit_bucket_boundaries_advisory=_BOUNDS,
    )

    def record(destination: str, seconds: Sequence[float]) -> None:
        for one in seconds:
            latency.record(one, {"destination": destination})

    return record


class _Books:
    """Reads a client's books when the SDK asks; nothing once the client is gone."""

    def __init__(self, client: Client) -> None:
        self._client = weakref.ref(client)

    def reading(self, what: str) -> list[Callable[[CallbackOptions], Iterable[Observation]]]:
        """Callbacks that observe one number of each destination."""

        def observe(name: str, books: Stats) -> Iterable[Observation]:
            number: Any = books[what]
            yield Observation(number, {"destination": name})

        return self._each(observe)

    def dropped(self) -> list[Callable[[CallbackOptions], Iterable[Observation]]]:
        """Callbacks that observe the drops of each destination, by reason."""

        def observe(name: str, books: Stats) -> Iterable[Observation]:
            by_reason: Any = books["dropped"]
            for reason, number in by_reason.items():
                yield Observation(number, {"destination": name, "reason": reason})

        return self._each(observe)

    def ages(self) -> list[Callable[[CallbackOptions], Iterable[Observation]]]:
        """Callbacks that observe how old the oldest event of each destination is."""

        def observe(_options: CallbackOptions) -> Iterable[Observation]:
            client = self._client()
            for name, age in (client.ages() if client is not None else {}).items():
                yield Observation(age or 0.0, {"destination": name})

        return [observe]

    def _each(
        self, observe: Callable[[str, Stats], Iterable[Observation]]
    ) -> list[Callable[[CallbackOptions], Iterable[Observation]]]:
        def callback(_options: CallbackOptions) -> Iterable[Observation]:
            client = self._client()
            for name, books in (client.stats() if client is not None else {}).items():
                yield from observe(name, books)

        return [callback]
