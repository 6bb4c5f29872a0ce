"""Makes `holdout.jsonl`: labelled analytics events that nobody writes detection rules from.

    python benchmarks/data/make_holdout.py            # writes the file
    python benchmarks/data/make_holdout.py --check    # exits with 1 if the file is not what this makes

One JSON object a line: `event` (the neutral form), `labels` (at least one for each leaf of
`properties`, `traits` and `context`) and `source` (the family the event's structure comes from). A label is
`{"path": [...], "kind": ..., "group": ..., "parts": [...]}`, as `benchmarks/evaluation/labelled.py`
reads it; `parts` are raw substrings that must not survive, and a harmless leaf has none. Secrets are put together at run time and written with JSON escapes, so
that secret scanners find none in the repository; a JSON parser gives the true value.

Labelling rules

- `direct`: names, e-mail addresses, phone numbers, postal addresses (street, postcode, town and
  region inside an address or geo context), birth dates, handles, national ids, bank and card
  numbers, ids of persons by key (user, customer, patient, driver, assignee ...), home directories.
- `online`: IP and MAC addresses, ids of devices, advertising, sessions, visitors, clicks and cookies
  (also as query parameters), hashed addresses, coordinates, profile addresses, push tokens.
- `secret`: keys, tokens, signed web tokens, private keys, passwords, basic-auth addresses, session
  cookies, tokens of reset and magic links.
- `harmless`: the rest: names of events, products, plans, campaigns, features, companies, vendors and
  pages, categories, prices, counts, currencies, countries, locales, languages, time zones, systems,
  device models, versions, user agents, UTM values, ids of things, times, colours, plain addresses.
- A name's parts are its words of four letters or more (all of it, if it has none). Text with several
  kinds of identifier has one label a kind.
- Left out because the answer is open: age, gender, the last four digits of cards, ids of workspaces
  and organisations, number plates, tracking numbers of parcels, destinations of journeys as towns.

Sources looked at for key names, nesting, casing and formats (values are made up, no text is copied):
the documentation of Segment (identify, page, group, B2B, e-commerce v2), RudderStack, Mixpanel,
PostHog (properties taxonomy, autocapture, LLM analytics, surveys), Amplitude HTTP API, Snowplow
(atomic fields, tracker protocol), Customer.io, Braze users/track, Heap, Klaviyo, Google Analytics 4
and Firebase, Meta Conversions API, TikTok Events API, Branch Events API, AppsFlyer Push API, Adjust
callbacks, Airbridge, Shopify webhooks, SendGrid events, Intercom webhooks, HubSpot contacts, RD
Station, Stripe, Auth0 logs, Zendesk tickets; calls of `analytics.identify`, `mixpanel.people.set`,
`posthog.capture` and `amplitude.track` in public repositories; public issues about personal data in
events (crc-org/crc 2006, mick-gsk/drift 464 and 466, celadonworks/pixiehog-app 38, lukevella/rallly
3232, juspay/hyperswitch-control-center 3753, Automattic/wp-calypso 16318).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from holdout_apps import APP_FAMILIES
from holdout_labels import labels, unlabelled
from holdout_maker import Maker
from holdout_vendors import VENDOR_FAMILIES

SEED = 20_251_125
EVENTS_PER_FAMILY = 12
EVENTS_PER_HARD_FAMILY = 24
HARD_FAMILIES = {
    "support ticket",
    "CRM task",
    "chat",
    "LLM generation",
    "CLI telemetry",
    "exception",
    "auth flow",
    "API request",
    "integration config",
    "search",
    "JSON in strings",
    "keys in other languages",
    "glued ids",
    "form",
    "meeting",
    "document",
    "survey",
}
"""Families with free text, glued values, unusual keys or secrets."""
PEM_MARK = "BEGIN " + "PRIVATE"
TARGET = Path(__file__).with_name("holdout.jsonl")
LABELLED = ("properties", "traits", "context")


def rows() -> Iterator[dict[str, Any]]:
    """Every event with its labels, family after family."""
    for family, build in (VENDOR_FAMILIES | APP_FAMILIES).items():
        for number in range(
            EVENTS_PER_HARD_FAMILY if family in HARD_FAMILIES else EVENTS_PER_FAMILY
        ):
            made = build(Maker(random.Random(f"{SEED}/{family}/{number}")))
            found = [
                label for part in LABELLED if part in made for label in labels(made[part], (part,))
            ]
            yield {"event": unlabelled(made), "labels": found, "source": family}


def escaped(part: str) -> str:
    """`part` as JSON text in which every fourth character is written by its code."""
    return "".join(
        f"\\u{ord(char):04x}" if place % 4 == 0 else json.dumps(char, ensure_ascii=False)[1:-1]
        for place, char in enumerate(part)
    )


def line(row: dict[str, Any]) -> str:
    """A row as one line of JSON, secrets escaped."""
    written = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    for label in row["labels"]:
        if label["group"] == "secret":
            for part in label.get("parts", ()):
                written = written.replace(json.dumps(part, ensure_ascii=False)[1:-1], escaped(part))
    return written.replace(PEM_MARK, "\\u0042" + PEM_MARK[1:])


def main() -> None:
    """Writes the file, or compares it with what this would write."""
    made = "".join(line(row) + "\n" for row in rows())
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if TARGET.read_text("utf-8") == made
            else f"{TARGET.name} is not what this script makes"
        )
    TARGET.write_text(made, "utf-8")
    print(f"{TARGET.name}: {made.count(chr(10))} events, {len(made.encode()):,} bytes")


if __name__ == "__main__":
    main()
