"""Settle what was searched: treat what was found, drop what could not be searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from safetrack.compile.destination import DestinationRules
from safetrack.detect.detector import Finding, Findings, Query, SearchFailed
from safetrack.draft import Draft, Searched, Slot
from safetrack.event import Decision, Reason
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import DROP, Place
from safetrack.walk import treat

REDACTED: Final = "<REDACTED>"


def settle(
    draft: Draft,
    rules: DestinationRules,
    keyring: Keyring,
    findings: Mapping[Query, Findings],
) -> None:
    """Decide every slot of a draft, in place."""
    for slot in draft.slots:
        found = findings[slot.query]
        if isinstance(found, SearchFailed):
            _unsearched(draft, slot, found.reason)
        elif found:
            _SETTLERS[slot.searched](draft, slot, rules, keyring, found)


def _unsearched(draft: Draft, slot: Slot, reason: Reason) -> None:
    """What could not be searched does not leave; a name stays as a marker."""
    if slot.searched is Searched.NAME:
        slot.holder[slot.key] = REDACTED
        _decide(draft, slot, "redact", (), reason)
        return
    draft.drop_slot(slot)
    _decide(draft, slot, "drop", (), reason)


def _settle_key(
    draft: Draft, slot: Slot, _rules: DestinationRules, _keyring: Keyring, found: Sequence[Finding]
) -> None:
    draft.drop_slot(slot)
    _decide(draft, slot, "drop", _entities(found), Reason.KEY_DETECTED)


def _settle_name(
    draft: Draft, slot: Slot, _rules: DestinationRules, _keyring: Keyring, found: Sequence[Finding]
) -> None:
    text = slot.holder[slot.key]
    slot.holder[slot.key] = replace_spans(text, found, lambda _text, entity: f"<{entity}>")
    _decide(draft, slot, "redact", _entities(found), Reason.DETECTED)


def _settle_value(
    draft: Draft, slot: Slot, rules: DestinationRules, keyring: Keyring, found: Sequence[Finding]
) -> None:
    """Treat each finding as ``detection.entities`` says for its type."""
    kept = [f for f in found if rules.policy.treatment(f.entity).action.name != "keep"]
    value = slot.holder[slot.key]
    if not kept or value is DROP:
        return
    entities = _entities(kept)
    dropped = any(rules.policy.treatment(f.entity).action.name == "drop" for f in kept)
    if dropped:
        draft.drop_slot(slot)
        _decide(draft, slot, "drop", entities, Reason.DETECTED)
        return
    place = Place(slot.name, None, rules.scope, draft.time, keyring)
    replacer = _replacer(rules, place)
    if type(value) is str:
        slot.holder[slot.key] = replace_spans(value, kept, replacer)
    else:  # a number is replaced as a whole: what is left of its digits would still identify
        slot.holder[slot.key] = replacer(str(value), kept[0].entity)
    _decide(draft, slot, rules.policy.treatment(kept[0].entity).action.name, entities)


def _replacer(rules: DestinationRules, place: Place) -> Callable[[str, str], str]:
    def replacement(text: str, entity: str) -> str:
        treated = treat(rules.policy.treatment(entity), entity, text, place)
        return treated if type(treated) is str else f"<{entity}>"

    return replacement


def replace_spans(
    text: str, findings: Sequence[Finding], replacement: Callable[[str, str], str]
) -> str:
    """Replace each finding; text between them stays."""
    from safetrack.detect.presidio.replace import replace

    return replace(text, findings, replacement)


def _entities(found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.entity for finding in found))


def _decide(
    draft: Draft,
    slot: Slot,
    action: str,
    entities: tuple[str, ...],
    reason: Reason = Reason.DETECTED,
) -> None:
    draft.decisions.append(Decision(slot.path, action, slot.rule.label, entities, reason))


_Settler = Callable[[Draft, Slot, DestinationRules, Keyring, Sequence[Finding]], Any]

_SETTLERS: Final[Mapping[Searched, _Settler]] = {
    Searched.VALUE: _settle_value,
    Searched.NAME: _settle_name,
    Searched.KEY: _settle_key,
}
