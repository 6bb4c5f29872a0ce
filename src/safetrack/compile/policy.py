"""The compiled policy: for every place in a message, the one rule that decides there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from safetrack.compile.actions import ready
from safetrack.compile.events import EventEntry, EventTable
from safetrack.compile.names import NameTable, find_rule
from safetrack.compile.rule import ReadyRule
from safetrack.detect.entities import ENTITIES, KEY_NAMES
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words
from safetrack.event import EVENT_KEYS
from safetrack.policy.document import DestinationDocument, Document
from safetrack.policy.load import Policy
from safetrack.transform.generalize.url import Url
from safetrack.transform.keep import Keep
from safetrack.transform.redact import Redact, marker
from safetrack.transform.scrub import Scrub
from safetrack.vendors.shape import IdKind, Section

DEFAULT_TREATMENT: Final = ReadyRule(Redact("REDACTED"), "detection.entities.*", "*")
UNLISTED_SCRUB: Final = ReadyRule(Scrub(), "unlisted", "**")


class RuleSet:
    """The rules of one file (a layer of the policy, or a destination's narrowing)."""

    def __init__(self, document: Document | DestinationDocument, prefix: str) -> None:
        self.sections = {
            section: NameTable(
                ready(rule, name, f"{prefix}{section}.{name}")
                for name, rule in getattr(document, section.value).items()
            )
            for section in Section
        }
        self.events = EventTable(document.events, prefix)

    def find(self, section: Section, entry: EventEntry | None, path: str) -> ReadyRule | None:
        """The rule of this file for a path, given the file's own entry for the event."""
        own = self.sections[section]
        if entry is not None and section is Section.PROPERTIES:
            return find_rule((entry.properties, own), path)
        return find_rule((own,), path)

    def rules(self) -> Iterable[tuple[Section, EventEntry | None, ReadyRule]]:
        """Every rule, with the section and the event that it stands under."""
        for section, table in self.sections.items():
            yield from ((section, None, rule) for rule in table.all_rules)
        for entry in self.events.entries:
            yield from ((Section.PROPERTIES, entry, rule) for rule in entry.properties.all_rules)


class CompiledPolicy:
    """A policy ready to be asked, for no destination in particular.

    Args:
        policy: The policy as written.

    Raises:
        PolicyError: A destination's rules do not narrow.
    """

    def __init__(self, policy: Policy) -> None:
        documents = [layer.document for layer in policy.layers]
        self.layers = tuple(
            RuleSet(layer.document, "" if index == 0 else f"{layer.name} ")
            for index, layer in enumerate(policy.layers)
        )
        self.identity = {
            kind: ready(getattr(policy.identity, kind.value), kind.value, f"identity.{kind}")
            for kind in IdKind
        }
        self.timestamp = ready(policy.timestamp, "timestamp", "timestamp")
        self.unlisted_rule = UNLISTED_SCRUB if policy.unlisted == "scrub" else None
        self.drops_unlisted_events = policy.unlisted_events == "drop"
        self.treatments = _treatments(documents)
        self.treats_in_time = any(rule.is_timed for rule in self.treatments.values())
        self.token_kinds = _token_kinds(self.all_rules())
        self.markers = _markers(self.all_rules())
        self._words = _policy_words(self.layers)

    def event_entries(self, name: str) -> tuple[EventEntry | None, ...]:
        """For each layer the entry that matches an event's name."""
        return tuple(layer.events.find(name) for layer in self.layers)

    def find(
        self, section: Section, entries: tuple[EventEntry | None, ...], path: str
    ) -> ReadyRule | None:
        """The rule that decides about a path, or None where none names it and they are dropped."""
        return self._find(section, entries, path) or self.unlisted_rule

    def _find(
        self, section: Section, entries: tuple[EventEntry | None, ...], path: str
    ) -> ReadyRule | None:
        for layer, entry in zip(self.layers, entries, strict=True):
            if rule := layer.find(section, entry, path):
                return rule
        return None

    def knows_key(self, key: str) -> bool:
        """Whether a key is a word of the policy or of the shipped vocabulary, so not personal."""
        if key in self._words:
            return True
        rest = [part for part in key.split(".") if part not in self._words]
        return not rest or is_vocabulary(".".join(rest))

    def treatment(self, entity: str) -> ReadyRule:
        """What happens to a finding of this type inside a string."""
        return self.treatments.get(entity) or self.treatments["*"]

    def needs_destination(self) -> bool:
        """Whether any pseudonym or encrypted token depends on the destination's scope."""
        return any(getattr(rule.action, "scope", "global") != "global" for rule in self.all_rules())

    def needs_key(self) -> bool:
        """Whether any rule makes pseudonyms or encrypted tokens."""
        return any(rule.action.name in {"pseudonymize", "encrypt"} for rule in self.all_rules())

    def searches_anything(self) -> bool:
        """Whether text is sure to be searched sooner or later, because a rule lets text out."""
        return self.unlisted_rule is not None or any(map(_lets_text_out, self.all_rules()))

    def all_rules(self) -> Iterable[ReadyRule]:
        """Every rule that can decide, wherever it stands."""
        yield from self.identity.values()
        yield from self.treatments.values()
        for layer in self.layers:
            yield from (rule for _, _, rule in layer.rules())


def _treatments(documents: Iterable[Document]) -> dict[str, ReadyRule]:
    treatments: dict[str, ReadyRule] = {"*": DEFAULT_TREATMENT}
    for document in reversed(list(documents)):
        for entity, rule in document.detection.entities.items():
            treatments[entity] = ready(rule, entity, f"detection.entities.{entity}")
    return treatments


ENTITY_KINDS: Final[Mapping[str, str]] = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "PERSON": "person_name",
}
"""Kinds of pseudonyms by entity. A found name is not a person id, so it has a kind of its own."""


