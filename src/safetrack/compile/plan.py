"""What is known of each place of a message before any value stands there.

A walk asks the same questions of the same places in every message: what the shape says stands
there, which rule decides, whether the key may be shown. A plan holds the answers for one place.
Plans form a tree by key. Those whose keys are all words of the policy, of a shape or of the
shipped vocabulary are kept; a plan for any other key, which may be personal data, is its
caller's to keep and to forget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from safetrack.compile.events import EventEntry
from safetrack.compile.policy import UNLISTED_SCRUB
from safetrack.compile.rule import ReadyRule
from safetrack.detect.words import split_words
from safetrack.event import Decision, Reason
from safetrack.transform.drop import Drop
from safetrack.transform.keep import Keep, NumberLane
from safetrack.vendors.shape import Bag, Groups, Id, IdKind, Property, Role, Section, Shape, Unset

if TYPE_CHECKING:
    from safetrack.compile.destination import DestinationRules

Keys: TypeAlias = tuple[object, ...]
"""The keys that lead from the root of a message to a place in it, as they came."""

_NO_LANES: Final[Mapping[type, NumberLane]] = {}

MOST_PLANS: Final = 8192
"""Places remembered for one destination; plans of more are made anew each time."""


class Plan:
    """One place of a message.

    Attributes:
        keys: The keys that lead to it. Items of a list stand for their list.
        key: The last of them.
        above: The plan of the mapping that it stands in; None for the root.
        role: What the shape says stands there.
        crossed: What a dotted key leads into that such a key must not reach.
        section: The section whose rules decide about it, or about what is inside; None outside
            every bag.
        path: The name that rules know it by: its dotted path inside its bag; empty for a bag.
        rule: The rule that decides; None where none does, and it is dropped.
        asks_key: Whether the key's name decides before the rule does: no rule names the place.
        is_property: Whether its section's rules decide about it, with no role in between.
        is_lasting: Whether what becomes of a value depends on nothing but the value.
        is_constant: Whether the same becomes of every scalar that can be read.
        is_settled: Whether what becomes of a scalar has nothing to do with what stands around it:
            its key is known, and a rule of the policy decides.
        numbers: Of a settled place: the type of a number, and what lets it through as it is.
        is_known: Whether the key is a word of the policy or of the shipped vocabulary.
        label: The key as decisions may name it; None where it is shown by a number.
        shown: Its path as decisions may name it; None where a key in it is not known.
        words: The words of its name, as context for the search.
        inside: Plans of the keys below it that are kept.
        decided: Decisions made about it before, by action, rule, entities and reason.
    """

    __slots__ = (
        "above",
        "asks_key",
        "crossed",
        "decided",
        "inside",
        "is_constant",
        "is_known",
        "is_lasting",
        "is_property",
        "is_settled",
        "key",
        "keys",
        "label",
        "numbers",
        "path",
        "role",
        "rule",
        "section",
        "shown",
        "words",
    )

    def __init__(self, keys: Keys, above: Plan | None) -> None:
        self.keys = keys
        self.key = keys[-1] if keys else None
        self.above = above
        self.role: Role | None = None
        self.crossed: Role | None = None
        self.section: Section | None = None
        self.path = ""
        self.rule: ReadyRule | None = None
        self.asks_key = False
        self.is_property = False
        self.is_lasting = True
        self.is_constant = False
        self.is_settled = False
        self.numbers: Mapping[type, NumberLane] = _NO_LANES
        self.is_known = False
        self.label: str | None = None
        self.shown: str | None = "" if above is None else None
        self.words: tuple[str, ...] = ()
        self.inside: dict[object, Plan] = {}
        self.decided: dict[tuple[object, ...], Decision] = {}

    def __repr__(self) -> str:
        return f"<Plan {self.shown or '<key>'}>"

    def decision(
        self,
        shown: str,
        rule: ReadyRule | None,
        action: str,
        entities: tuple[str, ...],
        reason: Reason,
    ) -> Decision:
        """A decision about the place: the same one for the same answer, where its path is fixed."""
        label = rule.label if rule else None
        if self.shown is None:
            return Decision(shown, action, label, entities, reason)
        answer = (action, label, entities, reason)
        known = self.decided.get(answer)
        if known is None:
            known = self.decided[answer] = Decision(shown, action, label, entities, reason)
        return known


class Plans:
    """The plans of all places of one kind of message.

    Args:
        rules: What the policy says, for one destination.
        shape: What stands where in the message.
        kind_word: The word that says which message it is, e.g. ``identify``.
        entries: The entries of the policy's ``events:`` sections for the event's name.
    """

    def __init__(
        self,
        rules: DestinationRules,
        shape: Shape,
        kind_word: str,
        entries: tuple[EventEntry | None, ...],
    ) -> None:
        self._rules = rules
        self._shape = shape
        self._kind_word = kind_word
        self._entries = entries
        self.root = Plan((), None)

    def below(self, above: Plan, key: object) -> Plan:
        """The plan of a key in the mapping at a place; kept if none of its keys can be personal."""
        known = above.inside.get(key)
        if known is not None:
            return known
        plan = Plan((*above.keys, key), above)
        if type(key) is str:
            self._name(plan, above, key)
            self._locate(plan, above, key)
            self._decide(plan)
            if plan.shown is not None and self._rules.plans_made < MOST_PLANS:
                self._rules.plans_made += 1
                above.inside[key] = plan
        return plan

    def _name(self, plan: Plan, above: Plan, key: str) -> None:
        plan.is_known = self._rules.policy.knows_key(key)
        if plan.is_known or _dotted(plan.keys) in self._shape.roles:
            plan.label = key
            if above.shown is not None:
                plan.shown = f"{above.shown}.{key}" if above.keys else key

    def _locate(self, plan: Plan, above: Plan, key: str) -> None:
        """What stands there, and by which name which section decides about it."""
        plan.role = role = self._shape.role_at(plan.keys)
        plan.section = above.section
        plan.path = f"{above.path}.{key}" if above.path else key
        if isinstance(above.role, Groups):
            plan.path = IdKind.GROUP.value
            plan.is_lasting = not self._rules.policy.identity[IdKind.GROUP].is_timed
        elif isinstance(role, Bag):
            place = (_dotted(plan.keys), self._kind_word)
            plan.section, plan.path = self._shape.fixed.get(place, role.section), ""
        elif isinstance(role, Unset):
            plan.section, plan.path = role.section, ""
        elif isinstance(role, Property):
            plan.section, plan.path = role.section, role.name
        elif isinstance(role, Id):
            plan.path = role.kind.value
            plan.is_lasting = not self._rules.policy.identity[role.kind].is_timed
        elif role is None and "." in key:
            self._cross(plan)
        plan.is_property = role is None and plan.crossed is None and plan.section is not None

    def _cross(self, plan: Plan) -> None:
        """A dotted key is decided as what the same path in nested keys is."""
        *above, key = plan.keys
        parts = str(key).split(".")
        for end in range(len(parts) - 1, 0, -1):
            role = self._shape.role_at((*above, *parts[:end]))
            if isinstance(role, Bag) and above:
                plan.section, plan.path = role.section, ".".join(parts[end:])
                return
            if role is not None:
                plan.crossed = role
                return

    def _decide(self, plan: Plan) -> None:
        if plan.section is None or not (plan.is_property or isinstance(plan.role, Property)):
            return
        plan.words = split_words(plan.path.rpartition(".")[2])
        rule = plan.rule = self._rules.find(plan.section, self._entries, plan.path)
        if rule is None:
            return
        plan.asks_key = rule is UNLISTED_SCRUB or (
            rule.action.name == "scrub" and rule.pattern != plan.path
        )
        treats_in_time = plan.asks_key and self._rules.policy.treats_in_time
        plan.is_lasting = not rule.is_timed and not treats_in_time
        plan.is_constant = type(rule.action) is Drop and not plan.asks_key and rule.within is None
        plan.is_settled = (
            plan.is_property and plan.is_lasting and plan.shown is not None and not plan.asks_key
        )
        action = rule.action
        is_plain = plan.is_settled and rule.within is None and rule.expires is None
        if is_plain and isinstance(action, Keep):
            plan.numbers = action.number_lanes()


def _dotted(keys: Keys) -> str:
    return ".".join(map(str, keys))
