"""Amplitude's drop-in under failing detectors and hostile events."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import os
import random
from contextlib import suppress
from decimal import Decimal
from urllib.parse import quote

import amplitude
import pytest

import safetrack.dropin.amplitude as dropin
from dropin.amplitude_script import Plants
from safetrack.testing import assert_no_canary


class Failing:
    """A detector that finds nothing, and fails as often as not."""

    def __init__(self) -> None:
        self.random = random.Random(7)  # noqa: S311

    def find(self, queries):
        if self.random.random() < 0.5:
            raise RuntimeError(queries)
        return [() for _ in queries]


def test_a_detector_that_fails_at_random_costs_values_and_no_event(capture, caplog):
    policy = {"version": 1, "events": {"Signed Up": {"properties": {"note": "scrub"}}}}
    configuration = amplitude.Config(server_url=f"{capture.url}/2/httpapi", flush_queue_size=5)
    client = dropin.Amplitude("project-key", configuration, policy=policy)
    client.safetrack._sanitizer.detector = Failing()
    for number in range(200):
        note = {"note": f"note {number}"}
        client.track(dropin.BaseEvent("Signed Up", user_id="jane", event_properties=note))

    client.shutdown()

    notes = [message.get("event_properties") for message in capture.messages()]
    assert len(notes) == 200
    assert 0 < notes.count(None) < 200
    assert "note 1" not in caplog.text


SMALL = {"keep": "integer", "min": 0, "max": 9}
TYPED = {"version": 1, "events": {"Signed Up": {"properties": {"n": SMALL}}}}
EVENTS = 250
ROUNDS = 40 if os.environ.get("SAFETRACK_STRESS") else 1


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_of_random_hostile_events_nothing_leaves_and_none_breaks_the_client(seed, capture, caplog):
    caplog.set_level(logging.ERROR)
    plants, chance = Plants(), random.Random(seed)  # noqa: S311
    configuration = amplitude.Config(server_url=f"{capture.url}/2/httpapi", flush_queue_size=100)
    client = dropin.Amplitude("project-key", configuration, policy=TYPED)
    for _ in range(EVENTS):
        with suppress(Exception):  # the SDK's own: it copies and prints what it is given
            client.track(hostile(plants, chance))
    client.track(dropin.BaseEvent("Signed Up", user_id="jane", event_properties={"n": 1}))

    client.shutdown()

    books = client.safetrack.stats()
    assert {"n": 1} in [message.get("event_properties") for message in capture.messages()]
    assert books["tracked"] == books["passed"] + sum(books["dropped"].values())
    assert len(capture.messages()) == books["passed"] > EVENTS / 2
    assert_no_canary(capture, plants.canaries)
    assert_no_canary(caplog.text, plants.canaries)


def hostile(plants: Plants, chance: random.Random):
    """An event with odd values in odd places, past the setters of the SDK that would refuse some."""
    event = dropin.BaseEvent("Signed Up", user_id=plants.email())
    for name in chance.sample(sorted(amplitude.event.EVENT_KEY_MAPPING), 8):
        if name not in {"event_type", "user_id"}:
            setattr(event, name, odd(plants, chance, 0))
    event.event_properties = odd(plants, chance, 0)
    return event


def odd(plants: Plants, chance: random.Random, depth: int):
    """A value that SDKs stumble over, with a canary in it."""
    own = plants.email()
    if depth < 4 and chance.random() < 0.5:
        inner = [odd(plants, chance, depth + 1) for _ in range(chance.randrange(4))]
        keys = (own, (own, 1), None, b"k", 7, "$set", "$unset", "$clearAll", "n", "a.b")
        return chance.choice(
            [inner, tuple(inner), dict(zip(chance.sample(keys, 10), inner, strict=False))]
        )
    return chance.choice(
        [
            own,
            own.encode(),
            quote(own),
            base64.b64encode(own.encode()).decode(),
            own + "\ud800",
            "\u200b".join(own),
            Decimal(plants.whole()),
            10**5000,
            float("nan"),
            {own},
            Hostile(own),
            Exception(own),
            cyclic(own),
            deep(own),
            dt.datetime.now(dt.UTC),
        ]
    )


class Hostile:
    """Answers every question with an error that holds a value."""

    def __init__(self, own: str) -> None:
        self.own = own

    def fail(self, *_):
        raise ValueError(self.own)

    __str__ = __repr__ = __eq__ = __hash__ = __iter__ = __len__ = __bool__ = fail


def cyclic(own: str) -> dict:
    made = {own: own}
    made["self"] = made
    return made


def deep(own: str) -> dict:
    made = {"end": own}
    for _ in range(200):
        made = {"n": made}
    return made
