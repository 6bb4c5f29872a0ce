"""Walk one message by its shape and give every leaf and every key its decision.

The walk applies the policy's rules at once and notes as slots what must still be searched; it
never searches. What the shape or the policy does not name is dropped here.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from safetrack.compile.destination import DestinationRules
from safetrack.compile.events import EventEntry
from safetrack.compile.policy import UNLISTED_SCRUB
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Query
from safetrack.detect.keynames import meaning
from safetrack.detect.words import split_words
from safetrack.event import Decision, Event, Reason
from safetrack.keys.keyring import TOKEN, Keyring
from safetrack.reading import CUT, Plain, Scalar, Unreadable
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.clock import parse_time
from safetrack.vendors.shape import (
    Bag,
    Integrations,
    Kind,
    Name,
    Role,
    Section,
    Shape,
    Switch,
    Time,
)
from safetrack.walk.draft import Draft, Keys, Leaf, Searched, Slot, Spot
from safetrack.walk.protect import Protection
from safetrack.walk.refused import EventRefused
from safetrack.walk.roles import ROLES
from safetrack.walk.treat import treat

Outcomes: TypeAlias = dict[tuple[object, ...], tuple[ReadyRule, Outcome]]
"""Rule, name, type and value to the outcome. Holds raw values: it lives no longer than a batch."""


class Walk:
    """One pass over one message, for one destination.

    Args:
        event: The raw event.
        shape: What stands where in its message.
        rules: What the policy says, for the destination.
        keyring: The keys.
        draft: Filled by `run`.
        today: For rules that expire.
        batch: What costly actions made of the values of this batch so far.
    """

    def __init__(  # noqa: PLR0913  a parameter object would only be unpacked here
        self,
        event: Event,
        shape: Shape,
        rules: DestinationRules,
        *,
        keyring: Keyring,
        draft: Draft,
        today: dt.date,
        batch: Outcomes,
    ) -> None:
        self.event = event
        self.shape = shape
        self.rules = rules
        self.keyring = keyring
        self.draft = draft
        self.today = today
        self._batch = batch
        self.kind_word = ""
        self.entries: tuple[EventEntry | None, ...] = ()
        self.protection = Protection(keyring, rules)
        self._unknown: dict[Keys, int] = {}
        self._epochs: set[str] = set()

    def run(self) -> None:
        """Fill the draft.

        Raises:
            EventRefused: The whole event does not leave.
        """
        message = self.event.message
        self._look_ahead(message)
        for key, value in message.items():
            self._entry(Spot(self.draft.message, key, (key,)), value, section=None)
        if len(self._epochs) > 1:
            raise EventRefused(Reason.EPOCH_MISMATCH)

    # What must be known before any property can be decided

    def _look_ahead(self, message: Mapping[object, Plain]) -> None:
        """Find the event's name, kind and time: they choose rules and epochs."""
        name = next(
            (
                _at(message, place)
                for place, role in self.shape.roles.items()
                if isinstance(role, Name) and role.event
            ),
            None,
        )
        for place, role in self.shape.roles.items():
            if isinstance(role, Kind):
                self._find_kind(place, role, _at(message, place), has_name=name is not None)
            elif isinstance(role, Time):
                self.draft.time = _time(_at(message, place)) or self.draft.time
        self.entries = self.rules.event_entries(name if type(name) is str else "")
        self._refuse_unwanted(has_name=name is not None)

    def _find_kind(self, place: str, role: Kind, found: Plain, *, has_name: bool) -> None:
        if found is None and role.default is not None and has_name:
            self.draft.message[place] = found = role.default
        if type(found) is not str or found not in role.values:
            raise EventRefused(Reason.UNKNOWN_EVENT_TYPE)
        if found == "track" and not has_name:
            raise EventRefused(Reason.NAMELESS)
        self.kind_word = found

    def _refuse_unwanted(self, *, has_name: bool) -> None:
        """End the walk for an event that the policy does not want by its name."""
        *layers, own = self.entries
        nearest = next((entry for entry in layers if entry is not None), None)
        asked = [entry for entry in (nearest, own) if entry is not None]
        if any(entry.drops for entry in asked):
            raise EventRefused(Reason.EVENT_DROPPED)
        if any(entry.expires is not None and self.today > entry.expires for entry in asked):
            raise EventRefused(Reason.EXPIRED)
        is_event = has_name or self.kind_word == "track"
        if is_event and nearest is None and self.rules.policy.drops_unlisted_events:
            raise EventRefused(Reason.EVENT_DROPPED)

    def note_epoch(self, token: str) -> None:
        """Remember a person's epoch: ids of two epochs in one event would undo them."""
        if found := TOKEN.fullmatch(token):
            self._epochs.add(found["epoch"])

    # Entries of mappings

    def _entry(self, spot: Spot, value: Plain, section: Section | None) -> None:
        """Decide one key and what stands under it."""
        if type(spot.key) is not str:
            self._unreadable_key(spot, value)
            return
        role = self.shape.role_at(spot.keys)
        if role is not None:
            ROLES[type(role)](self, role, spot, value)
        elif "." in spot.key and (crossed := self._crossed(spot.keys)):
            self._cross(*crossed, spot, value)
        elif section is None:
            self.note(spot, None, value)
            self.decide(spot.keys, None, Reason.UNLISTED)
        else:
            result = self.property(spot, value, section)
            if result is not DROP:
                self.put(spot, result)

    def _crossed(self, keys: Keys) -> tuple[Role, str] | None:
        """The place of the shape that a dotted key leads into, and the rest of its path."""
        *above, key = keys
        parts = str(key).split(".")
        for end in range(len(parts) - 1, 0, -1):
            role = self.shape.role_at((*above, *parts[:end]))
            if role is not None:
                return role, ".".join(parts[end:])
        return None

    def _cross(self, role: Role, rest: str, spot: Spot, value: Plain) -> None:
        """Decide a dotted key as what the same path in nested keys is."""
        if isinstance(role, Switch | Integrations):
            raise EventRefused(Reason.BAD_CONTROL)
        if not isinstance(role, Bag) or len(spot.keys) == 1:
            self.note(spot, None, value)
            self.decide(spot.keys, None, Reason.CONTROL)
            return
        result = self.property(Spot(spot.holder, spot.key, spot.keys, rest), value, role.section)
        if result is not DROP:
            self.put(spot, result)

    def _unreadable_key(self, spot: Spot, value: Plain) -> None:
        """Drop an entry without a name, or the rest of a mapping that was cut off."""
        if value is CUT and self._may_hold_switches(spot.keys[:-1]):
            raise EventRefused(Reason.TOO_LARGE)
        self.decide(spot.keys, None, Reason.TOO_LARGE if value is CUT else Reason.UNREADABLE)

    def _may_hold_switches(self, keys: Keys) -> bool:
        """Whether what was cut off at a place may have restricted the flow."""
        above = "".join(f"{key}." for key in keys)
        return any(
            isinstance(role, Switch | Integrations) and place.startswith(above)
            for place, role in self.shape.roles.items()
        )

    def bag(
        self,
        keys: Keys,
        path: str,
        value: dict[object, Plain],
        section: Section,
        *,
        holder: dict[str, Any] | None = None,
    ) -> Any:
        """What may leave of a mapping of properties; `DROP` when nothing in it may."""
        holder = {} if holder is None else holder
        for key, item in value.items():
            own_path = f"{path}.{key}" if path else str(key)
            self._entry(Spot(holder, key, (*keys, key), own_path), item, section)
        return holder or DROP

    def put(self, spot: Spot, value: Any) -> None:
        """Write an entry whose value may leave, and have its key searched unless it is known."""
        spot.holder[spot.key] = value
        if not self.rules.policy.knows_key(spot.key):
            key = self.protection.remove(spot.key)  # no key has a marker of ours in it
            self.search(spot, None, Query(key, names=True), Searched.KEY)

    # Properties

    def property(self, spot: Spot, value: Plain, section: Section) -> Any:
        """What may leave of a property, with slots for what must be searched first."""
        if type(value) is dict and value:
            return self.bag(spot.keys, spot.path, value, section)
        if type(value) is list and value:
            return self._list(spot, value, section)
        rule = self.rules.find(section, self.entries, spot.path)
        self.note(spot, rule, value)
        if type(value) is dict or type(value) is list:
            return self._empty(spot, rule, value)
        return self._leaf(spot, rule, value)

    def _list(self, spot: Spot, values: list[Plain], section: Section) -> Any:
        """Lists are looked through: every item is decided as the list's own property."""
        holder: list[Any] = [DROP] * len(values)
        for index, value in enumerate(values):
            own = Spot(holder, index, spot.keys, spot.path)
            holder[index] = self.property(own, value, section)
        return DROP if all(item is DROP for item in holder) else holder

    def _empty(self, spot: Spot, rule: ReadyRule | None, value: Plain) -> Any:
        """An empty mapping or list says nothing but that it is there."""
        if rule is not None and rule.action.name in {"keep", "scrub"}:
            return value
        self.decide(spot.keys, rule, Reason.RULE if rule else Reason.UNLISTED, action="drop")
        return DROP

    def _leaf(self, spot: Spot, rule: ReadyRule | None, value: Plain) -> Any:
        """Apply a rule to one scalar."""
        if rule is None:
            self.decide(spot.keys, None, Reason.UNLISTED)
            return DROP
        if type(value) is Unreadable:
            self.decide(spot.keys, rule, _unreadable(value), action="drop")
            return DROP
        if rule.is_expired(self.today):
            self.decide(spot.keys, rule, Reason.EXPIRED, action="drop")
            return DROP
        place = self.place(spot.path, rule.kind)
        if rule.within is not None:
            value = rule.within.apply(value, place).value
            if value is DROP:
                self.decide(spot.keys, rule, Reason.DESTINATION, action="drop")
                return DROP
        named = self._named_by_key(rule, spot, value)
        if named is not None:
            return self._treated(spot, named, value)
        outcome = self.apply(rule, value, place)
        if rule.over_scrub and rule.action.name in _SHOWS_SOMETHING:
            outcome = outcome._replace(search=Search.FULL, original=value)
        return self.outcome(spot, rule, outcome)

    def apply(self, rule: ReadyRule, value: Scalar, place: Place) -> Outcome:
        """Apply a rule's action, or remember what it made of the same value in this batch."""
        if not rule.is_costly:
            return rule.action.apply(value, place)
        key = (id(rule), place.name, type(value), value)
        known = self._batch.get(key)
        if known is None:  # with the rule, for its id is its own only as long as it is there
            known = self._batch[key] = (rule, rule.action.apply(value, place))
        return known[1]

    def outcome(self, spot: Spot, rule: ReadyRule, outcome: Outcome) -> Any:
        """Record what an action made of a value, and have it searched where it must be."""
        if outcome.value is DROP:
            self.decide(spot.keys, rule, outcome.reason or Reason.RULE, action="drop")
            return DROP
        if outcome.reason is not None:
            self.decide(spot.keys, rule, outcome.reason)
        names = outcome.search is Search.FULL
        if outcome.original is not None and outcome.search is not Search.NONE:
            self._search_text(spot, rule, _as_text(outcome.original), Searched.WHOLE, names=names)
        elif outcome.search is not Search.NONE:
            value = outcome.value
            if type(value) is float and not names:
                value = int(value)  # no id has decimals, and decimals look like many
            self.search_value(spot, rule, _as_text(value), names=names)
        return outcome.value

    def search_value(self, spot: Spot, rule: ReadyRule, text: str, *, names: bool) -> None:
        """Have a text searched that may hold own tokens and markers, around them and across."""
        blanked = self.protection.blank(text)
        self._search_text(spot, rule, blanked, Searched.VALUE, names=names)
        if blanked != text:  # `jane<PERSON>@acme.com`: a marker must not hide what it stands in
            joined = self.protection.remove(text)
            self._search_text(spot, rule, joined, Searched.WHOLE, names=False)

    def _search_text(
        self, spot: Spot, rule: ReadyRule, text: str, searched: Searched, *, names: bool
    ) -> None:
        if not _SAYS_NOTHING.issuperset(text):
            words = split_words(spot.path.rpartition(".")[2])
            self.search(spot, rule, Query(text, words, names=names), searched)

    def _named_by_key(self, rule: ReadyRule, spot: Spot, value: Scalar) -> str | None:
        """The entity that a key's name says, where no rule of the policy names the key itself."""
        reached = rule is UNLISTED_SCRUB or (
            rule.action.name == "scrub" and rule.pattern != spot.path
        )
        if not reached or value is None or type(value) is bool:
            return None
        *above, own = map(str, spot.keys)
        return meaning(split_words(own), tuple(w for key in above for w in split_words(key)))

    def _treated(self, spot: Spot, entity: str, value: Scalar) -> Any:
        """Treat a whole value as the entity that its key names."""
        rule = self.rules.policy.treatment(entity)
        treated = treat(rule, entity, value, self.place(entity, None))
        action = "drop" if treated is DROP else None
        self.decide(spot.keys, rule, Reason.KEY_NAME, action=action, entities=(entity,))
        return treated

    # Records

    def place(self, name: str, kind: str | None) -> Place:
        """Where an action works."""
        return Place(name, kind, self.rules.scope, self.draft.time, self.keyring)

    def search(self, spot: Spot, rule: ReadyRule | None, query: Query, searched: Searched) -> None:
        """Note that a spot is decided by what is found in a text."""
        shown = self._show(spot.keys)
        self.draft.slots.append(Slot(spot, query, rule, shown, searched))

    def decide(
        self,
        keys: Keys,
        rule: ReadyRule | None,
        reason: Reason,
        *,
        action: str | None = None,
        entities: tuple[str, ...] = (),
    ) -> None:
        """Record a decision. Without a rule it is a drop."""
        done = action or (rule.action.name if rule else "drop")
        label = rule.label if rule else None
        self.draft.decisions.append(Decision(self._show(keys), done, label, entities, reason))

    def note(self, spot: Spot, rule: ReadyRule | None, value: Plain) -> None:
        """Remember a leaf for ``explain``."""
        if self.draft.leaves is not None:
            self.draft.leaves.append(Leaf(spot, self._show(spot.keys), rule, value))

    def _show(self, keys: Keys) -> str:
        """The path as it may be written down: unknown keys are numbered, not named."""
        known = self.rules.known_paths.get((self.shape.vendor, keys))
        if known is not None:
            return known
        shown = ".".join(self._show_key(keys[: end + 1]) for end in range(len(keys)))
        if not any(keys[: end + 1] in self._unknown for end in range(len(keys))):
            self.rules.remember_path((self.shape.vendor, keys), shown)
        return shown

    def _show_key(self, keys: Keys) -> str:
        key = keys[-1]
        if type(key) is str and (
            self.rules.policy.knows_key(key) or ".".join(map(str, keys)) in self.shape.roles
        ):
            return key
        return f"<key#{self._unknown.setdefault(keys, len(self._unknown) + 1)}>"


def _at(message: Mapping[object, Plain], place: str) -> Plain:
    """What stands at a dotted place, or None."""
    value: Plain = message
    for key in place.split("."):
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value


def _time(value: Plain) -> dt.datetime | None:
    return parse_time(value) if type(value) in {str, int, float} else None


_SHOWS_SOMETHING: Final = frozenset({"generalize", "mask"})
"""Actions whose result is part of the value. Over a rule that scrubs, the value is searched."""

_SAYS_NOTHING: Final = frozenset(string.whitespace + string.punctuation)


def _as_text(value: object) -> str:
    """A scalar as the text that is searched; a whole float without its `.0`."""
    return str(int(value)) if type(value) is float and value.is_integer() else str(value)


def _unreadable(value: Unreadable) -> Reason:
    return Reason.TOO_LARGE if value.reason.startswith("too_") else Reason.UNREADABLE
