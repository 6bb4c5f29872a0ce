"""Read a whole policy: from plain data with places to a `Document`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from safetrack.policy.destination import TYPES, check_options
from safetrack.policy.document import (
    MODELS,
    WHEN_FULL,
    ActionName,
    Delivery,
    DestinationDocument,
    Detection,
    Document,
    EventRules,
    Identity,
    Keeping,
    Queue,
    Rule,
    Rules,
)
from safetrack.policy.recognizer import read_recognizers
from safetrack.policy.rule import read_date, read_flag, read_rule, read_text
from safetrack.policy.units import read_duration, read_size
from safetrack.policy.written import (
    Block,
    Mistake,
    Place,
    Problems,
    Reader,
    Row,
    nearest,
    read_entries,
    shown,
    unknown,
)

EXTENDED_KEYS: Final = frozenset(
    {
        "version",
        "extends",
        "identity",
        "timestamp",
        "unlisted",
        "unlisted_events",
        "properties",
        "traits",
        "group_traits",
        "context",
        "events",
        "detection",
    }
)
"""What a preset or an extended file may hold: rules, nothing that runs."""


_NO_POLICY: Final = "this is no policy (a mapping with version:)"
_EVENT_KEYS: Final = frozenset(
    {
        "type",
        "event",
        "event_type",
        "userId",
        "user_id",
        "anonymousId",
        "distinct_id",
        "messageId",
        "event_properties",
        "user_properties",
        "uuid",
    }
)
"""No policy has any of them, and an event has two or more."""


def read_document(data: object, place: Place, problems: Problems, *, extended: bool) -> Document:
    """Read a policy. Mistakes go to `problems`.

    Args:
        data: What `safetrack.policy.yaml` or `from_data` gave.
        place: Where it stands.
        problems: Collects every mistake.
        extended: Whether it is a preset or an extended file, which may hold rules only.
    """
    if data is None:  # an empty file
        return Document()
    if not isinstance(data, Block):
        at = data.place if isinstance(data, Row) else place
        problems.add(Mistake(_NO_POLICY), at)
        return Document()
    if "version" not in data and len(_EVENT_KEYS & data.keys()) > 1:
        problems.add(Mistake(f"{_NO_POLICY}; it looks like an event"), data.place)
        return Document()
    if extended:
        data = _rules_only(data, problems)
    document = Document(**read_entries(data, _DOCUMENT, problems))
    _check_mode(document, data, problems)
    return document


def _rules_only(block: Block, problems: Problems) -> Block:
    """Leave out, and note, what an extended file may not say."""
    allowed = Block(block.place)
    for key, value in block.items():
        if key in EXTENDED_KEYS or key not in _DOCUMENT:
            allowed.put(key, value, block.keys_at[key], block.values_at[key])
        else:
            only = f"{key!r} belongs in your own policy: what is extended holds rules only"
            problems.add(Mistake(only), block.keys_at[key])
    detection = block.get("detection")
    if isinstance(detection, Block):
        for key in detection.keys() & (_DETECTION.keys() - {"entities"}):
            only = f"{key!r} belongs in your own policy: what is extended sets entities only"
            problems.add(Mistake(only), detection.keys_at[key])
    return allowed


def _check_mode(document: Document, block: Block, problems: Problems) -> None:
    mode = block.get("mode", "enforce")
    if document.mode == "observe" and "until" not in block:
        needs = "mode: observe needs until: DATE, the last day on which nothing is enforced"
        problems.add(Mistake(needs), block.keys_at["mode"])
    if "until" in block and mode == "enforce":
        problems.add(Mistake("'until' goes with mode: observe"), block.keys_at["until"])


# Readers of one value.


def _version(value: object, _place: Place, _problems: Problems) -> int:
    if type(value) is not int or value != 1:
        raise Mistake(f"this safetrack reads version 1, not {shown(value)}")
    return value


def _text(value: object, _place: Place, _problems: Problems) -> str:
    return read_text(value)


def _texts(value: object, _place: Place, problems: Problems) -> tuple[str, ...]:
    if isinstance(value, str):
        return (read_text(value),)
    if not isinstance(value, Row):
        raise Mistake(f"a list of names, not {shown(value)}")
    for item, at in zip(value, value.items_at, strict=True):
        if not isinstance(item, str) or not item:
            problems.add(Mistake(f"a name, not {shown(item)}"), at)
    return tuple(item for item in value if isinstance(item, str))


def _date(value: object, _place: Place, _problems: Problems) -> dt.date:
    return read_date(value)


def _flag(value: object, _place: Place, _problems: Problems) -> bool:
    return read_flag(value)


def _size(value: object, _place: Place, _problems: Problems) -> int:
    return read_size(value)


def _duration(value: object, _place: Place, _problems: Problems) -> dt.timedelta:
    return read_duration(value)


def _count(value: object, _place: Place, _problems: Problems) -> int:
    if type(value) is not int or value < 1:
        raise Mistake(f"a whole number from 1, not {shown(value)}")
    return value


_LONGEST_TIMEOUT: Final = 600.0


def _timeout(value: object, _place: Place, _problems: Problems) -> float:
    is_number = type(value) in {int, float}
    seconds = value if is_number else read_duration(value).total_seconds()
    if not 0 < seconds <= _LONGEST_TIMEOUT:  # type: ignore[operator]
        raise Mistake(f"a timeout is above 0 and at most {_LONGEST_TIMEOUT:g} seconds")
    return float(seconds)  # type: ignore[arg-type]


def _score(value: object, _place: Place, _problems: Problems) -> float:
    if type(value) not in {int, float} or not 0 <= value <= 1:  # type: ignore[operator]
        raise Mistake(f"a score is a number from 0 to 1, not {shown(value)}")
    return float(value)  # type: ignore[arg-type]


def _choice(*words: str) -> Reader:
    def read(value: object, _place: Place, _problems: Problems) -> str:
        if isinstance(value, str) and value in words:
            return value
        hint = nearest(value if isinstance(value, str) else "", words)
        raise Mistake(f"{unknown('value', value)}{hint}")

    return read


_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def _languages(value: object, place: Place, problems: Problems) -> tuple[str, ...]:
    languages = _texts(value, place, problems)
    if not languages:
        raise Mistake("at least one language, as in [en]")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise Mistake(f"a language is two or three small letters, not {shown(language)}")
    return languages


COUNTRIES: Final = (
    "au", "be", "br", "ca", "ch", "cl", "cn", "de", "dk", "es", "fi", "fr", "gb", "hk", "ie", "in",
    "it", "kr", "mx", "ng", "nl", "no", "ph", "pl", "pt", "ro", "se", "sg", "th", "tr", "tw", "us", "za",
)  # fmt: skip
"""Whose national numbers detection knows (a test compares it with the recognisers, a higher layer)."""


def _countries(value: object, place: Place, problems: Problems) -> tuple[str, ...]:
    countries = _texts(value, place, problems)
    for country in countries:
        if country not in COUNTRIES:
            raise Mistake(f"{unknown('country', country)}{nearest(country, COUNTRIES)}")
    return countries


KEY_SOURCES: Final = ("env:", "file:", "aws-kms:", "gcp-kms:", "vault:")


def _keys(value: object, _place: Place, _problems: Problems) -> str:
    """Never shows what stands there: it may be a key."""
    sources = ", ".join(KEY_SOURCES)
    if not isinstance(value, str):
        raise Mistake(f"where the keys are: one of {sources}")
    source, colon, rest = value.partition(":")
    if source + colon not in KEY_SOURCES or not rest:
        here = f"says where the keys are ({sources}); a key itself has no place in a policy"
        raise Mistake(here)
    return value


# Readers of sections.


def _section(readers: Mapping[str, Reader], make: type) -> Reader:
    """A mapping with fixed keys."""

    def read(value: object, place: Place, problems: Problems) -> Any:
        if value is None:
            return make()
        if not isinstance(value, Block):
            raise Mistake(f"a mapping of {', '.join(readers)}, not {shown(value)}", place)
        return make(**read_entries(value, readers, problems))

    return read


def _rules(value: object, _place: Place, problems: Problems) -> Rules:
    if value is None:
        return {}
    if not isinstance(value, Block):
        raise Mistake(f"a mapping of names to rules, not {shown(value)}")
    return {
        name: _at(value.keys_at[name], read_rule(written, value.values_at[name], problems, order))
        for order, (name, written) in enumerate(value.items())
    }


def _at(key_at: Place, rule: Rule) -> Rule:
    """A rule stands where its name stands."""
    return replace(rule, line=key_at.line)


FOR_IDS: Final[tuple[ActionName, ...]] = ("keep", "pseudonymize", "encrypt", "drop")


def _identity_rule(value: object, place: Place, problems: Problems) -> Rule:
    rule = _restricted(value, place, problems, FOR_IDS, "an id")
    if rule.kind is not None:
        raise Mistake("an id's kind is fixed, so that ids still join inside one vendor")
    if rule.scope == "field":
        raise Mistake("scope: field would give one person another id in every field")
    return rule


def _restricted(
    value: object, place: Place, problems: Problems, actions: tuple[str, ...], what: str
) -> Rule:
    rule = read_rule(value, place, problems)
    if rule.action not in actions:
        raise Mistake(f"{rule.action} is no action for {what}; one of: {', '.join(actions)}")
    if rule.values is not None or rule.type is not None:
        raise Mistake(f"keep takes no values or type for {what}")
    return rule


def _timestamp(value: object, place: Place, problems: Problems) -> Rule:
    before = len(problems.found)
    rule = read_rule(value, place, problems)
    is_time = rule.action == "generalize" and rule.how == "time"
    is_kept = rule.action == "keep" and rule.values is None and rule.type in {None, "timestamp"}
    if len(problems.found) == before and not (is_time or is_kept):
        raise Mistake("a timestamp is keep or {generalize: {time: UNIT}}")
    return rule


FOR_FINDINGS: Final[tuple[ActionName, ...]] = (
    "redact",
    "pseudonymize",
    "mask",
    "drop",
    "encrypt",
    "keep",
)


def _entities(value: object, _place: Place, problems: Problems) -> Rules:
    if value is None:
        return {}
    if not isinstance(value, Block):
        raise Mistake(f"a mapping of entities to actions, not {shown(value)}")
    read: Reader = lambda rule, place, found: _restricted(  # noqa: E731  bound to one list below
        rule, place, found, FOR_FINDINGS, "what is found"
    )
    rules = read_entries(value, dict.fromkeys(value, read), problems)
    return {
        name: replace(rule, line=value.keys_at[name].line, order=order)
        for order, (name, rule) in enumerate(rules.items())
    }


def _events(value: object, _place: Place, problems: Problems) -> dict[str, EventRules]:
    if value is None:
        return {}
    if not isinstance(value, Block):
        raise Mistake(f"a mapping of event names, not {shown(value)}")
    events = read_entries(value, dict.fromkeys(value, _event), problems)
    return {
        name: replace(event, line=value.keys_at[name].line, order=order)
        for order, (name, event) in enumerate(events.items())
    }


def _event(value: object, _place: Place, problems: Problems) -> EventRules:
    if value in {"keep", "drop"} if isinstance(value, str) else value is None:
        return EventRules(action="drop" if value == "drop" else "keep")
    if not isinstance(value, Block):
        raise Mistake(f"keep, drop, or a mapping of {', '.join(_EVENT)}, not {shown(value)}")
    return EventRules(**read_entries(value, _EVENT, problems))


_EVENT: Final[Mapping[str, Reader]] = {
    "purpose": _text,
    "owner": _text,
    "expires": _date,
    "properties": _rules,
}


def _destinations(
    value: object, _place: Place, problems: Problems
) -> dict[str, DestinationDocument]:
    if value is None:
        return {}
    if not isinstance(value, Block):
        raise Mistake(f"a mapping of names to destinations, not {shown(value)}")
    for name in value:
        if "*" in name or "#" in name or not name.strip():
            problems.add(Mistake("a name must not be empty nor hold * or #"), value.keys_at[name])
    return read_entries(value, dict.fromkeys(value, _destination), problems)


def _destination(value: object, place: Place, problems: Problems) -> DestinationDocument:
    if not isinstance(value, Block):
        raise Mistake(f"a mapping with a type, not {shown(value)}")
    type_name = value.get("type")
    if "type" not in value:
        raise Mistake(f"a destination needs a type{nearest('', TYPES)}", place)
    if not isinstance(type_name, str) or type_name not in TYPES:
        hint = nearest(str(type_name), TYPES)
        raise Mistake(f"{unknown('type', type_name)}{hint}", value.values_at["type"])
    options = TYPES[type_name].options
    read = read_entries(value, {**_DESTINATION, **options}, problems)
    check_options(type_name, value, problems)
    shared = {key: read[key] for key in read.keys() & _DESTINATION.keys()}
    return DestinationDocument(**shared, options={key: read[key] for key in options if key in read})


def _scope_name(value: object, _place: Place, _problems: Problems) -> str:
    scope = read_text(value)
    if scope == "*" or "#" in scope:
        raise Mistake("a scope must not hold # nor be *, which stand for fields and for all")
    return scope


_DESTINATION: Final[Mapping[str, Reader]] = {
    "type": _text,
    "scope": _scope_name,
    "only": _texts,
    "timeout": _timeout,
    "properties": _rules,
    "traits": _rules,
    "group_traits": _rules,
    "context": _rules,
    "events": _events,
}
"""What every destination takes."""

_QUEUE: Final[Mapping[str, Reader]] = {
    "events": _count,
    "bytes": _size,
    "when_full": _choice(*WHEN_FULL),
    "deadline": _duration,
}


def _queue(value: object, place: Place, problems: Problems) -> Queue:
    queue: Queue = _section(_QUEUE, Queue)(value, place, problems)
    if queue.when_full != "block" and queue.deadline is not None:
        raise Mistake("'deadline' goes with when_full: block")
    return queue


_DETECTION: Final[Mapping[str, Reader]] = {
    "languages": _languages,
    "model": _choice(*MODELS),
    "min_score": _score,
    "entities": _entities,
    "countries": _countries,
    "recognizers": read_recognizers,
}

_DOCUMENT: Final[Mapping[str, Reader]] = {
    "version": _version,
    "extends": _texts,
    "keys": _keys,
    "identity": _section(dict.fromkeys(("person", "group", "device"), _identity_rule), Identity),
    "timestamp": _timestamp,
    "unlisted": _choice("drop", "scrub"),
    "unlisted_events": _choice("keep", "drop"),
    "properties": _rules,
    "traits": _rules,
    "group_traits": _rules,
    "context": _rules,
    "events": _events,
    "detection": _section(_DETECTION, Detection),
    "delivery": _section(
        {
            "outbox": _text,
            "spool": _choice("clean", "sealed"),
            "queue": _queue,
            "keep": _section({"age": _duration, "bytes": _size}, Keeping),
        },
        Delivery,
    ),
    "destinations": _destinations,
    "mode": _choice("enforce", "observe"),
    "until": _date,
    "respect_do_not_track": _flag,
}
"""Every key of a policy."""
