"""Whether a value looks like what its key claims.

A key is no proof: ``phone`` may hold ``verified``, ``token`` a count, ``state`` the word "active".
A value that contradicts the claim is not treated as it; it is searched like any other. In doubt
the claim stands.
"""

# ruff: noqa: PLR2004  how long and how rich in digits a shape is stands in the shape itself
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import word_set, words_of
from safetrack.reading import Scalar

_LONGEST: Final = 256
"""Characters of a text that are looked at."""

_EMPTY: Final = frozenset(
    """- -- n/a na none null nil undefined unknown unset empty true false yes no on off other
    anonymous anon guest redacted [redacted] <redacted> filtered [filtered] hidden masked removed
    default system auto automatic all any self everyone nobody not_set (not_set) (none) (direct)
    not_provided not_available not_specified not_applicable""".replace("_", " ").split()
) | frozenset({"not set", "(not set)", "not provided", "not available", "not specified"})
"""Texts that stand for no value."""

_HASH: Final = re.compile(
    r"(?=[A-Fa-f]*\d)(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})"
    r"|(?=[^\d]*\d)[A-Za-z0-9+/_-]{43}=?"
)
_URL: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//\S|www\.\S|/[\w.-]+/")
_TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?\Z")
_UUID: Final = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}\}?\Z")
_AT: Final = re.compile(
    r"@|%40|&#64;|&#x40;|\\u0040|[\[({<]\s*at\s*[\])}>]|\bat\b.*\bdot\b", re.IGNORECASE
)
_CODE_WORD: Final = re.compile(r"[a-z]+(?:[_-][a-z]+)+\Z|[A-Z]+(?:_[A-Z]+)+\Z")
_MACRO_REGION: Final = re.compile(
    r"(?:[a-z]{2,10}-)+[a-z]*-?\d?[a-z]?\Z|(?:US|UK|EU|GB|EEA|APAC|EMEA|LATAM|MENA|ANZ|DACH|WW|NAM|"
    r"NORAM|Europe|Asia|Africa|(?:North |South |Latin )?America|Oceania|Global|Worldwide)\Z"
)
_COMPANY: Final = word_set("""inc llc ltd limited gmbh corp corporation co company sa ag bv plc srl oy oyj ab as kg se spa
    pty sarl kk nv llp lp group holdings holding university institute foundation association bank
    school college hospital clinic""")
_MANY_WORDS: Final = 6
_LONGEST_CODE: Final = 4
_DAY_NUMBERS: Final = 19_000_101
_LEAST_MOMENT: Final = 10_000_000
_LEAST_ID: Final = 1000
_LEAST_SECRET: Final = 100
_LEAST_PHONE: Final = 10_000
_LEAST_IP: Final = 1 << 24
_HALF_TURN: Final = 180
_MONTHS: Final = word_set("jan feb mar apr may jun jul aug sep oct nov dec")


def fits(shape: str, value: Scalar) -> bool:
    """Whether a value can be what a claim of this shape says.

    Args:
        shape: A key of `SHAPES`.
        value: The value. Booleans and None never fit.
    """
    if value is None or type(value) is bool:
        return False
    if not isinstance(value, str):
        check = _NUMBERS.get(shape)
        return check is not None and check(value)
    text = value.strip()[:_LONGEST]
    return bool(text) and text.lower() not in _EMPTY and SHAPES[shape](text)


def is_label(text: str) -> bool:
    """Whether a text is made of nothing but words that labels and states are made of.

    Random text falls into single letters, which are all known: what changes from letters to digits
    and back more often than a label does is none.
    """
    words = words_of(text) if text.isascii() else ()
    if len(_CHANGE.findall(text)) > _MOST_CHANGES:
        return False
    return any(map(str.isalpha, words)) and all(map(is_known, words))


_CHANGE: Final = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_MOST_CHANGES: Final = 3


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _is_hash(text: str) -> bool:
    return bool(_HASH.fullmatch(text))


def _is_time(text: str) -> bool:
    return bool(_TIMESTAMP.match(text))


def _is_link(text: str) -> bool:
    return bool(_URL.match(text))


def _has_at(text: str) -> bool:
    return bool(_AT.search(text)) or _is_hash(text)


