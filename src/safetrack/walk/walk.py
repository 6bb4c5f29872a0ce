"""Walk one message by its shape and give every leaf and every key its decision.

The walk applies the policy's rules at once and notes as slots what must still be searched; it
never searches. What the shape or the policy does not name is dropped here.

What is known of a place before any value stands there is a plan, made once
(`safetrack.compile.plan`); what a rule made of a value is done again for the same value in the
same batch (`Walk.once`).
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from safetrack.compile.events import EventEntry
from safetrack.compile.plan import Keys, Plan, Plans
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Query
from safetrack.detect.family import LABEL, Family
from safetrack.detect.owner import Owner, owner_of_event
from safetrack.detect.people.keys import may_name_somebody
from safetrack.event import Event, Reason
from safetrack.keys.keyring import TOKEN
from safetrack.reading import CUT, Plain, Scalar, Unreadable
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.clock import parse_time
from safetrack.vendors.shape import Consent, Integrations, Kind, Section, Shape, Switch, Terms
from safetrack.walk.batch import Batch, Made
from safetrack.walk.draft import Draft, Leaf, Searched, Slot, Sought, Spot
from safetrack.walk.refused import EventRefused
from safetrack.walk.roles import ROLES
from safetrack.walk.treat import treat


class Walk:
    """One pass over one message, for one destination.

    Args:
        event: The raw event.
        shape: What stands where in its message.
        batch: What it has in common with the others of its batch: rules, keys, memory.
        draft: Filled by `run`.
    """

    def __init__(self, event: Event, shape: Shape, batch: Batch, draft: Draft) -> None:
        self.event = event
        self.shape = shape
        self.batch = batch
        self.rules = batch.rules
        self.keyring = batch.keyring
        self.protection = batch.protection
        self.draft = draft
        self.kind_word = ""
        self.entries: tuple[EventEntry | None, ...] = ()
        self._event_name = ""
        self._around: tuple[Plan | None, Mapping[Any, Plain]] = (None, {})
        self._family: Family | None = None
        self._plans: Plans
        self._unknown: dict[Keys, int] = {}
        self._epochs: set[str] = set()
        self._times: dict[tuple[type, Plain], dt.datetime | None] = {}

    def run(self) -> None:
        """Fill the draft.

        Raises:
            EventRefused: The whole event does not leave.
        """
        message = self.event.message
        self._look_ahead(message)
        self._plans = self.rules.plans(self.shape, self.kind_word, self.entries)
        self.bag(self._plans.root, message, self.draft.message)
        if len(self._epochs) > 1:
            raise EventRefused(Reason.EPOCH_MISMATCH)

    # What must be known before any property can be decided

    def _look_ahead(self, message: Mapping[object, Plain]) -> None:
        """Find the event's name, kind and time: they choose rules and epochs."""
        name = _at(message, self.shape.names_event) if self.shape.names_event else None
        for keys, role in self.shape.kinds:
            self._find_kind(".".join(keys), role, _at(message, keys), has_name=name is not None)
        for keys in self.shape.times:
            self.draft.time = self.time(_at(message, keys)) or self.draft.time
        self._event_name = name if type(name) is str else ""
        self.entries = self.batch.event_entries(self._event_name)
        is_call = type(name) is str and name in self.shape.calls
        self._refuse_unwanted(has_name=name is not None and not is_call)

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
        is_event = has_name or self.kind_word == "track"
        reason = self.batch.refusal(self._event_name, is_event=is_event)
        if reason is not None:
            raise EventRefused(reason)

    def time(self, value: Plain) -> dt.datetime | None:
        """The time that a value says, in UTC; None where it says none."""
        if type(value) not in {str, int, float}:
            return None
        asked = (type(value), value)
        if asked not in self._times:
            self._times[asked] = parse_time(value)
        return self._times[asked]

    def note_epoch(self, token: str) -> None:
        """Remember a person's epoch: ids of two epochs in one event would undo them."""
        epoch = self.batch.epochs.get(token, token)
        if epoch is token:
            found = TOKEN.fullmatch(token)
            epoch = self.batch.epochs[token] = found["epoch"] if found else None
        if epoch is not None:
            self._epochs.add(epoch)

    # Entries of mappings

    def bag(self, plan: Plan, mapping: Mapping[Any, Plain], holder: dict[str, Any]) -> None:
        """Decide every entry of a mapping, and write to `holder` what may leave."""
        inside, remembered = plan.inside, self.batch.made
        is_traced = self.draft.leaves is not None
        outer = self._around, self._family
        self._around, self._family = (plan, mapping), None
        for key, value in mapping.items():
            own = inside.get(key) or self.below(plan, key)
            kind = type(value)
            lane = own.numbers.get(kind)
            if lane is not None and not is_traced:
                low, high, longest = lane  # as `NumberLane` says
                if low <= value <= high and (not longest or len(repr(value)) <= longest):
                    holder[key] = value
                    continue
            if own.is_settled and kind is not dict and kind is not list:
                constant = own.is_constant and kind is not Unreadable
                made = remembered.get((own, kind, None if constant else value, None))  # `_asked`
                if made is not None:  # most entries of most messages: nothing of this is new
                    if made.decisions or made.sought:
                        self._again(Spot(holder, key, own), made)
                    if made.result is not DROP:
                        holder[key] = made.result
                    continue
            role = own.role
            if role is not None:  # only a key that is a text has one
                ROLES[type(role)](self, role, Spot(holder, key, own), value)
            else:
                self._entry(Spot(holder, key, own), value)
        self._around, self._family = outer

    def _entry(self, spot: Spot, value: Plain) -> None:
        """Decide one entry of a mapping."""
        plan = spot.plan
        if not plan.is_property:
            self._special(spot, value)
            return
        result = self.property(spot, value)
        if result is not DROP:
            spot.holder[spot.key] = result
            if not plan.is_known:
                self.search_key(spot, spot.key)

    def below(self, plan: Plan, key: object) -> Plan:
        """The plan of a key in the mapping at a place."""
        own = plan.inside.get(key) or self.batch.plans.get((plan, key))
        if own is None:
            own = self._plans.below(plan, key)
            if key not in plan.inside:
                self.batch.plans[plan, key] = own
        return own

    def _special(self, spot: Spot, value: Plain) -> None:
        """Decide an entry that neither a role nor a rule for properties decides about."""
        plan = spot.plan
        if type(spot.key) is not str:
            self._unreadable_key(spot, value)
        elif isinstance(plan.crossed, _RESTRICTS):
            raise EventRefused(Reason.BAD_CONTROL)
        else:
            self.note(spot, None, value)
            self.decide(spot, None, Reason.CONTROL if plan.crossed else Reason.UNLISTED)

    def _unreadable_key(self, spot: Spot, value: Plain) -> None:
        """Drop an entry without a name, or the rest of a mapping that was cut off."""
        if value is CUT and self._may_hold_switches(spot.keys[:-1]):
            raise EventRefused(Reason.TOO_LARGE)
        self.decide(spot, None, Reason.TOO_LARGE if value is CUT else Reason.UNREADABLE)

    def _may_hold_switches(self, keys: Keys) -> bool:
        """Whether what was cut off at a place may have restricted the flow."""
        above = "".join(f"{key}." for key in keys)
        return any(
            isinstance(role, _RESTRICTS) and place.startswith(above)
            for place, role in self.shape.roles.items()
        )

    def search_key(self, spot: Spot, name: str) -> None:
        """Have the key of an entry that may leave searched: it is a word that nobody knows."""
        key = self.protection.remove(name)  # no key has a marker of ours in it
        query = Query(key, _NUMBERS_IN_KEYS, names=may_name_somebody(key))
        self.search(spot, None, query, Searched.KEY)

    # Properties

    def property(self, spot: Spot, value: Plain) -> Any:
        """What may leave of a property, with slots for what must be searched first."""
        kind = type(value)
        if kind is dict:
            return self._mapping(spot, value)
        if kind is list:
            return self._list(spot, value)
        if spot.plan.rule is None:
            return _leaf(self, spot, value, None)
        named = self._named_by_key(spot, value) if spot.plan.asks_key else None
        return self.once(spot, value, named, _leaf)

    def _mapping(self, spot: Spot, value: dict[object, Plain]) -> Any:
        if not value:
            return self._empty(spot, value)
        holder: dict[str, Any] = {}
        self.bag(spot.plan, value, holder)
        return holder or DROP

    def _list(self, spot: Spot, values: list[Plain]) -> Any:
        """Lists are looked through: every item is decided as the list's own property."""
        if not values:
            return self._empty(spot, values)
        holder: list[Any] = [DROP] * len(values)
        before = len(self.draft.slots)
        for index, value in enumerate(values):
            holder[index] = self.property(Spot(holder, index, spot.plan), value)
        if all(item is DROP for item in holder):
            return DROP
        joined = _joined(values) if len(self.draft.slots) > before else ""
        if joined and spot.plan.rule is not None:  # `["a", "d", "a", "@", …]`, let out as text
            self._search_text(spot, spot.plan.rule, joined, Searched.WHOLE, names=True)
        return holder

    def _empty(self, spot: Spot, value: Plain) -> Any:
        """An empty mapping or list says nothing but that it is there."""
        rule = spot.plan.rule
        self.note(spot, rule, value)
        if rule is not None and rule.action.name in {"keep", "scrub"}:
            return value
        self.decide(spot, rule, Reason.RULE if rule else Reason.UNLISTED, action="drop")
        return DROP

    def once(
        self,
        spot: Spot,
        value: Plain,
        named: str | None,
        make: Callable[[Walk, Spot, Any, str | None], Any],
    ) -> Any:
        """What `make` makes of a value, or once more what it made of the same one in this batch."""
        plan = spot.plan
        asked = _asked(plan, value, named)
        made = self.batch.made.get(asked)
        if made is not None:
            return self._again(spot, made)
        decisions, slots = self.draft.decisions, self.draft.slots
        decided, noted = len(decisions), len(slots)
        result = make(self, spot, value, named)
        if plan.is_lasting and self.draft.leaves is None:
            sought = tuple([slot.sought for slot in slots[noted:]])
            self.batch.made[asked] = Made(result, tuple(decisions[decided:]), sought)
        return result

    def _again(self, spot: Spot, made: Made) -> Any:
        result, decisions, sought = made
        if spot.plan.shown is None and (decisions or sought):
            shown = self.show(spot.plan)  # numbered anew in each message
            decisions = tuple([replace(one, path=shown) for one in decisions])
            sought = tuple([replace(one, shown=shown) for one in sought])
        if decisions:
            self.draft.decisions.extend(decisions)
        for one in sought:
            self.draft.slots.append(Slot(spot, one))
        return result

    def outcome(self, spot: Spot, rule: ReadyRule, outcome: Outcome) -> Any:
        """Record what an action made of a value, and have it searched where it must be."""
        if outcome.value is DROP:
            self.decide(spot, rule, outcome.reason or Reason.RULE, action="drop")
            return DROP
        if outcome.reason is not None:
            self.decide(spot, rule, outcome.reason)
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
            self.search(spot, rule, Query(text, spot.plan.words, names=names), searched)

    def _named_by_key(self, spot: Spot, value: Plain) -> str | None:
        """What a key and those beside it say of a value, where no rule names the key itself."""
        if type(value) is bool or (type(value) is str and self._is_own(value)):
            return None
        if self._family is None:
            plan, mapping = self._around
            owner = self._owner(plan) if plan is not None else None
            self._family = Family(plan.path if plan is not None else "", mapping, owner)
        return self._family.named(str(spot.plan.key), value)

    def _is_own(self, value: str) -> bool:
        """Whether a value is nothing but our own tokens and markers."""
        return ("<" in value or "st1_" in value) and not self.protection.remove(value).strip()

    def _owner(self, plan: Plan) -> Owner | None:
        """Whose the properties are that stand in a bag."""
        if plan.section is Section.PROPERTIES:
            return owner_of_event(self._event_name)
        return _OWNERS.get(plan.section)

    # Records

    def place(self, name: str, kind: str | None) -> Place:
        """Where an action works."""
        return Place(name, kind, self.rules.scope, self.draft.time, self.keyring)

    def search(self, spot: Spot, rule: ReadyRule | None, query: Query, searched: Searched) -> None:
        """Note that a spot is decided by what is found in a text."""
        sought = Sought(query, rule, self.show(spot.plan), searched)
        self.draft.slots.append(Slot(spot, sought))

    def decide(
        self,
        spot: Spot,
        rule: ReadyRule | None,
        reason: Reason,
        *,
        action: str | None = None,
        entities: tuple[str, ...] = (),
    ) -> None:
        """Record a decision. Without a rule it is a drop."""
        done = action or (rule.action.name if rule else "drop")
        shown = self.show(spot.plan)
        self.draft.decisions.append(spot.plan.decision(shown, rule, done, entities, reason))

    def note(self, spot: Spot, rule: ReadyRule | None, value: Plain) -> None:
        """Remember a leaf for ``explain``."""
        if self.draft.leaves is not None:
            self.draft.leaves.append(Leaf(spot, self.show(spot.plan), rule, value))

    def show(self, plan: Plan) -> str:
        """The path as it may be written down: unknown keys are numbered, not named."""
        if plan.shown is not None or plan.above is None:
            return plan.shown or ""
        above = self.show(plan.above)
        name = plan.label or f"<key#{self._unknown.setdefault(plan.keys, len(self._unknown) + 1)}>"
        return f"{above}.{name}" if above else name


