"""What is narrower: the order of actions, and the narrower of two rules.

A destination may let out less than the policy, never more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from safetrack.compile.rule import ReadyRule
from safetrack.transform.keep import Keep
from safetrack.transform.scrub import Scrub

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


_TOKENS: Final = frozenset({"encrypt", "pseudonymize"})


def is_narrower(rule: ReadyRule, base: ReadyRule) -> bool:
    """Whether `rule` provably lets out no more than `base`."""
    if RANK[rule.action.name] != RANK[base.action.name]:
        return RANK[rule.action.name] > RANK[base.action.name]
    if rule.action.name != base.action.name:
        return False  # a mask is not provably coarser than a pseudonym, nor the reverse
    if rule.action.name in _TOKENS and rule.kind != base.kind:
        return False  # it would join with tokens that the other does not join with
    return rule.action.is_narrower_than(base.action)


def narrower_of(rule: ReadyRule, base: ReadyRule) -> ReadyRule | None:
    """The narrower of two rules, on both rules' terms; None when neither is: nothing may leave."""
    if is_narrower(rule, base):
        return _on_terms_of(base, rule)
    if is_narrower(base, rule):
        return _on_terms_of(rule, base)
    return None


def _on_terms_of(wide: ReadyRule, narrow: ReadyRule) -> ReadyRule:
    """`narrow`, no longer than `wide` holds, and given only what `wide` lets out."""
    ends = [rule.expires for rule in (wide, narrow) if rule.expires is not None]
    kept = wide.action if isinstance(wide.action, Keep) else None
    scrubs = isinstance(wide.action, Scrub)
    return replace(narrow, expires=min(ends, default=None), within=kept, over_scrub=scrubs)