def _is_email(text: str) -> bool:
    if _has_at(text):
        return True
    one_word = not any(map(str.isspace, text))
    named = _letters(text) > 1 and not is_label(text) and not _CODE_WORD.match(text)
    return one_word and named and not _is_link(text) and not _is_time(text) and not _is_uuid(text)


def _is_uuid(text: str) -> bool:
    return bool(_UUID.match(text))


def _is_phone(text: str) -> bool:
    if _is_time(text) or _is_link(text):
        return False
    digits, letters = _digits(text), _letters(text)
    return (
        _is_hash(text)
        or (digits >= 5 and (letters <= 5 or digits >= 10))
        or (digits >= 4 and text.startswith(("+", "(", "1-", "0")))
    )


_DIALLED: Final = re.compile(r"[+(0-9][\d\s().\-/+]{5,24}(?:\s?(?:x|ext\.?)\s?\d{1,6})?\Z")
_EPOCH: Final = re.compile(r"1[4-9]\d{8}(?:\d{3})?\Z")


def _is_dialled(text: str) -> bool:
    """Only what nothing but a phone number looks like."""
    return bool(
        _DIALLED.match(text)
        and _digits(text) >= 7
        and not _is_time(text)
        and not _EPOCH.match(text)
    )


def _is_text(text: str) -> bool:
    return _letters(text) > 0 and not _is_time(text) and not _is_link(text)


def _is_name(text: str) -> bool:
    """A person's name, or a nickname, rather than a thing's name or a word of the program."""
    if not _is_text(text) or is_label(text) or any(c in text for c in "{}<>_/=|#$%"):
        return False
    words = words_of(text)
    return (
        len(words) <= _MANY_WORDS
        and not any(map(str.isdigit, words))
        and words[-1] not in _COMPANY
        and not _CODE_WORD.match(text)
    )


def _is_called(text: str) -> bool:
    """What somebody is called: by name, or by a handle of one word."""
    return _is_name(text) or (" " not in text and _is_text(text) and _is_handle(text))


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and _is_name(text) and all(word[0].isupper() for word in words)


def _is_reference(text: str) -> bool:
    """A person, by name, address, handle or id."""
    if _has_at(text):
        return True
    return (
        not is_label(text)
        and not _is_time(text)
        and not _is_link(text)
        and len(text.split()) <= _MANY_WORDS
        and words_of(text)[-1:] != ()
        and words_of(text)[-1] not in _COMPANY
    )


def _is_address(text: str) -> bool:
    return not is_label(text) and not _is_link(text) and not _is_time(text)


_ZIP: Final = re.compile(r"\w[\w \-]{1,11}\Z")


def _is_zip(text: str) -> bool:
    return (bool(_ZIP.match(text)) and _digits(text) > 0) or _is_hash(text)


def _is_place(text: str) -> bool:
    return (
        _letters(text) > 1
        and not _CODE_WORD.match(text)
        and not _is_link(text)
        and not (_is_time(text) or text[0] in "{<[")
    )


def _is_region(text: str) -> bool:
    if not _is_place(text) and not text.isdigit():
        return False
    if _MACRO_REGION.match(text):
        return False
    return not is_label(text) or text.isupper()


def _is_proper_region(text: str) -> bool:
    """A region by its name alone, with nothing of a place beside it."""
    short = text.isupper() and len(text) <= _LONGEST_CODE
    return _is_region(text) and not text[0].islower() and not short


_NUMBER_PAIR: Final = re.compile(r"[\[(]?\s*[+-]?\d{1,3}\.\d+\s*[,; ]\s*[+-]?\d{1,3}\.\d+")


def _is_spot(text: str) -> bool:
    """A place written out, rather than where a button stands."""
    if _NUMBER_PAIR.match(text):
        return True
    return _is_place(text) and not is_label(text) and ("," in text or text[0].isupper())


def _is_geo(text: str) -> bool:
    return _digits(text) > 0 and not _is_time(text) and not _is_link(text)


_MONTH_OR_DIGIT: Final = re.compile(r"\d")


def _is_date(text: str) -> bool:
    if _is_link(text):
        return False
    return _digits(text) > 0 or any(word[:3] in _MONTHS for word in words_of(text))


