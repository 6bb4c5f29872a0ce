"""What a family of events draws from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from making.harmless import Harmless
from making.identifiers import Ids
from making.people import People, Person

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scene:
    """Draws people, identifiers and harmless values."""

    rng: random.Random
    people: People
    ids: Ids
    h: Harmless

    def person(self, locale: str | None = None) -> Person:
        """A new person."""
        return self.people.draw(locale)

    def pick(self, *choices: T) -> T:
        """One of them."""
        return self.rng.choice(choices)

    def some(self, least: int, **fields: Any) -> dict[str, Any]:
        """At least so many of the fields, in their order."""
        count = self.rng.randint(min(least, len(fields)), len(fields))
        kept = set(self.rng.sample(sorted(fields), count))
        return {key: value for key, value in fields.items() if key in kept}

    def times(self, most: int) -> Sequence[int]:
        """From one to so many."""
        return range(self.rng.randint(1, most))


def message(kind: str, event: str | None, user: str, **bags: Any) -> dict[str, Any]:
    """A message in the neutral form."""
    name = {} if event is None else {"event": event}
    return {"type": kind, **name, "userId": user, **bags}
