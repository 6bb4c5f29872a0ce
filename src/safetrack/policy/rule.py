"""Read a rule: from any of its written forms to one `Rule`.

A rule is an action's name, or a mapping with exactly one action beside its options. Each action
has one reader below for what stands behind its name; `OPTIONS` says which options it takes.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from safetrack.policy.document import (
    ACTIONS,
    HOWS,
    SCOPES,
    TIME_UNITS,
    URL_PARTS,
    VALUE_TYPES,
    Rule,
)
from safetrack.policy.units import read_duration
from safetrack.policy.written import (
    Block,
    Mistake,
    Place,
    Problems,
    Reader,
    Row,
    nearest,
    read_entries,
    shown,
    unknown,
)

Parts: TypeAlias = dict[str, Any]
"""Attributes of a `Rule`, by name."""

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "keep": ("min", "max", "otherwise", "trusted"),
    "scrub": (),
    "generalize": ("trusted",),
    "mask": ("trusted",),
    "pseudonymize": ("kind",),
    "encrypt": ("kind",),
    "redact": ("kind",),
    "drop": (),
}
"""Which options an action takes, beside `REASONS`."""

REASONS: Final = ("purpose", "owner", "expires")
"""Options that every rule takes: why it is there, who answers for it, how long."""

FALLBACK: Final = Rule(action="drop")
"""Stands in for a rule that could not be read, until the problems are reported."""


def read_rule(value: object, place: Place, problems: Problems, order: int = 0) -> Rule:
    """Read one rule. Mistakes go to `problems`; what is returned then is `FALLBACK`."""
    before = len(problems.found)
    try:
        parts = _parts(value, place, problems)
    except Mistake as mistake:
        problems.add(mistake, place)
        return FALLBACK
    if len(problems.found) > before:
        return FALLBACK
    return Rule(**parts, line=place.line, order=order)


def _parts(value: object, place: Place, problems: Problems) -> Parts:
    if isinstance(value, str):
        return _word(value, place, problems)
    if not isinstance(value, Block):
        raise Mistake(f"a rule is an action's name or a mapping, not {shown(value)}")
    return _mapping(value, problems)


def _word(word: str, place: Place, problems: Problems) -> Parts:
    if word not in ACTIONS:
        raise Mistake(f"{unknown('action', word)}{_nearest_action(word)}")
    return {"action": word, **_ARGUMENTS[word](None, place, problems)}


_SYNONYMS: Final[Mapping[str, str]] = {
    "allow": "keep",
    "pass": "keep",
    "delete": "drop",
    "remove": "drop",
    "deny": "drop",
    "block": "drop",
    "hash": "pseudonymize",
    "pseudonymise": "pseudonymize",
    "tokenize": "pseudonymize",
    "anonymize": "pseudonymize",
    "generalise": "generalize",
    "truncate": "generalize",
    "replace": "redact",
}
"""What other tools call the same thing."""


def _nearest_action(word: str) -> str:
    if synonym := _SYNONYMS.get(word.lower()):
        return f"; did you mean {synonym!r}?"
    return nearest(word, ACTIONS)


def _mapping(block: Block, problems: Problems) -> Parts:
    action = _only_action(block)
    parts: Parts = {"action": action}
    allowed = (*OPTIONS[action], *REASONS)
    for key, value in block.items():
        try:
            if key == action:
                parts |= _ARGUMENTS[key](value, block.values_at[key], problems)
            else:
                _refuse_option(action, key, allowed, block)
                parts |= _OPTION_READERS[key](value)
        except Mistake as mistake:
            problems.add(mistake, block.values_at[key])
    _check_together(parts, block)
    return parts


def _only_action(block: Block) -> str:
    actions = [key for key in block if key in ACTIONS]
    if len(actions) == 1:
        return actions[0]
    if actions:
        second = block.keys_at[actions[1]]
        raise Mistake(f"one action in a rule, not two: {actions[0]} and {actions[1]}", second)
    word = next((key for key in block if key not in (*_OPTION_READERS,)), None)
    if word is None:
        raise Mistake(f"a rule needs an action{nearest('', ACTIONS)}")
    raise Mistake(f"{unknown('action', word)}{_nearest_action(word)}", block.keys_at[word])


def _refuse_option(action: str, key: str, allowed: tuple[str, ...], block: Block) -> None:
    if key in allowed:
        return
    at = block.keys_at[key]
    if key in _OPTION_READERS:
        takers = " or ".join(name for name in ACTIONS if key in OPTIONS[name])
        raise Mistake(f"{key!r} goes with {takers}, not with {action}", at)
    raise Mistake(f"{unknown('option', key)}{nearest(key, (*allowed, *ACTIONS))}", at)


def _check_together(parts: Parts, block: Block) -> None:
    """Refuse what is impossible only in combination."""
    low, high = parts.get("min"), parts.get("max")
    if (low is not None or high is not None) and parts.get("type") not in {"integer", "number"}:
        key = "min" if low is not None else "max"
        raise Mistake(f"{key!r} needs keep: integer or keep: number", block.keys_at[key])
    if low is not None and high is not None and low > high:
        raise Mistake(f"min {low:g} is above max {high:g}: nothing can pass", block.keys_at["min"])
    passes_all = parts.get("values") is None and parts.get("type") is None
    if parts["action"] == "keep" and "otherwise" in block and passes_all:
        needs = "'otherwise' needs values or a type to refuse others: keep: [a, b] or keep: integer"
        raise Mistake(needs, block.keys_at["otherwise"])


# What stands behind an action's name.


def _is_bare(value: object) -> bool:
    """``scrub:`` and ``scrub: true`` say no more than ``scrub``."""
    return value is None or value is True


def _bare(value: object, _place: Place, _problems: Problems) -> Parts:
    if not _is_bare(value):
        raise Mistake(f"takes nothing (write `true` or leave it empty), not {shown(value)}")
    return {}


def _keep(value: object, _place: Place, problems: Problems) -> Parts:
    if _is_bare(value):
        return {}
    if isinstance(value, Row):
        return {"values": tuple(_listed(value, problems))}
    return {"type": _one_of(value, VALUE_TYPES, "type")}


def _listed(row: Row, problems: Problems) -> list[Any]:
    for item, at in zip(row, row.items_at, strict=True):
        if isinstance(item, dt.date):
            problems.add(Mistake("put the date in quotes: listed values are text or numbers"), at)
        elif isinstance(item, (Block, Row, dt.timedelta)):
            problems.add(
                Mistake(f"a listed value is text, number, boolean or null, not {shown(item)}"), at
            )
    return list(row)


def _mask(value: object, place: Place, problems: Problems) -> Parts:
    if _is_bare(value):
        return {}
    if isinstance(value, Block):
        return read_entries(value, {"last": _last}, problems, what="option")
    return {"last": _last(value, place, problems)}


def _last(value: object, _place: Place, _problems: Problems) -> int:
    if type(value) is not int or value < 0:
        raise Mistake(f"how many characters stay is a whole number from 0, not {shown(value)}")
    return value


def _epoch(value: object, _place: Place, _problems: Problems) -> dt.timedelta:
    epoch = read_duration(value)
    if epoch < dt.timedelta(seconds=1):
        raise Mistake("an epoch lasts a second or more")
    return epoch


def _scope(value: object, _place: Place, _problems: Problems) -> str:
    return _one_of(value, SCOPES, "scope")


def _token(readers: Mapping[str, Reader]) -> Reader:
    """``pseudonymize`` and ``encrypt``: nothing, or a mapping of these."""

    def read(value: object, _place: Place, problems: Problems) -> Parts:
        if _is_bare(value):
            return {}
        if not isinstance(value, Block):
            names = ", ".join(readers)
            raise Mistake(f"takes nothing or a mapping of {names}, not {shown(value)}")
        return read_entries(value, readers, problems, what="option")

    return read


# What stands behind ``generalize``.


def _generalize(value: object, place: Place, problems: Problems) -> Parts:
    if isinstance(value, str):
        how = _one_of(value, HOWS, "kind of generalize")
        return {"how": how, **_HOW_READERS[how](None, place)}
    if not isinstance(value, Block):
        raise Mistake(f"generalize needs one of: {', '.join(HOWS)}")
    return _generalize_mapping(value, problems)


def _generalize_mapping(block: Block, problems: Problems) -> Parts:
    hows = [key for key in block if key in HOWS]
    others = [key for key in block if key not in HOWS]
    for key in others:
        if key != "query":
            names = (*HOWS, "query") if hows == ["url"] else HOWS
            message = f"{unknown('kind of generalize', key)}{nearest(key, names)}"
            problems.add(Mistake(message), block.keys_at[key])
        elif hows != ["url"]:
            problems.add(Mistake("'query' goes with url"), block.keys_at[key])
    if len(hows) != 1:
        if not others:
            raise Mistake(f"generalize takes exactly one of: {', '.join(HOWS)}")
        return {}
    how = hows[0]
    parts = {"how": how, **_HOW_READERS[how](block[how], block.values_at[how])}
    if "query" in block:
        parts["query"] = _texts(block["query"], block.values_at["query"])
    return parts


def _texts(value: object, place: Place) -> tuple[str, ...]:
    row = [value] if isinstance(value, str) else value
    if not isinstance(row, list) or not all(isinstance(item, str) for item in row):
        raise Mistake(f"a list of names, not {shown(value)}", place)
    return tuple(row)


def _round(value: object, place: Place) -> Parts:
    step = None if value is None else _finite(value, place)
    if step is None or step <= 0:
        raise Mistake("round needs a step above 0, as in {round: 10}", place)
    return {"step": step}


def _bins(value: object, place: Place) -> Parts:
    if not isinstance(value, Row) or not value:
        raise Mistake("bins needs a list of edges, as in {bins: [0, 10, 100]}", place)
    edges = tuple(_finite(edge, at) for edge, at in zip(value, value.items_at, strict=True))
    for index in range(1, len(edges)):
        if edges[index] <= edges[index - 1]:
            falls = f"edges ascend: {edges[index]:g} does not stand above {edges[index - 1]:g}"
            raise Mistake(falls, value.items_at[index])
    return {"edges": edges}


def _time(value: object, place: Place) -> Parts:
    if _is_bare(value):
        raise Mistake(f"time needs a unit, as in {{time: hour}}{nearest('', TIME_UNITS)}", place)
    return {"unit": _one_of(value, TIME_UNITS, "unit", place)}


def _url(value: object, place: Place) -> Parts:
    return {"part": "origin" if _is_bare(value) else _one_of(value, URL_PARTS, "part", place)}


WIDEST_V4: Final = 31
WIDEST_V6: Final = 127
HIGHEST_DECIMALS: Final = 6


def _ip(value: object, place: Place) -> Parts:
    if _is_bare(value):
        return {}
    if not isinstance(value, Block):
        return {"prefix_v4": _whole(value, WIDEST_V4, "prefix", place)}
    if other := next((key for key in value if key not in {"v4", "v6"}), None):
        raise Mistake(f"{unknown('key', other)}; v4 or v6", value.keys_at[other])
    widest = {"v4": WIDEST_V4, "v6": WIDEST_V6}
    return {
        f"prefix_{key}": _whole(bits, widest[key], "prefix", value.values_at[key])
        for key, bits in value.items()
    }


def _geo(value: object, place: Place) -> Parts:
    return {
        "decimals": 0
        if _is_bare(value)
        else _whole(value, HIGHEST_DECIMALS, "number of decimals", place)
    }


def _single(word: str) -> Callable[[object, Place], Parts]:
    """Kinds that have one form only."""

    def read(value: object, place: Place) -> Parts:
        if not _is_bare(value):
            _one_of(value, (word,), "value", place)
        return {}

    return read


def _whole(value: object, most: int, what: str, place: Place) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise Mistake(f"a {what} is a whole number from 0 to {most}, not {shown(value)}", place)
    return value


def _finite(value: object, place: Place | None = None) -> float:
    if type(value) not in {int, float} or not math.isfinite(value):  # type: ignore[arg-type]
        raise Mistake(f"a number, not {shown(value)}", place)
    return value  # type: ignore[return-value]


def _one_of(value: object, words: tuple[str, ...], what: str, place: Place | None = None) -> str:
    if isinstance(value, str) and value in words:
        return value
    if isinstance(value, str):
        raise Mistake(f"{unknown(what, value)}{nearest(value, words)}", place)
    raise Mistake(f"{shown(value)} is no {what}{nearest('', words)}", place)


_HOW_READERS: Final[Mapping[str, Callable[[object, Place], Parts]]] = {
    "round": _round,
    "bins": _bins,
    "time": _time,
    "url": _url,
    "ip": _ip,
    "user_agent": _single("family"),
    "email": _single("domain"),
    "geo": _geo,
    "version": _single("major"),
}

_ARGUMENTS: Final[Mapping[str, Reader]] = {
    "keep": _keep,
    "scrub": _bare,
    "generalize": _generalize,
    "mask": _mask,
    "pseudonymize": _token({"epoch": _epoch, "scope": _scope}),
    "encrypt": _token({"scope": _scope}),
    "redact": _bare,
    "drop": _bare,
}


# Options beside the action.


def read_text(value: object) -> str:
    """A short text that says something. Raises `Mistake`."""
    if not isinstance(value, str) or not value.strip():
        raise Mistake(f"a text, not {shown(value)}")
    return value


def read_date(value: object) -> dt.date:
    """``2027-06-01`` or a date. Raises `Mistake`."""
    if type(value) is dt.date:
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        mistake = Mistake(f"a date as in 2027-06-01, not {shown(value)}")
    raise mistake


def read_flag(value: object) -> bool:
    """True or false. Raises `Mistake`."""
    if not isinstance(value, bool):
        raise Mistake(f"true or false, not {shown(value)}")
    return value


def _otherwise(value: object) -> Parts:
    if isinstance(value, (Block, Row, dt.date, dt.timedelta)):
        raise Mistake(f"'otherwise' is drop or a constant, not {shown(value)}")
    return {} if value == "drop" else {"otherwise": value, "has_otherwise": True}


_OPTION_READERS: Final[Mapping[str, Callable[[object], Parts]]] = {
    "min": lambda value: {"min": _finite(value)},
    "max": lambda value: {"max": _finite(value)},
    "otherwise": _otherwise,
    "trusted": lambda value: {"trusted": read_flag(value)},
    "kind": lambda value: {"kind": read_text(value)},
    "purpose": lambda value: {"purpose": read_text(value)},
    "owner": lambda value: {"owner": read_text(value)},
    "expires": lambda value: {"expires": read_date(value)},
}
