"""What a policy says, after reading: plain, frozen values. Nothing here is ready to run.

The types are enforced by pydantic, strictly: what a reader got wrong fails while the policy is
loaded, not when the first event meets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, Literal, TypeAlias, get_args

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from safetrack.reading import Scalar

ActionName: TypeAlias = Literal[
    "keep", "scrub", "generalize", "mask", "pseudonymize", "encrypt", "redact", "drop"
]
ValueType: TypeAlias = Literal["integer", "number", "boolean", "string", "timestamp"]
How: TypeAlias = Literal[
    "round", "bins", "time", "url", "ip", "user_agent", "email", "geo", "version"
]
TimeUnit: TypeAlias = Literal["second", "minute", "hour", "day", "week", "month", "year"]
UrlPart: TypeAlias = Literal["origin", "path"]
Number: TypeAlias = int | float
Scope: TypeAlias = Literal["destination", "field", "global"]
ModelName: TypeAlias = Literal["small", "medium", "stock"]
WhenFull: TypeAlias = Literal["drop_newest", "drop_oldest", "block"]

ACTIONS: Final[tuple[ActionName, ...]] = get_args(ActionName)
VALUE_TYPES: Final[tuple[ValueType, ...]] = get_args(ValueType)
HOWS: Final[tuple[How, ...]] = get_args(How)
TIME_UNITS: Final[tuple[TimeUnit, ...]] = get_args(TimeUnit)
URL_PARTS: Final[tuple[UrlPart, ...]] = get_args(UrlPart)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
MODELS: Final[tuple[ModelName, ...]] = get_args(ModelName)
WHEN_FULL: Final[tuple[WhenFull, ...]] = get_args(WhenFull)


_STRICT: Final = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Rule:
    """One rule: an action, what it needs, and why it is there.

    Attributes:
        action: What is done to the value.
        values: ``keep``: the only values that pass; None where any does. Empty lets nothing pass.
        type: ``keep``: the only type that passes.
        min: ``keep`` of numbers: the least that passes.
        max: ``keep`` of numbers: the most that passes.
        otherwise: ``keep``: what leaves instead of a value that does not pass.
        has_otherwise: Whether `otherwise` is set (None is a constant too); if not, it is dropped.
        trusted: What leaves is not searched for personal data.
        how: ``generalize``: which kind.
        step: ``round``: the distance between results.
        edges: ``bins``: ascending edges.
        unit: ``time``: what is left of it.
        part: ``url``: what is left of it.
        query: ``url``: the query parameters that stay.
        prefix_v4: ``ip``: bits of an IPv4 address that stay.
        prefix_v6: ``ip``: bits of an IPv6 address that stay.
        decimals: ``geo``: decimals of a degree that stay.
        last: ``mask``: how many characters at the end are shown at most.
        epoch: ``pseudonymize``: how long a pseudonym stays the same; None for ever.
        scope: ``pseudonymize``, ``encrypt``: how far the same token is given.
        kind: What the value is, for its pseudonyms or its marker; None for the property's name.
        purpose: Why the business needs it.
        owner: Who answers for it.
        expires: The last day on which it lets anything out.
        line: Where it stands in its file, one-based; None in a dict.
        order: Its position among its neighbours: of equal globs the later one wins.
    """

    action: ActionName
    values: tuple[Scalar, ...] | None = None
    type: ValueType | None = None
    min: Number | None = None
    max: Number | None = None
    otherwise: Scalar = None
    has_otherwise: bool = False
    trusted: bool = False
    how: How | None = None
    step: Number | None = None
    edges: tuple[Number, ...] = ()
    unit: TimeUnit | None = None
    part: UrlPart | None = None
    query: tuple[str, ...] = ()
    prefix_v4: int = 24
    prefix_v6: int = 48
    decimals: int | None = None
    last: int = 0
    epoch: dt.timedelta | None = None
    scope: Scope = "destination"
    kind: str | None = None
    purpose: str | None = None
    owner: str | None = None
    expires: dt.date | None = None
    line: int | None = None
    order: int = 0


Rules: TypeAlias = Mapping[str, Rule]
"""Property name or glob to its rule, in the order in which they are written."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class EventRules:
    """What holds for the events of one name (or glob of names).

    Attributes:
        action: Whether such events leave at all.
        properties: Rules for their properties, nearer than the policy's own.
        purpose: Why the business needs the event.
        owner: Who answers for it.
        expires: The last day on which it leaves.
        line: Where it stands in its file, one-based; None in a dict.
        order: Its position among the events: of equal globs the later one wins.
    """

    action: Literal["keep", "drop"] = "keep"
    properties: Rules = field(default_factory=dict)
    purpose: str | None = None
    owner: str | None = None
    expires: dt.date | None = None
    line: int | None = None
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Identity:
    """What happens to ids, by kind; None where this file says nothing."""

    person: Rule | None = None
    group: Rule | None = None
    device: Rule | None = None


DEFAULT_IDENTITY: Final = Identity(
    person=Rule(action="pseudonymize"),
    group=Rule(action="pseudonymize"),
    device=Rule(action="drop"),
)
"""Where no file says otherwise (contract section 3)."""

