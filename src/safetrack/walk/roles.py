"""What is done at the places that a shape names: one function a role."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from safetrack.compile.policy import is_vocabulary
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Query
from safetrack.event import Reason
from safetrack.reading import Plain, Unreadable, snapshot
from safetrack.transform.action import DROP
from safetrack.transform.clock import parse_time
from safetrack.transform.generalize.time_unit import TimeUnit
from safetrack.transform.redact import Redact
from safetrack.vendors.identifiers import split_prefix
from safetrack.vendors.segment import INTEGRATIONS
from safetrack.vendors.shape import (
    Bag,
    Consent,
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
    Switch,
    Terms,
    Time,
    Unset,
    Word,
)
from safetrack.walk.draft import UNSEARCHED, EncodedBag, Searched, Spot
from safetrack.walk.integrations import allows, understand
from safetrack.walk.refused import EventRefused

if TYPE_CHECKING:
    from safetrack.walk.walk import Walk

NAMES: Final = ReadyRule(Redact("REDACTED"), "names")
"""Contract section 3, Names: what is found in one is redacted."""


def _bag(walk: Walk, role: Bag, spot: Spot, value: Plain) -> None:
    was_text = role.encoded and type(value) is str
    mapping = _decoded(value) if was_text else value
    if mapping is None:
        return
    if type(mapping) is not dict:
        walk.decide(spot, None, Reason.WRONG_TYPE)
        return
    holder = EncodedBag() if was_text else {}
    if mapping:
        walk.bag(spot.plan, mapping, holder)
    if not holder and len(spot.keys) > 1:
        return  # a bag inside a bag: its name says that there was something
    spot.holder[spot.key] = holder


def _decoded(text: str) -> Plain:
    try:
        return snapshot(json.loads(text))
    except (ValueError, RecursionError):
        return Unreadable("not_json")


def _unset(walk: Walk, role: Unset, spot: Spot, value: Plain) -> None:
    if type(value) not in {dict, list}:
        walk.decide(spot, None, Reason.WRONG_TYPE)
        return
    kept: Any = {} if type(value) is dict else []
    for name in value:
        if type(name) is not str:
            walk.decide(spot, None, Reason.UNREADABLE)
        elif walk.below(spot.plan, name).rule is None:
            walk.decide(Spot(kept, name, walk.below(spot.plan, name)), None, Reason.UNLISTED)
        else:
            _unset_one(walk, role, Spot(kept, name, walk.below(spot.plan, name)))
    if kept:
        spot.holder[spot.key] = kept


def _unset_one(walk: Walk, role: Unset, spot: Spot) -> None:
    """Write the name of one property, and have it searched if nobody knows the word."""
    kept, name, plan = spot
    if type(kept) is dict:
        kept[name] = role.sign
    else:
        spot = Spot(kept, len(kept), plan)
        kept.append(name)
    if not plan.is_known:
        walk.search_key(spot, name)


def _word(walk: Walk, role: Word, spot: Spot, value: Plain) -> None:
    if type(value) is str and value in role.words:
        spot.holder[spot.key] = value
    else:
        walk.decide(spot, None, Reason.CONTROL)


def _property(walk: Walk, _role: Property, spot: Spot, value: Plain) -> None:
    result = walk.property(spot, value)
    if result is not DROP:
        spot.holder[spot.key] = result


def _name(walk: Walk, role: Name, spot: Spot, value: Plain) -> None:
    walk.note(spot, NAMES, value)
    if value is None:
        return
    if type(value) is not str:
        if role.event:
            raise EventRefused(Reason.UNREADABLE)
        walk.decide(spot, NAMES, Reason.WRONG_TYPE, action="drop")
        return
    if value in role.calls:
        spot.holder[spot.key] = value
        return
    spot.holder[spot.key] = walk.once(spot, value, None, _searched_name)


def _searched_name(walk: Walk, spot: Spot, name: str, _named: str | None) -> str:
    """A name as it may leave, once it has been searched unless somebody wrote it down."""
    if _is_listed(walk, name) or is_vocabulary(name):
        return name
    if walk.rules.policy.drops_unlisted_events:  # nobody wrote this name down either
        walk.decide(spot, NAMES, Reason.UNLISTED)
        return UNSEARCHED
    text = walk.protection.blank(name)
    walk.search(spot, NAMES, Query(text, names=True), Searched.NAME)
    if text != name:
        joined = walk.protection.remove(name)
        walk.search(spot, NAMES, Query(joined, names=True), Searched.WHOLE)
    return name


def _is_listed(walk: Walk, name: str) -> bool:
    entries = walk.batch.event_entries(name)
    return any(entry.pattern == name for entry in entries if entry is not None)


def _id(walk: Walk, role: Id, spot: Spot, value: Plain) -> None:
    if value is None:
        walk.note(spot, walk.rules.policy.identity[role.kind], value)
        return
    values = value if type(value) is list else [value]
    results: list[Any] = []
    for item in values:
        inside = Spot(results, len(results), spot.plan) if value is values else spot
        results.append(DROP)
        results[-1] = _one_id(walk, role.kind, inside, item)
    kept = results if value is values else results[0]
    if kept is not DROP and kept != []:
        spot.holder[spot.key] = kept


def _one_id(walk: Walk, kind: IdKind, spot: Spot, value: Plain) -> Any:
    if type(value) in {dict, list}:
        return _unreadable_id(walk, walk.rules.policy.identity[kind], spot, value)
    result = walk.once(spot, value, None, _MAKERS[kind])
    if kind is IdKind.PERSON and type(result) is str:
        walk.note_epoch(str(split_prefix(result)[1]))
    return result


def _made_id(kind: IdKind, walk: Walk, spot: Spot, value: Plain, _named: str | None) -> Any:
    """What may leave of one id."""
    rule = walk.rules.policy.identity[kind]
    if type(value) is Unreadable:
        return _unreadable_id(walk, rule, spot, value)
    walk.note(spot, rule, value)
    if value is None:
        return DROP
    # A kept id is searched, prefix and all, so that findings stand where they were found.
    prefix, bare = ("", value) if rule.action.name == "keep" else split_prefix(value)
    result = walk.outcome(spot, rule, rule.action.apply(bare, walk.place(spot.path, spot.path)))
    return result if result is DROP or not prefix else f"{prefix}{result}"


def _unreadable_id(walk: Walk, rule: ReadyRule, spot: Spot, value: Plain) -> Any:
    walk.note(spot, rule, value)
    walk.decide(spot, rule, Reason.UNREADABLE, action="drop")
    return DROP


_MAKERS: Final = {kind: partial(_made_id, kind) for kind in IdKind}


def _groups(walk: Walk, _role: Groups, spot: Spot, value: Plain) -> None:
    if type(value) is not dict:
        walk.decide(spot, None, Reason.WRONG_TYPE)
        return
    groups: dict[str, Any] = {}
    for group_type, group_id in value.items():
        own = Spot(groups, group_type, walk.below(spot.plan, group_type))
        if type(group_type) is not str:
            walk.decide(own, None, Reason.UNREADABLE)
            continue
        _id(walk, Id(IdKind.GROUP), own, group_id)
        if group_type in groups and not own.plan.is_known:
            if walk.rules.policy.drops_unlisted_events:  # nor are types that nobody wrote down
                del groups[group_type]
                walk.decide(own, None, Reason.UNLISTED)
            else:
                walk.search_key(own, group_type)
    if groups:
        spot.holder[spot.key] = groups


def _group_type(walk: Walk, _role: GroupType, spot: Spot, value: Plain) -> None:
    walk.note(spot, NAMES, value)
    if type(value) is not str:
        walk.decide(spot, NAMES, Reason.WRONG_TYPE, action="drop")
        return
    known = walk.rules.policy.knows_key(value)
    if not known and walk.rules.policy.drops_unlisted_events:  # nor are types nobody wrote down
        walk.decide(spot, None, Reason.UNLISTED)
        return
    spot.holder[spot.key] = value
    if not known:
        walk.search(spot, NAMES, Query(value, names=True), Searched.KEY)


def _time(walk: Walk, role: Time, spot: Spot, value: Plain) -> None:
    rule = walk.rules.policy.timestamp
    walk.note(spot, rule, value)
    if value is None:
        return
    kept = _kept_time(walk, rule, spot, walk.time(value))
    if kept is None:
        return
    emitted = emit_time(kept, role)
    spot.holder[spot.key] = emitted
    if emitted != value:
        walk.decide(spot, rule, Reason.ENVELOPE)


def _kept_time(
    walk: Walk, rule: ReadyRule, spot: Spot, said: dt.datetime | None
) -> dt.datetime | None:
    """What the policy leaves of a time, or of that of receipt; None where that is nothing."""
    if said is not None and type(rule.action) is TimeUnit:
        return rule.action.start(said)  # what its `apply` says, without text in between
    moment = said or walk.event.received_at
    outcome = rule.action.apply(moment.isoformat(), walk.place("timestamp", None))
    if outcome.value is DROP:
        walk.decide(spot, rule, outcome.reason or Reason.RULE, action="drop")
        return None
    return (parse_time(outcome.value) if type(outcome.value) is str else None) or moment


def emit_time(moment: dt.datetime, role: Time) -> str | int:
    """A time in the form in which the message writes it."""
    if role.form == "seconds":
        return int(moment.timestamp())
    if role.form == "milliseconds":
        return int(moment.timestamp() * 1000)
    if role.form == "sql":
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    moment = moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)
    text = moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return f"{text.removesuffix('+00:00')}Z"


def _message_id(walk: Walk, _role: MessageId, spot: Spot, value: Plain) -> None:
    walk.note(spot, None, value)
    if type(value) not in {str, int} or value == "":
        walk.decide(spot, None, Reason.UNREADABLE)
        return
    scope = walk.rules.scope or "*"
    walk.draft.message_id = walk.keyring.message_id(str(value), scope=scope)
    spot.holder[spot.key] = walk.draft.message_id
    walk.decide(spot, None, Reason.ENVELOPE, action="pseudonymize")


def _kind(_walk: Walk, _role: Kind, spot: Spot, value: Plain) -> None:
    spot.holder[spot.key] = value


def _switch(walk: Walk, role: Switch, spot: Spot, value: Plain) -> None:
    if value is None:
        return
    understood = understand(value)
    if understood is None or type(value) is dict:
        raise EventRefused(Reason.BAD_CONTROL)
    if understood is role.restricts:
        spot.holder[spot.key] = understood
    else:
        walk.decide(spot, None, Reason.CONTROL)


def _integrations(walk: Walk, role: Integrations, spot: Spot, value: Plain) -> None:
    if value is None:
        return
    switches = _understood(value)
    if switches is None:
        raise EventRefused(Reason.BAD_CONTROL)
    kind = walk.rules.type or (walk.shape.vendor if role.routed else None)
    if not allows(switches, walk.rules.name, kind, routed=role.routed):
        raise EventRefused(Reason.INTEGRATION_OFF)
    kept = {name: on for name, on in switches.items() if _is_provider(walk, name)}
    for name in switches.keys() - kept.keys():
        walk.decide(Spot(None, name, walk.below(spot.plan, name)), None, Reason.UNLISTED)
        if not switches[name]:  # who it is may not be said: so that nobody gets it, none may
            kept["All"] = False
    if kept:
        spot.holder[spot.key] = kept


def _consent(walk: Walk, role: Consent, spot: Spot, value: Plain) -> None:
    if value is None:
        return
    choices = _chosen(value) if type(value) is dict else _listed(value, on=not role.denies)
    if choices is None:
        raise EventRefused(Reason.BAD_CONTROL)
    kept = {name: on for name, on in choices.items() if walk.rules.policy.knows_key(name)}
    for name in choices.keys() - kept.keys():
        if not choices[name]:
            raise EventRefused(Reason.BAD_CONTROL)
        walk.decide(Spot(None, name, walk.below(spot.plan, name)), None, Reason.UNLISTED)
    spot.holder[spot.key] = kept if type(value) is dict else list(kept)


def _chosen(value: dict[object, Plain]) -> dict[str, bool] | None:
    """The choices of a mapping; None where one is none. Options of a category are no choice."""
    return None if dict in map(type, value.values()) else _understood(value)


def _listed(value: Plain, *, on: bool) -> dict[str, bool] | None:
    """The same choice for every name of a list; None where it is none of names."""
    if type(value) is not list or not all(type(name) is str for name in value):
        return None
    return dict.fromkeys(value, on)


def _terms(_walk: Walk, role: Terms, spot: Spot, value: Plain) -> None:
    if value is None:
        return
    if type(value) is not str or value not in role.words:
        raise EventRefused(Reason.BAD_CONTROL)
    spot.holder[spot.key] = value


def _is_provider(walk: Walk, name: str) -> bool:
    return name == "All" or name in INTEGRATIONS or walk.rules.policy.knows_key(name)


def _understood(value: Plain) -> dict[str, bool] | None:
    """All switches as booleans; None when any is not one."""
    if type(value) is not dict:
        return None
    switches: dict[str, bool] = {}
    for name, switch in value.items():
        understood = understand(switch)
        if type(name) is not str or understood is None:
            return None
        switches[name] = understood
    return switches


def _never(walk: Walk, _role: Never, spot: Spot, value: Plain) -> None:
    walk.note(spot, None, value)
    walk.decide(spot, None, Reason.CONTROL)


ROLES: Final[Mapping[type, Callable[..., None]]] = {
    Bag: _bag,
    Unset: _unset,
    Word: _word,
    Property: _property,
    Name: _name,
    Id: _id,
    Groups: _groups,
    GroupType: _group_type,
    Time: _time,
    MessageId: _message_id,
    Kind: _kind,
    Switch: _switch,
    Integrations: _integrations,
    Consent: _consent,
    Terms: _terms,
    Never: _never,
}
"""Role to function of (walk, role, spot, value): writes what may leave to the spot."""
