"""The policy as one destination sees it: limited by ``only`` and narrowed by its own rules."""

from __future__ import annotations

import re
import secrets
from hashlib import blake2b
from typing import Final

from safetrack.compile.events import EventEntry
from safetrack.compile.names import glob_regex, is_glob
from safetrack.compile.narrowing import is_narrower, narrower_of
from safetrack.compile.plan import Plans
from safetrack.compile.policy import CompiledPolicy, RuleSet
from safetrack.compile.rule import ReadyRule
from safetrack.errors import PolicyError, Problem
from safetrack.policy.document import DestinationDocument
from safetrack.policy.load import Policy
from safetrack.transform.drop import Drop
from safetrack.vendors.shape import Section, Shape

_MEMO_SIZE: Final = 8192
_LONGEST_PATH: Final = 256
"""Characters. A longer path is no property's name: it is not matched, nor remembered."""

_NOT_ONLY: Final = ReadyRule(Drop(), "only")
_CONFLICT: Final = ReadyRule(Drop(), "narrowing")


class DestinationRules:
    """Answers, for one destination, which rule decides about each place.

    Attributes:
        name: The destination's name, or a bare scope.
        type: Its type in the policy; None for a bare scope.
        scope: What its pseudonyms are made for; None when sanitizing for no destination.
        policy: The compiled policy underneath.
    """

    def __init__(
        self, policy: CompiledPolicy, name: str | None, document: DestinationDocument | None
    ) -> None:
        self.policy = policy
        self.name = name or ""
        self.type = document.type if document else None
        self.scope = (document.scope if document and document.scope else name) or None
        self._only = _only_regexes(document)
        self._own = RuleSet(document, f"destinations.{name}.") if document else None
        self._memo: dict[tuple[object, ...], ReadyRule | None] = {}
        self._memo_key = secrets.token_bytes(16)
        self._plans: dict[tuple[object, ...], Plans] = {}
        self.plans_made = 0

    def plans(self, shape: Shape, kind_word: str, entries: tuple[EventEntry | None, ...]) -> Plans:
        """What is known of the places of one kind of message."""
        key = (shape, kind_word, entries)
        plans = self._plans.get(key)
        if plans is None:
            plans = Plans(self, shape, kind_word, entries)
            if len(self._plans) < _MEMO_SIZE:
                self._plans[key] = plans
        return plans

    def event_entries(self, name: str) -> tuple[EventEntry | None, ...]:
        """For each layer of the policy, then for the destination, the event's entry."""
        own = self._own.events.find(name) if self._own else None
        return (*self.policy.event_entries(name), own)

    def find(
        self, section: Section, entries: tuple[EventEntry | None, ...], path: str
    ) -> ReadyRule | None:
        """The rule that decides about a path; None where none does, and it is dropped."""
        if len(path) > _LONGEST_PATH:
            return None
        memo_key = (section, entries, self._digest(path))
        if memo_key in self._memo:
            return self._memo[memo_key]
        rule = self._find(section, entries, path)
        if len(self._memo) >= _MEMO_SIZE:
            self._memo.clear()
        self._memo[memo_key] = rule
        return rule

    def _digest(self, path: str) -> bytes:
        """What a path is remembered by: its keys may be personal data."""
        text = path.encode("utf-8", "surrogatepass")
        return blake2b(text, key=self._memo_key, digest_size=16).digest()

    def _find(
        self, section: Section, entries: tuple[EventEntry | None, ...], path: str
    ) -> ReadyRule | None:
        base = self.policy.find(section, entries[:-1], path)
        if base is None:
            return None
        if self._only is not None and not any(regex.fullmatch(path) for regex in self._only):
            return _NOT_ONLY
        own = self._own.find(section, entries[-1], path) if self._own else None
        if own is None:
            return base
        return narrower_of(own, base) or _CONFLICT

    def check(self, source: Policy) -> list[Problem]:
        """Every own rule that is not narrower than the policy's rule for the same name."""
        if self._own is None:
            return []
        return [
            self._problem(source, section, entry, rule, base)
            for section, entry, rule in self._own.rules()
            for base in self._bases(section, entry, rule)
            if not is_narrower(rule, base)
        ]

    def _bases(
        self, section: Section, entry: EventEntry | None, rule: ReadyRule
    ) -> list[ReadyRule]:
        """The policy's rules that an own rule would stand in front of."""
        entries = self.policy.event_entries(entry.pattern if entry else "")
        if not is_glob(rule.pattern):
            base = self.policy.find(section, entries, rule.pattern)
            return [base or _UNLISTED]
        regex = glob_regex(rule.pattern)
        return [
            base
            for layer in self.policy.layers
            for place, _, base in layer.rules()
            if place is section and regex.fullmatch(base.pattern)
        ]

    def _problem(
        self,
        source: Policy,
        section: Section,
        entry: EventEntry | None,
        rule: ReadyRule,
        base: ReadyRule,
    ) -> Problem:
        inside = (section.value,) if entry is None else ("events", entry.pattern, section.value)
        path = ("destinations", self.name, *inside, rule.pattern)
        file, line, column = source.position(path)
        against = "which drops it" if base is _UNLISTED else f"({base.label}: {base.action.name})"
        return Problem(
            f"{rule.action.name} is not narrower than the policy's own rule {against}. "
            "A destination may only let out less: use a coarser setting of the same action, "
            "redact or drop",
            file=file,
            line=line,
            column=column,
            path=".".join(path),
        )


_UNLISTED: Final = ReadyRule(Drop(), "unlisted")


def _only_regexes(document: DestinationDocument | None) -> tuple[re.Pattern[str], ...] | None:
    if document is None or document.only is None:
        return None
    return tuple(glob_regex(pattern, reaches_below=True) for pattern in document.only)


def check_narrowing(policy: Policy, compiled: CompiledPolicy) -> None:
    """Refuse a policy in which any destination lets out more than the policy does.

    Raises:
        PolicyError: With one problem for each such rule.
    """
    problems = [
        problem
        for name, document in policy.document.destinations.items()
        for problem in DestinationRules(compiled, name, document).check(policy)
    ]
    if problems:
        raise PolicyError(problems)
