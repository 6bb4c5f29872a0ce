"""From `Event` to `SafeEvent`: the one door. Read this file first.

::

    for each event:  walk    every leaf and key gets its rule and its action   walk/walk.py
    once a batch:    search  all text that may leave is searched together      detect/
    for each event:  settle  what was found is treated, what failed dropped    walk/settle.py

Nothing else makes a `SafeEvent`. Whatever goes wrong costs the value or the event, never privacy.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from safetrack.compile.destination import DestinationRules, check_narrowing
from safetrack.compile.policy import CompiledPolicy
from safetrack.detect.detector import Detector, Finding, Findings, Query, SearchFailed
from safetrack.detect.lazy import LazyDetector
from safetrack.errors import ConfigError, KeyringError, PolicyError, Problem
from safetrack.event import Decision, Event, Reason, SafeEvent
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.keys.sources import read_keys
from safetrack.policy.load import Policy
from safetrack.transform.action import DROP
from safetrack.vendors.neutral import NEUTRAL
from safetrack.vendors.shape import Shape
from safetrack.walk.batch import Batch
from safetrack.walk.draft import Draft, Leaf, Slot, Spot, finished
from safetrack.walk.refused import EventRefused
from safetrack.walk.settle import Settling
from safetrack.walk.walk import Walk

RawEvent: TypeAlias = Event | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sanitized:
    """What became of one event: what may leave, or why nothing does, and every decision."""

    safe: SafeEvent | None
    reason: Reason | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One leaf as `Sanitizer.explain` shows it to its owner. Holds raw values.

    Attributes:
        path: Its dotted path, with the keys as they came.
        shown: The same path as decisions name it, without keys that nobody has written down.
        rule: The rule that decided; None where none names the leaf.
        action: What the rule does.
        findings: What was found in its text.
        decisions: What was decided of its path; items of one list share theirs.
        before: What came in.
        after: What leaves; None where nothing does.
    """

    path: str
    shown: str
    rule: str | None
    action: str
    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    before: object
    after: object

    def __repr__(self) -> str:
        return f"<Explained action={self.action}>"


def _go_on() -> None:
    """Give way to nobody."""


