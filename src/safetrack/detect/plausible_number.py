"""Which digits are believed to be a phone number, a card, an address of a host.

Events are full of digits: prices, sizes, times, ids of things. What is written as a phone number is
(a plus sign, groups) counts; bare digits count unless their key says what they measure or number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from safetrack.detect.running_text import is_running_text
from safetrack.detect.words import split_words, word_set

if TYPE_CHECKING:
    from safetrack.detect.plausible import Hit

_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])(?:[ T]?\d{2}(?:[:.]?\d{2})*)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:(?:19|20)\d\d|\d\d)"
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3}){0,3}")
"""Unix time in s, ms, µs or ns, 2001 to 2033. No North American number begins with 1."""
_DECIMAL: Final = re.compile(r"[-+]?\d+[.,]\d+")

_NUMBERED: Final = word_set(
    """id ids sku skus order orders invoice receipt transaction transactions txn payment refund cart
    basket checkout variant asin upc ean gtin isbn barcode part tracking shipment parcel case ticket
    issue job task batch build commit version revision release adset adgroup insert request trace
    span thread row record"""
)
"""Things that have numbers."""
_MEASURED: Final = word_set(
    """count counts counter total totals amount price revenue cost tax fee discount quantity qty size
    bytes byte kb mb length width height depth duration ms millis milliseconds seconds secs sec ns us
    micros nanos minutes hours time timestamp ts at date created updated epoch latency elapsed memory
    usage balance minor cents points score seed seq sequence offset index position rank port pid limit
    max min avg sum rate views impressions clicks followers budget spend capacity heap used free
    population salary income weight distance area volume frequency hash checksum nonce ratio"""
)
"""What is measured or counted."""
NO_NUMBER_OF_PEOPLE: Final = _NUMBERED | _MEASURED


def is_phone(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    """Whether digits are a phone number."""
    number = hit.text.strip()
    if hit.has_context or "phone" in words:
        return True
    if is_time(number) or inside_uuid(hit, text):
        return False
    if number.startswith("+") or "(" in number or _GROUPED.fullmatch(number):
        return True  # written as phones are, wherever it stands
    if _is_part(hit, text) or _is_numbered(text[max(hit.start - 12, 0) : hit.start]):
        return False
    is_hidden = not _LAYOUT.issuperset(hit.view.split(">"))
    return is_hidden or _may_be_bare_phone(hit, number, words)


def _may_be_bare_phone(hit: Hit, number: str, words: tuple[str, ...]) -> bool:
    if not NO_NUMBER_OF_PEOPLE.isdisjoint(words) or _digits(number) < _FEWEST_DIGITS:
        return False
    return "unglued" not in hit.view or not number.isdigit()


_GROUPED: Final = re.compile(
    r"(?:\d{1,3}[-. /])?\d{3}([-. /])\d{3}\1\d{4}|0\d{1,4}([-. /])\d{2,4}(?:\2\d{2,4}){1,4}"
    r"|0\d{2,4} \d{5,8}"
)
"""Groups of digits as telephone numbers are written: North American, and national with a zero."""
_LAYOUT: Final = frozenset({"", "unglued", "json"})
"""Readings in which digits stand as they are; in others somebody has encoded them."""
_FEWEST_DIGITS: Final = 9
"""Of a number that is nothing but digits: shorter ones count things far more often."""


def _digits(number: str) -> int:
    return sum(c.isdigit() for c in number)


def is_time(number: str) -> bool:
    """Whether a number as a whole is a date, a time since 1970, or has decimals."""
    return any(form.fullmatch(number) for form in (_DATE, _EPOCH, _DECIMAL))


_BEFORE_PART: Final = re.compile(r"[\d/%][.,]?\Z|\w[/]\Z")
_NAME_BEFORE: Final = re.compile(r"([A-Za-z_][\w-]{0,30})[\"']? ?[=:] ?[\"']?\Z")
_BEHIND_PART: Final = re.compile(r"[.,]\d|\.[A-Za-z]{2,5}(?!\w)|[%/]")


def _is_part(hit: Hit, text: str) -> bool:
    """Whether the digits are a part of a decimal, a path or a file's name, or behind ``size=``."""
    if hit.view:
        return False
    before, behind = text[max(hit.start - 40, 0) : hit.start], text[hit.end : hit.end + 7]
    if _BEFORE_PART.search(before) or _BEHIND_PART.match(behind):
        return True
    name = _NAME_BEFORE.search(before)
    return name is not None and not NO_NUMBER_OF_PEOPLE.isdisjoint(split_words(name.group(1)))


