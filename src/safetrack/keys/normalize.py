"""One text for all spellings of one identifier, before it is turned into a token.

Version 1, part of the token's construction (``docs/reference/pseudonyms.md``): a change here is
a change of keys for the values concerned.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from safetrack.keys.keyring import ENCRYPTED, TOKEN
from safetrack.reading import MAX_INTEGER_BITS, Scalar

_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MAX_PHONE: Final = 64
"""Longer texts are not phone numbers, and reading them as such would cost more than it is worth."""


def normalize(value: Scalar, kind: str) -> str | None:
    """The text under which `value` is known as an identifier of `kind`.

    Integers, and numbers without a fraction, become decimal text; other numbers their shortest
    decimal form. Text is brought to Unicode NFC. Of kind ``email`` it is trimmed and case-folded,
    of kind ``phone`` brought to E.164 (or to its bare digits, where it names no country), of kind
    ``person`` treated as an e-mail only when all of it is one. Tokens of ours are left alone.

    Returns:
        None where there is nothing to identify: None, booleans, blank text, NaN, infinities.
    """
    text = _text(value)
    if text is None or not text.strip():
        return None
    if TOKEN.fullmatch(text) or ENCRYPTED.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    if kind == "phone":
        return _phone(text)
    if kind == "email" or (kind == "person" and _EMAIL.fullmatch(text.strip())):
        return unicodedata.normalize("NFC", text.strip().casefold())
    return text


def _text(value: Scalar) -> str | None:
    if type(value) is str:
        return value
    if type(value) is float and math.isfinite(value):
        return _text(int(value)) if value.is_integer() else repr(value)
    if type(value) is int and value.bit_length() <= MAX_INTEGER_BITS:
        return str(value)
    return None


def _phone(text: str) -> str:
    trimmed = text.strip()
    international = "+" + trimmed[2:] if trimmed.startswith("00") else trimmed
    return _e164(international) or _digits(trimmed) or trimmed


def _e164(text: str) -> str | None:
    """E.164 of a number that names its country; None for any other text."""
    if not text.startswith(("+", "\uff0b")) or len(text) > _MAX_PHONE:
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