class Sanitizer:
    """Turns raw events into what may leave. Thread-safe; does no I/O.

    Args:
        policy: The policy.
        detector: What finds personal data; Presidio with the policy's languages, if not given.
            It is loaded only when something must be searched.
        keyring: The keys; read from where the policy says, if not given.
        today: Returns the current date, for ``expires``.
        recognizers: Presidio recognisers (``EntityRecognizer``) of your own, which search as well;
            `detector` takes none of them.

    Raises:
        PolicyError: A destination does not narrow, or the policy is one for drop-ins only.
        KeyringError: A rule needs a key and there is none, or it is malformed.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        detector: Detector | None = None,
        keyring: Keyring | None = None,
        today: Callable[[], dt.date] | None = None,
        recognizers: Collection[Any] = (),
    ) -> None:
        _refuse_observe(policy)
        self.policy = policy
        self.compiled = CompiledPolicy(policy)
        check_narrowing(policy, self.compiled)
        own = keyring or _keyring(policy, self.compiled)
        self.has_own_keys = own is not None
        self.keyring = own or Keyring.parse(new_key())  # for message ids alone
        self.detector = detector or _detector(policy, recognizers)
        self._today = today or (lambda: dt.datetime.now(dt.UTC).date())
        self._rules: dict[str | None, DestinationRules] = {}

    def sanitize(self, event: RawEvent, destination: str | None = None) -> SafeEvent | None:
        """Sanitize one event for one destination; see `sanitize_batch`."""
        return self.sanitize_batch([event], destination)[0]

    def sanitize_batch(
        self,
        events: Sequence[RawEvent],
        destination: str | None = None,
        shape: Shape = NEUTRAL,
    ) -> list[SafeEvent | None]:
        """Sanitize events for one destination, searching all of their text in one batch.

        Args:
            events: Raw events, in the form that `shape` describes. They are never changed.
            destination: A destination's name in the policy, or any other text as a bare scope.
            shape: What stands where in the messages.

        Returns:
            One entry an event, in order: what may leave, or None when the policy drops it.

        Raises:
            ConfigError: A pseudonym's scope needs a destination, and none was given.
        """
        return [done.safe for done in self.process(events, destination, shape)]

    def process(
        self,
        events: Sequence[RawEvent],
        destination: str | None = None,
        shape: Shape = NEUTRAL,
    ) -> list[Sanitized]:
        """As `sanitize_batch`, with the reason for every event that does not leave."""
        return self.process_for(events, [destination], shape)[0]

    def process_for(
        self,
        events: Sequence[RawEvent],
        destinations: Sequence[str | None],
        shape: Shape = NEUTRAL,
        give_way: Callable[[], object] = _go_on,
    ) -> list[list[Sanitized]]:
        """Sanitize events for several destinations: searched once, transformed for each.

        Args:
            events: As for `sanitize_batch`.
            destinations: Names of destinations, or bare scopes.
            shape: What stands where in the messages.
            give_way: Called between two events; see `safetrack.pace`.

        Returns:
            For each destination, one entry an event.
        """
        raw = [event if type(event) is Event else Event(event) for event in events]
        rules = [self.rules_for(destination) for destination in destinations]
        drafts = [self._drafts(raw, shape, own, give_way) for own in rules]
        findings = self._search(draft for batch in drafts for draft in batch)
        return [
            self._finished(batch, own, findings, give_way)
            for own, batch in zip(rules, drafts, strict=True)
        ]

    def explain(
        self, event: RawEvent, destination: str | None = None, shape: Shape = NEUTRAL
    ) -> tuple[Sanitized, list[Explained]]:
        """What happens to each leaf, with the values: for the owner of the event only."""
        raw = event if type(event) is Event else Event(event)
        rules = self.rules_for(destination)
        draft = self._draft(raw, shape, self._batch(rules), trace=True)
        findings = self._search([draft])
        done = self._finish(draft, rules, findings)
        return done, _explained(draft, done, findings)

    def warm(self) -> None:
        """Load what detection needs, ahead of the first search.

        Raises:
            DetectorError: A language model is missing or not the one that was published.
        """
        if isinstance(self.detector, LazyDetector):
            self.detector.warm()

    def rules_for(self, destination: str | None) -> DestinationRules:
        """The policy as one destination sees it.

        Raises:
            ConfigError: A scope needs a destination and there is none, or its name is not usable.
        """
        known = self._rules.get(destination)
        if known is not None:
            return known
        _check_destination(destination, self.compiled)
        document = self.policy.document.destinations.get(destination) if destination else None
        rules = DestinationRules(self.compiled, destination, document)
        if len(self._rules) < _MOST_SCOPES:
            self._rules[destination] = rules
        return rules

    def _drafts(
        self,
        events: Sequence[Event],
        shape: Shape,
        rules: DestinationRules,
        give_way: Callable[[], object],
    ) -> list[Draft]:
        """Walk all messages of a batch for one destination."""
        batch = self._batch(rules)
        drafts = []
        for event in events:
            drafts.append(self._draft(event, shape, batch))
            give_way()
        return drafts

    def _finished(
        self,
        drafts: Sequence[Draft],
        rules: DestinationRules,
        findings: Mapping[Query, Findings],
        give_way: Callable[[], object],
    ) -> list[Sanitized]:
        """Finish all drafts of a batch for one destination."""
        finished = []
        for draft in drafts:
            finished.append(self._finish(draft, rules, findings))
            give_way()
        return finished

    def _batch(self, rules: DestinationRules) -> Batch:
        return Batch(rules, self.keyring, self._today())

    def _draft(self, event: Event, shape: Shape, batch: Batch, *, trace: bool = False) -> Draft:
        """Walk one message. Any failure costs the event."""
        draft = Draft(event.received_at, leaves=[] if trace else None)
        try:
            Walk(event, shape, batch, draft).run()
        except EventRefused as refused:
            draft.reason = refused.reason
        except Exception:  # noqa: BLE001  whatever it is, nothing of this event may leave
            draft.reason = Reason.SANITIZER_ERROR
        if draft.reason is None and not draft.message_id:
            draft.message_id = _content_id(event, batch.rules, self.keyring)
        return draft

    def _search(self, drafts: Any) -> Mapping[Query, Findings]:
        """Search every text of a batch of drafts, each distinct one once."""
        queries = list(
            dict.fromkeys(
                slot.sought.query
                for draft in drafts
                if draft.reason is None
                for slot in draft.slots
            )
        )
        if not queries:
            return {}
        try:
            found = self.detector.find(queries)
            return {q: _checked(q, f) for q, f in zip(queries, found, strict=True)}
        except Exception:  # noqa: BLE001  a text that was not searched does not leave
            return dict.fromkeys(queries, SearchFailed(Reason.DETECTOR_ERROR))

    def _finish(
        self, draft: Draft, rules: DestinationRules, findings: Mapping[Query, Findings]
    ) -> Sanitized:
        """Settle what was searched, and make the `SafeEvent`."""
        if draft.reason is None:
            try:
                Settling(rules, self.keyring, findings).settle(draft)
                message = finished(draft.message)
            except Exception:  # noqa: BLE001  whatever it is, nothing of this event may leave
                draft.reason = Reason.SANITIZER_ERROR
        decisions = tuple(draft.decisions)
        if draft.reason is not None:
            return Sanitized(None, draft.reason, decisions)
        safe = SafeEvent(
            message, message_id=draft.message_id, destination=rules.name, decisions=decisions
        )
        return Sanitized(safe, None, decisions)


DEFAULT_KEYS: Final = "env:SAFETRACK_KEYS"
"""Where the keys are read from unless the policy says otherwise (contract section 3)."""

_MOST_SCOPES: Final = 1024
"""Rule tables kept for destinations and bare scopes; more are made anew each time."""


def _checked(query: Query, found: Findings) -> Findings:
    """A detector's answer, or that it failed if the answer is not one."""
    if isinstance(found, SearchFailed):
        return found
    length = len(query.text)
    answer: object = found  # whatever the type says: a detector may be anybody's
    if type(answer) is tuple and all(
        type(f) is Finding and 0 <= f.start < f.end <= length for f in answer
    ):
        return found
    return SearchFailed(Reason.DETECTOR_ERROR)