def _is_secret(text: str) -> bool:
    return bool(text)


def _is_token(text: str) -> bool:
    """An opaque or composed text, rather than a word about one."""
    return (
        len(text) >= 4 and not is_label(text) and not _CODE_WORD.match(text) and not _is_time(text)
    )


def _is_opaque(text: str) -> bool:
    return len(text) >= 8 and _digits(text) > 0 and " " not in text and _is_token(text)


def _is_pin(text: str) -> bool:
    return 3 <= len(text) <= 12 and _digits(text) >= 3


_SECRET_URL: Final = re.compile(r"\S+[?#]\S*=|\S*/[^/?#\s]{16,}")


def _is_secret_url(text: str) -> bool:
    return bool(_SECRET_URL.match(text))


def _is_ip(text: str) -> bool:
    return (_digits(text) > 0 and (text.count(".") >= 3 or text.count(":") >= 2)) or _is_hash(text)


def _is_id(text: str) -> bool:
    return not is_label(text) or _digits(text) > 3


def _is_client_id(text: str) -> bool:
    return bool(re.match(r"(?:GA\d\.\d\.)?\d{5,}\.\d{5,}\Z", text)) or _is_uuid(text)


def _is_code(text: str) -> bool:
    return _digits(text) >= 3 or (len(text) >= 6 and not is_label(text) and " " not in text)


def _has_digits(text: str) -> bool:
    return _digits(text) >= 4 and not _is_time(text)


def _is_handle(text: str) -> bool:
    return (
        len(text.split()) <= 2
        and not is_label(text)
        and not _is_time(text)
        and not (_CODE_WORD.match(text) and is_label(text))
    )


def _is_url(text: str) -> bool:
    return (
        _is_link(text)
        or text.startswith("data:")
        or ("." in text and "/" in text)
        or _is_hash(text)
    )


SHAPES: Final[Mapping[str, Callable[[str], bool]]] = {
    "address": _is_address,
    "at": _has_at,
    "called": _is_called,
    "client id": _is_client_id,
    "code": _is_code,
    "date": _is_date,
    "dialled": _is_dialled,
    "digits": _has_digits,
    "email": _is_email,
    "full name": _is_full_name,
    "geo": _is_geo,
    "handle": _is_handle,
    "hash": _is_hash,
    "id": _is_id,
    "ip": _is_ip,
    "name": _is_name,
    "opaque": _is_opaque,
    "people": _is_reference,
    "person": _is_reference,
    "phone": _is_phone,
    "pin": _is_pin,
    "place": _is_place,
    "proper region": _is_proper_region,
    "region": _is_region,
    "secret": _is_secret,
    "secret url": _is_secret_url,
    "spot": _is_spot,
    "text": _is_text,
    "token": _is_token,
    "url": _is_url,
    "uuid": _is_uuid,
    "zip": _is_zip,
}
"""Name of a shape to whether a text has it."""


def _is_year_or_moment(number: float) -> bool:
    return 1900 <= number <= 2100 or abs(number) >= _LEAST_MOMENT


_NUMBERS: Final[Mapping[str, Callable[[float], bool]]] = {
    "address": lambda n: n > 0,
    "code": lambda n: n >= _LEAST_ID,
    "date": _is_year_or_moment,
    "dialled": lambda n: n >= _LEAST_MOMENT and not 1_400_000_000 <= n < 2_000_000_000,
    "digits": lambda n: n >= _LEAST_ID,
    "geo": lambda n: abs(n) <= _HALF_TURN or abs(n) >= _LEAST_MOMENT,
    "id": lambda n: n >= 1,
    "ip": lambda n: n >= _LEAST_IP,
    "opaque": lambda n: n >= _LEAST_PHONE,
    "person": lambda n: n >= _LEAST_ID,
    "phone": lambda n: n >= _LEAST_PHONE,
    "pin": lambda n: n >= _LEAST_SECRET,
    "secret": lambda n: n >= _LEAST_SECRET,
    "token": lambda n: n >= _LEAST_PHONE,
    "zip": lambda n: n >= _LEAST_SECRET,
}
"""The same for numbers; a shape that is not here never has one."""