def _asked(plan: Plan, value: Plain, named: str | None) -> tuple[object, ...]:
    """By what it is remembered what became of a scalar."""
    kind = type(value)
    if plan.is_constant and kind is not Unreadable:
        return plan, kind, None, named
    return plan, kind, value, named


def _leaf(walk: Walk, spot: Spot, value: Plain, named: str | None) -> Any:
    """Apply a rule to one scalar."""
    rule = spot.plan.rule
    walk.note(spot, rule, value)
    if rule is None:
        walk.decide(spot, None, Reason.UNLISTED)
        return DROP
    if type(value) is Unreadable:
        walk.decide(spot, rule, _unreadable(value), action="drop")
        return DROP
    if rule.is_expired(walk.batch.today):
        walk.decide(spot, rule, Reason.EXPIRED, action="drop")
        return DROP
    place = walk.place(spot.path, rule.kind)
    if rule.within is not None:
        value = rule.within.apply(value, place).value
        if value is DROP:
            walk.decide(spot, rule, Reason.DESTINATION, action="drop")
            return DROP
    if named is not None and named is not LABEL:
        return _treated(walk, spot, named, value)
    outcome = rule.action.apply(value, place)
    if named is LABEL and outcome.search is Search.FULL:
        outcome = outcome._replace(search=Search.PATTERNS)
    if rule.over_scrub and rule.action.name in _SHOWS_SOMETHING:
        outcome = outcome._replace(search=Search.FULL, original=value)
    return walk.outcome(spot, rule, outcome)