def _refuse_observe(policy: Policy) -> None:
    if policy.document.mode == "observe":
        file, line, column = policy.position(("mode",))
        raise PolicyError(
            Problem(
                "`mode: observe` is for drop-ins only, because it lets raw events out; "
                "remove it, or use a drop-in",
                file=file,
                line=line,
                column=column,
                path="mode",
            )
        )


def _keyring(policy: Policy, compiled: CompiledPolicy) -> Keyring | None:
    """The policy's keys; None where there are none and no rule needs any."""
    source = policy.document.keys or DEFAULT_KEYS
    keyring = read_keys(source)
    if keyring is not None:
        return keyring
    if compiled.needs_key():
        raise KeyringError(
            Problem(
                f"the policy makes pseudonyms, which need a key, and {source} holds none. Make one "
                "with `safetrack keys new` and put it there",
                file=policy.source,
                path="keys",
            )
        )
    return None


def _detector(policy: Policy, recognizers: Collection[Any]) -> Detector:
    detection = policy.document.detection
    make = LazyDetector if recognizers else LazyDetector.shared
    return make(
        languages=tuple(detection.languages),
        model=detection.model,
        min_score=detection.min_score,
        named=frozenset(
            entity for layer in policy.layers for entity in layer.document.detection.entities
        )
        - {"*"},
        countries=detection.countries,
        recognizers=detection.recognizers,
        additional=tuple(recognizers),
    )


def _check_destination(destination: str | None, compiled: CompiledPolicy) -> None:
    if destination is None:
        if compiled.needs_destination():
            raise ConfigError(
                "this policy makes pseudonyms that are separate for each destination: "
                "say for which one to sanitize, by its name in the policy or as a bare scope"
            )
        return
    if not destination or "#" in destination or "*" in destination:
        raise ConfigError("a destination's name or scope must not be empty nor hold `#` or `*`")


def _content_id(event: Event, rules: DestinationRules, keyring: Keyring) -> str:
    """An id for an event that came without one: equal content, equal id."""
    content = json.dumps(event.message, default=repr, sort_keys=False, skipkeys=True)
    return keyring.message_id(content, scope=rules.scope or "*")


def _explained(
    draft: Draft, done: Sanitized, findings: Mapping[Query, Findings]
) -> list[Explained]:
    """Join each leaf with what was found in it and with what leaves in its place."""
    slots: defaultdict[tuple[int, Any], list[Slot]] = defaultdict(list)
    for slot in draft.slots:
        slots[id(slot.spot.holder), slot.spot.key].append(slot)
    return [
        _explain_leaf(leaf, slots[id(leaf.spot.holder), leaf.spot.key], done, findings)
        for leaf in draft.leaves or ()
    ]


def _explain_leaf(
    leaf: Leaf, slots: Sequence[Slot], done: Sanitized, findings: Mapping[Query, Findings]
) -> Explained:
    found = [findings.get(slot.sought.query, ()) for slot in slots]
    return Explained(
        path=".".join(map(str, leaf.spot.keys)),
        shown=leaf.shown,
        rule=leaf.rule.label if leaf.rule else None,
        action=leaf.rule.action.name if leaf.rule else "drop",
        findings=tuple(one for some in found if isinstance(some, tuple) for one in some),
        decisions=tuple(one for one in done.decisions if one.path == leaf.shown),
        before=leaf.before,
        after=_after(leaf.spot) if done.safe is not None else None,
    )


def _after(spot: Spot) -> object:
    """What stands at a spot of the output; None where nothing does."""
    try:
        value = spot.holder[spot.key]
    except (KeyError, IndexError):
        return None
    return None if value is DROP else value
