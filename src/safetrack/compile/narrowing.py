"""What is narrower: the order of actions, and the narrower of two rules.

A destination may let out less than the policy, never more.
"""

from __future__ import annotations

from typing import Final

from safetrack.compile.rule import ReadyRule

RANK: Final = {
    "keep": 0,
    "scrub": 1,
    "generalize": 2,
    "mask": 2,
    "encrypt": 2,
    "pseudonymize": 2,
    "redact": 3,
    "drop": 4,
}
"""Contract section 3: keep > scrub > {generalize, mask, encrypt, pseudonymize} > redact > drop."""


def is_narrower(rule: ReadyRule, base: ReadyRule) -> bool:
    """Whether `rule` provably lets out no more than `base`."""
    if RANK[rule.action.name] != RANK[base.action.name]:
        return RANK[rule.action.name] > RANK[base.action.name]
    if rule.action.name != base.action.name:
        return False  # a mask is not provably coarser than a pseudonym, nor the reverse
    return rule.kind == base.kind and rule.action.is_narrower_than(base.action)


def narrower_of(rule: ReadyRule, base: ReadyRule) -> ReadyRule | None:
    """The narrower of two rules; None when neither is, and nothing may leave."""
    if is_narrower(rule, base):
        return rule
    if is_narrower(base, rule):
        return base
    return None
