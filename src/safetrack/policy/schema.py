"""The JSON Schema of a policy as it is written, so that editors complete and check it.

Built from the same tables by which policies are read. A schema cannot say everything: that edges
ascend, or that `min` is not above `max`, only reading the policy tells.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from safetrack.policy.destination import TYPES
from safetrack.policy.document import (
    ACTIONS,
    HOWS,
    MODELS,
    SCOPES,
    TIME_UNITS,
    URL_PARTS,
    VALUE_TYPES,
    WHEN_FULL,
    ActionName,
)
from safetrack.policy.read import COUNTRIES, FOR_FINDINGS, FOR_IDS, KEY_SOURCES
from safetrack.policy.recognizer import LONGEST_PATTERN
from safetrack.policy.rule import (
    HIGHEST_DECIMALS,
    OPTIONS,
    REASONS,
    WIDEST_V4,
    WIDEST_V6,
)
from safetrack.policy.units import DURATION_UNITS, SIZE_UNITS

Schema: TypeAlias = dict[str, Any]


def json_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a policy file, every written form of a rule included."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "safetrack policy",
        "description": "What may leave the process. What no rule names is dropped.",
        **_mapping(_DOCUMENT),
        "if": {"properties": {"mode": {"const": "observe"}}, "required": ["mode"]},
        "then": {"required": ["until"]},
        "else": {"not": {"required": ["until"]}},
        "$defs": _definitions(),
    }


# Small parts.


def _mapping(properties: Schema, *required: str) -> Schema:
    """A mapping with these keys and no others."""
    closed: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return closed | ({"required": list(required)} if required else {})


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _or_empty(schema: Schema) -> Schema:
    """Sections may be left empty."""
    return _any(schema, {"type": "null"})


def _words(words: tuple[str, ...]) -> Schema:
    return {"enum": list(words)}


def _count(least: int, most: int | None = None) -> Schema:
    bounds: Schema = {"type": "integer", "minimum": least}
    return bounds | ({} if most is None else {"maximum": most})


def _amount(units: tuple[str, ...], example: str) -> Schema:
    pattern = rf"^[0-9]+(\.[0-9]+)?\s*({'|'.join(units)})$"
    return {"type": "string", "pattern": pattern, "examples": [example]}


_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_BARE: Final[Schema] = {"enum": [None, True]}
_FLAG: Final[Schema] = {"type": "boolean"}
_NUMBER: Final[Schema] = {"type": "number"}
_NAMES: Final[Schema] = _any(_TEXT, {"type": "array", "items": _TEXT})
_DATE: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "examples": ["2027-06-01"],
}
_SCALAR: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}
_DURATION: Final[Schema] = _amount(tuple(DURATION_UNITS), "7d")
_SIZE: Final[Schema] = _any(_count(1), _amount(tuple(SIZE_UNITS), "64MB"))


# Rules.

MEANINGS: Final[dict[ActionName, str]] = {
    "keep": "The value leaves. Give a type or a list of values to refuse everything else.",
    "scrub": "The text leaves, with every identifier found inside it replaced. The full search.",
    "generalize": "A coarser value leaves.",
    "mask": "A fixed-width mask leaves, with at most the last characters shown.",
    "pseudonymize": "A keyed token leaves: the same for the same value, scope and key.",
    "encrypt": "A token leaves that `safetrack reveal` opens with the key.",
    "redact": "A marker leaves that says what stood there: <EMAIL_ADDRESS>.",
    "drop": "Nothing leaves, not even the key.",
}
"""What each action does, as editors show it."""

_EPOCH: Final = _described(_DURATION, "How long a pseudonym stays the same.")
_SCOPE: Final = _described(_words(SCOPES), "How far the same token is given.")
_PREFIX_V4: Final = _count(0, WIDEST_V4)
_PREFIX_V6: Final = _count(0, WIDEST_V6)

_GENERALIZE: Final[dict[str, Schema]] = {
    "round": {"type": "number", "exclusiveMinimum": 0, "description": "To multiples of this."},
    "bins": {"type": "array", "items": _NUMBER, "minItems": 1, "description": "Ascending edges."},
    "time": _described(_words(TIME_UNITS), "To the start of this unit."),
    "url": _any(_words(URL_PARTS), _BARE),
    "ip": _any(_PREFIX_V4, _mapping({"v4": _PREFIX_V4, "v6": _PREFIX_V6}), _BARE),
    "user_agent": _any({"const": "family"}, _BARE),
    "email": _any({"const": "domain"}, _BARE),
    "geo": _any(_count(0, HIGHEST_DECIMALS), _BARE),
    "version": _any({"const": "major"}, _BARE),
}
_WORD_FORMS: Final = tuple(how for how in HOWS if how not in {"round", "bins", "time"})
"""Kinds of generalize that need no argument."""


def _generalize() -> Schema:
    kinds = [
        _mapping({how: schema} | ({"query": _NAMES} if how == "url" else {}), how)
        for how, schema in _GENERALIZE.items()
    ]
    return _any(_words(_WORD_FORMS), *kinds)


_ARGUMENTS: Final[dict[ActionName, Schema]] = {
    "keep": _any(_words(VALUE_TYPES), {"type": "array", "items": _SCALAR}, _BARE),
    "scrub": _BARE,
    "generalize": _generalize(),
    "mask": _any(_count(0), _mapping({"last": _count(0)}), _BARE),
    "pseudonymize": _any(_mapping({"epoch": _EPOCH, "scope": _SCOPE}), _BARE),
    "encrypt": _any(_mapping({"scope": _SCOPE}), _BARE),
    "redact": _BARE,
    "drop": _BARE,
}
_OPTIONS: Final[Schema] = {
    "min": _described(_NUMBER, "Smallest number that passes."),
    "max": _described(_NUMBER, "Largest number that passes."),
    "otherwise": _described(_SCALAR, "What leaves instead of what does not pass; default drop."),
    "trusted": _described(_FLAG, "Do not search what leaves."),
    "kind": _described(_TEXT, "What the value is, for its pseudonyms or its marker."),
    "purpose": _described(_TEXT, "Why the business needs it."),
    "owner": _described(_TEXT, "Who answers for it."),
    "expires": _described(_DATE, "The last day on which it lets anything out."),
}


def _rule(actions: tuple[ActionName, ...]) -> Schema:
    """A rule with one of these actions, as a word or as a mapping."""
    words = [
        {"const": action, "description": MEANINGS[action]}
        for action in actions
        if action != "generalize"  # says nothing without a kind
    ]
    return _any(*words, *map(_rule_mapping, actions))


def _rule_mapping(action: ActionName) -> Schema:
    argument = _described(_ARGUMENTS[action], MEANINGS[action])
    options = {name: _OPTIONS[name] for name in (*OPTIONS[action], *REASONS)}
    schema = _mapping({action: argument, **options}, action)
    if action == "keep":
        schema["dependentSchemas"] = _KEEP_NEEDS
    return schema


def _keep_is(schema: Schema) -> Schema:
    return {"properties": {"keep": schema}}


_NUMERIC: Final = _keep_is(_words(("integer", "number")))
_KEEP_NEEDS: Final[Schema] = {
    "min": _NUMERIC,
    "max": _NUMERIC,
    "otherwise": _keep_is({"type": ["string", "array"]}),
}
"""Options that only some forms of keep take."""


# Sections.


def _definitions() -> Schema:
    return {
        "rule": _rule(ACTIONS),
        "idRule": _rule(FOR_IDS),
        "findingRule": _rule(FOR_FINDINGS),
        "rules": _or_empty({"type": "object", "additionalProperties": _ref("rule")}),
        "event": _any(_words(("keep", "drop")), _or_empty(_mapping(_EVENT))),
        "events": _or_empty({"type": "object", "additionalProperties": _ref("event")}),
        "destination": {"oneOf": [_destination(name) for name in TYPES]},
    }


_EVENT: Final[Schema] = {
    "purpose": _OPTIONS["purpose"],
    "owner": _OPTIONS["owner"],
    "expires": _OPTIONS["expires"],
    "properties": _ref("rules"),
}
_BAGS: Final[Schema] = {
    "properties": _described(_ref("rules"), "Rules for properties of events."),
    "traits": _described(_ref("rules"), "Rules for traits of people."),
    "group_traits": _described(_ref("rules"), "Rules for traits of groups."),
    "context": _described(_ref("rules"), "Rules for the context of messages."),
    "events": _described(_ref("events"), "Event names, or globs of them, to what holds for them."),
}

_OPTION_SCHEMAS: Final[Schema] = {
    "region": {"enum": ["us", "eu", "in"]},
    "project_id": {"type": ["string", "integer"]},
    "headers": {"type": "object", "additionalProperties": {"type": "string"}},
    "retention": _DURATION,
}
"""Options of destinations that are not plain text."""


def _destination(name: str) -> Schema:
    known = TYPES[name]
    options = {option: _OPTION_SCHEMAS.get(option, _TEXT) for option in known.options}
    shared = {
        "type": {"const": name},
        "scope": _described(_TEXT, "Its own pseudonymisation scope; default: its name."),
        "only": _described(_NAMES, "Limit it to these properties."),
        "timeout": _any(_DURATION, {"type": "number", "exclusiveMinimum": 0, "maximum": 600}),
    }
    schema = _mapping(shared | _BAGS | options, "type", *known.required)
    if known.exclusive:
        schema["not"] = {"required": list(known.exclusive)}
    if known.together:
        schema["dependentRequired"] = {one: list(known.together) for one in known.together}
    return schema


_DELIVERY: Final[Schema] = {
    "outbox": _described(_TEXT, "auto, memory, or a path."),
    "spool": _words(("clean", "sealed")),
    "queue": _mapping(
        {
            "events": _count(1),
            "bytes": _SIZE,
            "when_full": _words(WHEN_FULL),
            "deadline": _DURATION,
        }
    ),
    "keep": _mapping({"age": _DURATION, "bytes": _SIZE}),
}

_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT, "minItems": 1}
_REGEX: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": LONGEST_PATTERN}

_RECOGNIZER: Final[Schema] = _described(
    {
        **_mapping(
            {
                "name": _TEXT,
                "entity": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,63}$"},
                "patterns": {
                    "type": "array",
                    "minItems": 1,
                    "items": _any(
                        _REGEX,
                        _mapping(
                            {
                                "regex": _REGEX,
                                "score": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                            },
                            "regex",
                        ),
                    ),
                },
                "deny_list": _TEXTS,
                "context": _TEXTS,
                "languages": _TEXTS,
            },
            "name",
            "entity",
        ),
        "anyOf": [{"required": ["patterns"]}, {"required": ["deny_list"]}],
    },
    "What is looked for besides.",
)

_DOCUMENT: Final[Schema] = {
    "version": {"const": 1},
    "extends": _described(_NAMES, "Presets (safetrack:NAME) or paths; asked after this file."),
    "keys": {
        "type": "string",
        "pattern": f"^({'|'.join(KEY_SOURCES)}).+",
        "description": "Where the keys are, e.g. env:SAFETRACK_KEYS.",
    },
    "identity": _or_empty(
        _mapping({kind: _ref("idRule") for kind in ("person", "group", "device")})
    ),
    "timestamp": _described(_rule(("keep", "generalize")), "For the times of the message."),
    "unlisted": _described(_words(("drop", "scrub")), "Properties that no rule names."),
    "unlisted_events": _described(_words(("keep", "drop")), "Events that are not listed."),
    **_BAGS,
    "detection": _or_empty(
        _mapping(
            {
                "languages": _any(_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}),
                "model": _words(MODELS),
                "min_score": {"type": "number", "minimum": 0, "maximum": 1},
                "entities": _or_empty(
                    {"type": "object", "additionalProperties": _ref("findingRule")}
                ),
                "countries": _described(
                    _any(_words(COUNTRIES), {"type": "array", "items": _words(COUNTRIES)}),
                    "Whose national numbers and phones are looked for (ISO 3166-1).",
                ),
                "recognizers": _or_empty({"type": "array", "items": _RECOGNIZER}),
            }
        )
    ),
    "delivery": _or_empty(_mapping(_DELIVERY)),
    "destinations": _or_empty({"type": "object", "additionalProperties": _ref("destination")}),
    "mode": _words(("enforce", "observe")),
    "until": _described(_DATE, "mode: observe only: the last day of it."),
    "respect_do_not_track": _FLAG,
}
