"""Settle what was searched: treat what was found, drop what could not be searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from safetrack.compile.destination import DestinationRules
from safetrack.detect.detector import UNSEARCHED as UNSEARCHED_STRETCH
from safetrack.detect.detector import Finding, Findings, Query, SearchFailed
from safetrack.event import Reason
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import DROP, Place
from safetrack.transform.redact import marker
from safetrack.walk.draft import UNSEARCHED, Draft, Searched, Slot
from safetrack.walk.replace import replace
from safetrack.walk.treat import treat


class Settling:
    """Decides the slots of drafts for one destination.

    Args:
        rules: What the policy says, for the destination.
        keyring: The keys.
        findings: What was found in each text.
    """

    def __init__(
        self, rules: DestinationRules, keyring: Keyring, findings: Mapping[Query, Findings]
    ) -> None:
        self._rules = rules
        self._keyring = keyring
        self._findings = findings

    def settle(self, draft: Draft) -> None:
        """Decide every slot of a draft, in place."""
        for slot in draft.slots:
            found = self._findings[slot.sought.query]
            if isinstance(found, SearchFailed):
                self._unsearched(draft, slot, found.reason)
            elif found and slot.spot.holder[slot.spot.key] is not DROP:
                _SETTLERS[slot.sought.searched](self, draft, slot, found)

    @staticmethod
    def _unsearched(draft: Draft, slot: Slot, reason: Reason) -> None:
        """What could not be searched does not leave; a name stays as a marker."""
        is_name = slot.sought.searched is Searched.NAME
        slot.spot.holder[slot.spot.key] = UNSEARCHED if is_name else DROP
        _decide(draft, slot, "redact" if is_name else "drop", (), reason)

    def _settle_key(self, draft: Draft, slot: Slot, found: Sequence[Finding]) -> None:
        slot.spot.holder[slot.spot.key] = DROP
        _decide(draft, slot, "drop", _entities(found), Reason.KEY_DETECTED)

    def _settle_name(self, draft: Draft, slot: Slot, found: Sequence[Finding]) -> None:
        name = slot.spot.holder[slot.spot.key]
        slot.spot.holder[slot.spot.key] = replace(name, found, lambda _, entity: f"<{entity}>")
        _decide_found(draft, slot, "redact", found)

    def _settle_value(self, draft: Draft, slot: Slot, found: Sequence[Finding]) -> None:
        """Treat each finding as ``detection.entities`` says for its type."""
        treated = [finding for finding in found if self._action(finding) != "keep"]
        if not treated:
            return
        if any(self._action(finding) == "drop" for finding in treated):
            slot.spot.holder[slot.spot.key] = DROP
            _decide_found(draft, slot, "drop", treated)
            return
        value = slot.spot.holder[slot.spot.key]
        replacement = self._replacement(draft, slot)
        if type(value) is str:
            slot.spot.holder[slot.spot.key] = replace(value, treated, replacement)
        else:  # a number is replaced whole: what is left of its digits would still identify
            slot.spot.holder[slot.spot.key] = replacement(str(value), treated[0].entity)
        _decide_found(draft, slot, self._action(treated[0]), treated)

    def _settle_whole(self, draft: Draft, slot: Slot, found: Sequence[Finding]) -> None:
        """Replace all of a value: what was found cannot be cut out of it."""
        treated = [finding for finding in found if self._action(finding) != "keep"]
        if treated:
            slot.spot.holder[slot.spot.key] = marker(treated[0].entity)
            _decide_found(draft, slot, "redact", treated)

    def _action(self, finding: Finding) -> str:
        if finding.unsearched is not None:
            return "redact"
        return self._rules.policy.treatment(finding.entity).action.name

    def _replacement(self, draft: Draft, slot: Slot) -> Callable[[str, str], str]:
        place = Place(slot.spot.path, None, self._rules.scope, draft.time, self._keyring)

        def replacement(text: str, entity: str) -> str:
            if entity == UNSEARCHED_STRETCH:
                return UNSEARCHED
            treated = treat(self._rules.policy.treatment(entity), entity, text, place)
            return treated if type(treated) is str else f"<{entity}>"

        return replacement


def _entities(found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.entity for f in found if f.unsearched is None))


def _decide_found(draft: Draft, slot: Slot, action: str, found: Sequence[Finding]) -> None:
    """Record what was found in a text, and what of it was not searched."""
    entities = _entities(found)
    if entities:
        _decide(draft, slot, action, entities)
    for reason in dict.fromkeys(f.unsearched for f in found if f.unsearched is not None):
        _decide(draft, slot, "redact", (), reason)


def _decide(
    draft: Draft,
    slot: Slot,
    action: str,
    entities: tuple[str, ...],
    reason: Reason = Reason.DETECTED,
) -> None:
    sought = slot.sought
    plan = slot.spot.plan
    draft.decisions.append(plan.decision(sought.shown, sought.rule, action, entities, reason))


_Settler: TypeAlias = Callable[[Settling, Draft, Slot, Sequence[Finding]], Any]

_SETTLERS: Final[Mapping[Searched, _Settler]] = {
    Searched.VALUE: Settling._settle_value,  # noqa: SLF001  the class's own table
    Searched.NAME: Settling._settle_name,  # noqa: SLF001
    Searched.WHOLE: Settling._settle_whole,  # noqa: SLF001
    Searched.KEY: Settling._settle_key,  # noqa: SLF001
}