def entity_kind(entity: str) -> str:
    """The kind of the pseudonyms that stand for an entity found in text."""
    return ENTITY_KINDS.get(entity, entity.lower())


def _token_kinds(rules: Iterable[ReadyRule]) -> tuple[str, ...]:
    """The kinds of the tokens that can stand inside a text, to recognise them there."""
    own = (rule.kind or rule.pattern for rule in rules)
    kinds = (*IdKind, *map(entity_kind, sorted(ENTITIES | KEY_NAMES)), *own)
    return tuple(dict.fromkeys(str(kind) for kind in kinds if "*" not in kind))


def _markers(rules: Iterable[ReadyRule]) -> frozenset[str]:
    """The markers that this policy can put in place of a value."""
    own = (rule.action.marker_kind for rule in rules if isinstance(rule.action, Redact))
    return frozenset(map(marker, ("REDACTED", *ENTITIES, *KEY_NAMES, *own)))


def _policy_words(layers: Iterable[RuleSet]) -> frozenset[str]:
    """Every literal name and name segment that the policy itself writes down."""
    words = set(EVENT_KEYS)
    for layer in layers:
        for _, _, rule in layer.rules():
            words.add(rule.pattern)
            words.update(segment for segment in rule.pattern.split(".") if "*" not in segment)
    return frozenset(words)


def _lets_text_out(rule: ReadyRule) -> bool:
    if isinstance(rule.action, Keep):
        open_text = rule.action.values is None and rule.action.type in {None, "string"}
        return open_text and not rule.action.trusted
    return isinstance(rule.action, Scrub | Url)


_MOST_DIGITS: Final = 4
"""More digits than this may be a phone number or an id, however they are grouped."""
_LONGEST_VOCABULARY: Final = 100
_PLAIN: Final = re.compile(r"[A-Za-z0-9 _$/:.\-\[\]()]+")
"""No ``@``, no foreign letters: what else a text holds is not vocabulary, so it is searched."""


def is_vocabulary(text: str) -> bool:
    """Whether a key or name is made of shipped vocabulary alone, so that it cannot be personal."""
    if len(text) > _LONGEST_VOCABULARY or not _PLAIN.fullmatch(text):
        return False
    words = split_words(text)
    letters = [word for word in words if not word.isdigit()]
    numbers = [word for word in words if word.isdigit()]
    spelled = [word for word in letters if len(word) == 1]
    return (
        bool(letters)
        and len(spelled) <= 1  # j.a.n.e
        and len(numbers) <= 1  # 8.8.4.4
        and sum(map(len, numbers)) <= _MOST_DIGITS
        and all(map(is_known, letters))
    )
