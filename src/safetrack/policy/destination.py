"""Which destination types there are, and what each of them takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from safetrack.policy.rule import read_text
from safetrack.policy.units import read_duration
from safetrack.policy.written import (
    Block,
    Mistake,
    Place,
    Problems,
    Reader,
    nearest,
    shown,
    unknown,
)


def _text(value: object, _place: Place, _problems: Problems) -> str:
    return read_text(value)


def _id(value: object, _place: Place, _problems: Problems) -> str:
    """An id that may be written as a number."""
    return str(value) if type(value) is int else read_text(value)


_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


def _table(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not _TABLE.fullmatch(value):
        raise Mistake(f"a table's name is letters, digits and _, not {shown(value)}")
    return value


def _duration(value: object, _place: Place, _problems: Problems) -> Any:
    return read_duration(value)


_URL: Final = re.compile(r"https?://[^\s/@]+(/\S*)?")
_HOST: Final = re.compile(r"(https?://)?[^\s/@?#]+(/[^\s@?#]*)?")
"""A path is fine: self-hosted servers often stand behind a reverse proxy's path."""


def _url(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not (value.startswith("env:") or _URL.fullmatch(value)):
        raise Mistake("a URL with https:// and without user name, or env:NAME")
    return value


def _host(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        raise Mistake("a host such as https://eu.i.posthog.com, without user name and path")
    return value


def _headers(value: object, _place: Place, problems: Problems) -> dict[str, str]:
    if not isinstance(value, Block):
        raise Mistake(f"a mapping of header names to texts, not {shown(value)}")
    for name, text in value.items():
        if not isinstance(text, str):
            problems.add(Mistake("a header is a text"), value.values_at[name])
    return dict(value)


def _region(*regions: str) -> Reader:
    def read(value: object, _place: Place, _problems: Problems) -> str:
        if not isinstance(value, str) or value not in regions:
            raise Mistake(f"{unknown('region', value)}{nearest(str(value), regions)}")
        return value

    return read


@dataclass(frozen=True, slots=True)
class DestinationType:
    """What one type of destination takes.

    Attributes:
        options: Option name to its reader.
        required: Options it cannot do without.
        exclusive: Options of which at most one is given.
        together: Options that are given all or none.
    """

    options: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


TYPES: Final[Mapping[str, DestinationType]] = {
    "mixpanel": DestinationType(
        {
            "token": _text,
            "region": _region("us", "eu", "in"),
            "host": _host,
            "project_id": _id,
            "service_account": _text,
        },
        required=("token",),
        exclusive=("region", "host"),
        together=("project_id", "service_account"),
    ),
    "posthog": DestinationType({"api_key": _text, "host": _host}, required=("api_key",)),
    "segment": DestinationType({"write_key": _text, "host": _host}, required=("write_key",)),
    "amplitude": DestinationType(
        {"api_key": _text, "region": _region("us", "eu"), "host": _host},
        required=("api_key",),
        exclusive=("region", "host"),
    ),
    "webhook": DestinationType(
        {"url": _url, "headers": _headers, "secret": _text}, required=("url",)
    ),
    "jsonl": DestinationType({"path": _text}, required=("path",)),
    "duckdb": DestinationType(
        {"path": _text, "table": _table, "retention": _duration}, required=("path",)
    ),
    "stdout": DestinationType({}),
}
"""Contract section 3. A secret is written ``env:NAME`` or, not recommended, as it is."""


def check_options(type_name: str, block: Block, problems: Problems) -> None:
    """Note required options that are missing, and options that need or exclude each other."""
    known = TYPES[type_name]
    for name in known.required:
        if name not in block:
            problems.add(Mistake(f"{type_name} needs {name!r}"), block.place)
    both = [name for name in known.exclusive if name in block]
    if len(both) > 1:
        only_one = f"either {both[0]!r} or {both[1]!r}, not both"
        problems.add(Mistake(only_one), block.keys_at[both[1]])
    given = [name for name in known.together if name in block]
    if 0 < len(given) < len(known.together):
        needs = f"{' and '.join(map(repr, known.together))} belong together"
        problems.add(Mistake(needs), block.keys_at[given[0]])
