"""Technical values, told by their form: each pattern is matched against the whole value."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_SHAPES: Final = (
    r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",  # UUID
    r"(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{12,128}",  # hash, trace id: a letter, or it may be a card
    r"[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3})){1,2}",  # locale
    r"v?\d+(?:\.\d+){1,3}(?:[-+][0-9A-Za-z.]+)?",  # version
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",  # ISO 8601
    (  # a time as mail and HTTP write it (RFC 5322, RFC 9110)
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
        r"(?: \d\d:\d\d(?::\d\d)?(?: (?:GMT|UTC|[+-]\d{4}))?)?"
    ),
    r"[A-Z]{2,5}-\d[\d-]*",  # invoice, SKU
    (  # user agent
        r"(?:Mozilla|Opera|Dalvik|okhttp|curl|python-requests)/[\w.]+"
        r"(?: (?:[\w.-]+/[\w.+-]+|\((?:Windows|Macintosh|X11|Linux|iPhone|iPad|compatible|KHTML|CrOS)"
        r"[^()@]*\)|Mobile|like Gecko))*"
    ),
)
_TECHNICAL: Final = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))


def is_technical(value: str) -> bool:
    """Whether the form of the whole value says that no name of a person or place is in it.

    Only names are doubted for it; patterns (a card inside a long hexadecimal id) are not.
    """
    return bool(_TECHNICAL.fullmatch(value)) or value in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    from zoneinfo import available_timezones  # reads the zone database once

    # Those without a slash are abbreviations and old names of countries.
    return frozenset(zone for zone in available_timezones() if "/" in zone)
