"""Safetrack over a stream: in batches, as its worker does, raw mappings in and safe events out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from safetrack import Policy, Sanitizer
from safetrack.detect.detector import Detector
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from timing.stream import Told

BATCH: Final = 100
DESTINATION: Final = "bench"
PRODUCT: Final = {"version": 1, "extends": ["safetrack:product-analytics"]}
SCRUB: Final = {"version": 1, "unlisted": "scrub"}


def sanitizer(policy: dict[str, Any], detector: Detector | None = None) -> Sanitizer:
    """A warmed-up sanitizer with an empty cache."""
    made = Sanitizer(Policy.from_dict(policy), keyring=Keyring.parse(new_key()), detector=detector)
    made.warm()
    return made


def uncached() -> Detector:
    """The detector of an ordinary sanitizer, without the memory of what was searched before."""
    from safetrack.detect.presidio.analyzer import PresidioDetector

    made = PresidioDetector()
    made.warm()
    return made


def run(cleaner: Sanitizer, events: Sequence[Told]) -> tuple[float, list[dict[str, Any]]]:
    """CPU seconds an event, from the caller's mapping on, and the properties that leave."""
    safe: list[Any] = []
    started = time.process_time()
    for at in range(0, len(events), BATCH):
        raw = [event.message for event in events[at : at + BATCH]]
        safe += cleaner.sanitize_batch(raw, DESTINATION)
    seconds = (time.process_time() - started) / len(events)
    return seconds, [{} if one is None else one.to_dict().get("properties", {}) for one in safe]


def scrub_texts(cleaner: Sanitizer, texts: Sequence[str]) -> float:
    """CPU seconds a text, each one the only property of an event, in one batch."""
    events = [{"type": "track", "event": "Signed Up", "properties": {"c": text}} for text in texts]
    started = time.process_time()
    cleaner.sanitize_batch(events, DESTINATION)
    return (time.process_time() - started) / len(texts)
