"""Which destinations the caller allows for one event (the common tracking spec's ``integrations``).

Source: https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safetrack.policy.destination import TYPES
from safetrack.reading import Plain
from safetrack.vendors.segment import INTEGRATIONS

_WORDS: Final[Mapping[str, bool]] = {"true": True, "false": False}
_ALIASES: Final[Mapping[str, str]] = {"segmentio": "segment"}


def understand(value: Plain) -> bool | None:
    """A switch as a boolean; None when it is not one. A mapping of options means: on."""
    if type(value) is bool:
        return value
    if type(value) is str:
        return _WORDS.get(value.strip().casefold())
    if type(value) is int and value in {0, 1}:
        return bool(value)
    return True if type(value) is dict else None


def allows(
    switches: Mapping[str, bool], name: str, kind: str | None, *, routed: bool = False
) -> bool:
    """Whether a destination may have the event: its own switch, else ``All``, else yes.

    Where the destination is `routed`, ``All`` means those behind it.
    """
    if not switches:
        return True
    wanted = {_folded(name), _folded(kind or name)}
    named = [on for switch, on in switches.items() if _folded(switch) in wanted]
    if named or routed:
        return all(named)
    return all(on for switch, on in switches.items() if _folded(switch) == "all")


def _folded(name: str) -> str:
    return _KNOWN.get(name) or _fold(name)


def _fold(name: str) -> str:
    bare = name.casefold().partition("(")[0]  # "Mixpanel (Actions)"
    folded = "".join(char for char in bare if char.isalnum())
    return _ALIASES.get(folded, folded)


_KNOWN: Final = {name: _fold(name) for name in (*INTEGRATIONS, *TYPES)}
"""Well-known names, folded once."""
