"""The disguises in which a value may come."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from canary.values import NUMERIC, Value
from safetrack.testing.readings import ARABIC, LOOK_ALIKES

_WIDE: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _percent(text: str) -> str:
    """As a URL would; where that changes nothing, every byte."""
    quoted = quote(text, safe="")
    return quoted if quoted != text else "".join(f"%{byte:02X}" for byte in text.encode())


def _zero_width(text: str) -> str:
    return "\u200b".join(text[at : at + 3] for at in range(0, len(text), 3))


def _look_alikes(text: str) -> str:
    changed = text.translate(str.maketrans(*LOOK_ALIKES))
    return changed if changed != text else text.translate(str.maketrans(*ARABIC))


def _base64_url(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


ENCODINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "plain": lambda text: text,
    "upper": str.upper,
    "percent": _percent,
    "percent twice": lambda text: _percent(_percent(text)),
    "html": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "\\u": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64url": _base64_url,
    "hex": lambda text: text.encode().hex(),
    "json": lambda text: json.dumps({"value": text}),
    "full-width": lambda text: text.translate(_WIDE),
    "zero-width": _zero_width,
    "look-alikes": _look_alikes,
    "[at]": lambda text: text.replace("@", " [at] "),
}
"""Of letters that look alike where there are none: Arabic digits."""

WITH_AT: Final = frozenset({"e-mail", "url", "free text"})


def excluded(kind: str, encoding: str) -> str | None:
    """Why there is no such value; None where there is."""
    if kind in NUMERIC and encoding != "plain":
        return "a number has no spelling: as text it is the kind of the same name"
    if encoding == "[at]" and kind not in WITH_AT and kind not in NUMERIC:
        return "there is no @ in it"
    return None


def encoded(value: Value, encoding: str) -> Value:
    """The value in its disguise; numbers stay numbers."""
    return ENCODINGS[encoding](value) if isinstance(value, str) else value
