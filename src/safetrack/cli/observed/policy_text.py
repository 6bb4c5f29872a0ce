"""The text of a new policy file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from safetrack.cli.observed.proposal import Proposal, Proposals
from safetrack.vendors.shape import Section

_PLAIN_KEY: Final = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_$][A-Za-z0-9_.$-]*")
"""Keys that YAML reads as text without quotes."""
_MOST_NAMES_SHOWN: Final = 40

HEAD: Final = """\
# What leaves this process, and in which form. Whatever no rule names is dropped.
# Check it with `safetrack check`, try it with `safetrack explain`.
version: 1
extends: [safetrack:product-analytics]   # knows the common properties of the big vendors

keys: env:SAFETRACK_KEYS                 # make one with `safetrack keys new`

unlisted: drop                           # properties that no rule names: drop, or scrub
unlisted_events: keep                    # events not listed below: keep, or drop
"""

EXAMPLE_RULES: Final = """
# A rule is an action: keep, scrub, generalize, mask, pseudonymize, encrypt, redact, drop.
properties:                              # of events
  plan: {keep: [free, pro, enterprise], otherwise: other}
  seats: {keep: integer, min: 1, max: 10000}
  # amount: {generalize: {round: 10}}
  # coupon: {keep: string}               # what is kept as text is still searched for personal data
  # comment: scrub                       # free text: what is found in it is replaced

# traits:                                # of people: identify, $set, $set_once
#   plan: {keep: [free, pro, enterprise]}
# group_traits: {industry: keep}

# events:
#   Signed Up:
#     purpose: activation funnel         # why the business needs it
#     owner: growth@example.com
#     expires: 2027-06-01
#   "Debug *": drop
"""

_DUCKDB: Final = "  local: {type: duckdb, path: events.duckdb, retention: 90d}\n"
_JSONL: Final = """\
  local: {type: jsonl, path: events.jsonl}
  # local: {type: duckdb, path: events.duckdb, retention: 90d}   # with the extra duckdb
"""
_VENDORS: Final = """\
  # mixpanel: {type: mixpanel, token: "env:MIXPANEL_TOKEN", region: eu}
  # posthog: {type: posthog, api_key: "env:POSTHOG_KEY", host: "https://eu.i.posthog.com"}
"""


def starter() -> str:
    """A policy to begin with, when no events have been seen."""
    return HEAD + EXAMPLE_RULES + _destinations()


def from_proposals(proposals: Proposals) -> str:
    """A policy with a rule, or a commented one, for each property that was seen."""
    parts = [HEAD, _preamble(proposals)]
    parts += [text for section in Section if (text := _section(section, proposals))]
    return "".join([*parts, _events(proposals), _destinations()])


def _destinations() -> str:
    """One that works with what is installed, and some to begin with."""
    local = _DUCKDB if find_spec("duckdb") else _JSONL
    return f"\ndestinations:\n{local}{_VENDORS}"


def _preamble(proposals: Proposals) -> str:
    lines = [
        f"\n# {proposals.known} of the properties seen are decided by safetrack:product-analytics."
    ]
    if proposals.personal_names:
        lines.append(
            f"# {proposals.personal_names} names of events or properties look personal themselves"
            " and are not written here;\n# no rule names them, so those properties are dropped."
        )
    return "\n".join(lines) + "\n"


def _section(section: Section, proposals: Proposals) -> str:
    rules = {path: one for (own, path), one in proposals.rules.items() if own is section}
    if not rules:
        return ""
    mark = "" if any(rule.active for rule in rules.values()) else "# "
    return f"\n{mark}{section.value}:\n" + "".join(
        _rule_line(path, rule) for path, rule in sorted(rules.items())
    )


def _rule_line(path: str, proposal: Proposal) -> str:
    mark = "  " if proposal.active else "  # "
    note = f"   # {proposal.note}" if proposal.note else ""
    return f"{mark}{_key(path)}: {proposal.rule}{note}\n"


def _key(text: str) -> str:
    return text if _PLAIN_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _events(proposals: Proposals) -> str:
    return "".join(
        ["\n# events:   # seen, with how often; say what they are for\n", *_event_lines(proposals)]
    )


def _event_lines(proposals: Proposals) -> Iterator[str]:
    shown = proposals.names.most_common(_MOST_NAMES_SHOWN)
    for name, count in shown:
        yield f"#   {_key(name)}: {{purpose: …, owner: …}}   # {count:,} times\n"
    if len(proposals.names) > len(shown):
        yield f"#   … and {len(proposals.names) - len(shown):,} more\n"
