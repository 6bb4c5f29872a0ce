"""Two seeded streams of neutral events: one repeats its values as analytics does, one never does.

`repeating` has about 15 properties an event, of whose values about 80 % were seen before, 5 % are
free text and 10 % are personal fields (e-mail, name, phone, IP address). In `distinct` every
string is new. Each event says what of it is personal, so that systems can be compared by what
they find. All people are made up.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from timing.words import ADJECTIVES, DOMAINS, ENUMS, EVENTS, FIRST, LAST, NOUNS, TEXTS

SEED: Final = 20251109
USERS: Final = 200
ENUMS_AN_EVENT: Final = 10


@dataclass(frozen=True)
class Told:
    """An event, and what of its properties is personal.

    Attributes:
        message: In the neutral form.
        personal: By property, the pieces of its text that name somebody.
    """

    message: dict[str, Any]
    personal: dict[str, tuple[str, ...]]

    @property
    def properties(self) -> dict[str, Any]:
        """The event's properties."""
        found: dict[str, Any] = self.message["properties"]
        return found

    def strings(self) -> list[tuple[str, str]]:
        """Property and value of each string."""
        return [(key, value) for key, value in self.properties.items() if type(value) is str]


class _Person:
    """One made-up person, always the same for the same number."""

    def __init__(self, number: int) -> None:
        first, last = FIRST[number % 40], LAST[(number // 40 + number) % 40]
        host = DOMAINS[number % len(DOMAINS)]
        self.name = f"{first} {last}"
        self.email = f"{first}.{last}{number or ''}@{host}".lower()
        self.phone = f"+1 415 555 {number % 10_000:04d}"
        self.ip = f"203.0.{number // 250 % 250}.{number % 250 + 1}"

    def text(self, template: str, number: int) -> tuple[str, tuple[str, ...]]:
        """A free text, and who is in it."""
        fields = {"name": self.name, "email": self.email, "phone": self.phone}
        planted = tuple(value for key, value in fields.items() if f"{{{key}}}" in template)
        return template.format(n=number, **fields), planted


def repeating(count: int) -> list[Told]:
    """Events as they come: a few users and values make up most of the stream."""
    chosen = random.Random(SEED)
    return [_repeating(chosen, number) for number in range(count)]


def _repeating(chosen: random.Random, number: int) -> Told:
    user = int(chosen.paretovariate(1.2)) % USERS
    person = _Person(user)
    keys = chosen.sample(sorted(ENUMS), ENUMS_AN_EVENT)
    properties: dict[str, Any] = {key: chosen.choice(ENUMS[key]) for key in keys}
    fields = {"email": person.email, "full_name": person.name, "phone": person.phone}
    fields["ip"] = person.ip
    named = {key: fields[key] for key in chosen.sample(sorted(fields), chosen.choice((1, 2)))}
    properties |= named
    properties["request_id"] = str(uuid.UUID(int=chosen.getrandbits(128), version=4))
    properties["duration_ms"] = round(chosen.random() * 5000, 1)
    if number % 2:
        properties["page_url"] = f"https://app.example.com/projects/{chosen.randrange(10**5)}"
    personal = {key: (value,) for key, value in named.items()}
    if chosen.random() < 0.75:
        text, planted = person.text(chosen.choice(TEXTS), number)
        properties["comment"] = text
        personal["comment"] = planted
    return Told(_message(chosen, properties, user, number), personal)


def distinct(count: int) -> list[Told]:
    """As many events, each string of which is new."""
    chosen = random.Random(SEED)
    return [_distinct(chosen, number) for number in range(count)]


_DISTINCT: Final[dict[str, Callable[[str, str, int], str]]] = {
    "product_name": lambda a, b, n: f"{a.title()} {b.title()} {n}",
    "utm_campaign": lambda a, b, n: f"{a}-{b}-{n}",
    "screen_name": lambda a, b, n: f"{b.title()} / {a.title()} {n}",
    "button": lambda a, b, n: f"Open {a} {b} {n}",
    "search_query": lambda a, b, n: f"how to share a {a} {b} {n}",
    "page_path": lambda a, b, n: f"/{b}/{n}/{a}",
    "referrer": lambda a, b, n: f"https://{a}.example.org/{b}?page={n}",
    "app_version": lambda _a, _b, n: f"4.{n // 40}.{n % 40}",
    "order_id": lambda _a, _b, n: f"ORD-{n:06d}",
    "user_agent": lambda a, _b, n: f"{a.title()}App/{n} (Linux; Android 15)",
}


def _distinct(chosen: random.Random, number: int) -> Told:
    person = _Person(number)
    words = chosen.choice(ADJECTIVES), chosen.choice(NOUNS)
    properties: dict[str, Any] = {key: make(*words, number) for key, make in _DISTINCT.items()}
    properties["request_id"] = str(uuid.UUID(int=chosen.getrandbits(128), version=4))
    named = {"email": person.email, "full_name": f"{person.name}", "ip": person.ip}
    properties |= named
    text, planted = person.text(chosen.choice(TEXTS), number)
    properties["comment"] = text
    personal = {key: (value,) for key, value in named.items()}
    personal["comment"] = planted
    return Told(_message(chosen, properties, number, number), personal)


def _message(
    chosen: random.Random, properties: dict[str, Any], user: int, number: int
) -> dict[str, Any]:
    return {
        "type": "track",
        "event": chosen.choice(EVENTS),
        "userId": f"user-{user}",
        "properties": properties,
        "timestamp": f"2025-11-09T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z",
        "messageId": f"m-{number}",
    }


def long_texts(count: int, characters: int = 2_000) -> list[str]:
    """Free texts of this length, no two alike."""
    chosen = random.Random(SEED)
    texts = []
    for number in range(count):
        text = ""
        while len(text) < characters:
            person = _Person(chosen.randrange(1600))
            text += person.text(chosen.choice(TEXTS), chosen.randrange(10**6))[0] + " "
        texts.append(f"{number}: {text}"[:characters])
    return texts
