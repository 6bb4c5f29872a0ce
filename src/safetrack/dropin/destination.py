"""Which destination of the policy a drop-in's client is."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from safetrack.errors import ConfigError
from safetrack.policy.document import DestinationDocument
from safetrack.policy.load import Policy
from safetrack.policy.written import nearest, shown

logger = logging.getLogger("safetrack.dropin")


@dataclass(frozen=True, slots=True)
class _Vendor:
    """What a vendor's destinations look like in a policy.

    Attributes:
        types: The types that they may have.
        is_typed: Whether a type tells whose a destination is, so that the only one of it is the
            one. If not, it is the one of the vendor's name.
        word: What their names hold, where the types are nobody's.
        not_named: The name that says that one is another vendor's, where two have a type in common.
    """

    types: frozenset[str]
    is_typed: bool = True
    word: str = ""
    not_named: str | None = None


_SEGMENT: Final = frozenset({"segment"})
_VENDORS: Final[Mapping[str, _Vendor]] = {
    "segment": _Vendor(_SEGMENT, not_named="rudderstack"),
    "rudderstack": _Vendor(_SEGMENT, is_typed=False, not_named="segment"),  # Segment's protocol
    "snowplow": _Vendor(  # no type speaks its protocol
        frozenset({"duckdb", "jsonl", "stdout", "webhook"}), is_typed=False, word="snowplow"
    ),
}
"""Vendors of whom more is to be said than that their name is the type of their destinations."""
_A_SLIP: Final = 0.8
"""`difflib`'s ratio of two names that differ by a slip: one letter in five."""


def choose_destination(policy: Policy, vendor: str, named: str | None) -> str:
    """The destination that a client is, whose rules narrow what leaves.

    A wrong one would let out what the policy keeps from this vendor, so it is refused.

    Args:
        policy: The policy.
        vendor: The drop-in's vendor, e.g. ``mixpanel``.
        named: What the application says that the client is; empty or None if it does not.

    Returns:
        The policy's only destination of this vendor's type, whatever `named` says; else `named`,
        else the vendor's name. What is none of the policy's is a bare scope.

    Raises:
        ConfigError: `named` is of another type, or is none of the policy's destinations though it
            has several of this vendor or one that is spelled almost so; or none is named where
            there are several, none of the vendor's name.
    """
    if named is not None and not isinstance(named, str):
        raise ConfigError(f"destination is the name of one, as a text, not {type(named).__name__}")
    known = policy.document.destinations
    kind = _VENDORS.get(vendor) or _Vendor(frozenset({vendor}))
    own = [name for name, one in known.items() if _is_own(name, one, kind)]
    if kind.is_typed and len(own) == 1:
        if named and named != own[0]:
            logger.warning(
                "%s drop-in: destination= names another than the policy's only one of this type; "
                "%s it is",
                vendor,
                own[0],
            )
        return own[0]
    name = named or _unnamed(own, vendor, kind)
    if name in known:
        _check_type(name, known[name], vendor, kind)
    elif own and named:
        raise ConfigError(f"{_none_of(vendor, name)}{nearest(name, own)}")
    elif named:
        _check_spelling(name, [one for one in known if known[one].type in kind.types], vendor)
    return name


def _is_own(name: str, one: DestinationDocument, kind: _Vendor) -> bool:
    return one.type in kind.types and kind.word in name.casefold() and name != kind.not_named


def _unnamed(own: Sequence[str], vendor: str, kind: _Vendor) -> str:
    """The vendor's name, unless the policy has several of its type and none of that name."""
    if kind.is_typed and own and vendor not in own:
        raise ConfigError(
            f"{vendor} drop-in: which destination of the policy is this client, "
            f"{' or '.join(own)}? Say it with destination=NAME"
        )
    return vendor


def _check_type(name: str, one: DestinationDocument, vendor: str, kind: _Vendor) -> None:
    if one.type not in kind.types:
        raise ConfigError(
            f"{vendor} drop-in: destination {name!r} of the policy is of type {one.type!r}, not "
            f"{' or '.join(sorted(kind.types))}. Say another one with destination=NAME"
        )


def _check_spelling(name: str, alike: Sequence[str], vendor: str) -> None:
    """Refuse what was meant to be one of the destinations that could be this vendor's."""
    close = get_close_matches(name, alike, n=1, cutoff=_A_SLIP)
    if close:
        raise ConfigError(f"{_none_of(vendor, name)}; did you mean {close[0]!r}?")


def _none_of(vendor: str, name: str) -> str:
    return f"{vendor} drop-in: destination={shown(name)} is no destination of the policy"
