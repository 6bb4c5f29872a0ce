"""What the demo knows to be personal, because it invented it: the yardstick of every count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from safetrack.cli.demo.people import Person

KINDS: Final = {
    "name": "names of people",
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "place": "cities, regions, coordinates",
    "ip": "IP addresses",
    "user_agent": "full user agents",
    "referrer": "full referrers",
    "url_secret": "tokens inside URLs",
    "person_id": "user and device ids",
    "organisation_id": "organisation ids",
    "organisation": "organisation names and domains",
    "order_id": "order and invoice ids",
    "key": "parts of API keys",
    "message_id": "message ids",
}
"""Kinds of planted values, and what the report calls them, in the order of the report."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Every personal value of a stream, by kind.

    ``name_parts`` holds first and last names alone: what is left of a name that was only half
    found in a text still addresses a person.
    """

    values: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    name_parts: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    """Messages to support that hold something personal: a name, an address, a number, a place."""

    def add(self, kind: str, *values: str) -> None:
        """Remember values of one kind."""
        self.values[kind].update(values)

    def add_person(self, person: Person) -> None:
        """Remember what one person's every event tells."""
        organisation, city = person.organisation, person.city
        self.add("name", person.name)
        self.name_parts.update((person.first, person.last))
        self.add("email", person.email)
        self.add("phone", person.phone)
        self.add("place", city.name, city.region, str(city.latitude), str(city.longitude))
        self.add("ip", person.ip)
        self.add("user_agent", person.device.user_agent)
        self.add("person_id", person.id, person.anonymous_id)
        self.add("organisation_id", organisation.id)
        self.add("organisation", organisation.name, organisation.domain)

    def update(self, other: Planted) -> None:
        """Add all that `other` holds."""
        for kind, values in other.values.items():
            self.values[kind].update(values)
        self.name_parts.update(other.name_parts)
        self.texts.update(other.texts)