_PREFIX: Final = re.compile(
    r"([^\W\d_]+)[-_#]\Z|#\s?\Z|(?i:\b(?:order|invoice|ticket|case|no\.?|sku|ref)):?\s\Z"
)
PHONE_WORDS: Final = frozenset({"tel", "phone", "ph", "mob", "mobile", "cell", "fax", "sms"})


def _is_numbered(before: str) -> bool:
    """Whether the digits belong to a prefixed id: ``INV-2025004417``."""
    prefix = _PREFIX.search(before)
    return prefix is not None and (prefix.group(1) or "").lower() not in PHONE_WORDS


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID and nothing else."""
    return bool(_UUID.fullmatch(text))


def inside_uuid(hit: Hit, text: str) -> bool:
    """Whether a hit lies in a UUID."""
    return any(
        match.start() <= hit.start and hit.end <= match.end() for match in _UUID.finditer(text)
    )


_DINERS: Final = re.compile(r"3(?:0[0-5]|[68]\d)\d{11}")
_USUAL_CARDS: Final = frozenset({15, 16})
"""Digits of nearly all cards. Every tenth number has a right check digit: shorter and longer ones
need a word that speaks for them, groups, or a sentence around them."""


def is_card(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    """Whether digits with a right check digit are a card."""
    if inside_uuid(hit, text):
        return False
    if hit.has_context or not hit.text.isdigit() or len(hit.text) in _USUAL_CARDS:
        return True
    if _DINERS.fullmatch(hit.text):
        return NO_NUMBER_OF_PEOPLE.isdisjoint(words)
    if is_running_text(text):
        return True
    return bool(hit.view) and NO_NUMBER_OF_PEOPLE.isdisjoint(words)


_VERSION_WORDS: Final = word_set(
    "version versions ver build release firmware sdk revision lib library app plugin driver engine package"
)
_PRODUCT: Final = re.compile(r"[a-z]/\Z")
"""Chrome/126.0.0.0: a product and its version, as user agents write it."""


def is_ip(hit: Hit, text: str, words: tuple[str, ...]) -> bool:
    """Whether four numbers are an address and not a version."""
    if not _VERSION_WORDS.isdisjoint(words) and ":" not in hit.text:
        return "ip" in words or _is_high(hit.text)
    before = text[max(hit.start - 12, 0) : hit.start].lower()
    if _PRODUCT.search(before) and hit.text.endswith(".0"):
        return False
    return not before.endswith("v") and _VERSION_WORDS.isdisjoint(split_words(before)[-1:])


def _is_high(address: str) -> bool:
    """Whether two of its numbers have three digits, as those of versions hardly do."""
    return sum(len(part) > 2 for part in address.split(".")) > 1  # noqa: PLR2004  three digits


_PRINTS: Final = word_set(
    """etag digest integrity sha sha1 sha256 sha512 md5 crc cursor page next prev previous src image img
    thumbnail avatar photo logo icon css html svg public certificate cert fingerprint bundle chunk blob
    data payload body content encoded compressed state snapshot signature_algorithm query filter"""
)
"""Keys of what is random and opens nothing."""


def is_random_token(_hit: Hit, _text: str, words: tuple[str, ...]) -> bool:
    """Whether a random run under this key may open something."""
    return NO_NUMBER_OF_PEOPLE.isdisjoint(words) and _PRINTS.isdisjoint(words)
