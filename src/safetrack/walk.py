"""Walk one message by its shape and give every leaf and every key its decision.

The walk applies the policy's rules at once and notes as slots what must still be searched; it
never searches. What the shape or the policy does not name is dropped here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from safetrack.compile.destination import DestinationRules
from safetrack.compile.events import EventEntry
from safetrack.compile.policy import UNLISTED_SCRUB, entity_kind, is_vocabulary
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Query
from safetrack.detect.keynames import meaning
from safetrack.detect.words import split_words
from safetrack.draft import Draft, EncodedBag, Leaf, Searched, Slot
from safetrack.event import Decision, Event, Reason
from safetrack.integrations import allows, understand
from safetrack.keys.keyring import Keyring
from safetrack.protect import Protection
from safetrack.reading import Plain, Scalar, Unreadable, snapshot
from safetrack.transform.action import DROP, Place, Search
from safetrack.transform.clock import parse_time
from safetrack.transform.drop import Drop
from safetrack.transform.redact import Redact, marker
from safetrack.vendors.identifiers import split_prefix
from safetrack.vendors.shape import (
    Bag,
    Groups,
    GroupType,
    Id,
    IdKind,
    Integrations,
    Kind,
    MessageId,
    Name,
    Never,
    Property,
    Section,
    Shape,
    Switch,
    Time,
)

_NAMES: Final = ReadyRule(Redact("REDACTED"), "names")
_SHAPE: Final = ReadyRule(Drop(), "shape")
_UNLISTED: Final = ReadyRule(Drop(), "unlisted")

Keys = tuple[object, ...]


class EventRefused(Exception):  # noqa: N818  not an error: the event is dropped, and counted
    """Ends the walk: the whole event does not leave. Holds a reason only."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class Walk:
    """One pass over one message, for one destination.

    Args:
        event: The raw event.
        shape: What stands where in its message.
        rules: What the policy says, for the destination.
        keyring: The keys, or None where no rule needs one.
        draft: Filled by `run`.
    """

    def __init__(
        self,
        event: Event,
        shape: Shape,
        rules: DestinationRules,
        keyring: Keyring,
        draft: Draft,
        today: dt.date,
    ) -> None:
        self.event = event
        self.shape = shape
        self.rules = rules
        self.keyring = keyring
        self.draft = draft
        self.today = today
        self.time = event.received_at
        self.kind_word = ""
        self.entries: tuple[EventEntry | None, ...] = ()
        self._unknown: dict[Keys, int] = {}
        self._protection = Protection(keyring, rules)

    def run(self) -> None:
        """Fill the draft.

        Raises:
            EventRefused: The whole event does not leave.
        """
        message = self.event.message
        self._look_ahead(message)
        for key, value in message.items():
            self._entry(self.draft.message, (), "", key, value, section=None)
        self.draft.time = self.time

    # What must be known before any property can be decided ---------------------------------

    def _look_ahead(self, message: Mapping[object, Plain]) -> None:
        """Find the event's name, kind and time: they choose rules and epochs."""
        name = None
        for place, role in self.shape.roles.items():
            if isinstance(role, Name) and role.event:
                name = _at(message, place)
            elif isinstance(role, Kind):
                self.kind_word = self._kind_word(_at(message, place))
            elif isinstance(role, Time):
                self.time = parse_time(_at(message, place)) or self.time
        self.entries = self.rules.event_entries(name if type(name) is str else "")
        self._refuse_unwanted(name)

    def _kind_word(self, value: Plain) -> str:
        if value is None and type(self.event.message.get("event")) is str:
            return "track"
        return value if type(value) is str else ""

    def _refuse_unwanted(self, name: Plain) -> None:
        """Drop the event that the policy drops by its name."""
        matched = [entry for entry in self.entries if entry is not None]
        own_entry = self.entries[-1]
        nearest = next((entry for entry in self.entries[:-1] if entry is not None), None)
        if any(entry.drops for entry in (own_entry, nearest) if entry is not None):
            raise EventRefused(Reason.EVENT_DROPPED)
        if any(entry.expires is not None and self.today > entry.expires for entry in matched):
            raise EventRefused(Reason.EXPIRED)
        if name is not None and nearest is None and self.rules.policy.drops_unlisted_events:
            raise EventRefused(Reason.EVENT_DROPPED)

    # One entry of a mapping ------------------------------------------------------------------

    def _entry(
        self,
        holder: dict[str, Any],
        keys: Keys,
        path: str,
        key: object,
        value: Plain,
        section: Section | None,
    ) -> None:
        """Decide one key and what stands under it. `path` is the property path inside its bag."""
        here = (*keys, key)
        if type(key) is not str:
            self._decide(here, _UNLISTED, Reason.UNREADABLE)
            return
        role = self.shape.roles.get(".".join(here))  # type: ignore[arg-type]  all str up to here
        if role is not None:
            _ROLES[type(role)](self, role, holder, here, value)
        elif section is None:
            self._note(here, None, value, holder)
            self._decide(here, _UNLISTED, Reason.UNLISTED)
        else:
            own_path = f"{path}.{key}" if path else key
            result = self._property(holder, here, own_path, key, value, section)
            if result is not DROP:
                self._put(holder, here, key, result)

    def _put(self, holder: dict[str, Any], keys: Keys, key: str, value: Any) -> None:
        """Write an entry whose value may leave, and have its key searched unless it is known."""
        holder[key] = value
        if self.rules.policy.knows_key(key):
            return
        shown = self._show(keys)
        self.draft.slots.append(
            Slot(holder, key, Query(key, names=True), _UNLISTED, shown, Searched.KEY)
        )

    def _bag(self, keys: Keys, value: dict[object, Plain], path: str, section: Section) -> Any:
        """Walk a mapping of properties. `DROP` when nothing in it may leave."""
        holder: dict[str, Any] = {}
        for key, item in value.items():
            self._entry(holder, keys, path, key, item, section)
        return holder or DROP

    # Properties --------------------------------------------------------------------------------

    def _property(
        self, holder: Any, keys: Keys, path: str, key: object, value: Plain, section: Section
    ) -> Any:
        """What may leave of a property, with slots for what must be searched first."""
        if type(value) is dict and value:
            return self._bag(keys, value, path, section)
        if type(value) is list and value:
            return self._list(keys, path, value, section)
        rule = self.rules.find(section, self.entries, path)
        self._note(keys, rule, value, holder, key)
        if type(value) is dict or type(value) is list:
            return self._empty(keys, rule, value)
        return self._leaf(holder, key, keys, path, rule, value)

    def _list(self, keys: Keys, path: str, values: list[Plain], section: Section) -> Any:
        """Lists are looked through: every item is decided as the list's own property."""
        holder: list[Any] = []
        for value in values:
            holder.append(DROP)
            result = self._property(holder, keys, path, len(holder) - 1, value, section)
            if result is DROP:
                holder.pop()
            else:
                holder[-1] = result
        return holder or DROP

    def _empty(self, keys: Keys, rule: ReadyRule | None, value: Plain) -> Any:
        """An empty mapping or list says nothing but that it is there."""
        if rule is not None and rule.action.name in {"keep", "scrub"}:
            return value
        self._decide(keys, rule or _UNLISTED, Reason.UNLISTED if rule is None else Reason.RULE)
        return DROP

    def _leaf(
        self,
        holder: Any,
        key: object,
        keys: Keys,
        path: str,
        rule: ReadyRule | None,
        value: Plain,
    ) -> Any:
        """Apply a rule to one scalar."""
        if rule is None:
            self._decide(keys, _UNLISTED, Reason.UNLISTED)
            return DROP
        if type(value) is Unreadable:
            self._decide(keys, rule, _unreadable(value), action="drop")
            return DROP
        if rule.is_expired(self.today):
            self._decide(keys, rule, Reason.EXPIRED, action="drop")
            return DROP
        named = self._named_by_key(rule, keys, path, value)
        if named is not None:
            return self._treated(named, keys, value)
        outcome = rule.action.apply(value, self._place(path, rule.kind))
        return self._outcome(holder, key, keys, path, rule, outcome)

    def _outcome(
        self, holder: Any, key: object, keys: Keys, path: str, rule: ReadyRule, outcome: Any
    ) -> Any:
        if outcome.value is DROP:
            self._decide(keys, rule, outcome.reason or Reason.RULE, action="drop")
            return DROP
        if outcome.reason is not None:
            self._decide(keys, rule, outcome.reason)
        if outcome.search is not Search.NONE:
            self._search(holder, key, keys, path, rule, outcome.value, outcome.search)
        return outcome.value

    def _search(
        self,
        holder: Any,
        key: object,
        keys: Keys,
        path: str,
        rule: ReadyRule,
        value: Scalar,
        search: Search,
    ) -> None:
        text = self._protection.blank(value if type(value) is str else str(value))
        if not any(map(str.isalnum, text)):
            return
        words = split_words(path.rpartition(".")[2])
        query = Query(text, words, names=search is Search.FULL)
        shown = self._show(keys)
        self.draft.slots.append(Slot(holder, key, query, rule, shown, Searched.VALUE, path))

    def _named_by_key(self, rule: ReadyRule, keys: Keys, path: str, value: Scalar) -> str | None:
        """The entity that a key's name says, where the policy leaves unnamed keys to detection."""
        reached = rule is UNLISTED_SCRUB or (rule.action.name == "scrub" and rule.pattern != path)
        if not reached or value is None or type(value) is bool:
            return None
        own = split_words(str(path.rpartition(".")[2]))
        parents = tuple(word for part in keys[:-1] for word in split_words(str(part)))
        return meaning(own, parents)

    def _treated(self, entity: str, keys: Keys, value: Scalar) -> Any:
        """Treat a whole value as the entity that its key names."""
        rule = self.rules.policy.treatment(entity)
        treated = treat(rule, entity, value, self._place(entity, None))
        action = "drop" if treated is DROP else rule.action.name
        self._decide(keys, rule, Reason.KEY_NAME, action=action, entities=(entity,))
        return treated

    # Roles --------------------------------------------------------------------------------------

    def _role_bag(self, role: Bag, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        section = self.shape.fixed.get((".".join(map(str, keys)), self.kind_word), role.section)
        was_text = role.encoded and type(value) is str
        mapping = _decoded(value) if was_text else value
        if type(mapping) is not dict:
            self._decide(keys, _SHAPE, Reason.WRONG_TYPE)
            return
        result = self._bag(keys, mapping, "", section) if mapping else {}
        if result is DROP:
            result = {}
        holder[str(keys[-1])] = EncodedBag(result) if was_text else result

    def _role_property(
        self, role: Property, holder: dict[str, Any], keys: Keys, value: Plain
    ) -> None:
        key = str(keys[-1])
        result = self._property(holder, keys, role.name, key, value, role.section)
        if result is not DROP:
            holder[key] = result

    def _role_name(self, role: Name, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        key = str(keys[-1])
        self._note(keys, _NAMES, value, holder)
        if value is None:
            return
        if type(value) is not str:
            if role.event:
                raise EventRefused(Reason.UNREADABLE)
            self._decide(keys, _NAMES, Reason.WRONG_TYPE, action="drop")
            return
        holder[key] = value
        if any(entry.lists_the_name and entry.pattern == value for entry in self._entries(value)):
            return
        text = self._protection.blank(value)
        if any(map(str.isalnum, text)) and not is_vocabulary(text):
            query = Query(text, (), names=True)
            shown = self._show(keys)
            self.draft.slots.append(Slot(holder, key, query, _NAMES, shown, Searched.NAME))

    def _entries(self, name: str) -> list[EventEntry]:
        return [entry for entry in self.rules.event_entries(name) if entry is not None]

    def _role_id(self, role: Id, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        key = str(keys[-1])
        if type(value) is list:
            results: list[Any] = []
            for item in value:
                results.append(DROP)
                results[-1] = self._id(role.kind, results, len(results) - 1, keys, item)
            holder[key] = results
            return
        result = self._id(role.kind, holder, key, keys, value)
        if result is not DROP:
            holder[key] = result

    def _id(self, kind: IdKind, holder: Any, key: object, keys: Keys, value: Plain) -> Any:
        rule = self.rules.policy.identity[kind]
        self._note(keys, rule, value, holder, key)
        if type(value) is Unreadable or type(value) in {dict, list}:
            self._decide(keys, rule, Reason.UNREADABLE, action="drop")
            return DROP
        if value is None:
            return DROP
        prefix, bare = split_prefix(value)
        outcome = rule.action.apply(bare, self._place(kind.value, kind.value))
        result = self._outcome(holder, key, keys, kind.value, rule, outcome)
        return result if result is DROP or not prefix else f"{prefix}{result}"

    def _role_groups(self, _role: Groups, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        if type(value) is not dict:
            self._decide(keys, _SHAPE, Reason.WRONG_TYPE)
            return
        groups: dict[str, Any] = {}
        for group_type, group_id in value.items():
            here = (*keys, group_type)
            if type(group_type) is not str:
                self._decide(here, _UNLISTED, Reason.UNREADABLE)
                continue
            self._role_id(Id(IdKind.GROUP), groups, here, group_id)
            if group_type in groups:
                self._put(groups, here, group_type, groups[group_type])
        if groups:
            holder[str(keys[-1])] = groups

    def _role_group_type(
        self, _role: GroupType, holder: dict[str, Any], keys: Keys, value: Plain
    ) -> None:
        self._note(keys, _NAMES, value, holder)
        if type(value) is not str:
            self._decide(keys, _NAMES, Reason.WRONG_TYPE, action="drop")
            return
        holder[str(keys[-1])] = value
        if not self.rules.policy.knows_key(value):
            query = Query(value, (), names=True)
            shown = self._show(keys)
            self.draft.slots.append(Slot(holder, keys[-1], query, _NAMES, shown, Searched.KEY))

    def _role_time(self, role: Time, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        rule = self.rules.policy.timestamp
        self._note(keys, rule, value, holder)
        if value is None:
            return
        moment = parse_time(value) or self.event.received_at
        outcome = rule.action.apply(moment.isoformat(), self._place("timestamp", None))
        if outcome.value is DROP:
            self._decide(keys, rule, outcome.reason or Reason.RULE, action="drop")
            return
        emitted = emit_time(parse_time(outcome.value) or moment, role)
        holder[str(keys[-1])] = emitted
        if emitted != value:
            self._decide(keys, rule, Reason.ENVELOPE)

    def _role_message_id(
        self, _role: MessageId, holder: dict[str, Any], keys: Keys, value: Plain
    ) -> None:
        if type(value) not in {str, int} or value == "":
            self._decide(keys, _SHAPE, Reason.UNREADABLE)
            return
        self.draft.message_id = self.keyring.message_id(str(value), scope=self.rules.scope or "*")
        holder[str(keys[-1])] = self.draft.message_id
        self._decide(keys, _SHAPE, Reason.ENVELOPE, action="pseudonymize")

    def _role_kind(self, role: Kind, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        if type(value) is not str or value not in role.values:
            raise EventRefused(Reason.UNKNOWN_EVENT_TYPE)
        holder[str(keys[-1])] = value

    def _role_switch(self, role: Switch, holder: dict[str, Any], keys: Keys, value: Plain) -> None:
        if value is None:
            return
        understood = understand(value)
        if understood is None:
            raise EventRefused(Reason.BAD_CONTROL)
        if understood is role.restricts:
            holder[str(keys[-1])] = understood
        else:
            self._decide(keys, _SHAPE, Reason.CONTROL)

    def _role_integrations(
        self, _role: Integrations, holder: dict[str, Any], keys: Keys, value: Plain
    ) -> None:
        if value is None:
            return
        switches = _understood_integrations(value)
        if switches is None:
            raise EventRefused(Reason.BAD_CONTROL)
        if not allows(switches, self.rules.name, self.rules.type):
            raise EventRefused(Reason.INTEGRATION_OFF)
        kept: dict[str, Any] = {}
        for name, switch in switches.items():
            self._put(kept, (*keys, name), name, switch)
        if kept:
            holder[str(keys[-1])] = kept

    def _role_never(self, _role: Never, _holder: Any, keys: Keys, _value: Plain) -> None:
        self._decide(keys, _SHAPE, Reason.CONTROL)

    # Records -----------------------------------------------------------------------------------

    def _place(self, name: str, kind: str | None) -> Place:
        return Place(name, kind, self.rules.scope, self.time, self.keyring)

    def _decide(
        self,
        keys: Keys,
        rule: ReadyRule,
        reason: Reason,
        *,
        action: str | None = None,
        entities: tuple[str, ...] = (),
    ) -> None:
        label = None if rule is _UNLISTED or rule is _SHAPE else rule.label
        done = action or rule.action.name
        self.draft.decisions.append(Decision(self._show(keys), done, label, entities, reason))

    def _show(self, keys: Keys) -> str:
        """The path as it may be written down: unknown keys are numbered, not named."""
        return ".".join(self._show_key(keys[: end + 1]) for end in range(len(keys)))

    def _show_key(self, keys: Keys) -> str:
        key = keys[-1]
        if type(key) is str and (
            ".".join(map(str, keys)) in self.shape.roles or self.rules.policy.knows_key(key)
        ):
            return key
        return f"<key#{self._unknown.setdefault(keys, len(self._unknown) + 1)}>"

    def _note(
        self, keys: Keys, rule: ReadyRule | None, value: Plain, holder: Any, key: object = None
    ) -> None:
        if self.draft.leaves is not None:
            own = keys[-1] if key is None else key
            path = ".".join(str(k) if type(k) is str else "<key>" for k in keys)
            self.draft.leaves.append(Leaf(path, rule, value, holder, own))


def treat(rule: ReadyRule, entity: str, value: Scalar, place: Place) -> Any:
    """What leaves in place of something found: the rule's action under the entity's own kind."""
    if isinstance(rule.action, Redact):
        return marker(entity)
    kind = rule.kind or entity_kind(entity)
    scoped = Place(kind, kind, place.scope, place.time, place.keyring)
    return rule.action.apply(value if type(value) is str else str(value), scoped).value


def emit_time(moment: dt.datetime, role: Time) -> str | int:
    """A time in the form in which the message writes it."""
    if role.form == "seconds":
        return int(moment.timestamp())
    if role.form == "milliseconds":
        return int(moment.timestamp() * 1000)
    if role.form == "sql":
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    return _iso(moment)


def _iso(moment: dt.datetime) -> str:
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(dt.UTC).isoformat(timespec=spec).replace("+00:00", "Z")


def _at(message: Mapping[object, Plain], place: str) -> Plain:
    """What stands at a dotted place, or None."""
    value: Plain = message
    for key in place.split("."):
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value


def _decoded(text: str) -> Plain:
    try:
        return snapshot(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _unreadable(value: Unreadable) -> Reason:
    return Reason.TOO_LARGE if value.reason.startswith("too_") else Reason.UNREADABLE


def _understood_integrations(value: Plain) -> dict[str, bool] | None:
    if type(value) is not dict:
        return None
    switches = {key: understand(switch) for key, switch in value.items() if type(key) is str}
    if len(switches) < len(value) or None in switches.values():
        return None
    return switches  # type: ignore[return-value]  no None is left


_ROLES: Final[Mapping[type, Callable[..., None]]] = {
    Bag: Walk._role_bag,
    Property: Walk._role_property,
    Name: Walk._role_name,
    Id: Walk._role_id,
    Groups: Walk._role_groups,
    GroupType: Walk._role_group_type,
    Time: Walk._role_time,
    MessageId: Walk._role_message_id,
    Kind: Walk._role_kind,
    Switch: Walk._role_switch,
    Integrations: Walk._role_integrations,
    Never: Walk._role_never,
}
