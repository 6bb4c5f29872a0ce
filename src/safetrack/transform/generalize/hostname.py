"""Host names as URLs and e-mail addresses carry them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MAX_NAME: Final = 253
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label of this form makes a name an IPv4 address, in one of its many spellings
(WHATWG URL, "ends in a number")."""


def read_hostname(text: str) -> str | None:
    """`text` in lower case and without its final dot, if it is a DNS name; None if it is not.

    Names in Unicode and in punycode are both taken; no IP address is.
    """
    if len(text) > _MAX_NAME + 1:
        return None
    name = unicodedata.normalize("NFKC", text).lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _MAX_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return None if _NUMERIC.fullmatch(labels[-1]) else name
