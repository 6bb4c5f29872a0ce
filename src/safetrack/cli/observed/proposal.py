"""A rule for each property that was seen.

What is proposed never holds a value that was seen, except those of a short list to choose from
(free, pro, enterprise) that are common and in which the detector finds nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from safetrack.cli.observed.survey import Seen, Survey
from safetrack.compile.policy import CompiledPolicy
from safetrack.detect.detector import Detector, Query
from safetrack.detect.keynames import meaning
from safetrack.detect.words import split_words
from safetrack.vendors.shape import Section

_LEAST_EVENTS: Final = 50
"""Values of a property before a list of them can be taken for complete."""
_LEAST_EACH: Final = 5
"""Times that a value of a list must have been seen: what one person has is not a list."""
_LIST_VALUE: Final = re.compile(r"[A-Za-z][A-Za-z0-9 _./+-]{0,31}")
_SHORT_NUMBER: Final = 1_000_000
"""Numbers of seven digits and more may be identifiers."""

_BY_MEANING: Final[Mapping[str, str]] = {
    "EMAIL_ADDRESS": "pseudonymize",
    "IP_ADDRESS": "{generalize: ip}",
}
"""Rules for keys whose name says what they hold; the others are dropped."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule for one property.

    Attributes:
        rule: As the policy writes it.
        note: Why.
        active: Whether it is proposed in earnest; else it stands commented out, to be decided.
    """

    rule: str
    note: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that was seen, with what to do about it.

    Attributes:
        names: Event names in which nothing personal was found, with how often.
        rules: By section and path; what a preset already decides is not among them.
        known: How many properties the preset decides.
        personal_names: Names of events and properties in which something was found: not shown.
    """

    names: Counter[str]
    rules: dict[tuple[Section, str], Proposal]
    known: int
    personal_names: int


def propose(survey: Survey, preset: CompiledPolicy, detector: Detector) -> Proposals:
    """A rule for each property of the survey that the preset does not decide."""
    unknown = {key: seen for key, seen in survey.properties.items() if not _decides(preset, *key)}
    names = _clean(survey.names, detector)
    paths = _clean({path for _, path in unknown if not preset.knows_key(path)}, detector)
    listable = _clean(_candidates(unknown.values()), detector)
    rules = {
        (section, path): _propose(path, seen, listable)
        for (section, path), seen in unknown.items()
        if (path in paths or preset.knows_key(path)) and "*" not in path  # it would be a pattern
    }
    return Proposals(
        names=Counter({name: survey.names[name] for name in survey.names if name in names}),
        rules=rules,
        known=len(survey.properties) - len(unknown),
        personal_names=len(survey.names) - len(names) + len(unknown) - len(rules),
    )


def _decides(preset: CompiledPolicy, section: Section, path: str) -> bool:
    return preset.find(section, (None,) * len(preset.layers), path) is not None


def _candidates(properties: Iterable[Seen]) -> Iterable[str]:
    for seen in properties:
        if _is_list(seen):
            yield from seen.values or ()


def _is_list(seen: Seen) -> bool:
    values = seen.values
    return bool(
        values
        and set(seen.types) == {"str"}
        and seen.count >= _LEAST_EVENTS
        and min(values.values()) >= _LEAST_EACH
        and all(_LIST_VALUE.fullmatch(value) for value in values)
    )


def _clean(texts: Iterable[str], detector: Detector) -> frozenset[str]:
    """Those in which nothing personal is found."""
    distinct = list(dict.fromkeys(texts))
    found = detector.find([Query(text, names=True) for text in distinct]) if distinct else []
    return frozenset(text for text, finding in zip(distinct, found, strict=True) if finding == ())


def _propose(path: str, seen: Seen, listable: frozenset[str]) -> Proposal:
    above, _, name = path.rpartition(".")
    entity = meaning(split_words(name), split_words(above))
    if entity:
        return Proposal(_BY_MEANING.get(entity, "drop"), f"its name says {entity}")
    if set(seen.types) == {"bool"}:
        return Proposal("{keep: boolean}", "")
    if set(seen.types) <= {"int", "float"}:
        return _propose_number(seen)
    if _is_list(seen) and seen.values and listable.issuperset(seen.values):
        values = ", ".join(json.dumps(value) for value in seen.values)
        return Proposal(f"{{keep: [{values}], otherwise: other}}", "")
    return _propose_text(seen)


def _propose_number(seen: Seen) -> Proposal:
    kind = "integer" if set(seen.types) == {"int"} else "number"
    if seen.largest < _SHORT_NUMBER:
        return Proposal(f"{{keep: {kind}}}", "")
    return Proposal(f"{{keep: {kind}}}", "long numbers may be identifiers", active=False)


def _propose_text(seen: Seen) -> Proposal:
    if seen.links == seen.count:
        return Proposal("{generalize: {url: origin}}", "")
    if seen.times == seen.count:
        return Proposal("{generalize: {time: day}}", "")
    return Proposal("scrub", _variety(seen), active=False)


def _variety(seen: Seen) -> str:
    return "text of many values" if seen.values is None else f"text of {len(seen.values)} values"