def _treated(walk: Walk, spot: Spot, entity: str, value: Scalar) -> Any:
    """Treat a whole value as the entity that its key names."""
    rule = walk.rules.policy.treatment(entity)
    treated = treat(rule, entity, value, walk.place(entity, None))
    action = "drop" if treated is DROP else None
    walk.decide(spot, rule, Reason.KEY_NAME, action=action, entities=(entity,))
    return treated


def _at(message: Mapping[object, Plain], keys: tuple[str, ...]) -> Plain:
    """What stands at a place, or None."""
    value: Plain = message
    for key in keys:
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value


_RESTRICTS: Final = (Switch, Integrations, Consent, Terms)
"""Roles of what restricts the flow: what of it cannot be understood drops the event."""

_OWNERS: Final[Mapping[Section | None, Owner]] = {
    Section.TRAITS: Owner.PERSON,
    Section.GROUP_TRAITS: Owner.THING,
}
"""Whose the properties of a section are."""

_NUMBERS_IN_KEYS: Final = ("phone",)
"""A key is no place for numbers: whatever can be a telephone number in one is taken for it."""

_FEWEST_APART: Final = 7
_MOST_APART: Final = 256
"""Items of a list that may be one text, a character each."""
_LONGEST_PIECE: Final = 16
_FEWEST_PIECES, _MOST_PIECES = 2, 16


def _joined(values: list[Plain]) -> str:
    """The text that a list of characters, or of an address in pieces, may stand for; or nothing."""
    if not all(type(value) is str for value in values):
        return ""
    longest = max(map(len, values))
    if longest == 1 and _FEWEST_APART <= len(values) <= _MOST_APART:
        return " ".join(values)
    if _FEWEST_PIECES <= len(values) <= _MOST_PIECES and longest <= _LONGEST_PIECE:
        is_split = any(value.startswith("@") or value.endswith("@") for value in values)
        return "".join(values) if is_split else ""  # an address in one item is found there
    return ""


_SHOWS_SOMETHING: Final = frozenset({"generalize", "mask"})
"""Actions whose result is part of the value. Over a rule that scrubs, the value is searched."""

_SAYS_NOTHING: Final = frozenset(string.whitespace + string.punctuation)


def _as_text(value: object) -> str:
    """A scalar as the text that is searched; a whole float without its `.0`."""
    return str(int(value)) if type(value) is float and value.is_integer() else str(value)


def _unreadable(value: Unreadable) -> Reason:
    return Reason.TOO_LARGE if value.reason.startswith("too_") else Reason.UNREADABLE
