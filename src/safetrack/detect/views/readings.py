"""Which readings there are, what must be in a text for them, and what is believed in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from safetrack.detect.views import encoded, escapes, glued, layout, spelled, unicode
from safetrack.detect.views.view import Reading


def _holds(mark: str) -> Callable[[str], bool]:
    return lambda text: mark in text


_has_digit: Final = re.compile(r"\d").search

_CHECKED: Final = frozenset({"CREDIT_CARD", "CRYPTO", "EMAIL_ADDRESS", "IBAN_CODE", "SECRET"})
"""What hardly turns up by accident: there is a check sum, an at-sign or a provider's prefix."""
_NUMBERS: Final = _CHECKED | {"PHONE_NUMBER", "US_SSN", "IP_ADDRESS", "MAC_ADDRESS"}
_PEOPLE: Final = frozenset({"PERSON", "LOCATION", "STREET_ADDRESS"})

CLEANED: Final = (
    Reading("smuggled", lambda text: not text.isascii(), unicode.read_smuggled),
    Reading("bidi", _holds(unicode.OVERRIDE), unicode.read_bidi),
    Reading("unicode", unicode.is_strange, unicode.read_unicode, names=False),
    Reading("percent", _holds("%"), escapes.read_percent),
    Reading("html", _holds("&"), escapes.read_entities),
    Reading("escapes", lambda text: "\\" in text or "%u" in text, escapes.read_escapes),
    Reading("quoted", escapes.is_quoted_printable, escapes.read_quoted_printable),
    Reading("mime", _holds("=?"), escapes.read_encoded_words),
    Reading("utf7", _holds("+"), escapes.read_utf7),
)
"""Undone one after the other, as often as there is anything to undo."""

DECODED: Final = (
    Reading("base64", encoded.BASE64.search, encoded.read_base64),
    Reading("base32", encoded.BASE32.search, encoded.read_base32),
    Reading("hex", encoded.HEX.search, encoded.read_hex),
    Reading("codes", encoded.is_coded, encoded.read_codes, _NUMBERS | _PEOPLE),
)
"""What they make is another text, which is cleaned, decoded and arranged in turn."""

ARRANGED: Final = (
    Reading("form", escapes.FORM.search, escapes.read_form),
    Reading("spelled", spelled.is_spelled, spelled.read_spelled, _NUMBERS, names=False),
    Reading("loose", spelled.is_loose, spelled.read_loose, _NUMBERS, names=False),
    Reading("spaced", spelled.is_apart, spelled.read_apart, _NUMBERS, names=False),
    Reading("spaced words", spelled.is_apart, spelled.read_apart_words, _PEOPLE),
    Reading("grouped", spelled.ODD_NUMBER.search, spelled.read_grouped, _NUMBERS, names=False),
    Reading(
        "grouped iban",
        spelled.ODD_NUMBER.search,
        spelled.read_grouped_iban,
        frozenset({"IBAN_CODE"}),
        names=False,
    ),
    Reading("spoken", spelled.is_spoken, spelled.read_spoken, _NUMBERS, names=False),
    Reading("chinese", spelled.is_chinese, spelled.read_chinese_digits, _NUMBERS, names=False),
    Reading(
        "backwards",
        _has_digit,
        spelled.read_backwards,
        _CHECKED | {"IP_ADDRESS"},
        names=False,
        alone=True,
    ),
    Reading("backwards name", spelled.is_backwards_name, spelled.read_backwards_name, _PEOPLE),
    Reading("rot13", spelled.is_shifted, spelled.read_shifted, _CHECKED, names=False),
    Reading("turned", unicode.is_turned, unicode.read_turned),
    Reading("json", layout.JSON.search, layout.read_json),
    Reading("markup", layout.is_markup, layout.read_markup),
    Reading("fields", layout.is_fields, layout.read_fields),
    Reading("table", layout.is_table, layout.read_table, frozenset({"PERSON"})),
    Reading("broken", layout.is_broken, layout.read_broken, _PEOPLE),
    Reading("capitals", layout.CAPITALS.search, layout.read_capitals),
    Reading("unglued", glued.GLUE.search, glued.read_glued, names=False),
    Reading(
        "unglued secret",
        glued.may_hold_secret,
        glued.read_glued_secrets,
        _CHECKED,
        names=False,
        alone=True,
    ),
    Reading("underscored", glued.UNDERSCORED.search, glued.read_underscored, _PEOPLE),
    Reading(
        "ip number",
        glued.may_hold_ip_number,
        glued.read_ip_numbers,
        frozenset({"IP_ADDRESS"}),
        names=False,
    ),
)
"""Read once, of the text itself and of what it reads as in the end."""
