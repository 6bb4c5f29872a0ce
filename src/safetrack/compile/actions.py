"""From a written rule to the action that carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safetrack.compile.rule import ReadyRule
from safetrack.policy.document import Rule
from safetrack.transform.action import DROP, Action
from safetrack.transform.drop import Drop
from safetrack.transform.encrypt import Encrypt
from safetrack.transform.generalize.bins import Bins
from safetrack.transform.generalize.email_domain import EmailDomain
from safetrack.transform.generalize.geo import Geo
from safetrack.transform.generalize.ip import IpPrefix
from safetrack.transform.generalize.rounding import Rounding
from safetrack.transform.generalize.time_unit import TimeUnit
from safetrack.transform.generalize.url import Url
from safetrack.transform.generalize.user_agent import UserAgent
from safetrack.transform.generalize.version import Version
from safetrack.transform.keep import Keep
from safetrack.transform.mask import Mask
from safetrack.transform.pseudonymize import Pseudonymize
from safetrack.transform.redact import Redact
from safetrack.transform.scrub import Scrub


def ready(rule: Rule, pattern: str, label: str) -> ReadyRule:
    """Compile one written rule."""
    return ReadyRule(
        action=_ACTIONS[rule.action](rule),
        label=label,
        pattern=pattern,
        kind=rule.kind,
        expires=rule.expires,
        line=rule.order,
    )


def _keep(rule: Rule) -> Action:
    return Keep(
        values=rule.values,
        type=rule.type,
        minimum=rule.min,
        maximum=rule.max,
        trusted=rule.trusted,
        otherwise=rule.otherwise if rule.has_otherwise else DROP,
    )


def _generalize(rule: Rule) -> Action:
    assert rule.how is not None  # noqa: S101  the document's own validator guarantees it
    return _GENERALIZERS[rule.how](rule)


_GENERALIZERS: Mapping[str, Callable[[Rule], Action]] = {
    "round": lambda rule: Rounding(rule.step or 1.0),
    "bins": lambda rule: Bins(rule.edges),
    "time": lambda rule: TimeUnit(rule.unit or "second"),
    "url": lambda rule: Url(part=rule.part or "origin", query=rule.query),
    "ip": lambda rule: IpPrefix(v4=rule.prefix_v4, v6=rule.prefix_v6),
    "user_agent": lambda _rule: UserAgent(),
    "email": lambda _rule: EmailDomain(),
    "geo": lambda rule: Geo(rule.decimals or 0),
    "version": lambda _rule: Version(),
}

_ACTIONS: Mapping[str, Callable[[Rule], Action]] = {
    "keep": _keep,
    "scrub": lambda _rule: Scrub(),
    "generalize": _generalize,
    "mask": lambda rule: Mask(rule.last),
    "pseudonymize": lambda rule: Pseudonymize(scope=rule.scope, epoch=rule.epoch),
    "encrypt": lambda rule: Encrypt(scope=rule.scope),
    "redact": lambda rule: Redact(rule.kind or "REDACTED"),
    "drop": lambda _rule: Drop(),
}
