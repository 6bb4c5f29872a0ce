"""What is known to get through: names in forms that neither a model nor their look gives away.

They are measured, not tested: the figures say what open text is worth, and that values that are
known are better listed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final

from canary.names import FIRST, LAST
from canary.policies import KEYS
from canary.report import table
from safetrack.keys.keyring import Keyring
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer

Form = Callable[[str, str], str]

FORMS: Final[Mapping[str, Form]] = {
    "given and family name": lambda first, last: f"{first} {last}",
    "initial and family name": lambda first, last: f"{first[0]}. {last}",
    "family name, given name": lambda first, last: f"{last}, {first}",
    "lower case": lambda first, last: f"{first} {last}".lower(),
    "lower case, in a sentence": lambda first, last: f"please call {first} {last} back".lower(),
    "given name alone": lambda first, _last: first,
    "family name alone": lambda _first, last: last,
    "underscored": lambda first, last: f"{first}_{last}".lower(),
    "run together": lambda first, last: f"{first}{last}",
}
TRIED: Final = 300


def measured() -> str:
    """Rows: forms. How many of `TRIED` names were still there, whole or in part."""
    policy = Policy.from_dict({"version": 1, "extends": ["safetrack:product-analytics"]})
    sanitizer = Sanitizer(policy, keyring=Keyring.parse(KEYS))
    rng = random.Random(1)  # noqa: S311
    people = [(rng.choice(FIRST), rng.choice(LAST)) for _ in range(TRIED)]
    rows = [[name, str(_missed(sanitizer, form, people))] for name, form in FORMS.items()]
    return table(["a name as", f"left, of {TRIED}"], rows)


def _missed(sanitizer: Sanitizer, form: Form, people: list[tuple[str, str]]) -> int:
    texts = [form(*person) for person in people]
    events = [
        {"type": "track", "event": "Signed Up", "properties": {"plan": text}} for text in texts
    ]
    left = [str(safe and safe.to_dict()).lower() for safe in sanitizer.sanitize_batch(events, "x")]
    return sum(
        any(part.lower() in kept for part in person if part.lower() in text.lower())
        for person, text, kept in zip(people, texts, left, strict=True)
    )