DEFAULT_TIMESTAMP: Final = Rule(action="generalize", how="time", unit="second")
"""Where no file says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class CustomPattern:
    """A regular expression of the policy's own.

    Attributes:
        regex: As Presidio compiles it: case does not matter, ``.`` matches line breaks.
        score: The confidence of a match, 0 to 1.
    """

    regex: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class CustomRecognizer:
    """What a policy looks for besides what detection knows.

    Attributes:
        name: What ``explain`` calls it.
        entity: What it reports; may be new.
        patterns: Any of them is a match.
        deny_list: Words and phrases that are a match wherever they stand, whole words only.
        context: Words of the key, or in front of a match, that raise its score.
        languages: It is used where the policy has one of them; all if empty.
    """

    name: str
    entity: str
    patterns: tuple[CustomPattern, ...] = ()
    deny_list: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Detection:
    """How strings are searched, and what happens to what is found.

    Attributes:
        languages: Languages whose names and places are looked for, as ISO 639-1 codes.
        model: Which English model: ``small`` is spaCy's small one with our own weights,
            ``stock`` the same as spaCy publishes it, ``medium`` spaCy's medium one.
        min_score: Least confidence of a finding that counts, 0 to 1.
        entities: Presidio's entity name, or ``*``, to what is done with it. What nothing names is
            redacted.
        countries: Whose national numbers and phones are looked for (ISO 3166-1, small letters);
            None for all national numbers and the usual phones.
        recognizers: What is looked for besides.
    """

    languages: tuple[str, ...] = ("en",)
    model: ModelName = "small"
    min_score: float = 0.4
    entities: Rules = field(default_factory=dict)
    countries: tuple[str, ...] | None = None
    recognizers: tuple[CustomRecognizer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Queue:
    """The memory queue between the caller and the sanitizer.

    Attributes:
        events: Most events waiting.
        bytes: Most bytes waiting.
        when_full: Which event gives way.
        deadline: ``block`` only: how long the caller may wait for room; None for a second.
    """

    events: int = 100_000
    bytes: int = 64_000_000
    when_full: WhenFull = "drop_newest"
    deadline: dt.timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Keeping:
    """How long undelivered events are kept, for each destination: time and bytes."""

    age: dt.timedelta = dt.timedelta(days=7)
    bytes: int = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Delivery:
    """What happens between acceptance and the provider.

    Attributes:
        outbox: ``auto`` (the platform's state folder), ``memory``, or a path.
        spool: ``clean`` stores sanitized events only; ``sealed`` also encrypted accepted ones.
        queue: The memory queue in front of it.
        keep: How long undelivered events are kept.
    """

    outbox: str = "auto"
    spool: Literal["clean", "sealed"] = "clean"
    queue: Queue = field(default_factory=Queue)
    keep: Keeping = field(default_factory=Keeping)


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class DestinationDocument:
    """One destination, and how it narrows the policy.

    Attributes:
        type: Which provider, e.g. ``mixpanel``.
        scope: Its own pseudonymisation scope; None for its name.
        only: Names and globs of the properties it may have; None for all.
        timeout: Seconds that one request may take.
        options: What only this type takes, e.g. ``token``; durations as timedelta. Secrets stand
            as they are written (``env:NAME``).
    """

    type: str
    scope: str | None = None
    only: tuple[str, ...] | None = None
    properties: Rules = field(default_factory=dict)
    traits: Rules = field(default_factory=dict)
    group_traits: Rules = field(default_factory=dict)
    context: Rules = field(default_factory=dict)
    events: Mapping[str, EventRules] = field(default_factory=dict)
    timeout: float = 15.0
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Document:
    """One policy file, as written. None where it says nothing and another layer is asked.

    Attributes:
        extends: ``safetrack:NAME`` or paths, in the order of the file.
        keys: Where the keys come from, e.g. ``env:SAFETRACK_KEYS``; None for the default.
        identity: What happens to ids.
        timestamp: What happens to the times of the message itself.
        unlisted: What happens to properties that no rule names.
        unlisted_events: What happens to events that are not listed.
        properties: Rules for properties of events.
        traits: Rules for traits of people.
        group_traits: Rules for traits of groups.
        context: Rules for the context.
        events: Event name or glob to what holds for it.
        until: ``mode: observe`` only: the last day of it.
    """

    version: int = 1
    extends: tuple[str, ...] = ()
    keys: str | None = None
    identity: Identity = field(default_factory=Identity)
    timestamp: Rule | None = None
    unlisted: Literal["drop", "scrub"] | None = None
    unlisted_events: Literal["keep", "drop"] | None = None
    properties: Rules = field(default_factory=dict)
    traits: Rules = field(default_factory=dict)
    group_traits: Rules = field(default_factory=dict)
    context: Rules = field(default_factory=dict)
    events: Mapping[str, EventRules] = field(default_factory=dict)
    detection: Detection = field(default_factory=Detection)
    delivery: Delivery = field(default_factory=Delivery)
    destinations: Mapping[str, DestinationDocument] = field(default_factory=dict)
    mode: Literal["enforce", "observe"] = "enforce"
    until: dt.date | None = None
    respect_do_not_track: bool = False
